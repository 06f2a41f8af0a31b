"""The settings. Each applies at once and is kept; there is nothing to confirm."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ach_desk.i18n import _
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, caption, named, plain


class SettingsDialog(PlainDialog):
    """Theme, cursor after a rating, sign of the scores, name of the analyst, backup. `changed()` after each choice."""

    changed = Signal()

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), parent)
        self._store = store
        settings = store.settings
        self.theme = self._choice(
            _("Theme"),
            "theme",
            [("system", _("as the desktop")), ("light", _("light")), ("dark", _("dark"))],
        )
        self.after_rating = self._choice(
            _("After a rating the cursor moves to"),
            "after_rating",
            [
                ("next_hypothesis", _("the next hypothesis of the same item")),
                ("next_item", _("the next item under the same hypothesis")),
                ("stay", _("nowhere; it stays")),
            ],
        )
        self.score_sign = self._choice(
            _("Inconsistency scores are shown"),
            "score_sign",
            [("negative", _("as negative numbers: −3.4")), ("positive", _("as positive numbers: 3.4"))],
        )
        self.analyst_name = QLineEdit(settings.analyst_name)
        self.analyst_name.setPlaceholderText(_("Analyst 1"))
        self.column.addWidget(caption(_("Name of the analyst in new analyses"), self.analyst_name))
        self.column.addWidget(self.analyst_name)
        self.column.addSpacing(STEP)
        words = _("Keep the previous version beside the file when saving")
        self.keep_backup = named(QCheckBox(words), words)
        self.keep_backup.setChecked(settings.keep_backup)
        self.column.addWidget(self.keep_backup)
        self.column.addWidget(plain(_("Settings apply at once and stay on this machine."), muted=True))
        self.column.addStretch(1)
        self.analyst_name.textEdited.connect(lambda text: self._set("analyst_name", text.strip()))
        self.keep_backup.clicked.connect(lambda on: self._set("keep_backup", on))
        self.resize(480, self.sizeHint().height())

    def _choice(self, title: str, name: str, entries: list[tuple[str, str]]) -> Choice:
        choice = Choice(entries)
        choice.show_value(getattr(self._store.settings, name))
        choice.chosen.connect(lambda value: self._set(name, value))
        self.column.addWidget(caption(title, choice))
        self.column.addWidget(choice)
        self.column.addSpacing(STEP)
        return choice

    def _set(self, name: str, value: object) -> None:
        if getattr(self._store.settings, name) != value:
            setattr(self._store.settings, name, value)
            self._store.save()
            self.changed.emit()
