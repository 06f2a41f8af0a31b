"""The rule by which grades propose a credibility: a level for each grade, and how the two grades go together."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QPushButton, QWidget

from ach_desk.commands import Change, edits
from ach_desk.i18n import _
from ach_desk.model import CredibilityRule, GradingScheme, Level
from ach_desk.model.grade_words import Grade, cannot_be_judged, grade_word, said_words, source_words
from ach_desk.model.words import level_word
from ach_desk.scoring.credibility import rule_of
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, named, plain, rule

_TABLES = {
    GradingScheme.ADMIRALTY: ("reliability", "information"),
    GradingScheme.UK_3X5X2: ("evaluation", "known"),
}


class RuleDialog(PlainDialog):
    """Shows the rule for the scheme that is graded by. A choice takes effect at once and is one undo step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Rule for the credibility"), parent, width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._scheme = session.analysis.grading
        self.levels: dict[Grade, Choice] = {}
        self.column.addWidget(
            plain(
                _(
                    "From its grades the program proposes the credibility of an item, which you can take or leave. "
                    "This rule is a convention of the program, not part of any scheme. "
                    "“No proposal” is not medium: nothing is proposed then."
                ),
                muted=True,
            )
        )
        self._add_tables()
        ways = [
            ("lower", _("the lower level of source and information")),
            ("information", _("the information alone, where it is graded")),
        ]
        self.combine = Choice(list(ways))
        self.combine.chosen.connect(lambda way: self._set(combine=way))
        self.column.addSpacing(STEP)
        self.column.addWidget(caption(_("Of both grades counts"), self.combine))
        self.column.addWidget(self.combine)
        self.reset = QPushButton(_("The program's own rule"))
        named(self.reset, self.reset.text())
        self.reset.setAutoDefault(False)
        self.buttons.addButton(self.reset, QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.clicked.connect(lambda: self._put(None))
        session.changed.connect(self._follow)
        session.replaced.connect(self.reject)
        self.refresh()

    def _add_tables(self) -> None:
        source, information = _TABLES[self._scheme]
        for title, table, words in (
            (_("Source"), source, source_words(self._scheme)),
            (_("Information"), information, said_words(self._scheme)),
        ):
            self.column.addSpacing(STEP // 2)
            self.column.addWidget(plain(title, strong=True))
            form = QFormLayout()
            form.setSpacing(STEP // 2)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
            for grade in words:
                if cannot_be_judged(grade):
                    form.addRow(rule())
                choice = self._level_choice(table, grade)
                form.addRow(_row_label(grade, choice), choice)
            self.column.addLayout(form)

    def _level_choice(self, table: str, grade: Grade) -> Choice:
        levels = [(level, level_word(level)) for level in Level]
        choice = Choice([*levels, (None, _("no proposal"))])
        choice.setMinimumContentsLength(14)
        choice.setAccessibleName(grade_word(grade))
        choice.chosen.connect(lambda level: self._set_level(table, grade, level))
        self.levels[grade] = choice
        return choice

    def refresh(self) -> None:
        """Show the rule that holds."""
        held, may_edit = rule_of(self._session.analysis), not self._session.read_only
        for table in _TABLES[self._scheme]:
            for grade, level in getattr(held, table).items():
                self.levels[grade].show_value(level)
        self.combine.show_value(held.combine)
        for choice in (*self.levels.values(), self.combine):
            choice.setEnabled(may_edit)
        self.reset.setEnabled(may_edit and self._session.analysis.credibility_rule is not None)

    def _set_level(self, table: str, grade: Grade, level: object) -> None:
        self._set(**{table: {**getattr(rule_of(self._session.analysis), table), grade: level}})

    def _set(self, **values: Any) -> None:
        """Change the rule; one that says what the program's own says is the program's own."""
        wanted = rule_of(self._session.analysis).model_copy(update=values)
        self._put(wanted if wanted != CredibilityRule() else None)

    def _put(self, wanted: CredibilityRule | None) -> None:
        analysis = self._session.analysis
        text = _("Set the rule for the credibility")
        self._session.execute(edits.set_field(analysis, "analysis", [analysis.id], "credibility_rule", wanted, text))
        self.refresh()

    def _follow(self, change: Change) -> None:
        if self._session.analysis.grading is not self._scheme:
            self.reject()
        elif change.touches("analysis"):
            self.refresh()


def _row_label(grade: Grade, choice: Choice) -> QLabel:
    label = plain(grade_word(grade), wrap=False)
    label.setBuddy(choice)
    label.setMinimumWidth(320)
    return label
