"""The one door for boxes and file dialogs. A box is only for a decision; a line in the status bar does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ach_desk.i18n import _
from ach_desk.ui.text import shown

if TYPE_CHECKING:
    # Loaded when first shown: both bring dozens of enumerations with them.
    from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_MOST_SHOWN = 2_000
ANALYSIS_SUFFIX = ".ach.json"


def ask(parent: QWidget | None, text: str, detail: str, choices: Sequence[tuple[str, str]], default: str) -> str:
    """Ask a question and return the key of the chosen answer.

    `choices` are (key, button text); the last one is what Escape and closing the box choose.
    """
    from PySide6.QtWidgets import QLabel, QMessageBox

    box = QMessageBox(parent)
    box.setWindowTitle(_("ACH Desk"))
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_cut(text))
    box.setInformativeText(_cut(detail))
    for label in box.findChildren(QLabel):
        # The box keeps its format from the detail, where the name of a file could pass for markup.
        label.setTextFormat(Qt.TextFormat.PlainText)
    buttons = {}
    for key, label in choices:
        button = box.addButton(label, _role(key))
        buttons[button] = key
        if key == default:
            box.setDefaultButton(button)
    box.setEscapeButton(list(buttons)[-1])
    box.exec()
    chosen = buttons.get(box.clickedButton(), choices[-1][0])
    box.deleteLater()
    return chosen


def _cut(text: str) -> str:
    """Return `text` as a box shows it: no longer than a screen holds."""
    return shown(text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + " …", "\n")


def tell(parent: QWidget | None, text: str, detail: str = "") -> None:
    """Say something that the person has to know before going on, such as why a file could not be opened."""
    ask(parent, text, detail, [("ok", _("OK"))], "ok")


def open_analysis(parent: QWidget | None, folder: str) -> list[Path]:
    """Return the files chosen to be opened; none when the dialog was left."""
    from PySide6.QtWidgets import QFileDialog

    names, _filter = QFileDialog.getOpenFileNames(
        parent,
        _("Open"),
        folder,
        _("Analyses (*.ach.json *.ach.zip);;Files of other programs ({patterns});;All files (*)").format(
            patterns="*.achz *.ach *.json *.xlsx *.xlsm *.ods *.csv *.tsv *.txt"
        ),
    )
    return [Path(name) for name in names]


def open_any(parent: QWidget | None, title: str) -> list[Path]:
    """Return files of any kind that were chosen; none when the dialog was left."""
    from PySide6.QtWidgets import QFileDialog

    names, _filter = QFileDialog.getOpenFileNames(parent, title, "", _("All files (*)"))
    return [Path(name) for name in names]


def open_several(parent: QWidget | None, title: str, folder: str, filters: str) -> list[Path]:
    """Return the files that were chosen, from `folder` at first; none when the dialog was left."""
    from PySide6.QtWidgets import QFileDialog

    names, _filter = QFileDialog.getOpenFileNames(parent, title, folder, filters)
    return [Path(name) for name in names]


def open_file(parent: QWidget | None, title: str, folder: str, filters: str) -> Path | None:
    """Return one file that was chosen; None when the dialog was left."""
    from PySide6.QtWidgets import QFileDialog

    name, _filter = QFileDialog.getOpenFileName(parent, title, folder, filters)
    return Path(name) if name else None


def choose_folder(parent: QWidget | None, title: str, folder: str) -> Path | None:
    """Return a folder that was chosen; None when the dialog was left."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(name) if name else None


def save_analysis(parent: QWidget | None, title: str, suggestion: str) -> Path | None:
    """Return where to save an analysis, with our ending; None when the dialog was left.

    The dialog itself asks before a file that exists is chosen.
    """
    dialog = _save_dialog(parent, title, suggestion, _("Analyses (*.ach.json)"))
    dialog.setDefaultSuffix(ANALYSIS_SUFFIX[1:])
    return _chosen(dialog)


def save_file(parent: QWidget | None, title: str, suggestion: str, filters: str) -> Path | None:
    """Return where to save a picture or document; None when the dialog was left."""
    dialog = _save_dialog(parent, title, suggestion, filters)
    dialog.setDefaultSuffix(_ending(filters))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_ending(chosen)))
    return _chosen(dialog)


def _save_dialog(parent: QWidget | None, title: str, suggestion: str, filters: str) -> QFileDialog:
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, title, suggestion, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if suggestion:
        dialog.selectFile(suggestion)
    return dialog


def _ending(filters: str) -> str:
    """Return the ending that the first of the filters asks for."""
    return filters.partition("*.")[2].partition(")")[0].split(" ")[0]


def _chosen(dialog: QFileDialog) -> Path | None:
    accepted = dialog.exec() == dialog.DialogCode.Accepted
    names = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(names[0]) if accepted and names else None


def _role(key: str) -> QMessageBox.ButtonRole:
    from PySide6.QtWidgets import QMessageBox

    roles = QMessageBox.ButtonRole
    return {
        "save": roles.AcceptRole,
        "ok": roles.AcceptRole,
        "discard": roles.DestructiveRole,
        "cancel": roles.RejectRole,
    }.get(key, roles.ActionRole)
