"""The print dialog: choices on the left, the very pages on the right; printing and PDF export from one layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QMarginsF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ach_desk.commands import snapshots
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, SnapshotKind
from ach_desk.reporting.print_options import Paper, PrintOptions, paper_for_locale
from ach_desk.reporting.print_products import (
    COMPOSED,
    DOCUMENT,
    REVIEWER,
    NothingToPrintError,
    first_product,
    offered,
    print_job,
)
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import write_bytes_atomically
from ach_desk.ui import messages
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.help import give_help_key
from ach_desk.ui.printing.choices import PrintChoices
from ach_desk.ui.printing.page_view import PageView
from ach_desk.ui.printing.run import PrintRun, pages_in
from ach_desk.ui.printing.thumbnails import Thumbnails
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.labels import caption, plain
from ach_desk.ui.widgets.work import DialogWork

if TYPE_CHECKING:
    from ach_desk.reporting.typesetting import PrintJob

Contents = Callable[[PrintOptions, Cancel], "PrintJob"]
"""Makes the document that is printed; runs in the background, until it is cancelled."""
MANY_PAGES = 100
_MOST_POINTS = 4
_LONG = (DOCUMENT, REVIEWER, COMPOSED)
_QT_PAPER = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.LETTER: QPageSize.PageSizeId.Letter,
    Paper.A3: QPageSize.PageSizeId.A3,
}


class PrintPreview(QDialog):
    """Preview of one analysis' document.

    message(str): what was printed or written. briefed(Snapshot): the state that was printed or exported.
    """

    message = Signal(str)
    briefed = Signal(object)
    shown_pages = Signal(int)

    def __init__(
        self,
        session: Session,
        background: Background,
        suggested_name: str,
        *,
        positive_scores: bool,
        contents: Contents | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`contents` makes another document than those that can be chosen, and has no parts to choose."""
        super().__init__(parent)
        self.setWindowTitle(_("Print"))
        give_help_key(self)
        self._analysis = session.shown_analysis()
        self._matrix = self._analysis.matrix(session.matrix.id)
        self._analyst = session.analyst
        self._is_whole = contents is None
        self._given = contents
        self._suggested_name = suggested_name
        self.choices = PrintChoices(
            paper_for_locale(QLocale.system().name()),
            offered(self._analysis, self._matrix.id) if contents is None else (),
        )
        if self._is_whole:
            self.choices.choose(first_product(self._analysis, self._matrix.id))
        self._options = PrintOptions(paper=paper_for_locale(QLocale.system().name()), positive_scores=positive_scores)
        self._pages: Sequence[bytes] = ()
        self._laid_out = self._options
        self._confirmed = False
        self._printing: PrintRun | None = None
        self.view = PageView(self)
        self.thumbnails = Thumbnails(self)
        self._page_label = QLabel(self)
        self._page_label.setTextFormat(Qt.TextFormat.PlainText)
        self._build(background)
        self.resize(1100, 690)
        (self.choices.what if self._is_whole else self.choices.paper).setFocus()
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._lay_out)
        self._begin.start(0)

    @property
    def options(self) -> PrintOptions:
        """Return the present choices."""
        return self._options

    def print_pages(self) -> None:
        """Ask for a printer and print the pages that the preview shows."""
        printer = self._printer()
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, len(self._pages))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self._run_printer(printer)

    def export_pdf(self) -> None:
        """Ask for a file and write the PDF there."""
        name = _("PDF documents (*.pdf)")
        path = messages.save_file(self, _("Export PDF"), f"{self._suggested_name}.pdf", name)
        if path is not None:
            self._run(
                partial(_pdf_job, self._contents, self._options, self._numbers() if self._has_range else None, path),
                partial(self._exported, path),
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)

    def _build(self, background: Background) -> None:
        self.choices.changed.connect(self._choose)
        self._range = QLineEdit(self)
        self._range.setAccessibleName(_("Pages to print"))
        self._range.setPlaceholderText(_("all, or such as 1-3, 5"))
        self._range.textChanged.connect(self._check_range)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(self._side(background))
        layout.addWidget(self.thumbnails)
        layout.addLayout(self._preview_side(), 1)

    def _side(self, background: Background) -> QVBoxLayout:
        self._print_button = QPushButton(_("&Print ..."), self)
        self._print_button.setDefault(True)
        self._print_button.clicked.connect(self.print_pages)
        self._pdf_button = QPushButton(_("Export P&DF ..."), self)
        self._pdf_button.clicked.connect(self.export_pdf)
        close = QPushButton(_("Close"), self)
        close.clicked.connect(self.reject)
        self._points = plain(muted=True)
        self._points.hide()
        self._status = QLabel(self)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)
        self._status.setProperty("role", "muted")
        self._work = DialogWork(background, self._failed, self)
        self._work.cancel.clicked.connect(self._stop)
        self._work.busy_changed.connect(self._enable)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.choices)
        side.addWidget(caption(_("Pages to print"), self._range))
        side.addWidget(self._range)
        side.addWidget(self._points)
        side.addStretch(1)
        work = self._work
        for widget in (self._status, work.progress, work.cancel, self._print_button, self._pdf_button, close):
            side.addWidget(widget)
        self._enable()
        return side

    def _preview_side(self) -> QVBoxLayout:
        self.view.page_changed.connect(self._show_page_number)
        self.view.page_changed.connect(self.thumbnails.mark)
        self.thumbnails.picked.connect(self.view.go_to)
        row = QHBoxLayout()
        row.addWidget(self._page_label)
        row.addStretch(1)
        for text, name, run in (
            ("−", _("Smaller"), self.view.zoom_out),
            ("+", _("Larger"), self.view.zoom_in),
            (_("Fit width"), _("Fit width"), self.view.fit_width),
        ):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(run)
            row.addWidget(button)
        side = QVBoxLayout()
        side.addWidget(self.view, 1)
        side.addLayout(row)
        return side

    def _choose(self, *_changed: object) -> None:
        self._options = self.choices.options(self._options)
        self._lay_out()

    @property
    def _contents(self) -> Contents:
        """Return what makes the chosen document."""
        if self._given is not None:
            return self._given
        return partial(_product_job, self._analysis, self._matrix.id, self._analyst, self.choices.product)

    @property
    def _boxes(self) -> dict[str, QCheckBox]:
        return self.choices.boxes

    def _lay_out(self) -> None:
        from ach_desk.reporting.document import estimate_pages

        expected = 0
        if self._is_whole and self.choices.product in _LONG:
            # A report on everything is longer still; whether to ask can be told by the document.
            expected = estimate_pages(self._analysis, self._matrix, self._analyst, self._options)
        if expected > MANY_PAGES and not self._confirmed:
            question = ngettext(
                "The document has about {count} page.", "The document has about {count} pages.", expected
            ).format(count=expected)
            choices = [("go", _("Lay it out")), ("cancel", _("Cancel"))]
            detail = _("Laying it out takes a while; you can go on working and cancel at any time.")
            if messages.ask(self, question, detail, choices, "go") != "go":
                self.reject()
                return
            self._confirmed = True
        self._options = replace(self._options, printed=datetime.now().astimezone())
        options = self._options
        self._run(partial(_pages_job, self._contents, options), partial(self._show_pages, options))
        text = _("Laying out the pages ...")
        if self.choices.product == DOCUMENT and expected:
            text = ngettext("Laying out about {count} page ...", "Laying out about {count} pages ...", expected)
        self._status.setText(text.format(count=expected))

    def _show_pages(self, options: PrintOptions, laid_out: tuple[Sequence[bytes], Sequence[str]]) -> None:
        pages, points = laid_out
        self._pages = pages
        self._points.setText(_listed(points))
        self._points.setVisible(bool(points))
        self._laid_out = options
        self.view.show_pages(pages)
        self.thumbnails.show_pages(pages)
        self._status.setText("")
        self._check_range()
        self.shown_pages.emit(len(pages))

    @property
    def _has_range(self) -> bool:
        return bool(self._range.text().strip())

    def _numbers(self) -> list[int] | None:
        return pages_in(self._range.text(), len(self._pages))

    def _check_range(self, *_changed: object) -> None:
        """Say what is wrong with the pages that are asked for; then nothing can be printed."""
        numbers = self._numbers()
        text = _("There are pages 1 to {count}; write them as 1-3, 5.").format(count=len(self._pages))
        self._status.setText(text if numbers is None else "")
        self._enable()

    def _show_page_number(self, number: int, total: int) -> None:
        self._page_label.setText(_("Page {page} of {pages}").format(page=number, pages=total))

    def _run(self, job: Callable[[Cancel], object], on_done: Callable[[Any], None]) -> None:
        self._stop()
        self._work.run(job, on_done)

    def _failed(self, error: Exception) -> None:
        from ach_desk.reporting.typesetting import TypesettingCancelledError, TypesettingError

        if isinstance(error, NothingToPrintError):
            self._show_pages(self._options, ((), ()))
            self._status.setText(str(error))
        elif isinstance(error, StorageError | TypesettingError):
            self._status.setText(str(error))
        elif not isinstance(error, TypesettingCancelledError):
            raise error

    def _stop(self) -> None:
        printing, self._printing = self._printing, None
        if printing is not None:
            printing.stop()
        if self._work.drop() or printing is not None:
            self._status.setText(_("Cancelled."))

    def _enable(self, *_busy: bool) -> None:
        """Let print and write a PDF what can be; a PDF of everything also where no page could be shown."""
        idle = not self._work.is_busy and self._printing is None
        numbers = self._numbers()
        self._pdf_button.setEnabled(idle and numbers is not None)
        self._print_button.setEnabled(idle and bool(numbers))

    def _printer(self) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setDocName(self._suggested_name)
        printer.setCreator("ACH Desk")
        first = self.view.size_of((self._numbers() or [0])[0])
        sides = QPageLayout.Orientation
        orientation = sides.Landscape if first.width() > first.height() else sides.Portrait
        paper = _QT_PAPER[self._laid_out.paper]
        printer.setPageLayout(QPageLayout(QPageSize(paper), orientation, QMarginsF(0, 0, 0, 0)))
        return printer

    def _run_printer(self, printer: QPrinter) -> None:
        numbers = self._numbers() or []
        if printer.fromPage():  # the system's own dialog was asked for a stretch
            numbers = list(range(printer.fromPage() - 1, printer.toPage() or len(self._pages)))
        self._printing = PrintRun(printer, self._pages, numbers, self._printed)
        self._work.show_busy(True)

    def _exported(self, path: Path, _result: object) -> None:
        self._brief(SnapshotKind.EXPORTED)
        self._said(_("PDF saved as {path}.").format(path=path))

    def _brief(self, kind: SnapshotKind) -> None:
        """Tell which state left the program: that of the pages, whatever was edited since the preview was opened."""
        if self._is_whole:
            self.briefed.emit(snapshots.snapshot_of(self._analysis, self._matrix, self._analyst, kind))

    def _printed(self, complete: bool) -> None:
        self._printing = None
        self._work.show_busy(False)
        if complete:
            self._brief(SnapshotKind.PRINTED)
        self._said(_("Sent to the printer.") if complete else _("The printer did not take the pages; check it."))

    def _said(self, text: str) -> None:
        self._status.setText(text)
        self.message.emit(text)


def _product_job(
    analysis: Analysis, matrix_id: str, analyst: str, product: str, options: PrintOptions, cancel: Cancel
) -> PrintJob:
    return print_job(product, analysis, matrix_id, analyst, options, cancel.__bool__)


def _pages_job(contents: Contents, options: PrintOptions, cancel: Cancel) -> tuple[Sequence[bytes], Sequence[str]]:
    """Return pictures of the pages, and what to look at before they leave the program."""
    from ach_desk.reporting import typesetting

    job = contents(options, cancel)
    return typesetting.pages(job, cancelled=cancel.__bool__), job.points


def _listed(points: Sequence[str]) -> str:
    """Return the first of the points, below each other; the report dialog has all of them."""
    if not points:
        return ""
    more = len(points) - _MOST_POINTS
    text = ngettext("and {count} more, under Report", "and {count} more, under Report", more).format(count=more)
    lines = [f"– {shown(point)}" for point in points[:_MOST_POINTS]]
    return "\n".join([_("Before it leaves the program:"), *lines, *([text] if more > 0 else [])])


def _pdf_job(
    contents: Contents, options: PrintOptions, numbers: Sequence[int] | None, path: Path, cancel: Cancel
) -> None:
    """Write a PDF of some pages (from 0), or of all of them, where it is None."""
    from ach_desk.reporting import typesetting

    job = contents(options, cancel)
    made = typesetting.pdf(job, cancelled=cancel.__bool__)
    write_bytes_atomically(path, made if numbers is None else typesetting.chosen_pages(made, numbers, job))
