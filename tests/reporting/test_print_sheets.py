"""The matrix for a wall, rating forms and single charts on paper: sheets, headings, boxes, no rating on a form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from helpers.printing import MARKING, Case, case, facts, options, page_texts

from ach_desk import paths
from ach_desk.model import Analysis
from ach_desk.reporting import charts
from ach_desk.reporting.chart_options import EVERY_KIND
from ach_desk.reporting.print_options import Orientation, Paper
from ach_desk.reporting.print_products import (
    DOCUMENT,
    FORM,
    ONE_PAGE,
    REVIEWER,
    WALL,
    NothingToPrintError,
    first_product,
    print_job,
    product_name,
)
from ach_desk.reporting.typesetting import PrintJob, chosen_pages, pages, pdf, sizes_of
from ach_desk.scoring import assess
from ach_desk.storage.codec import decode


def _job(printed: Case, product: str, **fields: Any) -> PrintJob:
    analysis, matrix, analyst = printed.arguments
    return print_job(product, analysis, matrix.id, analyst, options(**fields))


def _june() -> Analysis:
    return decode((paths.seeds() / "russia-june-2023.ach.json").read_bytes(), "june").analysis


def _size(svg: bytes) -> tuple[int, int]:
    found = re.search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    assert found is not None
    return round(float(found[1])), round(float(found[2]))


# Wall


def test_a_small_matrix_fits_one_sheet_of_a3() -> None:
    job = _job(case(10, 4), WALL, paper=Paper.A3, fit=True)
    made = pages(job)
    assert len(made) == 1
    assert set(_size(made[0])) == {842, 1191}
    (text,) = page_texts(pdf(job))
    assert "Report number 10" in text
    assert "Sheet A1" not in text
    assert text.count(MARKING) >= 2


def test_tiles_repeat_the_headings_and_hold_every_cell_once() -> None:
    job = _job(case(40, 9), WALL, paper=Paper.A4)
    texts = page_texts(pdf(job))
    sheets = {found[1]: text for text in texts if (found := re.search(r"Sheet ([A-Z]\d+): row", text))}
    rows, columns = {name[0] for name in sheets}, {name[1:] for name in sheets}
    assert len(sheets) == len(rows) * len(columns) > 2
    assert len(columns) > 1
    for name, text in sheets.items():
        assert "rank" in text, name  # the heads of the hypotheses
    for number in range(1, 41):
        on = [name for name, text in sheets.items() if re.search(rf"Report number {number}\b", text)]
        assert len({name[0] for name in on}) == 1, number
        assert {name[1:] for name in on} == columns
    for number in range(1, 10):
        on = {name[1:] for name, text in sheets.items() if re.search(rf"\bH{number}\b", text)}
        assert len(on) == 1, number


def test_a_wall_matrix_that_fits_letter_is_smaller_than_one_at_full_size() -> None:
    printed = case(40, 9)
    fitting, full = (len(pages(_job(printed, WALL, paper=Paper.LETTER, fit=fit))) for fit in (True, False))
    assert fitting < full


# One page


def test_a_concluded_analysis_is_printed_as_one_page_first() -> None:
    analysis = _june()
    matrix = analysis.matrices[0].id
    assert first_product(analysis, matrix) == ONE_PAGE
    for paper in (Paper.A4, Paper.LETTER):
        job = print_job(ONE_PAGE, analysis, matrix, next(iter(analysis.analysts)), options(paper=paper))
        made = pdf(job)
        assert facts(made)["Pages"] == "1"
    assert "A personal grievance was probably" in " ".join(page_texts(made)[0].split())
    printed = case(3, 2)
    assert first_product(printed.analysis, printed.matrix.id) == DOCUMENT


# Reports


def test_a_report_lies_as_it_was_chosen() -> None:
    printed = case(6, 9)
    job = _job(printed, REVIEWER, orientation=Orientation.AUTO)
    made = pages(job)
    sizes = sizes_of(made)
    assert sizes == [pytest.approx(_size(page), abs=1) for page in made]
    assert {width > height for width, height in sizes} == {True, False}
    text = "\n".join(page_texts(pdf(job)))
    assert "Appendix" in text
    assert set(range(1, 10)) <= {int(number) for number in re.findall(r"\bH(\d+)\b", text)}
    for orientation in (Orientation.PORTRAIT, Orientation.LANDSCAPE):
        data = json.loads(_job(printed, REVIEWER, orientation=orientation).data)
        assert not any(section["sideways"] for section in data["sections"])
        assert (data["page"]["width"] > data["page"]["height"]) is (orientation is Orientation.LANDSCAPE)


def test_chosen_pages_hold_nothing_of_the_others() -> None:
    job = _job(case(45, 3), DOCUMENT)
    whole = pdf(job)
    texts = page_texts(whole)
    assert len(texts) > 2
    some = chosen_pages(whole, [2, 0], job)
    assert page_texts(some) == [texts[2], texts[0]]
    assert len(some) < len(whole)
    assert facts(some)["Title"] == facts(whole)["Title"]


# Five hundred items and twelve hypotheses


@pytest.fixture(scope="module")
def large() -> Case:
    return case(500, 12)


@pytest.mark.parametrize("product", [DOCUMENT, WALL, FORM])
def test_500_items_and_12_hypotheses_are_printed_whole(product: str, large: Case) -> None:
    paper = Paper.A3 if product == WALL else Paper.A4
    job = _job(large, product, paper=paper, fit=True, front=False, chart=False, reasons=False)
    text = "\n".join(page_texts(pdf(job)))
    assert set(range(1, 13)) <= {int(number) for number in re.findall(r"\bH(\d+)\b", text)}
    assert set(range(1, 501)) <= {int(number) for number in re.findall(r"\bE(\d+)\b", text)}


def test_fit_sets_all_hypotheses_side_by_side(large: Case) -> None:
    for fit, groups in ((False, 2), (True, 1)):
        job = _job(large, DOCUMENT, fit=fit, orientation=Orientation.PORTRAIT)
        assert len(json.loads(job.data)["matrix"]["groups"]) == groups
    assert json.loads(job.data)["matrix"]["scale"] < 1


# Rating form


def test_a_form_has_boxes_question_and_scale_and_tells_no_rating() -> None:
    printed = case(30, 4, rationale="Because of the weather")
    texts = page_texts(pdf(_job(printed, FORM)))
    assert len(texts) > 1
    for text in texts:
        assert "Would you expect to see it?" in text
        assert "certainly, its absence would be odd" in text
    whole = "\n".join(texts)
    assert "Name" in texts[0]
    assert "order" not in texts[0].partition("\nItem")[0].replace("Name", "")
    for telling in ("rank", "against", "weather", "−", printed.arguments[0].analysts[printed.arguments[2]].name):
        assert telling not in whole, telling


def test_the_order_of_chance_is_given_by_its_number() -> None:
    printed = case(30, 3)

    def order(**fields: Any) -> list[Any]:
        return [row["label"] for row in json.loads(_job(printed, FORM, **fields).data)["form"]["rows"]]

    plain, seventh = order(), order(shuffled=True, seed=7)
    assert plain == [f"E{number}" for number in range(1, 31)]
    assert seventh == order(shuffled=True, seed=7) != plain
    assert sorted(seventh) == sorted(plain)
    assert order(shuffled=True, seed=8) != seventh
    words = " ".join(page_texts(pdf(_job(printed, FORM, shuffled=True, seed=7)))).split()
    assert "order 7 of chance" in " ".join(words)


def test_what_is_set_aside_or_rejected_is_not_on_a_form() -> None:
    analysis = _june()
    analyst = next(iter(analysis.analysts))
    job = print_job(FORM, analysis, analysis.matrices[0].id, analyst, options())
    labels = [row["label"] for row in json.loads(job.data)["form"]["rows"]]
    assert labels == [item.label for item in analysis.evidence.values() if item.is_counted]


# Charts


@pytest.mark.parametrize("product", EVERY_KIND)
def test_every_chart_is_a_page_with_a_caption(product: str) -> None:
    analysis = _june()
    job = print_job(product, analysis, analysis.matrices[0].id, next(iter(analysis.analysts)), options())
    data = json.loads(job.data)
    assert data["chart"]["caption"]
    assert data["chart"]["alt"]
    if product == "timeline":
        assert facts(pdf(job))["Tagged"] == "yes"
    assert product_name(product).startswith("Chart: ")


def test_a_tall_chart_fits_one_page_or_takes_several_at_full_size() -> None:
    printed = case(60, 2)
    assert len(pages(_job(printed, "heatmap", fit=True, orientation=Orientation.LANDSCAPE))) == 1
    made = pages(_job(printed, "heatmap", orientation=Orientation.LANDSCAPE))
    assert len(made) > 1
    assert b"<image" not in made[-1]


def test_a_chart_without_anything_to_show_says_so() -> None:
    printed = case(3, 1)
    with pytest.raises(NothingToPrintError, match="nothing yet"):
        _job(printed, "tornado")


def test_no_page_carries_the_name_of_a_person_or_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "secretuser")
    monkeypatch.setenv("HOSTNAME", "secrethost")
    printed = case(3, 2)
    for product in (DOCUMENT, WALL, FORM, "ranking"):
        made = pdf(_job(printed, product))
        for name in (b"secretuser", b"secrethost", str(Path.home()).encode()):
            assert name not in made
    assessment = assess(*printed.arguments)
    for fmt in charts.FORMATS:
        made = charts.save("consistency", assessment, charts.ChartOptions(), fmt)
        for name in (b"secretuser", b"secrethost", str(Path.home()).encode()):
            assert name not in made
