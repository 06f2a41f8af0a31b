"""What stands on the printed pages, read back from the PDF: everything, in its place, on every page it belongs to."""

from __future__ import annotations

import getpass
import re
import socket

import pytest
from helpers import needs_tool
from helpers.printing import MARKING, NOTICE, case, facts, options, page_texts

from ach_desk.model import (
    Challenge,
    ChallengeState,
    EvidenceKind,
    EvidenceStatus,
    HypothesisStatus,
    Level,
    Rating,
    RatingValue,
    Scale,
)
from ach_desk.reporting.document import PrintJob, estimate_pages, print_document
from ach_desk.reporting.print_options import Orientation, Paper, paper_for_locale
from ach_desk.reporting.typesetting import page_count, pages, pdf


@pytest.fixture(autouse=True)
def poppler() -> None:
    needs_tool("pdftotext", "pdfinfo")


@pytest.fixture(scope="module")
def large() -> list[str]:
    """Return the pages of a matrix of 500 x 12."""
    needs_tool("pdftotext")
    return page_texts(pdf(print_document(*case(500, 12).arguments, options())))


def _words(text: str) -> str:
    return " ".join(text.split())


def test_every_page_has_marking_notice_analyst_date_and_number(large: list[str]) -> None:
    for number, page in enumerate(large, start=1):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[0] == MARKING
        assert MARKING in lines[-1]
        assert f"Page {number} of {len(large)}" in lines[-1]
        assert "Printed 2023-07-03" in lines[-1]
        assert "What explains the march?" in lines[1]
        assert "M. Keller" in lines[1]
        assert lines[2] == NOTICE


def test_a_large_matrix_is_complete_and_heads_every_page(large: list[str]) -> None:
    rows = re.findall(r"^ *(E\d+) +Report number (\d+) on the matter", "\n".join(large), re.MULTILINE)
    assert rows == [(f"E{number}", str(number)) for number in range(1, 501)]
    pages = [page for page in large if "Report number" in page]
    heads = [f"H{number}" for number in range(1, 13)]
    for page in pages:
        before_rows = page.partition("Report number")[0]
        assert re.findall(r"\bH\d+\b", before_rows)[-12:] == heads
        assert before_rows.count("rank") + before_rows.count("rejected") >= 12
        assert before_rows.count("Expl") == 12


def test_the_ratings_stand_in_their_row(large: list[str]) -> None:
    printed = case(500, 12)
    rows = re.findall(r"^ *(E\d+) +Report number \d+ on the matter +(.*)$", "\n".join(large), re.MULTILINE)
    for label, cells in rows:
        item = f"e{label[1:]}"
        sheet = printed.matrix.sheets[printed.analyst][item]
        assert cells.split() == [sheet[entry].value for entry in printed.matrix.hypotheses]


def test_hypotheses_that_do_not_fit_side_by_side_come_in_parts() -> None:
    pages = page_texts(pdf(print_document(*case(5, 40).arguments, options(paper=Paper.LETTER, chart=False))))
    text = "\n".join(pages)
    parts = re.findall(r"Part (\d+) of (\d+): hypotheses (H\d+) to (H\d+)", text)
    assert [int(part[0]) for part in parts] == list(range(1, int(parts[0][1]) + 1))
    assert parts[0][2] == "H1"
    assert parts[-1][3] == "H40"
    assert len(re.findall(r"^ *E3 +Report number 3 on the matter", text, re.MULTILINE)) == len(parts)


def test_the_first_page_says_what_the_ratings_amount_to() -> None:
    printed = case(6, 4)
    printed.analysis.description = "Why we ask."
    printed.change_hypothesis(2, status=HypothesisStatus.REJECTED, status_reason="overtaken")
    printed.change_hypothesis(3, combines=("h1", "h2"))
    for item in printed.matrix.evidence:
        for entry, value in (("h1", RatingValue.CONSISTENT), ("h2", RatingValue.INCONSISTENT)):
            printed.matrix.set_rating(printed.analyst, item, entry, Rating(value))
    first = _words(page_texts(pdf(print_document(*printed.arguments, options())))[0])
    for expected in (
        f"Marking {MARKING}",
        "M. Keller, J. Osei",
        "Information as of 2023-06-30",
        "Created 2023-07-01",
        "Why we ask.",
        "H1 has the least evidence against it",
        "It was 1.",
        "6 against −6",
        "Rejected: overtaken",
        "(joins H1, H2)",
        "Credibility is not set for 6 items",
        "Fitting evidence does not prove a hypothesis.",
    ):
        assert expected in first
    assert first.index("Teaching example") < first.index("Why we ask.") < first.index("H1 has the least evidence")


def test_an_uneven_case_is_shown_as_it_is() -> None:
    printed = case(4, 3, rationale="Because it would be odd.")
    printed.change_item(0, kind=EvidenceKind.ASSUMPTION, credibility=Level.HIGH, event_date="2023-06-24")
    printed.change_item(1, status=EvidenceStatus.SET_ASIDE, status_reason="repeats E1", status_date="2023-07-02")
    printed.change_item(2, detail="A longer account.\nIn two paragraphs.", note="Ask again.")
    printed.matrix.set_rating(printed.analyst, "e3", "h2", None)
    printed.matrix.set_rating(printed.analyst, "e4", "h1", Rating(RatingValue.NEUTRAL, confidence=Level.LOW))
    text = _words("\n".join(page_texts(pdf(print_document(*printed.arguments, options())))))
    for expected in (
        "Assumption",
        "2023-06-24 high",
        "Set aside on 2023-07-02: repeats E1",
        "A longer account. In two paragraphs.",
        "Note: Ask again.",
        "Because it would be odd.",
        "N?",
        "A question mark after a symbol: rated with low confidence.",
        "Suppose this hypothesis were true, and this item is as reported. Would you expect to see it?",
        "hardly possible, it would need a special explanation",
        "Trust in the source is set separately. “Does not contradict” alone is N, not C.",
        "not judged yet",
    ):
        assert expected in text
    without = page_texts(pdf(print_document(*printed.arguments, options(reasons=False))))
    assert "Because it would be odd." not in "\n".join(without)


def test_a_hypothesis_with_few_ratings_is_not_ranked_on_paper() -> None:
    printed = case(6, 3)
    for number in range(2, 7):
        printed.matrix.set_rating(printed.analyst, f"e{number}", "h1", None)
    printed.matrix.set_rating(printed.analyst, "e1", "h1", Rating(RatingValue.CONSISTENT))
    first = _words(page_texts(pdf(print_document(*printed.arguments, options())))[0])
    assert "– H1 Explanation 1" in first
    assert "Not compared yet: rated on" in first
    assert first.index("H2 Explanation 2") < first.index("– H1 Explanation 1")


def test_the_scale_on_paper_is_that_of_the_matrix_and_ranges_show_both_ends() -> None:
    printed = case(2, 2)
    sheet = printed.matrix.sheets[printed.analyst]
    for row in sheet.values():
        row.update({entry: Rating(RatingValue.CONSISTENT) for entry in row})

    def pages() -> str:
        return "\n".join(page_texts(pdf(print_document(*printed.arguments, options(chart=False, front=False)))))

    plain = pages()
    assert "a little less than its opposite" not in plain
    assert "undecided" not in plain
    printed.matrix.scale = Scale.SEVEN
    assert "a little less than its opposite" in pages()
    printed.matrix.scale = Scale.THREE
    sheet["e1"]["h1"] = Rating(RatingValue.NEUTRAL, range=(RatingValue.NEUTRAL, RatingValue.INCONSISTENT))
    sheet["e2"]["h1"] = Rating(RatingValue.NEUTRAL, range=(RatingValue.NEUTRAL, RatingValue.VERY_INCONSISTENT))
    printed.change_item(1, status=EvidenceStatus.SET_ASIDE)
    text = pages()
    assert "certainly, its absence would be odd" not in text
    assert "N–I " in text
    assert "N–II" in text
    assert "undecided" in text


def test_an_empty_analysis_prints() -> None:
    for items, hypotheses in ((0, 0), (3, 0), (0, 3)):
        printed = case(items, hypotheses, question="")
        printed.analysis.notice = printed.analysis.marking = ""
        pages = page_texts(pdf(print_document(*printed.arguments, options())))
        assert "Analysis without a question" in pages[0]
        assert f"Page 1 of {len(pages)}" in pages[0]


MARKUP = '#evil $x$ // *b* _i_ `c` @ref <lab> \\ "q" #import "x" {{a}} %s = - + 1. /* */ https://x.y'


def test_markup_in_any_text_prints_literally() -> None:
    printed = case(3, 3, rationale=MARKUP, question=MARKUP)
    printed.analysis.marking = printed.analysis.notice = printed.analysis.description = MARKUP
    printed.analysis.authors = (MARKUP,)
    printed.change_item(
        0, title=MARKUP, detail=MARKUP, note=MARKUP, status=EvidenceStatus.SET_ASIDE, status_reason=MARKUP
    )
    printed.change_hypothesis(0, title=MARKUP, statement=MARKUP)
    printed.analysis.analysts[printed.analyst] = printed.analysis.analysts[printed.analyst].model_copy(
        update={"name": "#evil $x$ //"}
    )
    made = pdf(print_document(*printed.arguments, options()))
    pages = [_words(page) for page in page_texts(made)]
    assert all(page.startswith(MARKUP) for page in pages)
    assert "\n".join(pages).count("#evil") >= 12 + 4 * len(pages)
    assert facts(made)["Title"] == MARKUP


EXTREMES = [
    "مرحبا بالعالم (abc) 12. هذا نص طويل يمتد على أكثر من سطر واحد في العمود الضيق من الجدول",
    "漢字かな交じり文のとても長い題名で、空白がまったくないので折り返しが必要になります。",
    "😀 👩‍👩‍👧 🇩🇪 family",
    "bell \x07, escape \x1b, null \x00, next line \x85",
    "no font: \U0010fffd, unassigned \U000e0fff, override \u202eabc\u202c, half \ud800",
    "W" * 400,
    "https://example.org/" + "path/" * 80,
    "=cmd|' /C calc'!A0",
    "a\u0301\u20e3\u0489 z" + "\u0301" * 40,
    "नमस्ते क्‍ष ทดสอบภาษาไทยที่ไม่มีช่องว่างเลย",
    "very long words " * 1200,
    "line one\nline two\r\n\ttabbed",
]


def test_no_text_stops_or_breaks_the_document() -> None:
    printed = case(len(EXTREMES), 4, question=EXTREMES[0])
    for number, text in enumerate(EXTREMES):
        printed.change_item(number, title=text, detail=text[:2000])
    printed.change_item(1, label="EVIDENCE-WITH-A-LONG-LABEL-100000")
    for number, text in enumerate(EXTREMES[:4]):
        printed.change_hypothesis(number, title=text, statement=text * 20)
    made = pdf(print_document(*printed.arguments, options()))
    pages = page_texts(made)
    text = _words("\n".join(pages))
    assert facts(made)["Tagged"] == "yes"
    assert text.count("very long words") >= 1200 + 125
    assert "␇" in text
    assert "␛" in text
    assert "␀" in text
    assert "\ufffd" in text
    assert "\x07" not in text
    assert "=cmd|' /C calc'!A0" in text
    assert re.sub(r"\W", "", text).count("W") >= 800
    for label in ("E1", "E3", f"E{len(EXTREMES)}"):
        assert re.search(rf"\b{label}\b", text)


def test_nothing_leaves_the_sheet() -> None:
    """The words of each page lie within the paper's margins, however long they are."""
    import subprocess

    printed = case(len(EXTREMES), 9)
    for number, text in enumerate(EXTREMES):
        printed.change_item(number, title=text)
    for number in range(9):
        printed.change_hypothesis(number, title="Donaudampfschifffahrtsgesellschaftskapitänsmützen" + "W" * 20)
    made = pdf(print_document(*printed.arguments, options(chart=False)))
    listing = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=made, capture_output=True, check=True).stdout
    page = re.search(rb'<page width="([\d.]+)" height="([\d.]+)"', listing)
    assert page is not None
    width, height = float(page[1]), float(page[2])
    boxes = re.findall(rb'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', listing)
    assert len(boxes) > 1000
    assert min(float(box[0]) for box in boxes) > 40
    assert max(float(box[2]) for box in boxes) < width - 40
    assert min(float(box[1]) for box in boxes) > 15
    assert max(float(box[3]) for box in boxes) < height - 15


def test_metadata_name_neither_person_of_the_system_nor_machine() -> None:
    made = pdf(print_document(*case(3, 3).arguments, options()))
    names = {getpass.getuser(), socket.gethostname()} - {""}
    listed = facts(made)
    assert listed["Title"] == "What explains the march?"
    assert listed["Author"] == "M. Keller, J. Osei"
    assert listed["Tagged"] == "yes"
    assert "A4" in listed["Page size"]
    assert b"pdfuaid" in made
    for name in names:
        assert name not in "".join(listed.values())
        assert not re.search(rb"\b" + re.escape(name.encode()) + rb"\b", _plain_parts(made))


def _plain_parts(made: bytes) -> bytes:
    """Return the file without its compressed streams, in which anything may occur by chance."""
    return re.sub(rb"/Filter[^>]*>>\s*stream.*?endstream", b"", made, flags=re.DOTALL)


def test_all_fonts_are_embedded() -> None:
    import subprocess

    needs_tool("pdffonts")
    printed = case(3, 3)
    printed.change_item(0, title="漢字 مرحبا")
    made = pdf(print_document(*printed.arguments, options()))
    lines = subprocess.run(["pdffonts", "-"], input=made, capture_output=True, check=True).stdout.decode().splitlines()
    assert len(lines) > 3
    assert all(re.search(r"\byes +yes +(yes|no)\b", line) for line in lines[2:])
    assert any("DejaVuSans" in line for line in lines)


def test_the_same_print_is_the_same_file() -> None:
    first, second = (print_document(*case(5, 3).arguments, options()) for _ in range(2))
    assert isinstance(first, PrintJob)
    assert first == second
    assert pdf(first) == pdf(second)


@pytest.mark.parametrize(
    ("paper", "orientation", "size"),
    [
        (Paper.A4, Orientation.PORTRAIT, "595.276 x 841.89"),
        (Paper.A4, Orientation.LANDSCAPE, "841.89 x 595.276"),
        (Paper.LETTER, Orientation.AUTO, "612 x 792"),
        (Paper.LETTER, Orientation.LANDSCAPE, "792 x 612"),
    ],
)
def test_paper_and_orientation(paper: Paper, orientation: Orientation, size: str) -> None:
    made = pdf(print_document(*case(3, 3).arguments, options(paper=paper, orientation=orientation)))
    assert size in facts(made)["Page size"]


def test_many_hypotheses_turn_the_sheet() -> None:
    made = pdf(print_document(*case(3, 9).arguments, options()))
    assert "841.89 x 595.276" in facts(made)["Page size"]


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en_US.UTF-8", Paper.LETTER), ("fr-CA", Paper.LETTER), ("de_AT", Paper.A4), ("C", Paper.A4), ("", Paper.A4)],
)
def test_paper_follows_the_country(locale: str, paper: Paper) -> None:
    assert paper_for_locale(locale) is paper


@pytest.mark.parametrize(("items", "hypotheses", "rationale"), [(6, 3, ""), (500, 12, ""), (150, 4, "Why so. " * 12)])
def test_the_estimate_is_close(items: int, hypotheses: int, rationale: str) -> None:
    printed = case(items, hypotheses, rationale=rationale)
    real = page_count(print_document(*printed.arguments, options()))
    assert abs(estimate_pages(*printed.arguments, options()) - real) <= 1 + 0.1 * real


def test_the_estimate_counts_challenges() -> None:
    printed = case(6, 3)
    analysis = printed.arguments[0]
    for number in range(120):
        challenge = Challenge(
            id=f"c{number}",
            evidence=next(iter(analysis.evidence)),
            text="The report may have been staged for the camera. " * 4,
            time="2023-06-25T10:00:00Z",
            state=ChallengeState.ANSWERED,
            answer="Two others saw it. " * 8,
        )
        analysis.challenges[challenge.id] = challenge
    real = page_count(print_document(*printed.arguments, options()))
    assert real > 8
    assert abs(estimate_pages(*printed.arguments, options()) - real) <= 1 + 0.1 * real


def test_in_black_and_white_a_pattern_tells_the_ratings_apart() -> None:
    printed = case(3, 2)
    ratings = (RatingValue.VERY_CONSISTENT, RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT)
    for number, value in enumerate(ratings):
        printed.matrix.set_rating(
            printed.analyst, printed.matrix.evidence[number], printed.matrix.hypotheses[0], Rating(value)
        )

    def pattern_count(**fields: bool) -> int:
        made = pages(print_document(*printed.arguments, options(**fields)))
        return len(set(re.findall(rb"url\(#(t[0-9A-F]+)\)", b"".join(made))))

    assert pattern_count(black_and_white=False) == 0
    assert pattern_count(black_and_white=True) >= 2
