"""The files of a report: no text becomes markup, the page is sound and alone, and all formats say the same."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from helpers.reports import HOSTILE, hostile_case, june, made_of
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ach_desk.reporting.palette import DARK, LIGHT, WEB, colours
from ach_desk.reporting.report import compose, html, markdown, plain
from ach_desk.reporting.report.formats import FORMATS, format_of
from ach_desk.reporting.report.model import Report
from ach_desk.reporting.report.plain_words import clean
from ach_desk.reporting.report.preset_names import ONE_PAGE, PRESETS, REVIEWER
from ach_desk.reporting.report.presets import plan_of

TEXTS = [entry for entry in FORMATS if entry.name in ("html", "md", "txt")]
"""The formats that can be read as they are; the others have tests of their own."""

_VOID = {"meta", "br", "col", "img"}


class _Page(HTMLParser):
    """Reads a page: its tags with attributes, their nesting, and the text outside style sheets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def _report(which: str, preset: str) -> Report:
    return compose.report(made_of(june() if which == "june" else hostile_case().analysis), plan_of(preset))


@cache
def _html(which: str, preset: str) -> str:
    made = made_of(june() if which == "june" else hostile_case().analysis)
    return html.render(_report(which, preset), compose.pictures(made)).decode()


def test_hostile_texts_stand_in_the_page_as_texts() -> None:
    text = _html("hostile", REVIEWER)
    page = _Page(text)
    assert page.open == []
    assert page.named("script", "img", "iframe", "object", "link", "base", "form", "embed") == []
    assert {name for _tag, attributes in page.tags for name in attributes if name.startswith("on")} == set()
    assert all(str(entry["href"]).startswith("#") for entry in page.named("a"))
    assert page.text.count(" ".join(HOSTILE.split())) > 20
    # The style sheet holds one text of the analysis, the marking: letters and escapes, so that nothing can end it.
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(page.named("style")) == 1
    strings = re.findall(r'content: "([^"]*)";', style)
    assert len(strings) == 2
    assert all(re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{6} )+", string) for string in strings)


def test_the_page_is_alone_and_its_policy_forbids_everything_else() -> None:
    text = _html("june", REVIEWER)
    page = _Page(text)
    (policy,) = [entry["content"] for entry in page.named("meta") if "http-equiv" in entry]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    outside = [
        (tag, value)
        for tag, attributes in page.tags
        for name, value in attributes.items()
        if name in ("src", "href", "xlink:href") and not str(value).startswith("#")
    ]
    assert outside == []
    assert not re.search(r"@import|url\((?!#)", text)


def test_the_page_is_made_for_screen_readers() -> None:
    page = _Page(_html("june", REVIEWER))
    assert page.named("html")[0]["lang"] == "en"
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(page.named(landmark)) == 1, landmark
    levels = [int(tag[1]) for tag, _attributes in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [str(attributes["id"]) for _tag, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {str(entry["href"])[1:] for entry in page.named("a")} <= set(ids)
    assert all(entry.get("scope") for entry in page.named("th"))
    assert all(entry.get("role") == "img" for entry in page.named("svg"))
    assert len(page.named("desc")) == len(page.named("svg")) == 9
    assert "E7 tells the hypotheses apart best." in page.text


def test_charts_have_their_text_as_text_and_take_the_colours_of_the_page() -> None:
    text = _html("june", ONE_PAGE)
    assert ">E10</text>" in text
    charts = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(charts) == 2
    assert all(re.findall(r"(?:fill|stroke): #", chart) == [] for chart in charts)
    assert "fill: var(--blocks-ii-fill)" in charts[0]


def test_no_two_colours_of_the_web_palette_are_equal_and_each_looks_like_the_light_one() -> None:
    web, light = colours(WEB), colours(LIGHT)
    assert list(web) == list(light) == list(colours(DARK))
    assert len(set(web.values())) == len(web)
    for name, colour in web.items():
        assert abs(int(colour[5:], 16) - int(light[name][5:], 16)) < 20
        assert colour[:5] == light[name][:5]


def test_the_marking_stands_first_and_last_and_on_every_printed_page() -> None:
    analysis = june()
    analysis.marking = "TLP:AMBER"
    made = made_of(analysis)
    found = compose.report(made, plan_of(ONE_PAGE))
    for entry in TEXTS:
        words = entry.render(found, compose.pictures(made)).decode().replace("\\", "")
        places = [match.start() for match in re.finditer("TLP:AMBER", words)]
        assert len(places) >= 2, entry.name
        assert places[0] < words.index("What best explains") or entry.name == "html"
    page = html.render(found, compose.pictures(made)).decode()
    assert page.count('class="marking">TLP:AMBER') == 2
    assert '@top-center { content: "TLP\\00003a AMBER"' in page


@given(st.text())
def test_an_escaped_text_is_the_same_text_to_a_reader_of_markdown(text: str) -> None:
    cleaned = clean(text)
    tokens = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown.escaped(cleaned))
    )
    kinds = {token.type for token in tokens}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert " ".join("".join(child.content for child in inline).split()) == " ".join(cleaned.split())


def test_what_would_turn_a_text_round_or_break_a_file_is_seen_as_a_sign() -> None:
    assert clean("a\u202eb\x00c\ud800d\ne\u200ff") == "a‹U+202E›b␀c‹U+D800›d e\u200ff"


def test_no_text_anywhere_in_a_report_is_left_as_it_is() -> None:
    made = made_of(hostile_case("a\u202eb\x00c\ud800d", "X\u202e\x07").analysis)
    found = compose.report(made, plan_of(REVIEWER))
    for entry in TEXTS:
        text = entry.render(found, compose.pictures(made)).decode().replace("\\", "")
        assert text.count("a‹U+202E›b␀c‹U+D800›d") > 20, entry.name
        assert not re.search("[\u202e\x00-\x09\x0b-\x1f]", text), entry.name


def test_hostile_texts_stand_in_markdown_as_texts() -> None:
    made = made_of(hostile_case().analysis)
    text = markdown.render(_report("hostile", REVIEWER), compose.pictures(made)).decode()
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    tokens = [child for token in reader.parse(text) for child in (token, *(token.children or ()))]
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "image", "link_open", "code_inline", "fence", "code_block"}
    assert not kinds & {"em_open"}
    shown = " ".join(
        "".join(token.content if token.type in ("text", "text_special") else " " for token in tokens).split()
    )
    assert shown.count('<script>alert("1")</script>') > 20
    assert "https\\://" in text
    assert "www\\.evil" in text


@pytest.mark.parametrize("preset", PRESETS)
def test_all_formats_say_the_same(preset: str) -> None:
    found = _report("june", preset)
    page = _Page(_html("june", preset)).text
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(markdown.render(found, _never).decode())
    marked = " ".join(
        child.content for token in tokens for child in token.children or () if child.type in ("text", "text_special")
    )
    simple = plain.text(found)
    for words in ("A personal grievance was probably", "Confidence in this judgement is low.", "If E8 were left out"):
        assert words in page, words
        assert words in marked, words
        assert words in simple, words
    titles = [section.title for section in found.sections]
    assert [title for title in titles if title not in page or title not in simple] == []


def _never(*_arguments: object) -> bytes:
    raise AssertionError("nothing is drawn for a text file")


def test_plain_text_reads_row_by_row() -> None:
    text = plain.text(_report("june", REVIEWER))
    row = "- E2 10 June: ministry orders volunteer formations to sign contracts with it by 1 July | "
    assert row + "Credibility: high; Relevance: high; H1 N; H2 I?; H3 C; H4 C" in text
    assert "<" not in text


def test_the_same_report_gives_the_same_bytes() -> None:
    made = made_of(june())
    found = compose.report(made, plan_of(ONE_PAGE))
    for entry in FORMATS:
        assert entry.render(found, compose.pictures(made)) == entry.render(found, compose.pictures(made))


def test_a_format_is_found_by_its_ending_in_any_case() -> None:
    assert format_of(".HTML") is TEXTS[0]
    assert format_of("md") is TEXTS[1]
    assert format_of(".exe") is None
    assert [entry.title for entry in FORMATS] == ["PDF", "Word", "Web page", "PowerPoint", "Markdown", "Plain text"]
