"""The commands on conclusion and outcome: words bring their numbers, numbers their word, and all of it is undone."""

from __future__ import annotations

import pytest
from helpers.analyses import Case, do_undo_redo, small_case

from ach_desk.commands import Command, conclusions, edits, replacing, trail
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import LikelihoodScale, LikelihoodTerm
from ach_desk.model.conclusions import by_hypothesis, conclusion_on, likelihood_words, outcome_of
from ach_desk.model.likelihood_words import terms_in


@pytest.fixture
def case() -> Case:
    found = small_case(3, 1, rated=True)
    do(found, conclusions.begin(found.analysis, found.matrix, found.analyst, LikelihoodScale.ICD_203))
    return found


def do(case: Case, command: Command) -> None:
    if not command.is_no_op:
        do_undo_redo(case.analysis, command, lambda: None)


def present(case: Case):
    found = conclusion_on(case.analysis, case.matrix.id)
    assert found is not None
    return found


def said(case: Case, number: int) -> str:
    found = by_hypothesis(present(case)).get(case.h(number))
    return "" if found is None else likelihood_words(found, terms_in(present(case)))


def word(case: Case, number: int, text: str) -> None:
    do(case, conclusions.set_word(case.analysis, present(case), case.h(number), text))


def numbers(case: Case, number: int, *ends: float) -> None:
    around = (ends[0], ends[-1]) if ends else None
    do(case, conclusions.set_numbers(case.analysis, present(case), case.h(number), around))
    do(case, conclusions.fit_word(case.analysis, present(case), case.h(number)))


def test_a_word_brings_its_numbers_and_keeps_narrower_ones(case: Case) -> None:
    word(case, 1, "likely")
    assert said(case, 1) == "likely (55–80 %)"
    numbers(case, 1, 60, 70)
    word(case, 1, "probable")
    assert said(case, 1) == "probable (60–70 %)"
    word(case, 1, "unlikely")
    assert said(case, 1) == "unlikely (20–45 %)"
    word(case, 1, "")
    assert said(case, 1) == "20–45 %"


def test_numbers_bring_their_word_and_a_border_belongs_to_the_upper_one(case: Case) -> None:
    numbers(case, 1, 80)
    assert said(case, 1) == "very likely (about 80 %)"
    numbers(case, 1, 10, 15)
    assert said(case, 1) == "very unlikely (10–15 %)"
    numbers(case, 2, 50, 70)
    assert said(case, 2) == "50–70 %", "no word covers it"
    numbers(case, 1, 50, 70)
    assert said(case, 1) == "50–70 %", "neither the old word nor another one does"
    word(case, 1, "very unlikely")
    numbers(case, 1)
    assert said(case, 1) == "very unlikely (5–20 %)", "the word stays and says its own numbers"


def test_a_word_that_fits_in_part_stays(case: Case) -> None:
    word(case, 1, "likely")
    numbers(case, 1, 60, 90)
    assert said(case, 1) == "likely (60–90 %)"


def test_the_row_of_synonyms_in_use_is_kept(case: Case) -> None:
    word(case, 1, "probable")
    numbers(case, 2, 30)
    assert said(case, 2) == "improbable (about 30 %)"


def test_an_entry_that_says_nothing_is_taken_out(case: Case) -> None:
    do(case, conclusions.set_reason(case.analysis, present(case), case.h(2), "E1 says so."))
    assert by_hypothesis(present(case))[case.h(2)].reason == "E1 says so."
    do(case, conclusions.set_reason(case.analysis, present(case), case.h(2), ""))
    assert present(case).likelihoods == ()


def test_another_scale_leaves_every_word_and_number(case: Case) -> None:
    word(case, 1, "very unlikely")
    do(case, conclusions.set_scale(case.analysis, present(case), LikelihoodScale.PHIA))
    assert said(case, 1) == "very unlikely (5–20 %)"


def test_own_words_can_be_used(case: Case) -> None:
    terms = [LikelihoodTerm(word="rather", low=50, high=90), LikelihoodTerm(word="hardly", low=0, high=30)]
    do(case, conclusions.set_own_terms(case.analysis, present(case), terms))
    word(case, 1, "rather")
    assert said(case, 1) == "rather (50–90 %)"
    numbers(case, 2, 10)
    assert said(case, 2) == "hardly (about 10 %)"


def test_answers_to_questions_keep_their_place(case: Case) -> None:
    for key in ("premortem", "anchor"):
        do(case, conclusions.answer_prompt(case.analysis, present(case), key, f"{key}!"))
    do(case, conclusions.answer_prompt(case.analysis, present(case), "premortem", "We were fooled."))
    assert [(one.question, one.note) for one in present(case).prompts] == [
        ("premortem", "We were fooled."),
        ("anchor", "anchor!"),
    ]
    do(case, conclusions.answer_prompt(case.analysis, present(case), "premortem", ""))
    assert [one.question for one in present(case).prompts] == ["anchor"]


def test_texts_inside_are_found_and_replaced(case: Case) -> None:
    do(case, conclusions.set_reason(case.analysis, present(case), case.h(2), "old"))
    do(case, conclusions.answer_prompt(case.analysis, present(case), "anchor", "old"))
    places = [place for place, text in conclusions.nested_texts(present(case)) if text == "old"]
    assert places == [f"likelihoods/{case.h(2)}", "prompts/anchor"]
    for place in places:
        field, value = conclusions.with_text(present(case), place, "new")
        do(case, conclusions.set_field(case.analysis, "conclusion", present(case).id, field, value))
    assert [text for _place, text in conclusions.nested_texts(present(case))] == ["new", "new"]


def test_outcomes_are_begun_edited_and_deleted(case: Case) -> None:
    do(case, conclusions.begin_outcome(case.analysis, case.matrix, case.analyst))
    found = outcome_of(case.analysis, case.matrix.id)
    assert found is not None
    do(case, conclusions.set_field(case.analysis, "outcome", found.id, "true", (case.h(1),)))
    do(case, conclusions.delete(case.analysis, "outcome", found.id))
    assert outcome_of(case.analysis, case.matrix.id) is None
    do(case, conclusions.delete(case.analysis, "conclusion", present(case).id))
    assert conclusion_on(case.analysis, case.matrix.id) is None


def test_a_deleted_hypothesis_leaves_what_was_said_of_it(case: Case) -> None:
    word(case, 2, "likely")
    gone = case.h(2)
    do(case, edits.remove(case.analysis, "hypothesis", [gone]))
    assert gone in by_hypothesis(present(case))


def test_the_history_says_what_changed_and_no_more(case: Case) -> None:
    def keep(command: Command) -> None:
        trail.run(case.analysis, command, "do", case.analyst)

    keep(conclusions.set_word(case.analysis, present(case), case.h(1), "likely"))
    keep(conclusions.set_reason(case.analysis, present(case), case.h(2), "E1 says so."))
    keep(conclusions.set_numbers(case.analysis, present(case), case.h(1), (60, 70)))
    keep(conclusions.set_field(case.analysis, "conclusion", present(case).id, "confidence", "medium"))
    keep(conclusions.set_scale(case.analysis, present(case), LikelihoodScale.PHIA))
    keep(conclusions.answer_prompt(case.analysis, present(case), "anchor", "Yes."))
    keep(conclusions.begin_outcome(case.analysis, case.matrix, case.analyst))
    (outcome,) = case.analysis.outcomes.values()
    keep(conclusions.set_field(case.analysis, "outcome", outcome.id, "true", (case.h(2),)))
    words = TrailWords(case.analysis)
    assert [words.sentence(row) for row in rows_of(case.analysis, case.analysis.trail)] == [
        "Conclusion, likelihoods: H1 nothing → likely (55–80 %)",
        "Conclusion, likelihoods: H2 nothing → “E1 says so.”",
        "Conclusion, likelihoods: H1 likely (55–80 %) → likely (60–70 %)",
        "Conclusion, confidence: not set → moderate",
        "Conclusion, scale: ICD 203 (United States) → PHIA yardstick (United Kingdom)",
        "Conclusion, questions against oneself: nothing → “Yes.”",
        "Outcome added",
        "Outcome, proved true: nothing → H2",
    ]


def test_replacing_reaches_every_text_of_conclusion_and_outcome_in_one_step(case: Case) -> None:
    do(case, conclusions.begin_outcome(case.analysis, case.matrix, case.analyst))
    (outcome,) = case.analysis.outcomes.values()
    do(case, conclusions.set_field(case.analysis, "outcome", outcome.id, "lessons", "an old one"))
    do(case, conclusions.set_field(case.analysis, "conclusion", present(case).id, "answer", "old, old"))
    for number in (1, 2):
        do(case, conclusions.set_reason(case.analysis, present(case), case.h(number), f"old {number}"))
    do(case, conclusions.answer_prompt(case.analysis, present(case), "anchor", "old"))
    place = (case.analysis, case.matrix, case.analyst)
    found = replacing.hits(*place, replacing.Wanted("old"))
    names = [replacing.field_name(hit.place) for hit in found]
    assert names == ["answer", "answer", "reason", "reason", "questions against oneself", "lessons"]
    replaced = replacing.replace_hits(*place, found, "new")
    assert (replaced.replaced, replaced.kept) == (6, 0)
    do(case, replaced.command)
    assert present(case).answer == "new, new"
    texts = [text for _place, text in conclusions.nested_texts(present(case))]
    assert texts == ["new 1", "new 2", "new"]
    assert case.analysis.outcomes[outcome.id].lessons == "an new one"
