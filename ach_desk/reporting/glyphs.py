"""Which characters the installed fonts can show, and what stands in for the others. No network, no toolkit.

Text from anywhere can hold characters that have no picture: control characters, marks that turn the direction of
the text around, halves of surrogate pairs, scripts without an installed font. `printable` makes each of them visible
or replaces it, so that nothing disappears, shifts, or stops a typesetter; `missing` says which font package helps.

Latin text is answered without reading any font. Others are read once, when a character first asks for them.
"""

from __future__ import annotations

import importlib.util
import os
import re
import struct
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from ach_desk.i18n import _

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
BUNDLED_FAMILY = "DejaVu Sans"
"""The family that is always there: it comes with matplotlib."""

_CERTAIN = re.compile(r"[ -~\u00a0-\u02e9\u2010-\u2027\u2030-\u205e\ufffd]*")
"""Text of which the bundled family has every character."""

_NOT_PLAIN = re.compile(r"[^ -~]")
"""What is to be looked at one by one: every font has the plain letters, most of every text."""

_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates: they can make a text read as another one, so they are shown."""

_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060")
"""Joiners, soft breaks and direction marks: part of well-written text; drawn as nothing or not at all."""

_LINE_ENDS = frozenset("\u0085\u2028\u2029")
_UNSHOWN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "\u2421"}

_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_CJK_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_EMOJI_BLOCKS = ((0x1F000, 0x1FAFF), (0xE0020, 0xE007F))


class MissingGlyphs(NamedTuple):
    """Characters that no font has: their script, the Debian package that brings a font ("" if none is known)."""

    script: str
    package: str
    characters: tuple[str, ...]

    def sentence(self) -> str:
        """Return what is missing and the remedy in one sentence."""
        codes = [f"U+{ord(character):04X}" for character in self.characters[:3]]
        if len(self.characters) > len(codes):
            codes.append("…")
        text = _("No installed font has the {script} characters {characters}; {sign} stands for each of them.")
        text = text.format(script=self.script, characters=", ".join(codes), sign=REPLACEMENT)
        if self.package:
            text += " " + _("The font package {package} has them.").format(package=self.package)
        return text


class Face(NamedTuple):
    """One font file: its family name and the runs of code points it has."""

    path: Path
    family: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    has_outlines: bool

    def has(self, code: int) -> bool:
        """Return whether the face has the code point."""
        run = bisect_right(self.starts, code) - 1
        return run >= 0 and code <= self.ends[run]


class Coverage:
    """What a list of font files can show, the bundled family first. Safe to use from several threads."""

    def __init__(self, files: Sequence[Path] = (), *, outlines_only: bool = False) -> None:
        """Take the font files in order of preference; with `outlines_only` those of coloured pictures do not count.

        Nothing is read yet. A file that cannot be read as a font covers nothing.
        """
        self._files = (bundled_font(), *files)
        self._outlines_only = outlines_only
        self._found: dict[str, Face | None] = {}
        self._lock = Lock()

    def covers(self, character: str) -> bool:
        """Return whether some font has the character."""
        return bool(_CERTAIN.fullmatch(character)) or self.face_for(character) is not None

    def face_for(self, character: str) -> Face | None:
        """Return the face to show the character with; None when no font has it."""
        with self._lock:
            if character not in self._found:
                self._found[character] = self._search(character)
            return self._found[character]

    def _search(self, character: str) -> Face | None:
        code = ord(character)
        faces = (_read_face(path) for path in _likely_first(self._files, character))
        usable = (face for face in faces if face is not None and (face.has_outlines or not self._outlines_only))
        return next((face for face in usable if face.has(code)), None)


@cache
def installed(outlines_only: bool = False) -> Coverage:
    """Return the coverage of the installed fonts.

    With `outlines_only`, fonts of coloured pictures do not count: matplotlib cannot draw them.
    """
    return Coverage(installed_fonts(), outlines_only=outlines_only)


@cache
def bundled_font() -> Path:
    """Return the file of the bundled family, without importing matplotlib; raises FileNotFoundError."""
    found = importlib.util.find_spec("matplotlib")
    for folder in (found.submodule_search_locations if found else None) or ():
        path = Path(folder, "mpl-data", "fonts", "ttf", "DejaVuSans.ttf")
        if path.is_file():
            return path
    raise FileNotFoundError(_("The font DejaVu Sans is missing from the installed matplotlib; install it again."))


def installed_fonts() -> list[Path]:
    """Return the font files of this machine, plain upright sans faces first; one weight of each family is enough."""
    files = sorted(set(_font_files()))
    regular = {_family_stem(path) for path in files if "regular" in path.stem.lower()}
    kept = [path for path in files if "regular" in path.stem.lower() or _family_stem(path) not in regular]
    return sorted(kept, key=_plainness)


def printable(text: str, coverage: Coverage, layout: str = "") -> str:
    """Return `text` with everything that has no picture made visible.

    Control characters become their symbols (U+2400 and on), or their number in brackets where no font has those;
    direction overrides, noncharacters, unassigned code points and lone surrogates their number; a character that no
    font of `coverage` has becomes U+FFFD. The characters in `layout` (for example a newline and a tab) stay; with a
    newline among them every kind of line end becomes one.
    """
    if _CERTAIN.fullmatch(text):
        return text
    if "\n" in layout:
        text = re.sub("\r\n?|[\u0085\u2028\u2029]", "\n", text)
    return _NOT_PLAIN.sub(lambda found: found[0] if found[0] in layout else _shown(found[0], coverage), text)


def visible(text: str) -> str:
    """Return `text` with the characters that no font may draw as themselves as signs, whatever the fonts are.

    Control characters, direction overrides, noncharacters and lone surrogates: as `printable` writes them.
    """
    if text.isascii() and text.isprintable():
        return text
    return _NOT_PLAIN.sub(lambda found: _sign(found[0]), text)


def _sign(character: str) -> str:
    if _needs_a_sign(character) or "\ud800" <= character <= "\udfff":
        return _PICTURES.get(character) or _numbered(character)
    return character


def missing(texts: Iterable[str], coverage: Coverage) -> list[MissingGlyphs]:
    """Return what no font has among the characters of the texts, by script and package; [] when all are there."""
    groups: dict[tuple[str, str], list[str]] = {}
    for character in sorted(_uncertain(texts)):
        if _shown(character, coverage) == REPLACEMENT != character:
            groups.setdefault(_script_and_package(character), []).append(character)
    return [MissingGlyphs(*group, tuple(characters)) for group, characters in sorted(groups.items())]


def families_for(texts: Iterable[str], coverage: Coverage, first: Sequence[str] = ()) -> list[str]:
    """Return the font families that the texts need, in the order to try them: `first`, the bundled one, fall-backs."""
    families = [*first, BUNDLED_FAMILY]
    families += [face.family for face in faces_for(texts, coverage)]
    return list(dict.fromkeys(families))


def faces_for(texts: Iterable[str], coverage: Coverage) -> list[Face]:
    """Return the faces beside the bundled one that the texts need as `printable` writes them."""
    shown = {sign for character in _uncertain(texts) for sign in _shown(character, coverage)}
    faces = (coverage.face_for(sign) for sign in sorted(shown))
    bundled = bundled_font()
    return list({face.path: face for face in faces if face is not None and face.path != bundled}.values())


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter of a strong direction runs from right to left (UAX #9, rules P2 and P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


def _uncertain(texts: Iterable[str]) -> set[str]:
    return {character for text in texts if not _CERTAIN.fullmatch(text) for character in text}


def _shown(character: str, coverage: Coverage) -> str:
    if _needs_a_sign(character):
        picture = _PICTURES.get(character, "")
        return picture if picture and coverage.covers(picture) else _numbered(character)
    if coverage.covers(character):
        return character
    if character in _INVISIBLE or _is_variation_selector(character):
        return ""
    if unicodedata.category(character) in _UNSHOWN_CATEGORIES and not _is_tag(character):
        return _numbered(character)
    return REPLACEMENT


def _needs_a_sign(character: str) -> bool:
    """Return whether the character is never drawn as itself, whatever a font says."""
    code = ord(character)
    is_control = code < 0x20 or 0x7F <= code <= 0x9F
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return is_control or is_noncharacter or character in _DIRECTION_CONTROLS or character in _LINE_ENDS


def _numbered(character: str) -> str:
    return f"‹U+{ord(character):04X}›"


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def _script_and_package(character: str) -> tuple[str, str]:
    """Return the script in words and the Debian package whose fonts have it; package "" where none is known."""
    from fontTools import unicodedata as scripts

    code = ord(character)
    if any(first <= code <= last for first, last in _EMOJI_BLOCKS):
        return _("emoji"), "fonts-noto-color-emoji"
    if unicodedata.category(character) == "Co":
        return _("private use"), ""
    script = scripts.script(character)
    if script in _CJK_SCRIPTS:
        return scripts.script_name(script), "fonts-noto-cjk" if code < 0x20000 else "fonts-hanazono"
    if script in {"Zyyy", "Zinh", "Zzzz"}:
        return _("symbol"), "fonts-noto-core"
    return scripts.script_name(script).replace("_", " "), "fonts-noto-core"


def _likely_first(files: Sequence[Path], character: str) -> Iterator[Path]:
    """Yield the bundled file, the files named after the character's script, then the others."""
    from fontTools import unicodedata as scripts

    yield files[0]
    script = scripts.script(character)
    if any(first <= ord(character) <= last for first, last in _EMOJI_BLOCKS):
        word = "emoji"
    elif script == "Zyyy" and unicodedata.category(character).startswith("S"):
        word = "symbol"
    else:
        word = "cjk" if script in _CJK_SCRIPTS else scripts.script_name(script).replace("_", "").lower()
    rest = files[1:]
    yield from (path for path in rest if word in path.stem.lower())
    yield from (path for path in rest if word not in path.stem.lower())


@cache
def _read_face(path: Path) -> Face | None:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            starts, ends = _runs(font.getBestCmap() or ())
            return Face(path, font["name"].getBestFamilyName() or "", starts, ends, _has_outlines(font))
    except (TTLibError, struct.error, OSError, LookupError, ValueError, AssertionError, EOFError):
        # A damaged font file is no reason to fail: it shows nothing, so it covers nothing.
        return None


def _has_outlines(font: Container[str]) -> bool:
    """Return whether plain glyph outlines are drawn; the outlines of layered colour fonts can be empty."""
    return any(table in font for table in ("glyf", "CFF ", "CFF2")) and "COLR" not in font


def _runs(codes: Iterable[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts: list[int] = []
    ends: list[int] = []
    for code in sorted(codes):
        if ends and code == ends[-1] + 1:
            ends[-1] = code
        else:
            starts.append(code)
            ends.append(code)
    return tuple(starts), tuple(ends)


def _font_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        yield Path(os.environ.get("LOCALAPPDATA", home), "Microsoft", "Windows", "Fonts")
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    else:
        yield home / ".fonts"
        yield Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share", "fonts")
        for folder in (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(os.pathsep):
            yield Path(folder, "fonts")


def _font_files() -> Iterator[Path]:
    for top in _font_folders():
        for folder, _folders, names in os.walk(top):
            yield from (Path(folder, name) for name in names if Path(name).suffix.lower() in _FONT_SUFFIXES)


def _family_stem(path: Path) -> tuple[Path, str]:
    return path.parent, path.stem.partition("-")[0].lower()


def _plainness(path: Path) -> tuple[bool, bool, str]:
    name = path.stem.lower()
    styled = re.search(r"bold|italic|oblique|light|thin|black|medium|heavy|demi|cond|narrow", name)
    return bool(styled), "sans" not in name, name
