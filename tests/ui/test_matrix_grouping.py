"""Items in groups: which group an item stands in, the order of the groups, and what is folded. No Qt in here."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from helpers.sessions import item, small_session
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.commands import edits
from ach_desk.model import Analysis, Citation, EvidenceItem, EvidenceKind, Source
from ach_desk.ui.matrix.axes import EVIDENCE, Axes
from ach_desk.ui.matrix.grouping import WAYS, GroupBy, Grouping
from ach_desk.ui.session import Session

SOURCES = {"s2": "Apple daily", "s1": "banner", "s3": "Chronicle"}
DATES = st.one_of(st.none(), st.sampled_from(["2021", "2022", "2022-03", "2022-03-05", "2022-03-06", "2022-11-30"]))
ITEMS = st.lists(
    st.builds(
        dict[str, Any],
        heading=st.sampled_from(["", "Money", "March", " March ", "Talks"]),
        tags=st.lists(st.sampled_from(["b", "A", "c", "a"]), max_size=3).map(tuple),
        kind=st.sampled_from(EvidenceKind),
        sources=st.lists(st.sampled_from(["s1", "s2", "s3", "gone"]), max_size=2),
        event_date=DATES,
        learned_date=DATES,
    ),
    max_size=12,
)


def analysis_of(drafts: list[dict[str, Any]]) -> Analysis:
    items = {}
    for number, draft in enumerate(drafts, 1):
        fields = {name: value for name, value in draft.items() if name != "sources"}
        cited = tuple(Citation(source=entry) for entry in draft.get("sources", ()))
        items[f"e{number}"] = EvidenceItem(id=f"e{number}", label=f"E{number}", title="x", citations=cited, **fields)
    sources = {entry: Source(id=entry, label=entry.upper(), name=name) for entry, name in SOURCES.items()}
    return Analysis(evidence=items, sources=sources)


def naive_key(entry: EvidenceItem, way: str, length: int) -> str:
    """Return what decides the group of an item, written down anew; "~" for none, which stands last."""
    if way == "heading":
        return entry.heading.strip() or "~"
    if way == "tag":
        return min(entry.tags, key=lambda tag: (tag.lower(), tag), default="~")
    if way == "kind":
        return entry.kind.value
    if way == "source":
        return min((SOURCES[use.source].lower() for use in entry.citations if use.source in SOURCES), default="~")
    return ((entry.event_date if way == "date" else entry.learned_date) or "~")[:length]


def naive_order(keys: list[str], way: str) -> list[str]:
    if way == "heading":
        return sorted(dict.fromkeys(keys), key=lambda key: (key == "~", keys.index(key)))
    if way == "kind":
        return [kind.value for kind in EvidenceKind if kind.value in keys]
    return sorted(set(keys), key=lambda key: (key == "~", key.lower(), key))


def length_of_dates(items: list[EvidenceItem], way: str) -> int:
    """Return how many characters of a date name a group: what is known to the year alone decides it last."""
    dates = [date for entry in items if (date := entry.event_date if way == "date" else entry.learned_date)]
    months = {date[:7] for date in dates if len(date) > 4}
    return 10 if len(months) == 1 or not dates else 7


@given(ITEMS, st.sampled_from(WAYS), st.randoms(use_true_random=False), st.data())
def test_groups_are_those_of_a_naive_grouping(
    drafts: list[dict[str, Any]], way: GroupBy, random: Any, data: st.DataObject
) -> None:
    analysis = analysis_of(drafts)
    items = list(analysis.evidence.values())
    ids = [entry.id for entry in items if data.draw(st.booleans())]
    random.shuffle(ids)
    grouping = Grouping()
    grouping.by = way
    found = grouping.arranged(ids, items, analysis)

    length = length_of_dates(items, way)
    key_of = {entry.id: naive_key(entry, way, length) for entry in items}
    order = naive_order([key_of[entry.id] for entry in items], way)
    expected = [[entry for entry in ids if key_of[entry] == key] for key in order]
    stretches = [list(group) for is_band, group in groupby(found, lambda entry: entry in grouping.bands) if not is_band]
    assert stretches == [group for group in expected if group]
    assert [list(band.items) for band in grouping.bands.values()] == stretches
    assert grouping.listed() == [entry for group in stretches for entry in group]
    assert len(found) == len(ids) + len(stretches)


@given(ITEMS, st.sampled_from(WAYS), st.data())
def test_folded_groups_leave_their_band_and_reveal_shows_them(
    drafts: list[dict[str, Any]], way: GroupBy, data: st.DataObject
) -> None:
    analysis = analysis_of(drafts)
    items = list(analysis.evidence.values())
    ids = [entry.id for entry in items]
    grouping = Grouping()
    grouping.by = way
    grouping.arranged(ids, items, analysis)
    bands = list(grouping.bands)
    grouping.folded = {band for band in bands if data.draw(st.booleans())}
    hidden = [entry for entry in ids if grouping.band_of(entry) in grouping.folded]
    found = grouping.arranged(ids, items, analysis)
    assert [entry for entry in found if entry in grouping.bands] == bands
    assert set(found).isdisjoint(hidden)
    assert len(found) == len(bands) + len(ids) - len(hidden)
    assert grouping.reveal(hidden) == bool(hidden)
    assert len(grouping.arranged(ids, items, analysis)) == len(bands) + len(ids)


def test_without_a_way_nothing_is_grouped() -> None:
    grouping = Grouping()
    assert grouping.arranged(["e1"], [], Analysis()) == ["e1"]
    assert (grouping.bands, grouping.band_of("e1"), grouping.fields) == ({}, "", ())


def names(session: Session, way: GroupBy) -> list[str]:
    grouping = Grouping()
    grouping.by = way
    items = session.assessment.items
    grouping.arranged([entry.id for entry in items], items, session.analysis)
    return [band.name for band in grouping.bands.values()]


def put(session: Session, number: int, **fields: Any) -> None:
    session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, number).id, fields, "x"))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2023-06-23", "2023-06-24"], ["2023-06-23", "2023-06-24"]),
        (["2023-06", "2023-06-24"], ["2023-06, day not known", "2023-06-24"]),
        (["2023-01-31", "2023-06-24"], ["2023-01", "2023-06"]),
        (["2023", "2023-06-24"], ["2023, month not known", "2023-06-24"]),
        (["1999-01-31", "2023-06-24"], ["1999", "2023"]),
        ([None, "2023-06-24"], ["2023-06-24", "No date"]),
        ([None, None], ["No date"]),
    ],
)
def test_dates_are_grouped_as_fits_how_far_they_stretch(dates: list[str | None], expected: list[str]) -> None:
    session = small_session(2, 1)
    for number, date in enumerate(dates, 1):
        put(session, number, event_date=date, learned_date=date)
    assert names(session, "date") == names(session, "learned") == expected


def test_a_day_is_enough_for_thirteen_weeks_and_a_month_for_three_years() -> None:
    session = small_session(2, 1)
    put(session, 1, event_date="2021-01-01")
    put(session, 2, event_date="2021-04-03")
    assert names(session, "date") == ["2021-01-01", "2021-04-03"]
    put(session, 2, event_date="2021-04-04")
    assert names(session, "date") == ["2021-01", "2021-04"]
    put(session, 2, event_date="2024-01-04")
    assert names(session, "date") == ["2021-01", "2024-01"]
    put(session, 2, event_date="2024-01-05")
    assert names(session, "date") == ["2021", "2024"]


def test_groups_of_items_without_anything_have_names() -> None:
    session = small_session(1, 1)
    expected = {"heading": "No heading", "tag": "No tag", "source": "No source", "date": "No date", "kind": "Evidence"}
    assert {way: names(session, way)[0] for way in WAYS if way in expected} == expected


def test_places_of_bands_and_records_on_an_axis() -> None:
    axes = Axes()
    axes.ids = {EVIDENCE: ["b1", "e1", "e2", "b2", "e3"], "hypothesis": ["h1"]}
    axes.bands = ["b2", "b1"]
    assert axes.records(EVIDENCE) == ["e1", "e2", "e3"]
    assert axes.record_places(EVIDENCE).tolist() == [1, 2, 4]
    assert axes.band_places() == [0, 3]
    assert [axes.lies_on_band(row, 0) for row in range(5)] == [True, False, False, True, False]
    axes.transposed = True
    assert [axes.lies_on_band(0, column) for column in range(5)] == [True, False, False, True, False]
    assert not axes.is_band("hypothesis", 0)
