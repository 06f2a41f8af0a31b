"""About the program: version, what it may claim, its licence and those of the parts it is made of."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from ach_desk import __version__
from ach_desk.i18n import _
from ach_desk.model.words import honest_note
from ach_desk.ui.widgets.dialog import PlainDialog
from ach_desk.ui.widgets.labels import STEP, heading, named, plain

PARTS: tuple[tuple[str, str, str], ...] = (
    ("Python", "", "PSF-2.0"),
    ("Qt", "", "LGPL-3.0-only"),
    ("PySide6", "PySide6-Essentials", "LGPL-3.0-only"),
    ("pydantic", "pydantic", "MIT"),
    ("NumPy", "numpy", "BSD-3-Clause"),
    ("SciPy", "scipy", "BSD-3-Clause"),
    ("Matplotlib", "matplotlib", "Matplotlib (PSF-based)"),
    ("typst", "typst", "Apache-2.0"),
    ("fontTools", "fonttools", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("Click", "click", "BSD-3-Clause"),
    ("Jinja", "jinja2", "BSD-3-Clause"),
    ("python-docx", "python-docx", "MIT"),
    ("python-pptx", "python-pptx", "MIT"),
    ("XlsxWriter", "xlsxwriter", "BSD-2-Clause"),
    ("defusedxml", "defusedxml", "PSF-2.0"),
    ("DejaVu fonts", "", "Bitstream Vera and public domain"),
)
"""The parts that come with the program: name, distribution (for its version) and licence."""


def parts() -> list[tuple[str, str, str]]:
    """Return (name, version, licence) of every part; the version is "" for one without."""
    known = {"Python": platform.python_version(), "Qt": qVersion()}
    return [(name, known.get(name) or _version_of(distribution), licence) for name, distribution, licence in PARTS]


def _version_of(distribution: str) -> str:
    try:
        return version(distribution) if distribution else ""
    except PackageNotFoundError:
        return ""


class AboutDialog(PlainDialog):
    """What the program is, what it does not claim, and on whose work it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("About ACH Desk"), parent, width=560)
        self.column.addWidget(heading(_("ACH Desk {version}").format(version=__version__)))
        self.column.addWidget(plain(_("Analysis of Competing Hypotheses on the desktop.")))
        self.column.addWidget(plain(honest_note(), muted=True))
        self.column.addSpacing(STEP)
        self.column.addWidget(plain(_("Licence"), strong=True))
        self.column.addWidget(
            plain(
                _(
                    "ACH Desk is free under the MIT licence: use, change and pass it on as you like, keep the "
                    "copyright notice, and expect no warranty. Copyright the ACH Desk developers."
                )
            )
        )
        self.column.addWidget(
            plain(
                _(
                    "Qt and PySide6 are used unchanged as separate libraries under the LGPL, version 3; you may put "
                    "your own build of them in their place."
                )
            )
        )
        self.table = self._table()
        self.column.addWidget(self.table, 1)
        copy = named(QPushButton(_("Copy versions")), _("Copy versions"), _("For a report of a problem"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.versions_text()))
        self.buttons.addButton(copy, self.buttons.ButtonRole.ActionRole)
        self.resize(560, 600)

    def versions_text(self) -> str:
        """Return the versions as lines of text, without anything about an analysis or the machine's name."""
        lines = [f"ACH Desk {__version__}", platform.platform()]
        lines += [f"{name} {number}" for name, number, _licence in parts() if number]
        return "\n".join(lines)

    def _table(self) -> QTableWidget:
        rows = parts()
        table = named(QTableWidget(len(rows), 3), _("Parts and their licences"))
        table.setHorizontalHeaderLabels([_("Part"), _("Version"), _("Licence")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + STEP)
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.setItem(row, column, QTableWidgetItem(text))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(header.defaultAlignment().AlignLeft | header.defaultAlignment().AlignVCenter)
        return table
