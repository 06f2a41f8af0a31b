"""An editor never changes what nobody typed."""

from __future__ import annotations

import pytest
from helpers.sessions import item, on_item, small_session
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.ui.inspector import Inspector
from ach_desk.ui.inspector.texts import lines_of, tags_to_text, text_to_tags
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.rawtext import edited_text, shown_text
from ach_desk.ui.widgets.textbox import TextBox

NASTY = [
    "nul \0 inside",
    "old\rline\rends",
    "dos\r\nline\r\nends\r\n",
    "mixed\r\n\r\n\n\r",
    "separators \u2028 and \u2029 here",
    "no\u00a0break\u202fspace",
    "object \ufffc replaced",
    "non-characters \ufdd0\ufdd1\ufffe",
    "bell \a escape \x1b[31m delete \x7f C1 \x85",
    "bidi \u202eabc\u202c שלום مرحبا",
    "emoji 👩‍👩‍👧‍👦 🇩🇪 and CJK 漢字",
    "tabs\tand  two blanks ",
    "\n\nbegins and ends with lines\n\n",
    "combining e\u0301 \u0301",
    '=HYPERLINK("x") <b>markup</b> &amp; %s {name}',
    "byte order \ufeff mark, soft\u00adhyphen",
]

texts = st.text(alphabet=st.sampled_from("ab\r\n\u2028\u2029\ufdd0\0é👩 "), max_size=12)


@given(texts)
def test_a_text_that_nobody_edited_is_the_same(raw: str) -> None:
    assert edited_text(raw, shown_text(raw)) == raw


@given(texts, texts)
def test_an_edit_shows_what_was_typed(raw: str, after: str) -> None:
    assert shown_text(edited_text(raw, shown_text(after))) == shown_text(after)


@given(texts, texts, texts)
def test_an_edit_keeps_what_stands_before_and_behind_it(before: str, typed: str, behind: str) -> None:
    typed = shown_text(typed)
    after = shown_text(before) + "<" + typed + ">" + shown_text(behind)
    assert edited_text(f"{before}<>{behind}", after) == f"{before}<{typed}>{behind}"


@pytest.mark.parametrize("raw", NASTY)
def test_showing_and_leaving_changes_nothing(qtbot: QtBot, raw: str) -> None:
    session = small_session()
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "detail", raw))
    session.execute(edits.set_field(session.analysis, "evidence", [item(session, 1).id], "title", raw))
    steps = session.history.stack.count()
    inspector = Inspector(session, SettingsStore())
    qtbot.addWidget(inspector)
    inspector.show()
    for number in (1, 2, 1):
        inspector.show_selection(on_item(session, number))
        inspector.catch_up()
        for panel_editor in (inspector.item.title, inspector.item.detail):
            panel_editor.box.setFocus()
            panel_editor.box.clearFocus()
    inspector.flush()
    assert (item(session, 1).title, item(session, 1).detail) == (raw, raw)
    assert session.history.stack.count() == steps


@pytest.mark.parametrize("raw", NASTY)
def test_typing_at_either_end_keeps_the_rest(qtbot: QtBot, raw: str) -> None:
    box = TextBox()
    qtbot.addWidget(box)
    box.show_text(raw)
    box.moveCursor(box.textCursor().MoveOperation.Start)
    qtbot.keyClicks(box, "x")
    box.moveCursor(box.textCursor().MoveOperation.End)
    qtbot.keyClicks(box, "y")
    assert box.text == f"x{raw}y"


def test_tags_go_into_a_line_and_back() -> None:
    for tags in (("a", "b c"), (), ("with, comma", 'and "quotes"', "two\nlines"), ("one, two",)):
        assert text_to_tags(tags_to_text(tags)) == tags
    assert text_to_tags(" a,, b ,a ,") == ("a", "b")
    assert lines_of("A. Analyst\n\n  B, C \r\nD") == ("A. Analyst", "B, C", "D")


@pytest.mark.parametrize("tag", ["x" * 1_000_000, "a, b" * 100_000, '"' * 200_000])
def test_a_tag_of_a_hostile_length_is_read_back(tag: str) -> None:
    assert text_to_tags(tags_to_text(["first", tag])) == ("first", tag)
