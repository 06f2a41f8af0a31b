"""The closed lists, dates, times, ids and the Rating of the model."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ach_desk.model import (
    Citation,
    EvidenceItem,
    GradingScheme,
    Hypothesis,
    InformationCredibility,
    Level,
    Rating,
    RatingValue,
    Reliability,
    Source,
    checked,
    new_id,
    now,
    replace,
)
from ach_desk.model.grade_words import grade_symbol
from ach_desk.model.ids import ID_BYTES, Id
from ach_desk.model.values import PartialDate, Timestamp
from ach_desk.model.words import quotation_words

date = TypeAdapter(PartialDate).validate_python
time = TypeAdapter(Timestamp).validate_python


@pytest.mark.parametrize("text", ["2023", "2023-06", "2023-06-23", "2024-02-29", "0001", "9999-12-31"])
def test_partial_dates_stay_as_they_are_written(text: str) -> None:
    assert date(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-6",
        "2023-13",
        "2023-00",
        "2023-02-29",
        "2023-06-31",
        "0000",
        "2023-06-23 ",
        "2023-06-23\n",
        "2023/06/23",
        "24.6.2023",
        "٢٠٢٣",
        "2023-06-23T00:00:00Z",
        "-2023",
        "20230623",
    ],
)
def test_what_is_no_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        date(text)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_real_date_is_a_partial_date_and_they_sort_as_text(day: Any, length: int) -> None:
    text = day.isoformat()[:length]
    assert date(text) == text
    assert text <= day.isoformat()


@pytest.mark.parametrize("text", ["2023-06-24T17:30:00Z", "0999-01-01T00:00:00Z"])
def test_times_stay_as_they_are_written(text: str) -> None:
    assert time(text) == text


def test_the_present_moment_is_a_time() -> None:
    present = now()
    assert time(present) == present


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-24",
        "2023-6-24T17:30:00Z",
        "2023-06-24T7:3:0Z",
        "2023-06-24T24:00:00Z",
        "2023-06-24T17:30:00+02:00",
        "2023-06-24T17:30:00.5Z",
        "2023-02-30T00:00:00Z",
        "2023-06-24T17:30:00Z\n",
        "٢٠٢٣-06-24T17:30:00Z",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        time(text)


def test_new_ids_are_random_valid_and_of_eighty_bits() -> None:
    assert ID_BYTES * 8 >= 80
    ids = {new_id() for _count in range(2_000)}
    assert len(ids) == 2_000
    for one in ids:
        assert re.fullmatch("[a-z2-7]{16}", one)
        TypeAdapter(Id).validate_python(one)


@pytest.mark.parametrize("text", ["", "a b", "a\n", "ä", "x" * 129, "a/b"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Hypothesis(id=text, label="H1", title="")


ratings = st.builds(
    Rating,
    value=st.sampled_from([None, *RatingValue]),
    rationale=st.text(),
    confidence=st.sampled_from([None, *Level]),
    time=st.sampled_from([None, "2023-06-24T17:30:00Z"]),
    extra=st.dictionaries(st.text(min_size=1).map(lambda key: "x" + key), st.integers()),
)


@given(ratings)
def test_a_rating_is_read_back_as_it_was_written(rating: Rating) -> None:
    assert Rating.parse(rating.to_json()) == rating


def test_unrated_not_applicable_and_neutral_are_three_things() -> None:
    unrated = Rating.parse({"rationale": "not judged yet"})
    assert unrated.value is None
    assert Rating.parse({"value": "N/A"}).value is RatingValue.NOT_APPLICABLE
    assert Rating.parse({"value": "N"}).value is RatingValue.NEUTRAL
    assert len({unrated.value, RatingValue.NOT_APPLICABLE, RatingValue.NEUTRAL}) == 3


def test_a_rating_is_empty_only_when_nothing_at_all_is_entered() -> None:
    assert Rating(None).is_empty
    assert Rating(None, time="2023-06-24T17:30:00Z").is_empty
    assert not Rating(RatingValue.NOT_APPLICABLE).is_empty
    assert not Rating(None, "a thought").is_empty
    assert not Rating(None, confidence=Level.LOW).is_empty
    assert not Rating.parse({"later": 1}).is_empty


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("C", "a rating is an object"),
        (None, "a rating is an object"),
        ({"value": "c"}, "a rating is CC, C, C-, N, I-, I, II or N/A"),
        ({"value": "NA"}, "a rating is CC, C, C-, N, I-, I, II or N/A"),
        ({"value": 1}, "a rating is CC, C, C-, N, I-, I, II or N/A"),
        ({"value": ["C"]}, "a rating is CC, C, C-, N, I-, I, II or N/A"),
        ({"value": "C", "confidence": "sure"}, "confidence is high, medium or low"),
        ({"value": "C", "rationale": 5}, "a rationale is text"),
        ({"value": "C", "time": 5}, "a time is written"),
        ({"value": "C", "time": "yesterday"}, "a time is written"),
    ],
)
def test_what_is_no_rating_is_refused_in_a_sentence(data: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Rating.parse(data)


def test_pydantic_takes_a_rating_as_a_field() -> None:
    adapter = TypeAdapter(Rating)
    rating = adapter.validate_python({"value": "II", "later": [1]})
    assert adapter.dump_python(rating) == {"value": "II", "later": [1]}
    assert set(adapter.json_schema()["properties"]) == {*Rating.__slots__} - {"extra"}
    with pytest.raises(ValidationError, match="a rating is CC"):
        adapter.validate_python({"value": "X"})


@pytest.mark.parametrize("end", ["61Z", "0Z", "00", "00z", "00Z ", "0٠Z", "-1Z"])
def test_a_minute_seen_before_does_not_let_a_wrong_second_pass(end: str) -> None:
    assert Rating.parse({"time": "2023-06-24T17:30:00Z"}).time == "2023-06-24T17:30:00Z"
    assert Rating.parse({"time": "2023-06-24T17:30:59Z"}).time == "2023-06-24T17:30:59Z"
    with pytest.raises(ValueError, match="time"):
        Rating.parse({"time": f"2023-06-24T17:30:{end}"})


def test_fields_are_replaced_by_checked_values_only() -> None:
    item = EvidenceItem(id="e", label="E1", title="t", later="kept")
    changed = replace(item, credibility="high", event_date="2023-06", tags=["a", "b"])
    assert (changed.credibility, changed.event_date, changed.tags) == (Level.HIGH, "2023-06", ("a", "b"))
    assert changed.model_extra == {"later": "kept"}
    assert item.credibility is None
    for name, value in (("credibility", "very"), ("event_date", "soon"), ("label", ""), ("title", 5)):
        with pytest.raises(ValidationError):
            replace(item, **{name: value})
    with pytest.raises(KeyError):
        replace(item, weight=1)
    assert checked(EvidenceItem, "relevance", None) is None


def test_records_cannot_be_changed_in_place() -> None:
    hypothesis = Hypothesis(id="h", label="H1", title="t")
    with pytest.raises(ValidationError):
        hypothesis.title = "other"


@pytest.mark.parametrize(
    ("quotation", "page", "words"),
    [
        ("It fell.", "", "“It fell.”"),
        ("It fell.", "12", "“It fell.” (12)"),
        ('"It fell," he says.', "12", '"It fell," he says. (12)'),
        ("«Il tomba.»", "", "«Il tomba.»"),
        (" ", "3", ""),
    ],
)
def test_a_quotation_is_in_quotation_marks_once(quotation: str, page: str, words: str) -> None:
    item = EvidenceItem(id="e", label="E1", title="x", quotation=quotation, page=page)
    assert quotation_words(item) == words


def test_one_grade_alone_does_not_read_as_a_minus() -> None:
    source = Source(id="s", label="S1", name="x", reliability=Reliability.B)
    said = Citation(source="s", credibility=InformationCredibility.DOUBTFUL)
    admiralty = GradingScheme.ADMIRALTY
    assert grade_symbol(source, said, admiralty) == "B4"
    assert grade_symbol(source, Citation(source="s"), admiralty) == "B"
    assert grade_symbol(None, said, admiralty) == "4"
    assert grade_symbol(source, None, admiralty) == "B"
    assert grade_symbol(source, said, GradingScheme.UK_3X5X2) == ""
