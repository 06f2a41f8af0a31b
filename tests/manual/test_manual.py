"""The manual: every link leads somewhere, every picture is one that is made, and what it quotes is so."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextDocument

from ach_desk import paths
from ach_desk.model import Analysis
from ach_desk.scoring import assess, headline
from ach_desk.scoring.table import weight_of
from ach_desk.storage.codec import decode

IMAGES = {
    "start.png",
    "new.png",
    "matrix.png",
    "matrix-dark.png",
    "transposed.png",
    "guided.png",
    "inspector-item.png",
    "inspector-cell.png",
    "chart-consistency.png",
    "chart-ranking.png",
    "chart-heatmap.png",
    "chart-methods.png",
    "chart-waterfall.png",
    "chart-rank-shares.png",
    "chart-margin.png",
    "chart-scenarios.png",
    "print-preview.png",
    "gallery.png",
    "clean-copy.png",
    "report.png",
    "actions.png",
    "settings.png",
    "recovery.png",
    "challenge.png",
    "changes.png",
    "import.png",
    "merge.png",
    "hand-out.png",
    "collect.png",
    "round.png",
    "compare.png",
    "disagreement.png",
    "remarks.png",
    "moved.png",
    "pooled.png",
    "check.png",
    "dependence.png",
    "conclusion.png",
    "filter.png",
    "groups.png",
    "guided-start.png",
    "history.png",
    "replace.png",
    "scale.png",
    "sources.png",
    "timeline.png",
    "expected.png",
    "watch.png",
    "tree.png",
    "what-if.png",
    "assumption.png",
    "item-fields.png",
    "readings.png",
    "steps.png",
    "unsorted.png",
}
CHAPTERS = sorted(path.name for path in paths.manual().glob("*.md"))

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]*)\)")
_HTML = re.compile(r"<[a-zA-Z/!]")


def chapter(name: str) -> str:
    """Return the text of a chapter."""
    return (paths.manual() / name).read_text(encoding="utf-8")


def june() -> Analysis:
    """Return the worked example."""
    path = paths.seeds() / "russia-june-2023.ach.json"
    return decode(path.read_bytes(), path.name).analysis


def tables(text: str) -> list[list[str]]:
    """Return the tables of a Markdown text, each as its lines."""
    return [block.splitlines() for block in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)]


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_link_leads_to_a_chapter(name: str) -> None:
    targets = [target for _text, target in _LINK.findall(chapter(name))]
    assert [target for target in targets if target not in CHAPTERS] == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_picture_is_one_that_is_made_and_has_a_text(name: str) -> None:
    pictures = _PICTURE.findall(chapter(name))
    assert all(len(text) > 15 for text, _target in pictures)
    assert {Path(target).name for _text, target in pictures} <= IMAGES
    assert all(target == f"images/{Path(target).name}" for _text, target in pictures)


def test_every_picture_that_is_made_is_shown() -> None:
    shown = {Path(target).name for name in CHAPTERS for _text, target in _PICTURE.findall(chapter(name))}
    assert shown == IMAGES


def test_a_picture_in_the_folder_is_one_of_the_list() -> None:
    assert {path.name for path in (paths.manual() / "images").glob("*")} <= IMAGES


def test_the_first_page_leads_to_every_chapter() -> None:
    linked = {target for _text, target in _LINK.findall(chapter("index.md"))}
    assert linked == set(CHAPTERS) - {"index.md"}


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_keeps_to_markdown_that_the_program_can_show(name: str, qapp: QGuiApplication) -> None:
    text = chapter(name)
    assert text.startswith("# ")
    assert _HTML.search(text) is None
    for lines in tables(text):
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1, lines[0]
    document = QTextDocument()
    document.setMarkdown(_PICTURE.sub("", text))
    plain = document.toPlainText()
    assert "](" not in plain
    assert "**" not in plain
    assert not re.search(r"^\s*\|", plain, re.MULTILINE)


def test_the_sentence_on_the_standing_is_the_one_the_program_shows() -> None:
    analysis = june()
    sentence = headline(assess(analysis, analysis.matrices[0], next(iter(analysis.analysts))))
    for name in ("first-hour.md", "scores.md"):
        assert f'"{sentence}"' in " ".join(chapter(name).split())


def test_the_sums_in_the_chapter_on_scores_are_those_of_the_program() -> None:
    analysis = june()
    result = assess(analysis, analysis.matrices[0], next(iter(analysis.analysts)))
    text = chapter("scores.md")
    item = {entry.label: entry for entry in result.items}
    assert f"= {-weight_of(item['E6']):.2f} |" in text
    assert f"= {-weight_of(item['E7']):.2f} |" in text
    assert f"**{result.standing.weighted_inconsistency[3]:.2f}**" in text
    assert f"-2 - 1 = {result.standing.inconsistency[1]:.0f}" in text
    spread = result.standing.diagnosticity
    assert f"is its root, {spread[6]:.2f}" in text
    assert spread[6] == max(value for value in spread if value == value)


def test_the_json_shown_for_ach_score_is_the_worked_example() -> None:
    block = re.search(r"^    \{.*?^    \}$", chapter("command-line.md"), re.DOTALL | re.MULTILINE)
    assert block is not None
    shown = json.loads(textwrap.dedent(block[0]))
    analysis = june()
    result = assess(analysis, analysis.matrices[0], next(iter(analysis.analysts)))
    first = shown["hypotheses"][0]
    standing = result.standing
    assert first["weighted_inconsistency"] == pytest.approx(standing.weighted_inconsistency[0], abs=1e-12)
    assert (first["inconsistency"], first["rank"], first["rated"]) == (
        standing.inconsistency[0],
        standing.rank[0],
        standing.rated[0],
    )
    assert shown["evidence"][0]["diagnosticity"] == standing.diagnosticity[0]
    assert shown["leaders"] == [result.hypotheses[column].label for column in standing.leaders]
    assert (shown["matrix"], shown["analyst"]) == (analysis.matrices[0].name, "Analyst A")
