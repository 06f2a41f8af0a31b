"""One source in full: its fields, the items that cite it, and the ranking without it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ach_desk.i18n import _, ngettext
from ach_desk.model import GradingScheme, Source
from ach_desk.model.citing import citing
from ach_desk.model.grade_words import (
    source_grade,
    source_words,
)
from ach_desk.ui.session import Session
from ach_desk.ui.sources.grades import explanation, grade_entries
from ach_desk.ui.sources.standing import StandingWithout
from ach_desk.ui.text import shown
from ach_desk.ui.weblink import open_link, web_address
from ach_desk.ui.whatif.sources import DistrustSwitches
from ach_desk.ui.widgets.chips import LinkRow
from ach_desk.ui.widgets.editors import CheckEditor, ChoiceEditor, beside, status_line
from ach_desk.ui.widgets.labels import STEP, heading, named, plain, rule
from ach_desk.ui.widgets.panel import Panel

_REASONS = ("grade_reason", "access", "motive", "track_record")


class SourcePanel(Panel):
    """The fields of one source. retract_requested(), believe_requested(): what it said is taken back, or no longer."""

    retract_requested = Signal()
    believe_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, "source")
        self.heading = heading(wrap=False)
        self.retraction = _Retraction()
        self.retraction.button.clicked.connect(self.believe_requested)
        self.name = self.field("name", _("Name"), one_line=True, links=True, lines=(1, 3))
        self.kind_words = self.field("kind", _("Kind"), one_line=True, hint=_("Newspaper, interview …"), lines=(1, 2))
        self.date = self.date_field("date", _("Date"))
        self.reliability = self._grade("reliability", _("Reliability"), GradingScheme.ADMIRALTY)
        self.evaluation = self._grade("evaluation", _("Evaluation"), GradingScheme.UK_3X5X2)
        self.meaning = plain(muted=True)
        self.reasons = [
            self.field("grade_reason", _("Why this grade"), links=True, lines=(1, 6)),
            self.field("access", _("Access: how it can know"), links=True, lines=(1, 6)),
            self.field("motive", _("Motive: what it gains by saying so"), links=True, lines=(1, 6)),
            self.field("track_record", _("Track record: how it proved before"), links=True, lines=(1, 6)),
        ]
        self.suspect = self._switch("suspect", _("Suspected of deceiving"))
        self.suspect_reason = self.field("suspect_reason", _("Why it is suspect"), links=True, lines=(1, 6))
        self.withheld = self._switch("withheld", _("Withhold in everything that leaves the program"))
        self.public_description = self.field(
            "public_description",
            _("Public description, shown instead"),
            one_line=True,
            lines=(1, 3),
            hint=_("A diplomat in the region"),
        )
        self.link = self.field("link", _("Link"), one_line=True, lines=(1, 3), hint="https://")
        self.open_link = _button(_("Open the link in the browser"))
        self.open_link.clicked.connect(lambda: open_link(self.record.link))
        self.note = self.field("note", _("Note"), links=True, lines=(2, 8))
        self.distrust = DistrustSwitches(session, lambda: list(self.ids))
        self.cited = status_line()
        self.items = LinkRow()
        self.items.activated.connect(self.link_activated)
        self.without = StandingWithout(session)
        self.retract = _button(_("Retract ..."))
        self.retract.clicked.connect(self.retract_requested)
        self._arrange()

    def _arrange(self) -> None:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.heading, 1)
        line.addWidget(self.retract)
        for part in (head, self.retraction, _tight(self.without, self.cited, self.items), self.distrust, rule()):
            self.place(part)
        for part in (self.name, beside(self.kind_words, self.date)):
            self.place(part)
        self.place(_tight(self.reliability, self.evaluation, self.meaning))
        for name, editor in zip(_REASONS, self.reasons, strict=True):
            self.place(editor, self._any_set(name))
        for part in (_tight(self.suspect, self.suspect_reason), _tight(self.withheld, self.public_description)):
            self.place(part)
        self.place(_tight(self.link, self.open_link), self._any_set("link"))
        self.place(self.note, self._any_set("note"))
        self.end()

    def _grade(self, field: str, title: str, scheme: GradingScheme) -> ChoiceEditor:
        entries = grade_entries(source_words(scheme))
        editor = ChoiceEditor(
            self.session, title, entries, lambda: self.values(field), lambda value: self.set_all(field, value)
        )
        self.add(editor)
        return editor

    def _switch(self, field: str, title: str) -> CheckEditor:
        editor = CheckEditor(self.session, title, lambda: any(self.values(field)), lambda on: self.set_all(field, on))
        self.add(editor)
        return editor

    def _any_set(self, *names: str) -> Callable[[], bool]:
        return lambda: any(bool(getattr(self.record, name)) for name in names)

    def refresh_rest(self) -> None:
        """Show the label, what the grade says, what goes with a mark, and which items cite the source."""
        source: Source = self.record
        scheme, may_edit = self.session.analysis.grading, not self.session.read_only
        self.heading.setText(source.label)
        self.retraction.show_source(source, may_edit=may_edit and self.session.scenario is None)
        self.reliability.setVisible(scheme is GradingScheme.ADMIRALTY)
        self.evaluation.setVisible(scheme is GradingScheme.UK_3X5X2)
        said = explanation(source_words(scheme), source_grade(source, scheme))
        self.meaning.setText(said)
        self.meaning.setVisible(bool(said))
        self.suspect_reason.setVisible(source.suspect)
        self.public_description.setVisible(source.withheld)
        self.open_link.setEnabled(web_address(source.link) is not None)
        self.distrust.refresh()
        self._show_items(source)
        self.without.show_source(source)
        self.retract.setVisible(not source.retracted)
        self.retract.setEnabled(may_edit and self.session.scenario is None)
        during = self.session.scenario is not None
        self.retract.setToolTip(_("While a what-if is on, a source is distrusted, not retracted.") if during else "")

    def _show_items(self, source: Source) -> None:
        found = list(citing(self.session.analysis.evidence.values(), source.id))
        text = ngettext("Cited by {count} item:", "Cited by {count} items:", len(found)).format(count=len(found))
        self.cited.setText(text if found else _("No item cites this source."))
        self.items.show_items([item for item, _citation in found])


class _Retraction(QWidget):
    """That a source was retracted, why, and what that did; a button that believes it again."""

    def __init__(self) -> None:
        super().__init__()
        self.words = plain(strong=True)
        self.effect = plain()
        self.button = _button(_("Believe it again"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.words)
        column.addWidget(self.effect)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self._about = ""

    def say(self, source: str, effect: str) -> None:
        """Say in a sentence what retracting a source (an id) did; it stays until another source is shown."""
        self._about = source
        self.effect.setText(effect)

    def show_source(self, source: Source, *, may_edit: bool) -> None:
        """Show the retraction of a source; nothing where it is not retracted."""
        text = _("Retracted on {date}") if source.retracted_date else _("Retracted")
        text = text.format(date=source.retracted_date)
        reason = source.retracted_reason
        self.words.setText(shown(_("{state}: {reason}").format(state=text, reason=reason) if reason else text, "\n"))
        self.effect.setVisible(self._about == source.id and bool(self.effect.text()))
        self.button.setEnabled(may_edit)
        self.setVisible(source.retracted)


def _tight(*widgets: QWidget) -> QWidget:
    """Return the widgets below each other as one, closer than fields stand."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(STEP // 2)
    for widget in widgets:
        alignment = Qt.AlignmentFlag.AlignLeading if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
        column.addWidget(widget, 0, alignment)
    return box


def _button(text: str) -> QPushButton:
    button = named(QPushButton(text), text.replace(" ...", ""))
    button.setAutoDefault(False)
    return button
