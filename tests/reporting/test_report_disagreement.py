"""The section on several analysts: who rated, how far they agree, where and why they differ, pooled and one by one."""

from __future__ import annotations

from typing import Any

import pytest
from helpers.analyses import Case
from helpers.reports import report_on
from helpers.together import open_round, person, rated_by, state

from ach_desk.model import Rating, RatingValue, replace
from ach_desk.model.values import RoundState
from ach_desk.reporting.report.model import BulletList, Heading, Picture, Section, Table
from ach_desk.reporting.report.presets import REVIEWER
from ach_desk.scoring.group import with_group


@pytest.fixture
def case() -> Case:
    case = rated_by(
        {"Ada": ["C I II", "C N -", "C C N"], "Ben": ["C I II", "II N -", "C C N"], "Cem": ["C I C", "C N C", "- C N"]}
    )
    reason = Rating(RatingValue.VERY_INCONSISTENT, rationale="He was not there.")
    case.matrix.set_rating(person(case, "Ben"), case.e(2), case.h(1), reason)
    state(case, "Ada", (0.6, 0.5, 0.4))
    state(case, "Ben", (0.5, 0.3, 0.2))
    return case


def section_of(analysis: Any) -> Section | None:
    return next((entry for entry in report_on(analysis, REVIEWER).sections if entry.name == "disagreement"), None)


def blocks_under(section: Section, title: str) -> list[Any]:
    titles = [block.text if isinstance(block, Heading) else "" for block in section.blocks]
    start = titles.index(title) + 1
    end = next((at for at in range(start, len(titles)) if titles[at]), len(titles))
    return list(section.blocks[start:end])


def test_the_parts_stand_in_order(case: Case) -> None:
    section = section_of(case.analysis)
    assert section is not None
    assert [block.text for block in section.blocks if isinstance(block, Heading)] == [
        "Who rated",
        "How far they agree",
        "Where they differ",
        "Why they differ",
        "The group and each analyst",
        "Pooled probabilities",
    ]
    assert [block.kind for block in section.blocks if isinstance(block, Picture)] == ["disagreement"]


def test_what_they_say(case: Case) -> None:
    section = section_of(case.analysis)
    assert section is not None
    (agreement, *_rest) = blocks_under(section, "How far they agree")
    said = " ".join(entry.text for entry in agreement.entries)
    assert "95 % interval" in said
    assert "that is no consensus" in said
    (table,) = blocks_under(section, "Where they differ")
    assert [cell.text for cell in table.rows[0].cells] == ["E2 Report 2", "H1", "C", "II", "C", "yes"]
    assert len(table.rows) == 2
    (why,) = blocks_under(section, "Why they differ")
    assert (why.entries[0].lead, why.entries[0].text) == ("E2 under H1", "Ben (II): He was not there.")


def test_the_group_and_each_analyst_stand_side_by_side(case: Case) -> None:
    section = section_of(case.analysis)
    assert section is not None
    said, ranks = blocks_under(section, "The group and each analyst")
    assert isinstance(said, BulletList)
    assert isinstance(ranks, Table)
    assert [column.title for column in ranks.columns] == ["Hypothesis", "Group (median)", "A", "B", "C"]
    assert [cell.text for cell in ranks.rows[0].cells] == ["H1 Explanation 1", "1", "1", "2", "1"]
    _said, pools, formulas = blocks_under(section, "Pooled probabilities")
    assert [row.cells[0].text for row in pools.rows][:3] == ["Ada", "Ben", "Mean (linear pool)"]
    assert [row.cells[0].strong for row in pools.rows].count(True) == 1
    assert len(formulas.entries) == 6


@pytest.mark.parametrize("at", list(RoundState))
def test_while_they_rate_in_private_there_is_no_such_section(case: Case, at: RoundState) -> None:
    entry = open_round(case)
    case.analysis.rounds[entry.id] = replace(entry, state=at, revealed="2024-01-02T09:00:00Z")
    section = section_of(case.analysis)
    assert (section is None) is (at is RoundState.PRIVATE)
    if section is not None:
        (who,) = blocks_under(section, "Who rated")
        assert "all in private" in who.entries[0].text


def test_one_analyst_has_no_such_section() -> None:
    assert section_of(rated_by({"Ada": ["C I"]}).analysis) is None


def test_a_report_by_the_group_compares_the_people_and_not_the_group(case: Case) -> None:
    section = section_of(with_group(case.analysis))
    assert section is not None
    (who,) = blocks_under(section, "Who rated")
    assert [entry.text.split()[0] for entry in who.entries][:3] == ["Ada", "Ben", "Cem"]
