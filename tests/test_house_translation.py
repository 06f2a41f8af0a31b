"""A translation reaches the program: every text, marked as a stand-in language, is loaded and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

import ach_desk
from ach_desk import i18n
from ach_desk.model import new_analysis
from ach_desk.scoring import assess, headline
from scripts.i18n import catalogue, compile_translations

_LANGUAGE = "de"


@pytest.fixture
def marked(tmp_path: Path) -> Iterator[Catalog]:
    """Switch to a language in which each text stands in guillemets; return the source texts."""
    texts = catalogue(Path(ach_desk.__file__).parent)
    translation = Catalog(locale=_LANGUAGE)
    for message in texts:
        if not message.id:
            continue
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        wrapped = tuple(f"«{form}»" for form in forms)
        translation.add(message.id, wrapped if len(wrapped) > 1 else wrapped[0])
    folder = tmp_path / _LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{i18n.DOMAIN}.po").open("wb") as file:
        write_po(file, translation)
    compile_translations(tmp_path)
    assert i18n.use_language([_LANGUAGE], tmp_path)
    yield texts
    i18n.use_language([], tmp_path)


def test_every_text_is_found_and_comes_back_translated(marked: Catalog) -> None:
    assert len(marked) > 50
    for message in marked:
        if isinstance(message.id, tuple):
            assert i18n.ngettext(*message.id, 1) == f"«{message.id[0]}»"
            assert i18n.ngettext(*message.id, 2) == f"«{message.id[1]}»"
        elif message.id:
            assert i18n._(message.id) == f"«{message.id}»"


def test_what_the_program_says_is_translated(marked: Catalog) -> None:
    analysis = new_analysis("Who?")
    empty = assess(analysis, analysis.matrices[0], next(iter(analysis.analysts)))
    assert headline(empty).startswith("«")


def test_without_a_translation_texts_are_english(tmp_path: Path) -> None:
    assert not i18n.use_language(["xx"], tmp_path)
    assert i18n.ngettext("{count} item", "{count} items", 2) == "{count} items"


def test_an_enumeration_joins_words(marked: Catalog) -> None:
    assert i18n.join_words(["H1", "H2", "H3"]) == "«H1, H2 and H3»"


@pytest.mark.parametrize(
    ("words", "number", "expected"),
    [
        ([], None, ""),
        (["E1", "E2", "E3"], None, "E1, E2 and E3"),
        (["E1", "E2", "E3", "E4"], None, "E1, E2 and 2 others"),
        (["E1", "E2", "E3"], 10_000, "E1, E2 and 9998 others"),
    ],
)
def test_a_long_enumeration_ends_in_a_number(words: list[str], number: int | None, expected: str) -> None:
    assert i18n.join_some(words, 3, number) == expected


def test_the_number_of_others_is_translated(marked: Catalog) -> None:
    assert i18n.join_some(["E1", "E2", "E3"], 2) == "«E1 and «2 others»»"
