"""Characters without a picture: what stands for them, what font brings them, and how little is read for it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from helpers.timing import cpu_seconds
from helpers.tools import needs_font
from hypothesis import given
from hypothesis import strategies as st

from ach_desk.reporting import glyphs
from ach_desk.reporting.glyphs import Coverage, families_for, installed, missing, printable

_BUNDLED = Coverage()


class _Everything(Coverage):
    """Pretends that every character has a font."""

    def covers(self, character: str) -> bool:
        return True


def test_latin_text_stays_and_reads_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise AssertionError(f"read {path}")

    monkeypatch.setattr(glyphs, "_read_face", refuse)
    text = "Grüße aus Łódź – „quoted“, 50 %, E7 … ÆØÅ"
    assert printable(text, Coverage()) == text
    assert missing([text], Coverage()) == []
    assert families_for([text], Coverage(), ["Cantarell"]) == ["Cantarell", "DejaVu Sans"]


def test_ten_thousand_latin_titles_take_no_noticeable_time() -> None:
    texts = [f"Item {number}: Überläufer berichten, daß …" for number in range(10_000)]
    assert all(printable(text, _BUNDLED) is text for text in texts)
    assert cpu_seconds(lambda: [printable(text, _BUNDLED) for text in texts]) < 0.5


def test_control_characters_become_their_symbols() -> None:
    assert printable("a\x00b\x1bc\x7fd\te\nf\r", _Everything()) == "a␀b␛c␡d␉e␊f␍"


def test_control_characters_become_numbers_when_no_font_has_the_symbols() -> None:
    assert printable("a\x00b", _BUNDLED) == "a‹U+0000›b"


def test_layout_characters_stay_where_asked() -> None:
    assert printable("a\tb\r\nc\u2028d\x85e\rf", _Everything(), layout="\n\t") == "a\tb\nc\nd\ne\nf"
    assert printable("a\tb\nc", _Everything(), layout="\n") == "a␉b\nc"


@pytest.mark.parametrize(
    "character", ["\x80", "\x9f", "\u202e", "\u2066", "\ud800", "\ufffe", "\ufdd0", "\U0010ffff", "\u0378"]
)
def test_what_must_not_be_drawn_is_named(character: str) -> None:
    assert printable(f"x{character}y", _BUNDLED) == f"x‹U+{ord(character):04X}›y"


def test_an_override_is_shown_even_when_a_font_has_it() -> None:
    assert printable("gnp\u202eexe", _Everything()) == "gnp‹U+202E›exe"


def test_direction_marks_and_joiners_stay_part_of_the_text() -> None:
    assert printable("\u200fשלום\u200e a\u200db", _BUNDLED) == "\u200fשלום\u200e a\u200db"


def test_a_character_without_font_is_replaced_and_its_package_named() -> None:
    assert printable("漢 字", _BUNDLED) == "� �"
    (found,) = missing(["漢字", "plain", "字"], _BUNDLED)
    assert (found.script, found.package, found.characters) == ("Han", "fonts-noto-cjk", ("字", "漢"))
    assert "fonts-noto-cjk" in found.sentence()
    assert "Han" in found.sentence()
    assert "U+5B57, U+6F22" in found.sentence()


@pytest.mark.parametrize(
    ("text", "script", "package"),
    [
        ("한", "Hangul", "fonts-noto-cjk"),
        ("अ", "Devanagari", "fonts-noto-core"),
        ("🦉", "emoji", "fonts-noto-color-emoji"),
        ("\ue000", "private use", ""),
        ("𝄞", "symbol", "fonts-noto-core"),
        ("𪛖", "Han", "fonts-hanazono"),
    ],
)
def test_scripts_and_their_packages(text: str, script: str, package: str) -> None:
    assert [(found.script, found.package) for found in missing([text], _BUNDLED)] == [(script, package)]


def test_what_has_a_sign_of_its_own_is_not_missing() -> None:
    assert missing(["\x00\x85\u202e\ud800\ufffd\ufe0f\u200b"], _BUNDLED) == []


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_keeps_a_character_that_cannot_be_drawn(text: str) -> None:
    shown = printable(text, _BUNDLED)
    assert all(map(_BUNDLED.covers, shown))
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)
    assert printable(shown, _BUNDLED) == shown


def test_the_installed_fonts_are_used_for_other_scripts() -> None:
    needs_font("Noto Sans CJK JP")
    coverage = installed(outlines_only=True)
    assert printable("漢字", coverage) == "漢字"
    families = families_for(["漢字 E1"], coverage, ["Cantarell"])
    assert families[:2] == ["Cantarell", "DejaVu Sans"]
    assert "CJK" in families[2]


def test_coloured_pictures_do_not_count_where_only_outlines_can_be_drawn() -> None:
    needs_font("Noto Color Emoji")
    coloured = [path for path in glyphs.installed_fonts() if path.name == "NotoColorEmoji.ttf"]
    assert printable("🦉", Coverage(coloured)) == "🦉"
    assert printable("🦉", Coverage(coloured, outlines_only=True)) == "�"


def test_a_damaged_font_file_covers_nothing(tmp_path: Path) -> None:
    for name, content in {"a.ttf": b"", "b.ttf": b"\x00\x01\x00\x00" + b"\xff" * 64, "c.otf": b"OTTO"}.items():
        (tmp_path / name).write_bytes(content)
    coverage = Coverage([*tmp_path.iterdir(), tmp_path / "gone.ttf"])
    assert not coverage.covers("漢")
    assert coverage.covers("α")


def test_right_to_left_is_decided_by_the_first_strong_letter() -> None:
    assert glyphs.is_right_to_left("12 שלום abc")
    assert glyphs.is_right_to_left("السلام")
    assert not glyphs.is_right_to_left("abc שלום")
    assert not glyphs.is_right_to_left("12, 13")
