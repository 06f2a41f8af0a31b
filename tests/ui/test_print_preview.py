"""The print dialog: the pages of the one layout on screen, in a PDF and on a printer; choices, cancel, zoom, keys."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.desktop import Person, person_at
from helpers.printing import Case, case, page_texts
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QProgressBar
from pytestqt.qtbot import QtBot

from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting import typesetting
from ach_desk.reporting.document import print_document
from ach_desk.reporting.print_options import Orientation, Paper
from ach_desk.reporting.typesetting import TypesettingCancelledError, TypesettingError
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.printing import PrintPreview, dialog
from ach_desk.ui.printing.page_view import PageView
from ach_desk.ui.printing.run import pages_in
from ach_desk.ui.session import Session

PATIENCE = 30_000
_PAGE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d"><rect width="300" height="300" fill="%b"/></svg>'
)


@pytest.fixture
def printed() -> Case:
    return case(60, 4)


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


Make = Callable[[], PrintPreview]


@pytest.fixture
def make(
    printed: Case, background: Background, person: Person, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Make]:
    """Return what makes a dialog, shown, and lays out as soon as events run."""
    monkeypatch.setattr(dialog, "paper_for_locale", lambda _locale: Paper.A4)
    made: list[PrintPreview] = []

    def preview() -> PrintPreview:
        made.append(PrintPreview(Session(printed.analysis), background, "case", positive_scores=False))
        made[-1].show()
        return made[-1]

    yield preview
    for shown in made:
        shown.close()
        shown.deleteLater()
    qtbot.waitUntil(lambda: not background.is_busy, timeout=PATIENCE)


@pytest.fixture
def laid_out(make: Make, qtbot: QtBot) -> PrintPreview:
    """Return the dialog with its first pages."""
    preview = make()
    with qtbot.waitSignal(preview.shown_pages, timeout=PATIENCE):
        pass
    return preview


class Gate:
    """Stands for typst: waits while it is shut, and obeys a request to stop."""

    def __init__(self) -> None:
        self.shut = False
        self.begun = threading.Event()
        self.stopped = threading.Event()
        self.fails: Exception | None = None
        self.jobs: list[Any] = []

    def pages(self, job: Any, cancelled: Callable[[], bool]) -> list[bytes]:
        self.jobs.append(job)
        self.begun.set()
        pause = threading.Event()
        while self.shut:
            if cancelled():
                self.stopped.set()
                raise TypesettingCancelledError
            pause.wait(0.001)
        if self.fails is not None:
            raise self.fails
        return [_page("red"), _page("green"), _page("blue")]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Lay out three empty pages in no time, or when the gate opens."""
    gate = Gate()
    monkeypatch.setattr(typesetting, "pages", gate.pages)
    return gate


@pytest.fixture
def ready(quick: Gate, make: Make, qtbot: QtBot) -> PrintPreview:
    """Return the dialog with three quick pages."""
    preview = make()
    with qtbot.waitSignal(preview.shown_pages, timeout=PATIENCE):
        pass
    assert (preview.view.count, _status(preview)) == (3, "")
    return preview


def _page(colour: str, width: int = 300, height: int = 400) -> bytes:
    return _PAGE % (width, height, colour.encode())


def _box(preview: PrintPreview, name: str) -> QComboBox:
    return next(box for box in preview.findChildren(QComboBox) if box.accessibleName() == name)


def _status(preview: PrintPreview) -> str:
    return preview._status.text()


def _page_count(printed: Case, preview: PrintPreview) -> int:
    return typesetting.page_count(print_document(*printed.arguments, preview.options))


def _pages_of(pdf: Path) -> int:
    return pdf.read_bytes().count(b"/Type /Page\n") or pdf.read_bytes().count(b"/Type/Page") - 1


# The real layout


def test_the_preview_shows_every_page(laid_out: PrintPreview, printed: Case, qtbot: QtBot) -> None:
    assert laid_out.view.count == _page_count(printed, laid_out) > 1
    assert laid_out._page_label.text() == f"Page 1 of {laid_out.view.count}"
    picture = laid_out.view.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 5) for y in range(0, 600, 5)}
    assert "#ffffff" in colours
    assert len(colours) > 5
    assert not laid_out.findChild(QProgressBar).isVisible()
    assert laid_out._print_button.isEnabled()


def test_a_choice_is_laid_out_at_once_and_is_what_the_pdf_holds(
    laid_out: PrintPreview, printed: Case, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    before = laid_out.view.count
    with qtbot.waitSignal(laid_out.shown_pages, timeout=PATIENCE):
        next(box for box in laid_out.findChildren(QCheckBox) if box.text() == "Matrix").click()
    assert not laid_out.options.matrix
    assert laid_out.view.count == _page_count(printed, laid_out) < before
    with qtbot.waitSignal(laid_out.shown_pages, timeout=PATIENCE):
        _box(laid_out, "Paper").setCurrentIndex(1)
    size = laid_out.view.size_of(0)
    assert {round(size.width()), round(size.height())} == {612, 792}
    path = tmp_path / "case.pdf"
    person.names = [path]
    with qtbot.waitSignal(laid_out.message, timeout=PATIENCE) as said:
        laid_out._pdf_button.click()
    assert said.args == [f"PDF saved as {path}."]
    assert path.read_bytes().startswith(b"%PDF")
    assert path.read_bytes() == typesetting.pdf(print_document(*printed.arguments, laid_out.options))


def test_printing_gives_the_pages_of_the_preview(
    laid_out: PrintPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "printed.pdf"
    asked: list[QPageLayout] = []

    class Accepting(QDialog):
        PrintDialogOption = dialog.QPrintDialog.PrintDialogOption

        def __init__(self, printer: QPrinter, parent: QDialog) -> None:
            super().__init__(parent)
            self.printer = printer

        def setOption(self, *_option: object) -> None:
            pass

        def setMinMax(self, first: int, last: int) -> None:
            assert (first, last) == (1, laid_out.view.count)

        def exec(self) -> QDialog.DialogCode:
            self.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            self.printer.setOutputFileName(str(path))
            asked.append(self.printer.pageLayout())
            return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialog, "QPrintDialog", Accepting)
    with qtbot.waitSignal(laid_out.message, timeout=PATIENCE) as said:
        laid_out._print_button.click()
    assert said.args == ["Sent to the printer."]
    assert asked[0].pageSize().id() is QPageSize.PageSizeId.A4
    assert _pages_of(path) == laid_out.view.count
    assert laid_out._print_button.isEnabled()


# The dialog around it


def test_a_newer_choice_replaces_the_layout_under_way(make: Make, quick: Gate, qtbot: QtBot) -> None:
    quick.shut = True
    preview = make()
    qtbot.waitUntil(quick.begun.is_set)
    assert preview.findChild(QProgressBar).isVisible()
    assert not preview._print_button.isEnabled()
    preview._boxes["chart"].click()
    qtbot.waitUntil(quick.stopped.is_set)
    assert _status(preview).startswith("Laying out about")
    qtbot.waitUntil(lambda: len(quick.jobs) == 2)
    with qtbot.waitSignal(preview.shown_pages):
        quick.shut = False
    assert preview.view.count == 3
    assert len(quick.jobs) == 2


def test_cancel_stops_the_layout_and_keeps_the_pages_that_are_shown(
    ready: PrintPreview, quick: Gate, qtbot: QtBot
) -> None:
    preview = ready
    quick.shut = True
    quick.begun.clear()
    _box(preview, "Paper").setCurrentIndex(_box(preview, "Paper").findData(Paper.LETTER))
    qtbot.waitUntil(quick.begun.is_set)
    preview._work.cancel.click()
    qtbot.waitUntil(quick.stopped.is_set)
    assert _status(preview) == "Cancelled."
    assert not preview.findChild(QProgressBar).isVisible()
    assert preview.view.count == 3
    # What is printed is what is shown, on the paper it was laid out for.
    assert preview._print_button.isEnabled()
    assert preview._printer().pageLayout().pageSize().id() is QPageSize.PageSizeId.A4
    quick.shut = False
    with qtbot.waitSignal(preview.shown_pages):
        _box(preview, "Orientation").setCurrentIndex(_box(preview, "Orientation").findData(Orientation.LANDSCAPE))
    assert preview._printer().pageLayout().pageSize().id() is QPageSize.PageSizeId.Letter


def test_closing_stops_the_layout(make: Make, quick: Gate, qtbot: QtBot) -> None:
    quick.shut = True
    preview = make()
    qtbot.waitUntil(quick.begun.is_set)
    preview.reject()
    qtbot.waitUntil(quick.stopped.is_set)
    assert preview.view.count == 0


def test_a_layout_that_fails_says_why(make: Make, quick: Gate, qtbot: QtBot) -> None:
    quick.fails = TypesettingError("out of paper")
    preview = make()
    qtbot.waitUntil(lambda: "out of paper" in _status(preview))
    assert not preview._print_button.isEnabled()
    assert preview._pdf_button.isEnabled()


@pytest.mark.parametrize("answer", ["go", "cancel"])
def test_many_pages_are_asked_about_once(
    answer: str, make: Make, quick: Gate, person: Person, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(dialog, "MANY_PAGES", 0)
    person.answers = [answer]
    preview = make()
    qtbot.waitUntil(lambda: bool(person.asked))
    assert "The document has about" in person.asked[0]
    qtbot.waitUntil(lambda: preview.view.count == 3 if answer == "go" else not preview.isVisible())
    if answer == "go":
        with qtbot.waitSignal(preview.shown_pages):
            preview._boxes["chart"].click()
    assert len(person.asked) == 1
    assert bool(quick.jobs) == (answer == "go")


def test_what_is_edited_meanwhile_does_not_get_into_the_pages(
    make: Make, printed: Case, quick: Gate, qtbot: QtBot
) -> None:
    preview = make()
    printed.change_item(0, title="Written while the dialog is open")
    with qtbot.waitSignal(preview.shown_pages):
        pass
    assert "Written while" not in quick.jobs[0].data
    assert "Report number 1" in quick.jobs[0].data


def test_a_pdf_that_cannot_be_written_is_said(
    ready: PrintPreview, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    preview = ready
    monkeypatch.setattr(typesetting, "pdf", lambda _job, cancelled: b"%PDF")
    person.names = [None, tmp_path / "missing" / "case.pdf"]
    preview._pdf_button.click()
    assert _status(preview) == ""
    preview._pdf_button.click()
    qtbot.waitUntil(lambda: "was not saved" in _status(preview))
    assert preview._pdf_button.isEnabled()


class Printer(QPrinter):
    """A printer that writes a PDF; `breaks_at` is the page at which it stops taking more."""

    def __init__(self, path: Path, breaks_at: int = 99) -> None:
        super().__init__(QPrinter.PrinterMode.ScreenResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(path))
        self.breaks_at = breaks_at
        self.begun = 1

    def newPage(self) -> bool:
        self.begun += 1
        return self.begun < self.breaks_at and super().newPage()


@pytest.mark.parametrize(("first", "last", "pages"), [(0, 0, 3), (2, 3, 2), (3, 3, 1)])
def test_only_the_pages_asked_for_are_printed(
    first: int, last: int, pages: int, ready: PrintPreview, tmp_path: Path, qtbot: QtBot
) -> None:
    printer = Printer(tmp_path / "out.pdf")
    printer.setFromTo(first, last)
    with qtbot.waitSignal(ready.message) as said:
        ready._run_printer(printer)
    assert said.args == ["Sent to the printer."]
    assert _pages_of(tmp_path / "out.pdf") == pages


def test_a_printer_that_stops_is_said(ready: PrintPreview, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ready.message) as said:
        ready._run_printer(Printer(tmp_path / "out.pdf", breaks_at=2))
    assert said.args == ["The printer did not take the pages; check it."]
    assert ready._printing is None
    assert ready._print_button.isEnabled()


def test_printing_can_be_cancelled(ready: PrintPreview, tmp_path: Path) -> None:
    said: list[str] = []
    ready.message.connect(said.append)
    ready._run_printer(Printer(tmp_path / "out.pdf"))
    assert ready._work.cancel.isVisible()
    ready._work.cancel.click()
    assert (_status(ready), said) == ("Cancelled.", [])
    assert ready._printing is None
    assert not ready._work.cancel.isVisible()


def test_every_control_has_an_accessible_name(ready: PrintPreview) -> None:
    for box in ready.findChildren(QComboBox):
        assert box.accessibleName()
    assert ready.findChild(QProgressBar).accessibleName() == "Progress"
    assert ready.view.accessibleName() == "Preview of the pages"


# What is printed, and which pages of it


def test_another_product_shows_what_it_can_be_told(ready: PrintPreview, quick: Gate, qtbot: QtBot) -> None:
    preview = ready
    assert preview._boxes["front"].isVisible()
    assert not preview._boxes["shuffled"].isVisible()
    with qtbot.waitSignal(preview.shown_pages):
        preview.choices.choose("form")
    assert quick.jobs[-1].template == "form"
    assert preview._boxes["shuffled"].isVisible()
    assert not preview._boxes["front"].isVisible()
    with qtbot.waitSignal(preview.shown_pages):
        preview.choices.choose("wall")
    assert quick.jobs[-1].template == "wall"
    with qtbot.waitSignal(preview.shown_pages):
        preview.choices.choose("ranking")
    assert quick.jobs[-1].template == "chart"


@pytest.mark.parametrize(("orientation", "wide"), [(Orientation.AUTO, False), (Orientation.LANDSCAPE, True)])
def test_the_paper_lies_as_it_was_chosen(
    orientation: Orientation, wide: bool, ready: PrintPreview, quick: Gate, qtbot: QtBot
) -> None:
    for product in ("form", "document"):
        ready.choices.choose(product)
        box = _box(ready, "Orientation")
        box.setCurrentIndex(box.findData(orientation))
        qtbot.waitUntil(lambda product=product: quick.jobs[-1].template == product and not ready._work.is_busy)
        page = json.loads(quick.jobs[-1].data)["page"]
        assert (page["width"] > page["height"]) is wide, product


def test_a_chart_with_nothing_to_show_says_so(printed: Case, make: Make, quick: Gate, qtbot: QtBot) -> None:
    printed.matrix.sheets[printed.analyst].clear()
    preview = make()
    with qtbot.waitSignal(preview.shown_pages):
        pass
    with qtbot.waitSignal(preview.shown_pages):
        preview.choices.choose("tornado")
    assert "nothing yet" in _status(preview)
    assert not preview._print_button.isEnabled()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", [0, 1, 2]), ("2", [1]), ("1-2", [0, 1]), ("3, 1", [2, 0]), ("2–3", [1, 2]), ("1,1", [0])],
)
def test_pages_are_named_as_people_do(text: str, numbers: list[int]) -> None:
    assert pages_in(text, 3) == numbers


@pytest.mark.parametrize("text", ["0", "4", "2-1", "x", "1-2-3", "1,", "-2"])
def test_other_pages_are_refused(text: str) -> None:
    assert pages_in(text, 3) is None


def test_the_pages_that_are_named_are_printed(ready: PrintPreview, tmp_path: Path, qtbot: QtBot) -> None:
    ready._range.setText("7")
    assert "There are pages 1 to 3" in _status(ready)
    assert not ready._print_button.isEnabled()
    ready._range.setText("1, 3")
    assert _status(ready) == ""
    with qtbot.waitSignal(ready.message):
        ready._run_printer(Printer(tmp_path / "out.pdf"))
    assert _pages_of(tmp_path / "out.pdf") == 2


def test_a_pdf_holds_the_pages_that_are_named(
    laid_out: PrintPreview, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "some.pdf"
    person.names = [path]
    laid_out._range.setText("99")
    assert not laid_out._pdf_button.isEnabled()
    laid_out._range.setText("2")
    with qtbot.waitSignal(laid_out.message, timeout=PATIENCE):
        laid_out._pdf_button.click()
    whole = page_texts(typesetting.pdf(laid_out._contents(laid_out.options, Cancel())))
    assert page_texts(path.read_bytes()) == [whole[1]]


def test_pages_that_lie_sideways_are_shown_and_printed_so(ready: PrintPreview, tmp_path: Path, qtbot: QtBot) -> None:
    ready._show_pages(ready.options, ([_page("red"), _page("green", 400, 300), _page("blue")], ()))
    sizes = [ready.view.rect_of(number) for number in range(3)]
    assert [size.width() > size.height() for size in sizes] == [False, True, False]
    assert sizes[2].top() - sizes[1].bottom() == pytest.approx(sizes[1].top() - sizes[0].bottom())
    ready.view.go_to(3)
    assert ready._page_label.text() == "Page 3 of 3"
    ready._range.setText("2, 3")
    assert ready._printer().pageLayout().orientation() is QPageLayout.Orientation.Landscape
    with qtbot.waitSignal(ready.message):
        ready._run_printer(Printer(tmp_path / "out.pdf"))
    boxes = re.findall(rb"/MediaBox *\[ *0 0 ([\d.]+) ([\d.]+)", (tmp_path / "out.pdf").read_bytes())
    assert [float(width) > float(height) for width, height in boxes] == [True, False]


def test_the_own_choice_is_offered_once_there_is_one(printed: Case, make: Make, quick: Gate, qtbot: QtBot) -> None:
    assert make().choices.what.findData("composed") < 0
    printed.analysis.report = ReportPlan(preset="reviewer", sections=("answer", "method"))
    preview = make()
    with qtbot.waitSignal(preview.shown_pages):
        preview.choices.choose("composed")
    assert [section["title"] for section in json.loads(quick.jobs[-1].data)["sections"]] == ["Answer", "Method"]
    assert "No chosen section names all hypotheses." in preview._points.text()


def test_a_thumbnail_leads_to_its_page(ready: PrintPreview, qtbot: QtBot) -> None:
    assert ready.thumbnails.count == 3
    place = ready.thumbnails.rect_of(2).center().toPoint()
    QTest.mouseClick(ready.thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ready._page_label.text() == "Page 3 of 3"
    QTest.keyClick(ready.thumbnails, Qt.Key.Key_Up)
    assert ready._page_label.text() == "Page 2 of 3"
    assert ready.thumbnails.accessibleName() == "All pages, small"


# The pages on screen


@pytest.fixture
def view(qtbot: QtBot) -> PageView:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


@pytest.fixture
def turned(view: PageView) -> list[tuple[int, int]]:
    """Return the page numbers that the view says, as it says them."""
    turned: list[tuple[int, int]] = []
    view.page_changed.connect(lambda *numbers: turned.append(numbers))
    view.show_pages([_page(colour) for colour in ("red", "green", "blue", "yellow", "cyan")])
    return turned


def _colour_in_the_middle(view: PageView) -> str:
    picture = view.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).name()


def test_keys_turn_the_pages(view: PageView, turned: list[tuple[int, int]]) -> None:
    assert (view.count, turned) == (5, [(1, 5)])
    assert _colour_in_the_middle(view) == "#ff0000"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert turned[-1] == (2, 5)
    assert _colour_in_the_middle(view) == "#008000"
    QTest.keyClick(view, Qt.Key.Key_End)
    assert turned[-1] == (5, 5)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert turned[-1] == (5, 5)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert turned[-1] == (4, 5)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert turned[-1] == (1, 5)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert turned[-1] == (1, 5)
    assert _colour_in_the_middle(view) == "#ff0000"


def test_arrows_scroll(view: PageView, turned: list[tuple[int, int]]) -> None:
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert 0 < view.verticalScrollBar().value() < 100


def test_pages_begin_as_wide_as_the_view_and_follow_it(view: PageView, turned: list[tuple[int, int]]) -> None:
    assert view.rect_of(0).width() == pytest.approx(view.viewport().width() - 32)
    view.resize(700, 400)
    assert view.rect_of(0).width() == pytest.approx(view.viewport().width() - 32)
    assert view.horizontalScrollBar().maximum() == 0


def test_zooming(view: PageView, turned: list[tuple[int, int]]) -> None:
    fitting = view.zoom
    view.zoom_in()
    assert view.zoom == pytest.approx(1.25 * fitting)
    assert view.horizontalScrollBar().maximum() > 0
    view.resize(600, 400)
    assert view.zoom == pytest.approx(1.25 * fitting)
    view.zoom_out()
    view.zoom_out()
    assert view.zoom == pytest.approx(fitting / 1.25)
    for _step in range(40):
        view.zoom_out()
    smallest = view.zoom
    for _step in range(40):
        view.zoom_in()
    assert (smallest, view.zoom) == (0.2, 4.0)
    view.fit_width()
    assert view.rect_of(0).width() == pytest.approx(view.viewport().width() - 32)


def test_new_pages_begin_at_the_first(view: PageView, turned: list[tuple[int, int]]) -> None:
    QTest.keyClick(view, Qt.Key.Key_End)
    view.show_pages([_page("blue", 400, 300)] * 2)
    assert turned[-1] == (1, 2)
    assert view.verticalScrollBar().value() == 0
    assert _colour_in_the_middle(view) == "#0000ff"
    view.show_pages([])
    assert turned[-1] == (0, 0)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    view.grab()


def test_only_what_can_be_seen_is_drawn(view: PageView) -> None:
    drawn: list[int] = []

    class Pages(list):
        def __getitem__(self, index: int) -> bytes:
            drawn.append(index)
            return super().__getitem__(index)

    view.show_pages(Pages([_page("red")] * 1_000))
    view.grab()
    assert set(drawn) <= {0, 1}
    view.go_to(900)
    view.grab()
    assert set(drawn) - {0, 1} <= {898, 899, 900}
    assert len(view._images) <= 12
