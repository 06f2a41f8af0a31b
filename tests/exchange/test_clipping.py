"""What was copied elsewhere is taken apart as a person would: title, words, address, page, who says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.exchange.clipping import MOST_CHARACTERS, Clipping, clipping_of, title_of_address, title_of_file


def taken(text: str, html: str = "", address: str = "") -> Clipping:
    found = clipping_of(text, html, address)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The ministry denied it. Then it confirmed.", "The ministry denied it."),
        ("Gen. Petrov met Mr. Smith in the U.S. embassy. They left.", "Gen. Petrov met Mr. Smith in the U.S. embassy."),
        ("See the report, p. 12, for more. And so on.", "See the report, p. 12, for more."),
        ("It cost 6.2 billion dollars? Nobody knows.", "It cost 6.2 billion dollars?"),
        ("A heading without a full stop\n\nThe text below it. More.", "A heading without a full stop"),
        ("部隊は引き返したと発表されました。次の報告。", "部隊は引き返したと発表されました。"),
        ("\n\n   Blank lines before it.  \n", "Blank lines before it."),
        ("Oh. No.", "Oh. No."),
    ],
)
def test_the_first_sentence_is_the_title(text: str, title: str) -> None:
    found = taken(text)
    assert found.title == title
    assert found.quotation == text.strip("\n")


def test_a_long_sentence_is_cut_between_words() -> None:
    title = taken("The column turned back " * 20).title
    assert len(title) <= 122
    assert title.endswith(" …")
    assert title[:-2] in "The column turned back " * 20


def test_an_address_alone_is_a_link_without_a_quotation() -> None:
    found = taken(" https://www.example.org/news/lamp-goes-out.html ")
    assert found == Clipping("example.org: lamp goes out", link="https://www.example.org/news/lamp-goes-out.html")
    assert found.domain == "example.org"


def test_a_dangerous_address_is_only_a_text() -> None:
    found = taken("javascript:alert(1)")
    assert (found.link, found.quotation) == ("", "javascript:alert(1)")


@pytest.mark.parametrize("text", ["He said so.\nhttps://example.org/a", "https://example.org/a\n\nHe said so."])
def test_an_address_above_or_below_the_words_is_the_link(text: str) -> None:
    found = taken(text)
    assert (found.quotation, found.link) == ("He said so.", "https://example.org/a")


def test_an_address_among_the_words_stays_there() -> None:
    text = "He said so (https://example.org/a)."
    assert (taken(text).quotation, taken(text).link) == (text, "https://example.org/a")
    assert taken("https://a.example/1 and https://b.example/2 differ").link == "", "which of them, nobody can tell"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("As he wrote, p. 12", "12"),
        ("See pp. 12–14.", "12–14"),
        ("Siehe S. 7", "7"),
        ("On page 3 and again on page 3", "3"),
        ("On page 3, and on page 4", ""),
        ("The S.300 system, 12 p.m.", ""),
        ("https://example.org/report.pdf#page=12", "12"),
        ("https://example.org/report.pdf#zoom=2&page=7", "7"),
        ("https://example.org/report.pdf#page=xii", ""),
    ],
)
def test_the_page_is_what_text_or_address_name(text: str, page: str) -> None:
    assert taken(text).page == page


@pytest.mark.parametrize(
    ("text", "title", "speaker"),
    [
        ("[10:14] Ann: I saw the lamp go out.", "Ann: I saw the lamp go out.", "Ann"),
        ("[10:14] <ann> I saw it", "ann: I saw it", "ann"),
        ("12/06/2023, 10:14 - Ann B: I saw it", "Ann B: I saw it", "Ann B"),
        ("[12.06.23, 10:14:05] Max: Guten Tag", "Max: Guten Tag", "Max"),
        ("Ann, 10:14\nI saw it.\nIt was dark.", "Ann: I saw it.", "Ann"),
        ("10:14 PM Ann: I saw it", "Ann: I saw it", "Ann"),
        ("[10:14] Ann: I saw it\n[10:15] Ben: I did not", "Ann: I saw it", ""),
    ],
)
def test_a_chat_excerpt_names_who_speaks(text: str, title: str, speaker: str) -> None:
    found = taken(text)
    assert (found.title, found.speaker, found.quotation) == (title, speaker, text)


@pytest.mark.parametrize(
    "text", ["At 10:14 he said: nothing", "Meeting, 10:14 was late", "Note: at 10:14 all was well"]
)
def test_other_texts_with_a_time_are_no_chat(text: str) -> None:
    assert taken(text).speaker == ""
    assert taken(text).title == text


def test_a_snippet_of_a_page_becomes_its_text_and_runs_nothing() -> None:
    html = (
        "<html><head><title>Page</title><style>p{}</style></head><body><!--StartFragment-->"
        "<p>He <b>said</b>\n so.</p><script>steal()</script><ul><li>one</li><li>two</li></ul>"
        '<p><a href="https://example.org/a">read on</a></p></body></html>'
    )
    found = taken("", html)
    assert found.quotation == "He said so.\n\none\n\ntwo\n\nread on"
    assert found.link == "https://example.org/a"


def test_the_words_of_the_other_program_come_before_those_of_its_markup() -> None:
    assert taken("He said so.", "<p>He <i>said</i> so.</p>").quotation == "He said so."


def test_a_dragged_link_is_called_as_the_page_calls_it() -> None:
    found = taken("https://example.org/a", '<a href="https://example.org/a">The lamp is out</a>')
    assert found == Clipping("The lamp is out", link="https://example.org/a")


def test_where_a_browser_copied_from_is_the_link() -> None:
    found = taken("He said so, see https://other.example/x", "", "https://www.example.org/page")
    assert found.link == "https://www.example.org/page"


def test_a_text_without_end_is_cut_and_says_so() -> None:
    found = taken("x " * MOST_CHARACTERS)
    assert found.is_cut
    assert len(found.quotation) == MOST_CHARACTERS


def test_nothing_is_nothing() -> None:
    assert [clipping_of(text) for text in ("", "  \n ", "\x00")] == [None, None, None]


def test_titles_of_addresses_and_files() -> None:
    assert title_of_address("https://example.org/") == "example.org"
    assert title_of_address("https://example.org/a/The%20lamp_is+out") == "example.org: The lamp is out"
    assert title_of_file("report_of_June.final.pdf") == "report of June.final"
    assert title_of_file(".hidden") == ".hidden"


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60))
def test_any_text_gives_a_title_and_loses_no_word(text: str, html: str, address: str) -> None:
    found = clipping_of(text, html, address)
    if found is not None:
        assert found.title.strip()
        assert "\n" not in found.title
