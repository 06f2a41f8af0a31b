"""LibreOffice calculates the formulas of the workbook anew and opens what was written: our numbers, and real pages."""

from __future__ import annotations

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from helpers import needs_tool
from helpers.sheets import Case, full_case

from ach_desk.exchange.sheet_files import read_book
from ach_desk.exchange.sheet_out import write_ods, write_xlsx
from ach_desk.exchange.sheet_plan import FIRST_HYPOTHESIS, FIRST_ROW, INCONSISTENCY_ROW, WEIGHTED_ROW
from ach_desk.model import EvidenceStatus, HypothesisStatus, RatingValue, Scale, replace
from ach_desk.scoring import build_table, standing

_STORED = re.compile(r"(</f>)<v>[^<]*</v>")


def scored_case() -> Case:
    """Return a case with every rating, level and state that the scores tell apart."""
    case = full_case(items=14, hypotheses=5)
    case.matrix.scale = Scale.SEVEN
    case.analysis.hypotheses["h4"] = replace(case.analysis.hypotheses["h4"], status=HypothesisStatus.REJECTED)
    case.analysis.evidence["e3"] = replace(case.analysis.evidence["e3"], status=EvidenceStatus.SET_ASIDE)
    for hypothesis in case.matrix.hypotheses:
        case.matrix.set_rating(case.analyst, "e5", hypothesis, None)
        one = case.matrix.rating(case.analyst, "e6", "h1")
        case.matrix.set_rating(case.analyst, "e6", hypothesis, one)
    for hypothesis in ("h2", "h3", "h4", "h5"):
        case.matrix.set_rating(case.analyst, "e7", hypothesis, None)
    used = {rating.value for *_place, rating in case.analysis.rating_cells()}
    assert used == set(RatingValue)
    return case


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return what LibreOffice made: the workbook calculated anew ("xlsx"), and pages of both formats."""
    needs_tool("soffice")
    folder = tmp_path_factory.mktemp("sheets")
    case = scored_case()
    case.analysis.marking = "TLP:AMBER"
    data = write_xlsx(case.analysis, case.matrix, case.analyst).data
    (folder / "blank.xlsx").write_bytes(_without_results(data))
    (folder / "ours.xlsx").write_bytes(data)
    (folder / "theirs.ods").write_bytes(write_ods(case.analysis, case.matrix, case.analyst).data)
    _convert(folder, "xlsx", "blank.xlsx")
    _convert(folder, "pdf", "ours.xlsx", "theirs.ods")
    out = folder / "out"
    return {"xlsx": out / "blank.xlsx", "ours": out / "ours.pdf", "theirs": out / "theirs.pdf"}


def _convert(folder: Path, kind: str, *names: str) -> None:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", "out", *names]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=170)


def _without_results(data: bytes) -> bytes:
    """Return the workbook without what its formulas show, so that whoever opens it has to calculate."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, _STORED.sub(r"\1", old.read(name).decode()))
    return out.getvalue()


def test_the_formulas_give_our_numbers(converted: dict[str, Path]) -> None:
    case = scored_case()
    expected = standing(build_table(case.analysis, case.matrix, case.analyst))
    rows = read_book(converted["xlsx"].read_bytes(), "blank.xlsx").sheets[0].rows
    after = FIRST_HYPOTHESIS + len(case.matrix.hypotheses)
    for row, wanted in ((INCONSISTENCY_ROW, expected.inconsistency), (WEIGHTED_ROW, expected.weighted_inconsistency)):
        found = [float(cell) for cell in rows[row][FIRST_HYPOTHESIS:after]]
        assert found == pytest.approx(list(wanted), abs=1e-9)
    assert min(expected.weighted_inconsistency) < -2
    shown = [rows[FIRST_ROW + place][after] for place in range(len(case.matrix.evidence))]
    found = [float(cell) if cell else np.nan for cell in shown]
    assert found == pytest.approx(list(expected.diagnosticity), abs=1e-9, nan_ok=True)
    assert sum(np.isnan(expected.diagnosticity)) == 2
    assert 0.0 in expected.diagnosticity


def test_live_cells_follow_the_matrix(converted: dict[str, Path]) -> None:
    book = read_book(converted["xlsx"].read_bytes(), "blank.xlsx")
    items = next(sheet for sheet in book.sheets if sheet.name == "Items")
    ratings = next(sheet for sheet in book.sheets if sheet.name == "Ratings")
    assert [row[2] for row in items.rows[1:4]] == ["Report 1", "Report 2", "Report 3"]
    case = scored_case()
    first = case.matrix.rating(case.analyst, "e1", "h1")
    assert first is not None
    assert ratings.rows[1][:5] == ["e1", "h1", "E1", "H1", first.value]


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_the_pages_say_what_they_are(converted: dict[str, Path], name: str) -> None:
    needs_tool("pdftotext")
    text = subprocess.run(
        ["pdftotext", "-layout", converted[name], "-"], capture_output=True, text=True, check=True
    ).stdout
    first = text.split("\f")[0]
    assert first.count("TLP:AMBER") == 3, "on the sheet, above and below"
    for words in ("Who did it?", "Weighted inconsistency", "Cause 1", "Report 14", "Diagnosticity"):
        assert words in first
    assert "#NAME" not in text
    assert "Err:" not in text
    assert "ACH Desk sheet" not in text, "the row that says what the columns are is hidden"
