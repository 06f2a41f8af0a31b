"""Items that may say the same twice: what is pointed out, what is not, and in which time."""

from __future__ import annotations

import random

from helpers.analyses import Case, small_case
from helpers.assessments import SYMBOLS
from helpers.timing import cpu_seconds
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits, groups
from ach_desk.model import EvidenceItem
from ach_desk.model.values import Dependence
from ach_desk.scoring import all_findings, assess
from ach_desk.scoring.dependence_findings import MAY_DEPEND, hints
from ach_desk.scoring.near_duplicates import ALIKE, Alike, Likeness, find_alike, say_the_same, words_of


def _items(*titles: str, **fields: list[str]) -> list[EvidenceItem]:
    return [
        EvidenceItem(
            id=f"e{number}",
            label=f"E{number + 1}",
            title=title,
            **{name: values[number] for name, values in fields.items()},
        )
        for number, title in enumerate(titles)
    ]


def _pairs(items: list[EvidenceItem]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.why.value, one.items) for one in find_alike(items)]


def test_nearly_the_same_words_are_found_whatever_their_order_and_capitals() -> None:
    items = _items(
        "The column was seen on the M4 north of Voronezh",
        "North of Voronezh the column was seen, on the M4!",
        "The column was seen on the M4 south of Rostov",
        "It rained in the capital that evening",
    )
    assert _pairs(items) == [("words", ("e0", "e1"))]


def test_the_same_words_with_other_numbers_say_something_else() -> None:
    assert _pairs(_items("Shots were heard near the depot at 5", "Shots were heard near the depot at 7")) == []
    assert _pairs(_items("Shots were heard near the depot at dawn", "Shots were heard near the depot at dawn 7")) != []


def test_short_texts_share_words_by_chance() -> None:
    assert _pairs(_items("No train", "No train", "Report 1", "")) == []


def test_long_details_are_compared_with_their_titles() -> None:
    detail = "A driver of the post saw twelve lorries without lights turn off the road by the old mill"
    items = _items("Lorries", "A sighting", "Rain", detail=[detail, detail + " at night", "nothing of the kind"])
    assert _pairs(items) == [("words", ("e0", "e1"))]


def test_the_same_quotation_and_the_same_link() -> None:
    items = _items(
        "He says he left",
        "Quoted on his departure",
        "A page",
        "The same page",
        "Another",
        quotation=["“I have left the city.”", "I have left the city", "", "", "I have left"],
        link=["", "", "https://www.example.org/a#top", "http://example.org/a/", "https://example.org/b"],
    )
    assert _pairs(items) == [("quotation", ("e0", "e1")), ("link", ("e2", "e3"))]


def test_what_is_found_twice_is_told_once_with_its_plainest_reason() -> None:
    same = "The column was seen on the road to the north"
    assert _pairs(_items(same, same, quotation=[same, same])) == [("quotation", ("e0", "e1"))]


def test_three_and_more_hang_together() -> None:
    base = "one two three four five six seven eight nine ten"
    items = _items(base, base + " eleven", base + " eleven twelve", "something quite different from all of that")
    assert _pairs(items) == [("words", ("e0", "e1", "e2"))]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=8).map(" ".join), min_size=2, max_size=12))
def test_every_pair_that_is_alike_is_found_and_hangs_together(texts: list[str]) -> None:
    found = [set(one.items) for one in find_alike(_items(*texts))]
    for one in range(len(texts)):
        for other in range(one):
            left, right = words_of(texts[one]), words_of(texts[other])
            if min(len(left), len(right)) >= 4 and len(left & right) >= ALIKE * len(left | right):
                assert any({f"e{one}", f"e{other}"} <= group for group in found)


def test_ten_thousand_items_take_a_bounded_time() -> None:
    source = random.Random(7)
    vocabulary = [f"word{number}" for number in range(5000)]
    shares = [1 / (number + 1) for number in range(5000)]
    titles = [" ".join(source.choices(vocabulary, shares, k=10)) for _number in range(9_000)]
    items = _items(*titles, *["The very same report of the very same event"] * 1_000)
    found = find_alike(items)
    assert cpu_seconds(lambda: find_alike(items), attempts=1) < 5
    assert max(len(one.items) for one in found) == 1_000


def test_what_is_rated_or_set_aside_does_not_ask_for_another_look() -> None:
    items = _items("The column was seen on the road", "Nobody was there")
    aside = [items[0].model_copy(update={"status": "set aside", "credibility": "high"}), items[1]]
    assert say_the_same(items, aside)
    assert not say_the_same(items, [items[0].model_copy(update={"title": "Other"}), items[1]])
    assert not say_the_same(items, items[:1])


# What is pointed out


def _case() -> Case:
    case = small_case(2, 5)
    for number, title in enumerate(
        (
            "The column was seen on the road to the north",
            "The column was seen on a road to the north",
            "Nobody answered the telephone",
            "A letter names him as the sender",
            "It rained in the capital",
        ),
        1,
    ):
        edits.set_field(case.analysis, "evidence", [case.e(number)], "title", title).apply(case.analysis)
    return case


def _rate(case: Case, row: int, *symbols: str) -> None:
    for column, symbol in enumerate(symbols, 1):
        cell = (case.e(row), case.h(column))
        edits.rate(case.analysis, case.matrix, case.analyst, [cell], SYMBOLS[symbol]).apply(case.analysis)


def _said(case: Case) -> list[str]:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    found = all_findings(case.analysis, case.matrix, case.analyst, assessment)
    return [finding.text for finding in found if finding.code == MAY_DEPEND]


def test_the_most_consequential_comes_first() -> None:
    case = _case()
    edits.add_source(case.analysis, "Evening paper", [case.e(3), case.e(4), case.e(5)])[0].apply(case.analysis)
    words = "E1 and E2 are worded nearly the same. Do they depend on each other?"
    source = "E3, E4 and E5 rest on S1 alone. Do they depend on each other?"
    _rate(case, 1, "I", "C")
    _rate(case, 2, "I", "C")
    _rate(case, 3, "C", "I")
    assert _said(case) == [words, source]
    _rate(case, 4, "C", "II")
    _rate(case, 5, "C", "II")
    assert _said(case) == [source, words]


def test_grouping_or_calling_independent_silences_it() -> None:
    case = _case()
    assert len(_said(case)) == 1
    pair = [case.e(1), case.e(2)]
    groups.make(case.analysis, pair, "Report", strength=Dependence.INDEPENDENT).apply(case.analysis)
    assert _said(case) == []


def test_items_set_aside_are_not_pointed_out() -> None:
    case = _case()
    edits.set_aside(case.analysis, [case.e(2)], "the same again").apply(case.analysis)
    assert _said(case) == []


def test_what_all_items_have_in_common_is_not_pointed_out() -> None:
    case = _case()
    edits.add_source(case.analysis, "Evening paper", [case.e(row) for row in range(1, 6)])[0].apply(case.analysis)
    assert _said(case) == ["E1 and E2 are worded nearly the same. Do they depend on each other?"]


def test_there_is_never_more_than_a_handful() -> None:
    case = small_case(2, 40)
    assessment = assess(case.analysis, case.matrix, case.analyst)
    alike = [Alike(Likeness.WORDS, (case.e(row), case.e(row + 1))) for row in range(1, 40)]
    found = hints(case.analysis, assessment, alike)
    assert len(found) == 5
    assert all(hint.strength is Dependence.REDUNDANT for hint in found)
