"""The simulation of groups: true to what it assumes, reproducible, and the manual shows its figures."""

from __future__ import annotations

import json

import numpy as np
import pytest
from helpers.source import ROOT

from ach_desk import paths
from benchmarks.decision_quality import companies
from benchmarks.decision_quality.companies import ANALYSTS, COMPANIES, Leanings, company_case, read, spot, with_median
from benchmarks.decision_quality.parameters import DEVELOPMENT, HELD_OUT


def spread(name: str, count: int = 40) -> float:
    """Return how far any two sheets of a company lie apart on average, in codes."""
    company = next(entry for entry in COMPANIES if entry.name == name)
    found = []
    for seed in DEVELOPMENT[:count]:
        codes = np.stack([rated.table.codes for rated in company_case(company, seed).analysts]).astype(float)
        found.append(np.abs(codes[1:] - codes[0]).mean())
    return float(np.mean(found))


def test_companies_differ_in_their_people_and_not_in_their_cases() -> None:
    cases = [company_case(company, 5) for company in COMPANIES]
    assert len({one.truth for one in cases}) == 1
    assert len({len(one.groups) for one in cases}) == 1
    assert {len(one.analysts) for one in cases} == {ANALYSTS}
    again = company_case(COMPANIES[1], 5)
    assert again.analysts[2].table.codes.tolist() == cases[1].analysts[2].table.codes.tolist()


def test_talk_brings_sheets_together_and_opposite_leanings_part_them() -> None:
    for leanings in ("own", "opposite", "shared"):
        assert spread(f"{leanings} leanings, talk first") < 0.8 * spread(f"{leanings} leanings, in private")
    assert spread("opposite leanings, in private") > spread("shared leanings, in private")
    assert {company.leanings for company in COMPANIES} == set(Leanings)


def test_the_median_stands_between_the_sheets() -> None:
    one = company_case(COMPANIES[0], 7)
    codes = np.stack([rated.table.codes for rated in one.analysts])
    rated = (codes >= 2).all(axis=0)
    (median,) = with_median(one).analysts
    assert (median.table.codes[rated] == np.median(codes, axis=0)[rated]).all()


def test_the_figures_come_from_the_seeds_that_nothing_was_fitted_to() -> None:
    content = json.loads(companies.RESULTS.read_text("utf-8"))
    assert content["fitted_on_seeds"] == [DEVELOPMENT[0], DEVELOPMENT[-1]]
    assert content["reported_from_seeds"] == [HELD_OUT[0], HELD_OUT[-1]]
    found, said = read()
    assert {entry.cases for entry in (*found, *said)} == {len(HELD_OUT)}
    assert len(found) == len(COMPANIES) * len(companies.METHODS)


def test_the_figures_are_still_those_of_the_program() -> None:
    """A few cases are reckoned anew: who changes pooling or the generator runs this module with --write again."""
    for now, kept in zip(spot(), read(spots=True), strict=True):
        assert [entry.__dict__ for entry in now] == [pytest.approx(entry.__dict__, abs=2e-3) for entry in kept]


def test_make_quality_runs_it_and_a_quick_run_prints_tables_of_the_same_shape(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\nquality:")[1].split("\n\n")[0]
    assert "benchmarks.decision_quality.run" in recipe
    assert "benchmarks.decision_quality.companies" in recipe
    monkeypatch.setattr(companies, "QUICK", 3)
    kept = companies.RESULTS.read_bytes()
    assert companies.main(["--quick"]) == 0
    printed = capsys.readouterr().out.strip().split("\n\n")
    assert [len(table.splitlines()) for table in printed] == [len(lines) for lines in companies.tables(*read())]
    assert companies.RESULTS.read_bytes() == kept


@pytest.mark.parametrize("lines", companies.tables(*read()), ids=lambda lines: lines[0].split("|")[1].strip())
def test_the_tables_of_the_manual_are_those_of_the_figures(lines: list[str]) -> None:
    assert "\n".join(lines) in (paths.manual() / "together-agree.md").read_text("utf-8")
