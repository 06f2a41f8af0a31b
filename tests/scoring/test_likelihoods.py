"""Words and numbers of likelihood, sums that cannot be, departures from the matrix: exact."""

from __future__ import annotations

import re

import pytest
from helpers.assessments import assessment_of

from ach_desk.model import Conclusion, Likelihood, LikelihoodScale, LikelihoodTerm
from ach_desk.model.likelihood_words import (
    ICD_203,
    PHIA,
    covering,
    mixes_rows,
    nearest,
    range_of,
    shown_word,
    term_of,
    terms_of,
)
from ach_desk.model.percent import range_from, range_words, typed
from ach_desk.scoring.answer_check import joined_sentence, sentences, word_without_number
from ach_desk.scoring.likelihoods import departure_sentence, departures, sum_sentence, sums


def conclusion(*ranges: object, exclusive: bool | None = True, scale: str = "none") -> Conclusion:
    """Return a conclusion that says of h0, h1 ... a range, a word or (None) nothing."""
    said = []
    for number, entry in enumerate(ranges):
        if isinstance(entry, tuple):
            said.append(Likelihood(hypothesis=f"h{number}", low=entry[0], high=entry[1]))
        elif isinstance(entry, str):
            said.append(Likelihood(hypothesis=f"h{number}", word=entry))
    return Conclusion(id="q", matrix="m", scale=LikelihoodScale(scale), exclusive=exclusive, likelihoods=tuple(said))


def test_the_scales_are_the_published_ones() -> None:
    assert [(term.word, term.synonym, term.low, term.high) for term in ICD_203] == [
        ("almost no chance", "remote", 1, 5),
        ("very unlikely", "highly improbable", 5, 20),
        ("unlikely", "improbable", 20, 45),
        ("roughly even chance", "roughly even odds", 45, 55),
        ("likely", "probable", 55, 80),
        ("very likely", "highly probable", 80, 95),
        ("almost certain", "nearly certain", 95, 99),
    ]
    assert [term.range for term in PHIA] == [(0, 5), (10, 20), (25, 35), (40, 50), (55, 75), (80, 90), (95, 100)]


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (1, "almost no chance"),
        (5, "very unlikely"),
        (20, "unlikely"),
        (45, "roughly even chance"),
        (55, "likely"),
        (80, "very likely"),
        (95, "almost certain"),
        (99, "almost certain"),
        (79.9, "likely"),
    ],
)
def test_a_number_on_a_border_belongs_to_the_upper_band(percent: float, word: str) -> None:
    found = covering((percent, percent), ICD_203)
    assert found is not None
    assert found.word == word


def test_certainty_has_no_word_and_a_gap_has_none_either() -> None:
    assert covering((0, 0), ICD_203) is None
    assert covering((100, 100), ICD_203) is None
    assert covering((50, 70), ICD_203) is None
    assert covering((22, 22), PHIA) is None
    near = nearest(22, PHIA)
    assert near is not None
    assert near.word == "highly unlikely"
    between = nearest(22.5, PHIA)
    assert between is not None
    assert between.word == "unlikely"
    assert nearest(50, ()) is None


def test_a_band_lies_in_itself_and_in_no_other() -> None:
    for term in (*ICD_203, *PHIA):
        scale = ICD_203 if term in ICD_203 else PHIA
        assert covering(term.range, scale) == term
        assert shown_word(term.word) == term.word


def test_the_two_rows_of_synonyms_are_told_apart() -> None:
    assert mixes_rows(["likely", "improbable"], ICD_203)
    assert not mixes_rows(["likely", "unlikely", "anything"], ICD_203)
    assert not mixes_rows(["probable", "remote"], ICD_203)
    assert not mixes_rows(["likely or probable", "unlikely"], PHIA)


def test_own_words_are_ordered_and_empty_ones_passed_over() -> None:
    own = (
        LikelihoodTerm(word="rather", low=80, high=50),
        LikelihoodTerm(word="hardly", low=0, high=20),
        LikelihoodTerm(word="", low=0, high=1),
    )
    terms = terms_of(LikelihoodScale.OWN, own)
    assert [(term.word, term.range) for term in terms] == [("hardly", (0, 20)), ("rather", (50, 80))]
    assert terms_of(None) == terms_of(LikelihoodScale.NONE) == ()


def test_numbers_count_before_the_word_and_an_unknown_word_has_none() -> None:
    assert range_of(Likelihood(hypothesis="h", word="likely"), ICD_203) == (55, 80)
    assert range_of(Likelihood(hypothesis="h", word="likely", low=60, high=70), ICD_203) == (60, 70)
    assert range_of(Likelihood(hypothesis="h", word="likely", high=70, low=75), ICD_203) == (70, 75)
    assert range_of(Likelihood(hypothesis="h", word="highly likely"), ICD_203) is None
    assert term_of("", ICD_203) is None


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("55-80", (55, 80)),
        ("55 – 80 %", (55, 80)),
        ("80 to 55 percent", (55, 80)),
        ("٥", (5, 5)),
        ("about 60 %", (60, 60)),
        ("60", (60, 60)),
        ("~7,5", (7.5, 7.5)),
        ("under 5 %", (0, 5)),
        ("< 5", (0, 5)),
        ("over 95 %", (95, 100)),
        ("at least 80", (80, 100)),
        ("", None),
        ("  ", None),
        ("0", (0, 0)),
        ("100%", (100, 100)),
    ],
)
def test_what_a_person_types(text: str, around: object) -> None:
    assert range_from(text) == around


@pytest.mark.parametrize("text", ["likely", "120", "50-120", "-5", "5%%", "1e2", "nan", "50/50", "9" * 400])
def test_what_is_no_likelihood(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        range_from(text)


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ((55, 80), "55–80 %"),
        ((57, 83), "55–85 %"),
        ((60, 60), "about 60 %"),
        ((62.5, 62.5), "about 65 %"),
        ((1, 5), "under 5 %"),
        ((3, 3), "under 5 %"),
        ((95, 99), "over 95 %"),
        ((97, 97), "over 95 %"),
        ((5, 5), "about 5 %"),
        ((95, 95), "about 95 %"),
        ((1, 20), "at most 20 %"),
        ((80, 99), "at least 80 %"),
    ],
)
def test_shown_numbers_are_rounded_to_five_points(around: tuple[float, float], words: str) -> None:
    assert range_words(around) == words


def test_what_is_shown_and_what_is_typed_is_read_back() -> None:
    for around in [(55.0, 80.0), (60.0, 60.0), (7.5, 12.0), (0.0, 5.0), (95.0, 100.0)]:
        assert range_from(typed(around)) == around
        range_from(range_words(around))


def test_sums_allow_for_numbers_that_were_rounded() -> None:
    thirds = sums([(33, 33)] * 3)
    assert not thirds.too_low
    assert not thirds.too_high
    assert sums([(33, 33)] * 2 + [(32, 32)]).too_low
    assert sums([(34, 34)] * 2 + [(34, 34)]).too_high
    assert not sums([(0, 100)]).too_low
    assert not sums([]).too_low


def three(symbols: str = "C N I"):
    """Return H1, H2, H3, of which H1 has least and H3 most against it, on one item."""
    return assessment_of(["a", "b", "c"], ["x"], lambda _item, column: symbols.split()[column])


def test_ranges_that_cannot_add_up_are_said_in_words() -> None:
    listed = three().hypotheses
    low = conclusion((10, 20), (20, 40), (10, 20))
    assert sum_sentence(low, listed) == "Even at their highest these reach only 80 %: what is the rest?"
    high = conclusion((60, 80), (40, 50), (20, 30))
    assert sum_sentence(high, listed) == (
        "Even at their lowest these add up to 120 %, but with only one of them true it is 100 % at most."
    )
    assert sum_sentence(conclusion((10, 40), (20, 40), (10, 20)), listed) == ""


def test_nothing_is_said_of_sums_unless_they_exclude_each_other_and_all_have_numbers() -> None:
    listed = three().hypotheses
    for exclusive in (False, None):
        assert sum_sentence(conclusion((60, 80), (60, 80), (60, 80), exclusive=exclusive), listed) == ""
    assert sum_sentence(conclusion((10, 20), (20, 40)), listed) == ""
    assert sum_sentence(conclusion((60, 80), (60, 80)), listed) != "", "too much is too much with some still open"


def test_words_stand_for_their_bands_in_a_sum() -> None:
    listed = three().hypotheses
    said = conclusion("unlikely", "unlikely", "very unlikely", scale="icd 203")
    assert sum_sentence(said, listed) == ""
    said = conclusion("very likely", "likely", "unlikely", scale="icd 203")
    assert "155 %" in sum_sentence(said, listed)


def test_a_departure_names_the_pair_and_ties_depart_from_nothing() -> None:
    assessment = three("C I II")
    said = conclusion((10, 20), (60, 80), (10, 20))
    found = departures(said, assessment)
    assert [(one.likelier.label, one.less_contradicted.label) for one in found] == [("H2", "H1")]
    sentence = "H2 is called more likely than H1, which has less against it in the matrix."
    assert departure_sentence(found) == sentence
    assert departures(conclusion((60, 80), (10, 20), (5, 10)), assessment) == []
    assert departures(conclusion((30, 40), (30, 40), (30, 40)), assessment) == []
    assert departures(said, three("C C II")) == [], "the matrix ties them"
    assert departures(conclusion(None, None, (60, 80)), assessment) == []
    assert departure_sentence([]) == ""


def test_sentences_end_at_full_stops_but_not_within_numbers() -> None:
    text = "It is likely (55.5 %). We think so.\nConfidence is low"
    assert sentences(text) == ["It is likely (55.5 %).", "We think so.", "Confidence is low"]


def test_likelihood_and_confidence_in_one_sentence_are_found() -> None:
    joined = "We judge with high confidence that H1 is very likely (85 %)."
    assert joined_sentence(f"H2 is out. {joined}") == joined
    assert joined_sentence("H1 is very likely (85 %). Our confidence is high.") == ""
    assert joined_sentence("Confidential papers were likely (60 %) read.") == ""


def test_a_word_without_a_number_is_found() -> None:
    assert word_without_number("It was Very Likely a bluff.") == "Very Likely"
    assert word_without_number("It was very likely (80–95 %) a bluff.") == ""
    assert word_without_number("A remote village was taken.") == ""
    assert word_without_number("") == ""
