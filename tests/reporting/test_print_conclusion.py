"""The conclusion on paper: in its order, every hypothesis, confidence in a sentence of its own."""

from __future__ import annotations

import re

import pytest
from helpers import needs_tool
from helpers.printing import Case, case, options, page_texts

from ach_desk.model import CheckAnswer, Conclusion, HypothesisStatus, Level, Likelihood, LikelihoodScale, Outcome
from ach_desk.reporting.document import estimate_pages, print_document
from ach_desk.reporting.typesetting import page_count, pdf


@pytest.fixture(autouse=True)
def poppler() -> None:
    needs_tool("pdftotext")


def concluded(hypotheses: int = 3, **fields: object) -> Case:
    found = case(3, hypotheses)
    said = (
        Likelihood(hypothesis="h1", word="likely", low=60, high=75, reason="E1 and E2 are hard to explain otherwise."),
        Likelihood(hypothesis="h2", low=20, high=30, reason="E3 speaks for it."),
    )
    values: dict[str, object] = {
        "answer": "It was a mutiny.",
        "scale": LikelihoodScale.ICD_203,
        "exclusive": True,
        "likelihoods": said,
        "confidence": Level.MEDIUM,
        "source_base": "Two good sources.",
        "gaps": "Nothing from inside.",
        "would_change": "An order of June.",
        "prompts": (CheckAnswer(question="premortem", note="We were fooled."),),
        "date": "2023-07-02",
    }
    record = Conclusion.model_validate({"id": "q", "matrix": found.matrix.id, **values, **fields})
    found.analysis.conclusions["q"] = record
    found.change_hypothesis(2, status=HypothesisStatus.REJECTED, status_reason="It was elsewhere.")
    return found


def printed(found: Case) -> str:
    pages = page_texts(pdf(print_document(*found.arguments, options(chart=False, matrix=False))))
    return " ".join("\n".join(pages).split())


def test_everything_stands_in_its_order() -> None:
    text = printed(concluded())
    places = [
        text.index(part)
        for part in (
            "It was a mutiny.",
            "Concluded on 2023-07-02",
            "likely (60–75 %)",
            "20–30 %",
            "rejected",
            "Confidence in this judgement is moderate.",
            "Two good sources.",
            "What would change our mind",
            "An order of June.",
            "We were fooled.",
            "has the least evidence against it",
        )
    ]
    assert places == sorted(places)
    for part in (
        "E1 and E2 are hard to explain otherwise.",
        "It was elsewhere.",
        "ICD 203",
        "Only one of them can be true.",
    ):
        assert part in text


def test_likelihood_and_confidence_never_share_a_sentence() -> None:
    text = printed(concluded())
    for sentence in re.split(r"(?<=[.!?])\s", text):
        assert not ("confidence" in sentence.lower() and "likely" in sentence)


def test_what_cannot_add_up_is_said_on_paper_too() -> None:
    said = tuple(Likelihood(hypothesis=entry, low=10, high=40) for entry in ("h1", "h2"))
    assert "Even at their highest these reach only 80 %" in printed(concluded(likelihoods=said))


def test_no_judgement_is_printed_with_its_reason_and_without_likelihoods() -> None:
    text = printed(concluded(answer="", no_judgement=True, no_judgement_reason="Nobody was there."))
    assert "No judgement is possible yet. Nobody was there." in text
    assert "60–75" not in text
    assert "moderate" not in text


def test_an_outcome_is_printed_and_nothing_without_either() -> None:
    found = concluded()
    outcome = {"id": "o", "matrix": found.matrix.id, "text": "It was staged.", "true": ("h2",), "known": "2024-01"}
    found.analysis.outcomes["o"] = Outcome.model_validate({**outcome, "lessons": "Ask for the order."})
    text = printed(found)
    assert "It was staged. Proved true: H2 Explanation 2. Known since 2024-01." in text
    assert "Ask for the order." in text
    bare = printed(case(3, 3))
    assert "Conclusion" not in bare.replace("no conclusion is written", "")


def test_long_texts_and_many_hypotheses_break_over_pages() -> None:
    reason = "Donaudampfschifffahrtsgesellschaftskapitän widerspricht dem ausdrücklich. " * 12
    said = tuple(Likelihood(hypothesis=f"h{number}", low=0, high=20, reason=reason) for number in range(1, 13))
    found = concluded(12, likelihoods=said, exclusive=None)
    document = print_document(*found.arguments, options())
    text = " ".join(" ".join(page_texts(pdf(document))).split())
    assert len(re.findall(r"at most 20 %", text)) == 12
    assert abs(estimate_pages(*found.arguments, options()) - page_count(document)) <= 1
