"""Make the pictures of the manual: ``python -m scripts.screenshots [NAME ...]``.

Runs the program itself, without a screen, on the June 2023 case, and writes compressed PNGs to docs/manual/images.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.screenshots_together import TogetherShots

if TYPE_CHECKING:
    from ach_desk.ui.review import Review
    from ach_desk.ui.window import AnalysisWindow

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "manual" / "images"
CASE = ROOT / "seeds" / "russia-june-2023.ach.json"
SIZE = (1366, 768)
COLOURS = 256


def main(names: list[str]) -> int:
    """Write the named pictures, or all; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        for variable in ("ACH_DESK_STATE_DIR", "ACH_DESK_CONFIG_DIR"):
            os.environ[variable] = str(Path(folder) / variable.lower())
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["LC_ALL"] = "C.UTF-8"
        case = Path(folder) / CASE.name
        shutil.copy(CASE, case)
        _Studio(case).take(names)
    return 0


class _Studio(TogetherShots):
    def __init__(self, case: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from ach_desk.ui.application import Desktop

        running = QApplication.instance()
        self.app = running if isinstance(running, QApplication) else QApplication(["ach-desk"])
        self.desktop = Desktop(self.app)
        self.desktop.store.settings.theme = "light"
        self.desktop.apply_settings()
        self.case = case

    def take(self, names: list[str]) -> None:
        pictures: dict[str, Callable[[], None]] = {
            name.removeprefix("_take_").replace("_", "-"): getattr(self, name)
            for name in dir(self)
            if name.startswith("_take_")
        }
        IMAGES.mkdir(parents=True, exist_ok=True)
        try:
            for name in names or pictures:
                pictures[name]()
        finally:
            for window in self.desktop.windows:
                window.close_for_good()
            self.settle()
            self.desktop.shut_down()

    def settle(self) -> None:
        """Let the window work until nothing is under way any more."""
        from PySide6.QtCore import QEventLoop, QTimer

        quiet = 0
        while quiet < 8:  # longer than the panels wait before they look anew
            loop = QEventLoop()
            QTimer.singleShot(30, loop.quit)
            loop.exec()
            quiet = 0 if self.desktop.background.is_busy else quiet + 1

    def window(self):
        if not self.desktop.windows:
            self.desktop.opener.open(self.case, at_once=True)
        window = self.desktop.windows[0]
        window.resize(*SIZE)
        window.statusBar().clearMessage()
        self.settle()
        return window

    def save(self, widget, name: str) -> None:
        from PIL import Image

        self.settle()
        picture = widget.grab().toImage()
        path = IMAGES / f"{name}.png"
        buffer = io.BytesIO(self._png(picture))
        Image.open(buffer).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)
        sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB\n")

    def _png(self, picture) -> bytes:
        from PySide6.QtCore import QBuffer, QIODevice

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        return bytes(buffer.data().data())

    def act(self, window, name: str) -> None:
        window.actions_registry[name].trigger()
        self.settle()

    def cell(self, window, item: int, hypothesis: int) -> None:
        assessment = window.session.assessment
        window.matrix.select_cell(assessment.items[item].id, assessment.hypotheses[hypothesis].id)

    def _take_expected(self) -> None:
        window = self.window()
        self.act(window, "steps.expectations")
        self.save(window.watching.expectations_dock, "expected")
        window.watching.expectations_dock.hide()

    def _take_watch(self) -> None:
        window = self.window()
        self.act(window, "steps.watch")
        self.save(window.watching.watch_dock, "watch")
        window.watching.watch_dock.hide()

    def _take_steps(self) -> None:
        window = self.window()
        rail = window.side.rail
        rail.buttons[4].click()
        self.settle()
        self.save(window, "steps")
        rail.set_wide(False)

    def _take_unsorted(self) -> None:
        """Capture two texts as the clipboard would give them."""
        from PySide6.QtCore import QMimeData

        window = self.window()
        for text in (
            "[10:14] Watcher: Convoy of about forty lorries on the M4 near Pavlovsk, heading north.",
            "The governor asks people not to use the motorway.\nhttps://example.org/news/m4",
        ):
            copied = QMimeData()
            copied.setText(text)
            window.capture.take(copied)
        self.act(window, "capture.unsorted")
        self.save(window.capture.dock, "unsorted")
        self.take_back(window)
        window.capture.dock.hide()

    def _take_readings(self) -> None:
        window = self.window()
        window.side.inspector_dock.raise_()
        window.matrix.select_records("evidence", [self.known(window)["E12"]])
        self.save(window, "readings")

    def _take_assumption(self) -> None:
        """The assumption that is false in one of the what-ifs of the case."""
        window = self.window()
        session = window.session
        session.show_scenario(next(one.id for one in session.analysis.scenarios.values() if one.assumptions_false))
        window.matrix.select_records("evidence", [self.known(window)["E19"]])
        window.side.inspector_dock.raise_()
        self.save(window, "assumption")
        session.show_scenario("")

    def _take_item_fields(self) -> None:
        window = self.window()
        window.matrix.select_records("evidence", [self.known(window)["E3"]])
        window.side.inspector_dock.raise_()
        self.settle()
        item = window.side.inspector.item
        self.show_in_inspector(item, item.tags)
        self.save(window.side.inspector, "item-fields")

    def show_in_inspector(self, panel, field) -> None:
        """Scroll to a field of the inspector."""
        from PySide6.QtWidgets import QScrollArea

        area = panel.parentWidget()
        while not isinstance(area, QScrollArea):
            area = area.parentWidget()
        area.ensureWidgetVisible(field, 0, 200)

    def take_back(self, window) -> None:
        """Undo everything, so that the next picture begins with the case as it is."""
        while window.session.history.stack.canUndo():
            window.session.undo()

    def known(self, window) -> dict[str, str]:
        """Return the id of each item by its label."""
        return {item.label: item.id for item in window.session.analysis.evidence.values()}

    def _take_start(self) -> None:
        from ach_desk.ui.start import StartWindow

        self.desktop.store.settings.recent_files = []
        window = StartWindow(self.desktop)
        window.show()
        self.save(window, "start")
        window.close()

    def _take_new(self) -> None:
        from ach_desk.ui.pages import NewPage

        page = NewPage(self.desktop.store, None)
        page.show()
        self.save(page, "new")
        page.close()
        page.deleteLater()

    def _take_matrix(self) -> None:
        window = self.window()
        window.charts.show_kind("consistency")
        window.side.charts_dock.raise_()
        self.cell(window, 6, 1)
        self.save(window, "matrix")

    def _take_matrix_dark(self) -> None:
        window = self.window()
        window.charts.show_kind("consistency")
        self.desktop.store.settings.theme = "dark"
        self.desktop.apply_settings()
        window.side.charts_dock.raise_()
        self.save(window, "matrix-dark")
        self.desktop.store.settings.theme = "light"
        self.desktop.apply_settings()

    def _take_transposed(self) -> None:
        window = self.window()
        window.charts.show_kind("consistency")
        self.cell(window, 0, 0)
        window.matrix.looks.set_transposed(True)
        self.save(window, "transposed")
        window.matrix.looks.set_transposed(False)

    def _take_guided(self) -> None:
        from ach_desk.ui.guided.plan import Options, Which

        window = self.window()
        window.guide.begin(Options(which=Which.EVERYTHING, hide_earlier=False))
        flow = window.guide.flow
        assert flow is not None
        flow.go_to(flow.guided.cells[21])
        self.save(window, "guided")
        window.guide.pause()
        window.guide.give_up()

    def _take_guided_start(self) -> None:
        window = self.window()
        window.guide.open_start()
        self.save(window.guide.room, "guided-start")
        window.guide.leave()

    def _take_inspector_item(self) -> None:
        window = self.window()
        window.side.inspector_dock.raise_()
        window.matrix.select_records("evidence", [window.session.assessment.items[6].id])
        self.save(window, "inspector-item")

    def _take_inspector_cell(self) -> None:
        window = self.window()
        window.side.inspector_dock.raise_()
        self.cell(window, 6, 1)
        self.save(window, "inspector-cell")

    def _take_challenge(self) -> None:
        window = self.window()
        window.side.inspector_dock.raise_()
        window.matrix.select_cell(*self._challenged(window))
        window.inspector.show_challenges()
        self.save(window.inspector, "challenge")

    def _challenged(self, window) -> tuple[str, str]:
        """Return the first cell that is challenged."""
        first = next(iter(window.session.analysis.challenges.values()))
        return first.evidence, first.hypothesis

    def _take_dependence(self) -> None:
        window = self.window()
        known = self.known(window)
        window.matrix.select_records("evidence", [known[label] for label in ("E8", "E9", "E10")])
        window.side.inspector_dock.raise_()
        self.save(window, "dependence")

    def _take_filter(self) -> None:
        from ach_desk.ui.matrix.item_filter import ItemFilter

        window = self.window()
        window.matrix.arranging.set_filter(ItemFilter(text="wagner", separates=True))
        window.resize(SIZE[0], 400)
        self.save(window.matrix, "filter")
        self.act(window, "filter.clear")

    def _take_groups(self) -> None:
        window = self.window()
        window.matrix.groups.group_by("date")
        self.cell(window, 1, 0)
        self.act(window, "hypothesis.fold")
        window.resize(SIZE[0], 640)
        self.save(window.matrix, "groups")
        window.matrix.groups.unfold_all()
        window.matrix.groups.group_by("")

    def _take_timeline(self) -> None:
        from ach_desk.model.spans import Span, span_of
        from ach_desk.ui.timeline.picture import Brush

        window = self.window()
        window.timeline.toggle()
        self.settle()
        panel = window.timeline.dock.panel
        days = Brush("event", Span(span_of("2023-06-23").first, span_of("2023-06-24").last))
        panel.picture.brushed.emit(days)
        self.save(window, "timeline")
        panel.picture.cleared.emit()
        window.timeline.toggle()

    def _take_replace(self) -> None:
        window = self.window()
        window.open_replace()
        bar = window._replace_bar
        assert bar is not None
        bar.entry.setText("march")
        bar.by.setText("advance")
        self.save(bar, "replace")
        window.close_lines()

    def _take_what_if(self) -> None:
        window = self.window()
        self.act(window, "whatif.show")
        window.session.show_scenario(list(window.session.analysis.scenarios)[-1])
        self.cell(window, 6, 1)
        self.save(window, "what-if")
        window.session.show_scenario("")
        window.side.whatif_dock.hide()

    def _take_sources(self) -> None:
        window = self.window()
        window.sources.show(next(iter(window.session.analysis.sources)))
        self.save(window.sources.panel, "sources")
        window.sources.dock.hide()

    def _take_history(self) -> None:
        window = self.window()
        self.review(window).show_history()
        self.save(self.review(window).history_dock.widget(), "history")
        self.review(window).history_dock.hide()

    @staticmethod
    def review(window: AnalysisWindow) -> Review:
        """Return what `install` gave the window for looking back."""
        assert window.review is not None
        return window.review

    def _take_changes(self) -> None:
        window = self.window()
        self.review(window).show_changes()
        self.save(self.review(window).since_dock.widget(), "changes")
        self.review(window).since_dock.hide()

    def _take_merge(self) -> None:
        from ach_desk.commands import edits, trail
        from ach_desk.model import RatingValue
        from ach_desk.storage.codec import encode
        from ach_desk.ui.versions.dialog import MergeDialog
        from ach_desk.ui.versions.merging import Merging

        window = self.window()
        session = window.session
        theirs = session.analysis.snapshot()
        matrix, rows, columns = theirs.matrices[0], session.matrix.evidence, session.matrix.hypotheses
        cells = [(rows[0], columns[1]), (rows[3], columns[2])]
        for command in (
            edits.rate(theirs, matrix, session.analyst, cells, RatingValue.VERY_INCONSISTENT),
            edits.set_field(theirs, "evidence", [rows[2]], "title", "Mid-June: Prigozhin on an attack by the army"),
            edits.add_items(theirs, matrix, [{"title": "A convoy turned back before Voronezh"}]),
        ):
            trail.run(theirs, command, "do", session.analyst)
        session.rate(cells[:1], RatingValue.CONSISTENT)
        session.execute(
            edits.set_field(session.analysis, "evidence", [rows[2]], "title", "Prigozhin: the army attacked us")
        )
        path = self.case.with_name("bob.ach.json")
        path.write_bytes(encode(theirs))
        Merging(window, path).start()
        self.settle()
        (dialog,) = window.findChildren(MergeDialog)
        dialog.take_theirs.click()
        self.save(dialog, "merge")
        dialog.reject()
        self.settle()
        session.undo()
        session.undo()

    def _take_import(self) -> None:
        """A workbook as a colleague would make it, with a word that is no rating and a column that is not known."""
        from xlsxwriter import Workbook

        from ach_desk.ui.sheets.actions import Interchange

        rows = (
            ("No.", "Evidence", "Source", "Credibility", "Date", "H1: Mutiny", "H2: Staged", "Colour"),
            ("1", "Columns move north without a shot", "Radio", "high", "24.06.2023", "Consistent", "CC", "red"),
            ("2", "Helicopters are shot down", "Agency", "medium", "24.06.2023", "Very consistent (CC)", "--", "green"),
            ("3", "The charges are dropped", "Agency", "high", "27.06.2023", "inconsistent", "perhaps", ""),
        )
        path = self.case.with_name("colleague.xlsx")
        with Workbook(str(path)) as workbook:
            sheet = workbook.add_worksheet("Matrix")
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
        window = self.window()
        interchange = window.findChild(Interchange)
        assert interchange is not None
        dialog = interchange.open_import(path)
        self.settle()
        self.save(dialog, "import")
        dialog.reject()
        self.settle()

    def _take_check(self) -> None:
        window = self.window()
        window.side.show_check()
        self.save(window.side.check, "check")
        window.side.check_dock.hide()

    def _take_conclusion(self) -> None:
        window = self.window()
        assert window.closing_steps is not None
        window.closing_steps.conclusion_dock.bring_up()
        self.save(window, "conclusion")
        window.side.charts_dock.raise_()

    def _take_scale(self) -> None:
        self.act(self.window(), "rate.scale")
        self._save_dialog("scale")

    def _take_tree(self) -> None:
        """A second case, made from the first one: forms under a heading, one rejected, a suggestion to confirm."""
        window = self.forms()
        self.act(window, "hypothesis.rejected")  # folds it
        self.cell(window, 3, 2)
        self.save(window.matrix, "tree")
        window.close_for_good()

    def forms(self):
        """Return a window with the case in which H2 has forms and H1 is rejected."""
        from ach_desk.commands import edits, hypotheses
        from ach_desk.model import RatingValue

        copy = self.case.with_name("forms.ach.json")
        shutil.copy(CASE, copy)
        self.desktop.opener.open(copy, at_once=True)
        window = self.desktop.windows[-1]
        window.resize(*SIZE)
        session = window.session
        of = session.assessment.hypotheses[1].id
        for title in ("Putin ordered it", "Putin knew and let it run"):
            session.execute(hypotheses.add_form(session.analysis, session.matrix, of, title))
        forms = [entry.id for entry in session.analysis.hypotheses.values() if entry.parent == of]
        values = (RatingValue.CONSISTENT, RatingValue.INCONSISTENT)
        for number, item in enumerate(session.matrix.evidence):
            wanted = [((item, form), values[(number + place) % 3 == 0]) for place, form in enumerate(forms)]
            session.execute(edits.rate_each(session.analysis, session.matrix, session.analyst, wanted, ""))
        first = session.assessment.hypotheses[0].id
        session.execute(edits.reject(session.analysis, [first], "no trace of outside help"))
        self.settle()
        return window

    def _chart(self, kind: str) -> None:
        window = self.window()
        window.side.charts_dock.raise_()
        window.charts.show_kind(kind)
        self.save(window.charts, f"chart-{kind}")

    def _take_chart_consistency(self) -> None:
        self._chart("consistency")

    def _take_chart_ranking(self) -> None:
        self._chart("ranking")

    def _take_chart_heatmap(self) -> None:
        self._chart("heatmap")

    def _resting(self, kind: str) -> None:
        window = self.window()
        self.act(window, "robustness.show")
        fold = window.robust.charts
        assert fold is not None
        fold.set_open(True)
        assert fold.charts is not None
        fold.charts.show_kind(kind)
        self.settle()
        self.save(fold.charts, f"chart-{kind}")
        window.robust.dock.hide()

    def _take_chart_methods(self) -> None:
        self._resting("methods")

    def _take_chart_waterfall(self) -> None:
        self._resting("waterfall")

    def _take_chart_rank_shares(self) -> None:
        self._resting("rank-shares")

    def _take_chart_margin(self) -> None:
        self._resting("margin")

    def _take_chart_scenarios(self) -> None:
        self._resting("scenarios")

    def _take_print_preview(self) -> None:
        window = self.window()
        self.desktop.files(window).print_preview()
        dialog = self._dialog()
        self.save(dialog, "print-preview")
        dialog.reject()

    def _take_report(self) -> None:
        self.desktop.files(self.window()).report()
        self._save_dialog("report")

    def _take_gallery(self) -> None:
        window = self.window()
        self.act(window, "gallery")
        gallery = self._dialog()
        self.app.processEvents()
        self.settle()
        gallery.list.setCurrentRow(gallery.kinds.index("heatmap"))
        self.settle()
        self._save_dialog("gallery")

    def _take_clean_copy(self) -> None:
        window = self.window()
        self.act(window, "clean_copy")
        dialog = self._dialog()
        dialog.tree.topLevelItem(2).setExpanded(True)
        self._save_dialog("clean-copy")

    def _take_actions(self) -> None:
        self.desktop.show_actions(self.window())
        self._save_dialog("actions")

    def _take_settings(self) -> None:
        self.desktop.show_settings(self.window())
        self._save_dialog("settings")

    def _take_recovery(self) -> None:
        from PySide6.QtCore import QTimer

        from ach_desk.i18n import _
        from ach_desk.ui import messages

        def grab() -> None:
            dialog = self._dialog()
            self.save(dialog, "recovery")
            dialog.reject()

        QTimer.singleShot(200, grab)
        messages.ask(
            None,
            _("ACH Desk ended without saving {count} edits of {name}.").format(count=12, name=self.case.name),
            _("The last one was made on {time}.").format(time="23 November 2026 12:00:00"),
            [("ok", _("Recover")), ("discard", _("Discard")), ("cancel", _("Decide later"))],
            "ok",
        )

    def _dialog(self):
        from PySide6.QtWidgets import QDialog

        self.settle()
        return next(
            widget for widget in self.app.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()
        )

    def _save_dialog(self, name: str) -> None:
        dialog = self._dialog()
        self.save(dialog, name)
        dialog.reject()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
