"""The undo stack: what reaches it, what never does, and what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.analyses import Case, small_case, state_of

from ach_desk.commands import Command, Composite, SetRatings, edits
from ach_desk.model import RatingValue
from ach_desk.ui.history import History

I, C = RatingValue.INCONSISTENT, RatingValue.CONSISTENT  # noqa: E741


class Steps:
    """A history upon a small case, and what it said."""

    def __init__(self) -> None:
        self.case: Case = small_case()
        self.history = History(lambda: self.case.analysis, lambda: self.case.analyst)
        self.stack = self.history.stack
        self.said: list[tuple[str, str]] = []
        self.history.happened.connect(lambda how, command, _change: self.said.append((how, command.text)))

    def rate(self, item: int, value: RatingValue | None, merge_key: str | None = None) -> None:
        case = self.case
        command = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(item), case.h(1))], value)
        self.history.execute(command, merge_key)

    def title(self, item: int, text: str, merge_key: str | None = "title") -> None:
        command = edits.set_field(self.case.analysis, "evidence", [self.case.e(item)], "title", text)
        self.history.execute(command, merge_key)


@pytest.fixture
def steps(qapp: object) -> Steps:
    return Steps()


def test_undo_and_redo_say_what_they_did(steps: Steps) -> None:
    steps.rate(1, I)
    steps.rate(2, C)
    assert steps.stack.undoText() == "Rate E2 under H1 C"
    steps.history.undo()
    assert (steps.stack.undoText(), steps.stack.redoText()) == ("Rate E1 under H1 I", "Rate E2 under H1 C")
    steps.history.redo()
    assert steps.said == [
        ("do", "Rate E1 under H1 I"),
        ("do", "Rate E2 under H1 C"),
        ("undo", "Rate E2 under H1 C"),
        ("redo", "Rate E2 under H1 C"),
    ]


def test_undo_with_nothing_to_undo_does_nothing(steps: Steps) -> None:
    steps.history.undo()
    steps.history.redo()
    assert steps.said == []


def test_what_changes_nothing_keeps_the_redo_branch(steps: Steps) -> None:
    steps.rate(1, I)
    steps.history.undo()
    steps.rate(1, None)
    assert steps.stack.canRedo()
    assert steps.said[-1][0] == "undo"
    steps.history.redo()
    assert steps.case.value(1, 1) is I


def test_an_edit_destroys_the_redo_branch(steps: Steps) -> None:
    steps.rate(1, I)
    steps.history.undo()
    steps.rate(2, I)
    assert not steps.stack.canRedo()


def test_a_command_that_fails_leaves_stack_and_analysis_as_they_were(steps: Steps) -> None:
    steps.rate(1, I)
    steps.rate(2, I)
    steps.history.undo()
    before = state_of(steps.case.analysis)
    good = edits.rate(
        steps.case.analysis, steps.case.matrix, steps.case.analyst, [(steps.case.e(3), steps.case.h(1))], C
    )
    bad = Composite(commands=(good, good.model_copy(update={"matrix": "missing"})), text="bad")
    said = len(steps.said)
    with pytest.raises(KeyError):
        steps.history.execute(bad)
    assert (steps.stack.count(), steps.stack.index(), steps.stack.canRedo()) == (2, 1, True)
    assert state_of(steps.case.analysis) == before
    assert len(steps.said) == said


def test_a_command_that_could_do_nothing_is_said_but_not_put_on_the_stack(steps: Steps) -> None:
    case = steps.case
    stale = edits.rate(case.analysis, case.matrix, case.analyst, [(case.e(1), case.h(1))], I)
    steps.rate(1, C)
    change = steps.history.execute(stale)
    assert change.is_empty
    assert change.skipped
    assert steps.stack.count() == 1
    assert steps.said[-1] == ("do", stale.text)


def test_typing_with_one_key_is_one_step(steps: Steps) -> None:
    for text in ("R", "Re", "Rep"):
        steps.title(1, text)
    assert steps.stack.count() == 1
    steps.history.undo()
    assert steps.case.item(1).title == "Report 1"
    steps.history.redo()
    assert steps.case.item(1).title == "Rep"


def test_typing_back_to_the_beginning_leaves_no_step(steps: Steps) -> None:
    steps.rate(1, I)
    steps.title(1, "R")
    steps.title(1, "Report 1")
    assert steps.stack.count() == 1
    assert steps.stack.undoText() == "Rate E1 under H1 I"


@pytest.mark.parametrize(
    "between",
    [
        lambda steps: steps.history.end_merging(),
        lambda steps: steps.rate(3, I),
        lambda steps: steps.stack.setClean(),
    ],
    ids=["asked", "another edit", "saved"],
)
def test_typing_goes_on_in_a_step_of_its_own(between: Callable[[Steps], None], steps: Steps) -> None:
    steps.title(1, "R")
    between(steps)
    count = steps.stack.count()
    steps.title(1, "Re")
    assert steps.stack.count() == count + 1
    steps.history.undo()
    assert steps.case.item(1).title == "R"


def test_different_keys_and_fields_do_not_merge(steps: Steps) -> None:
    steps.title(1, "R", "one")
    steps.title(1, "Re", "two")
    steps.title(2, "R", "two")
    steps.title(2, "Re", None)
    steps.title(2, "Rep", None)
    assert steps.stack.count() == 5


def test_keys_stay_apart_after_merging_was_ended(steps: Steps) -> None:
    steps.title(1, "a", "one")
    steps.history.end_merging()
    steps.title(1, "ab", "one")
    steps.title(1, "abc", "two")
    steps.history.end_merging()
    steps.title(1, "abcd", "three")
    assert steps.stack.count() == 4


def test_typing_after_a_save_makes_the_analysis_unsaved_and_undo_makes_it_saved_again(steps: Steps) -> None:
    steps.title(1, "R")
    steps.stack.setClean()
    steps.title(1, "Re")
    steps.title(1, "Rep")
    assert not steps.stack.isClean()
    steps.history.undo()
    assert steps.case.item(1).title == "R"
    assert steps.stack.isClean()


def test_who_listens_finds_the_stack_where_it_is_and_may_edit_in_answer(steps: Steps) -> None:
    found: list[tuple[bool, bool, int]] = []
    steps.rate(1, I)

    def answer(how: str, command: Command, _change: object) -> None:
        found.append((steps.stack.canUndo(), steps.stack.canRedo(), steps.stack.index()))
        if how == "undo" and isinstance(command, SetRatings):
            steps.rate(2, C)

    steps.history.happened.connect(answer)
    steps.history.undo()
    assert found == [(False, True, 0), (True, False, 1)]
    assert (steps.case.value(1, 1), steps.case.value(2, 1)) == (None, C)
    assert (steps.stack.count(), steps.stack.canRedo()) == (1, False)


def test_a_thousand_steps_there_and_back(steps: Steps) -> None:
    before = state_of(steps.case.analysis)
    for number in range(500):
        steps.rate(1 + number % 4, I if number % 3 else C)
        steps.title(1, f"title {number}", None)
    after = state_of(steps.case.analysis)
    while steps.stack.canUndo():
        steps.history.undo()
    assert state_of(steps.case.analysis) == before
    while steps.stack.canRedo():
        steps.history.redo()
    assert state_of(steps.case.analysis) == after


_GARBAGE = """
import gc
from PySide6.QtWidgets import QApplication
from helpers.analyses import small_case
from ach_desk.commands import edits
from ach_desk.ui.session import Session
app = QApplication([])
for steps in (4, 40):
    for pause in (1, 50):
        case = small_case()
        session = Session(case.analysis)
        for number in range(steps):
            session.execute(edits.set_field(case.analysis, "evidence", [case.e(1)], "title", f"title {number}"))
            if number % pause == 0:
                gc.collect(number % 3)
        del session, case
        gc.collect()
print("alive")
"""


def test_histories_that_are_garbage_do_not_crash_the_program(qapp: object) -> None:
    tests = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)])}
    run = subprocess.run([sys.executable, "-c", _GARBAGE], env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "alive\n")
