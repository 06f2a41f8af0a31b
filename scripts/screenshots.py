"""Make the pictures of the manual: ``python scripts/screenshots.py [NAME ...]``.

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


class _Studio:
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
        from ach_desk.commands import watching

        window = self.window()
        session = window.session
        first = session.matrix.hypotheses[0]
        for text in (
            "Messages to a foreign service",
            "Money that reached the force in June",
            "A government in waiting",
        ):
            session.execute(watching.expect(session.analysis, first, text))
        one, other, _open = session.analysis.expectations
        session.execute(watching.make_absence(session.analysis, session.matrix, one))
        session.execute(watching.make_indicator(session.analysis, other))
        self.act(window, "steps.expectations")
        self.save(window.watching.expectations_dock, "expected")
        self.take_back(window)

    def _take_watch(self) -> None:
        from ach_desk.commands import watching
        from ach_desk.model import RatingValue

        window = self.window()
        session = window.session
        cases = [
            ("The commanders are charged or die although the deal spared them", "2023-12", "C I CC N"),
            ("The force gets its heavy weapons back", "2023-09", "I CC I N"),
            ("Payments from abroad are documented", "2099", "CC N N N"),
        ]
        for text, by, values in cases:
            command = watching.watch(session.analysis, text, expected_by=by)
            session.execute(command)
            for hypothesis, value in zip(session.matrix.hypotheses, values.split(), strict=True):
                rating = RatingValue(value)
                session.execute(watching.set_bearing(session.analysis, watching.added_id(command), hypothesis, rating))
        self.act(window, "steps.watch")
        self.save(window.watching.watch_dock, "watch")
        self.take_back(window)

    def take_back(self, window) -> None:
        """Undo everything, so that the next picture begins with the case as it is."""
        while window.session.history.stack.canUndo():
            window.session.undo()
        for dock in (window.watching.expectations_dock, window.watching.watch_dock):
            dock.hide()

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
        from ach_desk.commands import groups
        from ach_desk.model.values import Dependence, GroupCause

        window = self.window()
        session, known = window.session, {item.label: item.id for item in window.session.analysis.evidence.values()}
        for labels, name, strength, cause in (
            (("E8", "E10"), "Two sides of one settlement", Dependence.REDUNDANT, GroupCause.CAUSE),
            (("E1", "E14"), "The conflict of the spring", Dependence.WEAK, GroupCause.ORIGIN),
        ):
            items = [known[label] for label in labels]
            session.execute(groups.make(session.analysis, items, name, strength=strength, cause=cause))
        window.matrix.select_records("evidence", [known["E8"], known["E10"]])
        window.side.inspector_dock.raise_()
        self.save(window, "dependence")
        session.undo()
        session.undo()

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
        from ach_desk.commands import edits

        window = self.window()
        session = window.session
        source = next(iter(session.analysis.sources))
        session.execute(edits.set_field(session.analysis, "source", [source], "reliability", "D"))
        window.sources.show(source)
        self.save(window.sources.panel, "sources")
        session.undo()
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

    def _take_check(self) -> None:
        window = self.window()
        window.side.show_check()
        self.save(window.side.check, "check")
        window.side.check_dock.hide()

    def _take_conclusion(self) -> None:
        """A second copy of the case, in which a conclusion is begun unless it has one."""
        from ach_desk.commands import conclusions
        from ach_desk.model import LikelihoodScale
        from ach_desk.model.conclusions import conclusion_on

        copy = self.case.with_name("concluded.ach.json")
        shutil.copy(CASE, copy)
        self.desktop.opener.open(copy, at_once=True)
        window = self.desktop.windows[-1]
        session = window.session
        analysis, matrix = session.analysis, session.matrix
        if conclusion_on(analysis, matrix.id) is None:
            session.execute(conclusions.begin(analysis, matrix, session.analyst, LikelihoodScale.ICD_203))
            for hypothesis, word in zip(matrix.hypotheses, ("very unlikely", "unlikely", "unlikely"), strict=False):
                present = conclusion_on(analysis, matrix.id)
                assert present is not None
                session.execute(conclusions.set_word(analysis, present, hypothesis, word))
        self.act(window, "conclusion.show")
        self.save(window, "conclusion")
        window.close_for_good()

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

    def _take_print_preview(self) -> None:
        window = self.window()
        self.desktop.files(window).print_preview()
        dialog = self._dialog()
        self.save(dialog, "print-preview")
        dialog.reject()

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
