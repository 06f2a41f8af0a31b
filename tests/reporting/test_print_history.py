"""Challenges in the printed report, and the printed list of changes."""

from __future__ import annotations

import pytest
from helpers import needs_tool
from helpers.printing import MARKING, NOTICE, Case, case, facts, options, page_texts

from ach_desk.commands import challenges, edits
from ach_desk.model import RatingValue
from ach_desk.reporting.comparison import compare
from ach_desk.reporting.document import changes_document, print_document
from ach_desk.reporting.typesetting import pdf


@pytest.fixture(autouse=True)
def poppler() -> None:
    needs_tool("pdftotext", "pdfinfo")


@pytest.fixture
def printed() -> Case:
    return case(4, 2)


def _text(pages: list[str]) -> str:
    return " ".join(" ".join(pages).split())


def test_every_challenge_is_printed_with_its_state_and_answer(printed: Case) -> None:
    analysis, matrix = printed.analysis, printed.matrix
    cell = {"matrix": matrix.id, "evidence": "e2", "hypothesis": "h1"}
    challenges.challenge(analysis, "Could be #staged", "Red team", **cell, value=RatingValue.NEUTRAL).apply(analysis)
    challenges.challenge(analysis, "Who says so?", "Ann", evidence="e3").apply(analysis)
    first = next(iter(analysis.challenges))
    challenges.answer(analysis, first, "Two saw it, at noon.", "Bob").apply(analysis)
    text = _text(page_texts(pdf(print_document(*printed.arguments, options()))))
    day = analysis.challenges[first].time[:10]
    assert f"Challenges E2 / H1 answered, Red team, {day} Could be #staged" in text
    assert "It should rather be rated N. Answer Two saw it, at noon." in text
    assert f"E3 open, Ann, {day} Who says so?" in text


def test_without_challenges_there_is_no_such_section(printed: Case) -> None:
    assert "Challenges" not in _text(page_texts(pdf(print_document(*printed.arguments, options()))))


def test_the_list_of_changes_carries_marking_notice_and_effect(printed: Case) -> None:
    analysis, matrix, analyst = printed.arguments
    before = analysis.snapshot()
    edits.rate(analysis, matrix, analyst, [("e1", "h1")], RatingValue.VERY_INCONSISTENT).apply(analysis)
    edits.set_aside(analysis, ["e2"], "forged").apply(analysis)
    found = compare(before, analysis, matrix, analyst)
    document = pdf(changes_document(analysis, matrix, analyst, "Changes since 24 June 2023", found, options()))
    (page,) = page_texts(document)
    assert page.count(MARKING) == 2
    assert NOTICE in page
    text = _text([page])
    assert "Changes since 24 June 2023" in text
    assert "What explains the march?" in text
    assert "E2 was set aside: forged" in text
    assert found.effect[0].text in text
    assert facts(document)["Title"] == "Changes since 24 June 2023"


def test_a_list_without_changes_says_so(printed: Case) -> None:
    analysis, matrix, analyst = printed.arguments
    found = compare(analysis.snapshot(), analysis, matrix, analyst)
    document = pdf(changes_document(analysis, matrix, analyst, "Changes", found, options(black_and_white=True)))
    assert "Nothing has changed." in _text(page_texts(document))
