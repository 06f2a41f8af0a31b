"""The order if a source or a suspect item were deceptive: by its deceptive reading, else left out."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, inputs_of
from helpers.sourced import cite, rated_case

from ach_desk.commands import edits, readings
from ach_desk.model import RatingValue, Reading
from ach_desk.model.method_settings import Method
from ach_desk.scoring.deception import Deceived, Deceiver, deception_sentence, if_deceptive
from ach_desk.scoring.programme import StoppedError


def found_in(case: Case, method: Method = Method.WEIGHTED) -> dict[str, Deceived]:
    return {entry.label: entry for entry in if_deceptive(case.analysis, inputs_of(case), method)}


def said_of(case: Case, entry: Deceived) -> str:
    return deception_sentence(inputs_of(case), entry)


def with_twin(case: Case, item: int, *values: RatingValue) -> str:
    """Give an item a deceptive reading, rated like this; return its label."""
    made = readings.duplicate_as_deceptive(case.analysis, case.e(item))
    made.command.apply(case.analysis)
    twin = case.analysis.evidence[case.e(item)].twin
    assert twin is not None
    assert case.analysis.evidence[twin].reading is Reading.DECEPTIVE
    wanted = [((twin, case.h(number)), value) for number, value in enumerate(values, 1)]
    edits.rate_each(case.analysis, case.matrix, case.analyst, wanted, "").apply(case.analysis)
    return case.analysis.evidence[twin].label


def test_what_has_no_deceptive_reading_is_left_out_and_said_to_be() -> None:
    case = rated_case()
    cite(case, "A witness", 1, 2)
    entry = found_in(case)["S1"]
    assert entry.kind is Deceiver.SOURCE
    assert entry.left_out == (0, 1)
    assert entry.leaders == (0,)
    assert said_of(case, entry) == (
        "If S1 were deceptive, H1 would be in front; E1 and E2 have no deceptive reading and are left out."
    )


def test_a_deceptive_reading_counts_in_the_place_of_its_item() -> None:
    case = rated_case()
    cite(case, "A witness", 1)
    label = with_twin(case, 1, RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT)
    entry = found_in(case)["S1"]
    assert (entry.replaced, entry.left_out) == ((0,), ())
    # E1 no longer speaks against H1; its deceptive reading speaks strongly against H2.
    assert entry.leaders == (0,)
    assert said_of(case, entry) == (
        f"If S1 were deceptive, H1 would be in front; E1 counts as {label}, read as deceptive."
    )


def test_an_item_with_a_deceptive_reading_is_asked_by_itself() -> None:
    case = rated_case()
    with_twin(case, 3, RatingValue.NEUTRAL, RatingValue.NEUTRAL)
    found = found_in(case)
    assert set(found) == {"E3"}
    assert not found["E3"].changes
    assert "nothing would change in front" in said_of(case, found["E3"])


def test_suspects_are_asked_one_by_one_and_together() -> None:
    case = rated_case()
    edits.set_field(case.analysis, "evidence", [case.e(1), case.e(2)], "suspect", True, "").apply(case.analysis)
    found = found_in(case)
    assert list(found) == ["E1", "E2", "All suspect items"]
    assert found["E1"].leaders == (0, 1)
    assert found["All suspect items"].leaders == (0,)
    assert said_of(case, found["All suspect items"]).startswith("If all suspect items were deceptive, H1 would be")


def test_the_deceptive_reading_itself_stays_when_it_counts_already() -> None:
    case = rated_case()
    with_twin(case, 1, RatingValue.CONSISTENT, RatingValue.INCONSISTENT)
    twin = case.item(1).twin
    assert twin is not None
    readings.count(case.analysis, twin).apply(case.analysis)
    edits.set_field(case.analysis, "evidence", [twin], "suspect", True, "").apply(case.analysis)
    label = case.analysis.evidence[twin].label
    entry = found_in(case)[label]
    assert (entry.replaced, entry.left_out, entry.changes) == ((), (), False)
    assert said_of(case, entry).endswith("it counts as deceptive already.")


@pytest.mark.parametrize("method", [Method.INCONSISTENCY, Method.BAYES, Method.BAYES_SOURCES])
def test_every_method_asks(method: Method) -> None:
    case = rated_case()
    cite(case, "A witness", 1, 2)
    assert found_in(case, method)["S1"].changes


def test_it_stops_when_asked() -> None:
    case = rated_case()
    cite(case, "A witness", 1)
    with pytest.raises(StoppedError):
        if_deceptive(case.analysis, inputs_of(case), Method.WEIGHTED, cancelled=lambda: True)
