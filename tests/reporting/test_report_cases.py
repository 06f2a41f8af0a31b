"""The best case for each hypothesis in a report, with what the readers made of it."""

from __future__ import annotations

from helpers.analyses import small_case
from helpers.reports import report_on

from ach_desk.commands import cases, people, rounds
from ach_desk.model import Analysis
from ach_desk.reporting.report.model import BulletList, Heading, Paragraph
from ach_desk.reporting.report.presets import REVIEWER


def _said(analysis: Analysis) -> list[str]:
    sections = {section.name: section for section in report_on(analysis, REVIEWER).sections}
    if "cases" not in sections:
        return []
    said = []
    for block in sections["cases"].blocks:
        if isinstance(block, Heading | Paragraph):
            said.append(block.text)
        elif isinstance(block, BulletList):
            said += [" ".join(filter(None, (entry.lead, entry.text, entry.note))) for entry in block.entries]
    return said


def test_cases_stand_under_their_hypothesis_with_marks_of_others() -> None:
    case = small_case(rated=True)
    analysis = case.analysis
    assert _said(analysis) == []
    add = people.add(analysis, "Berta")
    add.apply(analysis)
    other = people.added_id(add)
    made = cases.write(analysis, case.h(2), "It had to come.\n\nNobody stopped it.", other)
    made.apply(analysis)
    entry = people.added_id(made)
    cases.mark(analysis, entry, case.analyst, 4, "Strong on E1").apply(analysis)
    assert _said(analysis)[1:] == [
        "H2 Explanation 2",
        "It had to come.",
        "Nobody stopped it.",
        "Written by Berta.",
        "Analyst 1: 4 of 5 Strong on E1",
    ]
    record = analysis.cases[entry]
    analysis.cases[entry] = record.model_copy(update={"time": "2999-01-01T00:00:00Z"})
    assert "4 of 5, given before the words were changed" in _said(analysis)[-1]
    rounds.start(analysis, case.matrix).apply(analysis)
    assert _said(analysis)[-1] == "The marks are hidden while the round is private."
