"""``ach report``: the ending decides the format, a preset or the file what it holds, and the check is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.commands import reports
from ach_desk.model.report_plan import ReportPlan
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document

CASE = "russia-june-2023.ach.json"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copy(paths.seeds() / CASE, tmp_path / CASE))


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_the_ending_decides_the_format(case: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = case.with_name(f"report.{ending}")
    assert main(["report", str(case), "-o", str(output), "--preset", "reviewer"]) == 0
    text = output.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") is (ending == "html")
    assert "Appendix: every rating and its reason" in text
    said = capsys.readouterr()
    assert said.out == f"{output} was written.\n"
    assert said.err == ("To look at: The lead of H4 is unresolved: it does not survive small changes of the ratings.\n")


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("pptx", b"PK")])
def test_paper_and_office_files_are_written_too(case: Path, ending: str, start: bytes) -> None:
    output = case.with_name(f"report.{ending}")
    options = ["--preset", "one-page", "--paper", "letter", "--black-and-white"]
    assert main(["report", str(case), "-o", str(output), *options]) == 0
    assert output.read_bytes().startswith(start)


def test_a_house_template_is_taken_and_one_that_is_none_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house, output = case.with_name("house.docx"), case.with_name("report.docx")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "House of Keller"
    document.save(str(house))
    command = ["report", str(case), "-o", str(output), "--preset", "one-page", "--template", str(house)]
    assert main(command) == 0
    assert "House of Keller" in [entry.text for entry in docx.Document(str(output)).sections[0].header.paragraphs]
    house.write_bytes(b"no Word file")
    output.unlink()
    assert main(command) == 2
    assert "The template is not a Word file" in capsys.readouterr().err
    assert not output.exists()


def test_a_template_for_another_format_is_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = case.with_name("report.pdf")
    assert main(["report", str(case), "-o", str(output), "--template", str(case)]) == 2
    assert "only a report in Word" in capsys.readouterr().err
    assert not output.exists()


def test_what_no_font_has_is_said_of_a_pdf(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    analysis = read_document(case).loaded.analysis
    analysis.question = "Who was it? \ue000"
    case.write_bytes(encode(analysis))
    assert main(["report", str(case), "-o", str(case.with_name("report.pdf")), "--preset", "one-page"]) == 0
    assert "No installed font has the private use characters U+E000" in capsys.readouterr().err


def test_without_a_preset_the_report_is_the_one_that_is_kept(case: Path) -> None:
    analysis = read_document(case).loaded.analysis
    reports.choose(analysis, ReportPlan(sections=("method", "answer"))).apply(analysis)
    case.write_bytes(encode(analysis))
    output = case.with_name("report.md")
    assert main(["report", str(case), "-o", str(output)]) == 0
    heads = [line for line in output.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert heads == ["## Method", "## Answer"]


def test_another_ending_and_an_output_that_is_there_are_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(case), "-o", str(case.with_name("report.exe"))]) == 2
    assert "a report is written as .pdf, .docx, .html, .pptx, .md and .txt" in capsys.readouterr().err
    output = case.with_name("report.txt")
    output.write_text("mine", "utf-8")
    assert main(["report", str(case), "-o", str(output)]) != 0
    assert output.read_text("utf-8") == "mine"
    assert main(["report", str(case), "-o", str(output), "--force"]) == 0
    assert output.read_text("utf-8") != "mine"
