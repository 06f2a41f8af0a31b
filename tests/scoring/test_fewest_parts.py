"""The fewest sources, groups and assumptions that overturn the lead, against trying every set of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from helpers.analyses import Case, inputs_of, small_case

from ach_desk.model import Citation, DependenceGroup, EvidenceKind, Rating, RatingValue, Scenario, Source
from ach_desk.model.citing import rests_alone_on
from ach_desk.model.method_settings import Method
from ach_desk.scoring.additive import Additive
from ach_desk.scoring.fewest_parts import Fewest, FewestParts, fewest_parts, fewest_sentences, names_of
from ach_desk.scoring.left_out_parts import PartKind
from ach_desk.scoring.programme import StoppedError
from ach_desk.scoring.resting import fall
from ach_desk.scoring.whatif import under

FIVE = tuple(value for value in RatingValue if value.value in ("CC", "C", "N", "I", "II"))
METHODS = (Method.WEIGHTED, Method.BAYES)


def drawn(seed: int) -> Case:
    """Return a rated case of three hypotheses and six items with chance sources and assumptions."""
    chance = np.random.default_rng(seed)
    case = small_case(3, 6, rated=False)
    for number in range(4):
        case.analysis.sources[f"s{number}"] = Source(id=f"s{number}", label=f"S{number + 1}", name="One")
    for row, item in enumerate(case.matrix.evidence):
        cited = tuple(Citation(source=f"s{n}") for n in range(4) if chance.random() < 0.4)
        rests = tuple(case.matrix.evidence[n] for n in (0, 1) if row > 1 and chance.random() < 0.3)
        old = case.analysis.evidence[item]
        kind = EvidenceKind.ASSUMPTION if row < 2 else old.kind
        case.analysis.evidence[item] = old.model_copy(update={"citations": cited, "rests_on": rests, "kind": kind})
        for column in case.matrix.hypotheses:
            on = tuple(case.matrix.evidence[n] for n in (0, 1) if row > 1 and chance.random() < 0.15)
            rating = Rating(FIVE[int(chance.integers(5))], rests_on=on)
            case.matrix.set_rating(case.analyst, item, column, rating)
    return case


def found_in(case: Case, method: Method = Method.WEIGHTED) -> tuple[FewestParts, ...]:
    found = fewest_parts(case.analysis, case.matrix.sheets[case.analyst], inputs_of(case), method)
    assert not found.left_open
    return found.parts


def without_sources(case: Case, method: Method, gone: Sequence[str]) -> Additive:
    items = inputs_of(case).assessment.items
    return (
        inputs_of(case)
        .additive(method)
        .without(np.array([rests_alone_on(item, gone, case.analysis.sources) for item in items]))
    )


def with_false(case: Case, method: Method, false: Sequence[str]) -> Additive:
    given = inputs_of(case)
    scenario = Scenario(id="x", matrix=case.matrix.id, name="x", assumptions_false=tuple(false))
    fallen = fall(case.analysis, false, case.matrix.sheets[case.analyst])
    return replace(given, assessment=under(case.analysis, given.assessment, scenario, fallen)).additive(method)


def sizes(
    case: Case, method: Method, parts: Sequence[str], after: Callable[[Case, Method, Sequence[str]], Additive]
) -> dict[int, tuple[int | None, int | None]]:
    """Return challenger -> the fewest parts to tie and to overtake, by trying every set."""
    now = inputs_of(case).additive(method)
    (leader,) = now.leaders
    ties: dict[int, int] = {}
    passes: dict[int, int] = {}
    for size in range(len(parts) + 1):
        for gone in itertools.combinations(parts, size):
            scores = after(case, method, gone).scores
            for challenger in now.challengers:
                ahead = scores[challenger] - scores[leader]
                if ahead >= -1e-9:
                    ties.setdefault(challenger, size)
                if ahead > 1e-9:
                    passes.setdefault(challenger, size)
    return {challenger: (ties.get(challenger), passes.get(challenger)) for challenger in now.challengers}


@pytest.mark.parametrize("method", METHODS)
def test_the_fewest_agree_with_trying_every_set(method: Method) -> None:
    tried = 0
    for seed in range(40):
        case = drawn(seed)
        if len(inputs_of(case).additive(method).leaders) != 1:
            assert found_in(case, method) == ()
            continue
        found = found_in(case, method)
        for kind, parts, after in (
            (PartKind.SOURCE, list(case.analysis.sources), without_sources),
            (PartKind.ASSUMPTION, case.matrix.evidence[:2], with_false),
        ):
            own = {entry.challenger: (entry.to_tie, entry.to_overtake) for entry in found if entry.kind is kind}
            if own:
                assert own == sizes(case, method, parts, after), (seed, kind)
                tried += 1
    assert tried > 30


def test_what_is_named_does_it() -> None:
    for seed in range(20):
        case = drawn(seed)
        for entry in found_in(case):
            if entry.kind is PartKind.SOURCE and entry.to_overtake is not None:
                scores = without_sources(case, Method.WEIGHTED, entry.records).scores
                (leader,) = inputs_of(case).additive(Method.WEIGHTED).leaders
                assert scores[entry.challenger] > scores[leader]


def against(case: Case, *rows: str) -> None:
    for item, line in zip(case.matrix.evidence, rows, strict=True):
        for column, value in zip(case.matrix.hypotheses, line.split(), strict=True):
            case.matrix.set_rating(case.analyst, item, column, Rating(RatingValue(value)))


def test_groups_fall_as_a_whole_and_are_named_in_words() -> None:
    case = small_case(2, 5, rated=False)
    against(case, "I C", "I C", "I C", "I C", "C I")
    for number, members in enumerate((case.matrix.evidence[:2], case.matrix.evidence[2:4])):
        group = DependenceGroup(id=f"g{number}", name=f"Report {number + 1}", items=tuple(members))
        case.analysis.groups[group.id] = group
    (entry,) = found_in(case, Method.INCONSISTENCY)
    assert (entry.kind, entry.challenger, entry.to_tie, entry.to_overtake) == (PartKind.GROUP, 0, 2, 2)
    assert names_of(case.analysis, entry) == ["Report 1", "Report 2"]
    assert fewest_sentences(case.analysis, inputs_of(case), 1, Fewest((entry,))) == [
        "Without the groups “Report 1” and “Report 2”, H1 would pass H2; fewer do not do it."
    ]


def test_that_no_number_of_sources_does_it_is_said_and_one_alone_is_said_elsewhere() -> None:
    case = small_case(2, 2, rated=False)
    against(case, "II C", "C C")
    case.analysis.sources["s"] = Source(id="s", label="S1", name="One")
    for item in case.matrix.evidence[1:]:
        old = case.analysis.evidence[item]
        case.analysis.evidence[item] = old.model_copy(update={"citations": (Citation(source="s"),)})
    assert fewest_sentences(case.analysis, inputs_of(case), 1, Fewest(found_in(case))) == [
        "Leaving out sources, however many, cannot overturn H2."
    ]
    one = FewestParts(PartKind.SOURCE, 0, 1, 1, ("s",))
    assert fewest_sentences(case.analysis, inputs_of(case), 1, Fewest((one,))) == []
    many = FewestParts(PartKind.SOURCE, 0, 4, 4, ("s",) * 4)
    assert fewest_sentences(case.analysis, inputs_of(case), 1, Fewest((many,), (PartKind.SOURCE,))) == [
        "How few sources would overturn the lead together takes too long to work out.",
        "At least 4 sources would have to fall before H1 would pass H2.",
    ]


def test_of_equals_the_one_that_is_nearest_is_named() -> None:
    case = small_case(3, 4, rated=False)
    against(case, "I C C", "C I C", "II I C", "C C C")
    for number in range(3):
        entry = f"s{number}"
        case.analysis.sources[entry] = Source(id=entry, label=f"S{number + 1}", name="One")
        item = case.analysis.evidence[case.matrix.evidence[number]]
        case.analysis.evidence[item.id] = item.model_copy(update={"citations": (Citation(source=entry),)})
    found = found_in(case, Method.INCONSISTENCY)
    assert [entry.challenger for entry in found] == [1, 0]


def test_it_can_be_stopped() -> None:
    case = small_case(2, 2, rated=False)
    against(case, "II C", "C C")
    for entry in ("s", "t"):
        case.analysis.sources[entry] = Source(id=entry, label=entry, name="One")
    item = case.analysis.evidence[case.e(1)]
    both = (Citation(source="s"), Citation(source="t"))  # two sources of one item: an integer programme decides
    case.analysis.evidence[item.id] = item.model_copy(update={"citations": both})
    with pytest.raises(StoppedError):
        fewest_parts(
            case.analysis, case.matrix.sheets[case.analyst], inputs_of(case), Method.WEIGHTED, cancelled=lambda: True
        )
