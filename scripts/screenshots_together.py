"""The pictures of the chapter "Working with others": the exercise for three, as its lead sees it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ach_desk.model import RatingValue
    from ach_desk.ui.window import AnalysisWindow

EXERCISE = Path(__file__).resolve().parent.parent / "seeds" / "june-2023-exercise"
SIZE = (1366, 768)
AFTER_THE_TALK = {
    "Ines Kovar": {("E2", "H1"): "C", ("E6", "H4"): "I", ("E8", "H3"): "I"},
    "Piotr Lang": {("E2", "H2"): "I", ("E6", "H3"): "C", ("E4", "H2"): "N"},
}
"""What two of the three rate otherwise in a second round: what the third had rated all along."""


class TogetherShots:
    """Pictures for a studio, which knows how to open, wait and save."""

    desktop: Any
    case: Path

    if TYPE_CHECKING:

        def settle(self) -> None: ...
        def save(self, widget: Any, name: str) -> None: ...
        def act(self, window: Any, name: str) -> None: ...

    def _take_hand_out(self) -> None:
        from ach_desk.ui.handout.giving import HandOutDialog

        with self._exercise("lead") as window:
            self.act(window, "hand_out")
            (dialog,) = window.findChildren(HandOutDialog)
            dialog.names.setPlainText("\n".join(AFTER_THE_TALK) + "\nThandi Moyo")
            dialog.folder.setText("Handed out")
            dialog.shuffle.setChecked(True)
            self.save(dialog, "hand-out")
            dialog.reject()

    def _take_collect(self) -> None:
        from ach_desk.ui.handout.taking import Taking

        with self._exercise("lead") as window:
            taking = Taking(window, [EXERCISE / "returned"])
            taking.start()
            self.save(taking.dialog, "collect")
            taking.dialog.reject()

    def _take_round(self) -> None:
        """The line above the matrix, with the matrix of one who has not rated all yet."""
        with self._exercise("collected") as window:
            self.act(window, "together.close")
            self.act(window, "together.begin")
            window.resize(SIZE[0], 480)
            self.save(window, "round")

    def _take_compare(self) -> None:
        with self._exercise("collected") as window:
            self._compare(window)
            self._cell(window, "E6", "H4")
            self.save(window, "compare")

    def _take_disagreement(self) -> None:
        with self._exercise("collected") as window:
            panel = self._compare(window)
            panel.map.set_open(True)
            self.settle()
            self.save(panel.map.picture, "disagreement")

    def _take_remarks(self) -> None:
        with self._exercise("collected") as window:
            self.act(window, "together.remarks")
            self.save(window.together.remarks_dock, "remarks")

    def _take_moved(self) -> None:
        from ach_desk.ui.together.rounds import MovementDialog

        with self._exercise("collected") as window:
            self._second_round(window)
            window.together.show_movement()
            self.settle()
            (dialog,) = window.findChildren(MovementDialog)
            self.save(dialog, "moved")
            dialog.reject()

    def _take_pooled(self) -> None:
        with self._exercise("collected") as window:
            panel = self._compare(window)
            for name, fold in panel.folds.items():
                fold.set_open(name == "pooled")
            self.settle()
            self.save(panel.folds["pooled"], "pooled")

    @contextmanager
    def _exercise(self, name: str) -> Iterator[AnalysisWindow]:
        """Yield a window on one of the files of the exercise, in which its lead works; it is closed unsaved."""
        copy = Path(shutil.copy(EXERCISE / f"{name}.ach.json", self.case.with_name(f"{name}.ach.json")))
        self.desktop.store.settings.analyst_name = "Lead"
        self.desktop.opener.open(copy, at_once=True)
        window = self.desktop.windows[-1]
        window.resize(*SIZE)
        self.settle()
        window.statusBar().clearMessage()
        try:
            yield window
        finally:
            window.close_for_good()
            self.desktop.store.settings.analyst_name = ""

    def _compare(self, window: AnalysisWindow) -> Any:
        """Return the panel with the group's sheet in front and the differences in the matrix."""
        from ach_desk.scoring.group_sheet import GROUP

        window.session.show_sheet(GROUP)
        window.comparing.dock.bring_up()
        panel = window.comparing.dock.panel
        panel.layer.setChecked(True)
        self.settle()
        return panel

    def _second_round(self, window: AnalysisWindow) -> None:
        """Close the round and let two of the three rate anew."""
        from ach_desk.commands import edits
        from ach_desk.model import RatingValue

        self.act(window, "together.close")
        session = window.session
        for name, cells in AFTER_THE_TALK.items():
            by = next(one.id for one in session.analysis.analysts.values() if one.name == name)
            wanted: list[tuple[tuple[str, str], RatingValue | None]] = [
                (_ids(window, *cell), RatingValue(value)) for cell, value in cells.items()
            ]
            session.execute(edits.rate_each(session.analysis, session.matrix, by, wanted, ""), every_sheet=True)

    def _cell(self, window: AnalysisWindow, item: str, hypothesis: str) -> None:
        window.matrix.select_cell(*_ids(window, item, hypothesis))


def _ids(window: AnalysisWindow, item: str, hypothesis: str) -> tuple[str, str]:
    """Return the ids of an item and a hypothesis by their labels."""
    analysis = window.session.analysis
    known = {entry.label: entry.id for entry in (*analysis.evidence.values(), *analysis.hypotheses.values())}
    return known[item], known[hypothesis]
