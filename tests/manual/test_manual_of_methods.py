"""Every way of adding up has a chapter with its formula or points, where it comes from, and what it cannot tell."""

from __future__ import annotations

import pytest

from ach_desk import paths
from ach_desk.model.method_settings import Method

CHAPTERS = {
    Method.INCONSISTENCY: "Inconsistency",
    Method.WEIGHTED: "Inconsistency",
    Method.PER_RATED: "Inconsistency per rated cell",
    Method.WEIGHTED_PER_RATED: "Inconsistency per rated cell",
    Method.NET: "Net consistency",
    Method.BAYES: "Bayes",
    Method.BAYES_SOURCES: "Bayes with sources and groups",
}


def chapter(page: str, heading: str) -> str:
    text = (paths.manual() / page).read_text(encoding="utf-8")
    assert f"\n## {heading}\n" in text
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("method", list(Method))
def test_a_method_has_its_source_and_its_limits(method: Method) -> None:
    text = chapter("methods.md", CHAPTERS[method])
    assert "**Source**" in text
    assert "**Limits**" in text


@pytest.mark.parametrize("heading", ["Causes that may act together", "Belief and plausibility", "Priors"])
def test_so_have_the_frames(heading: str) -> None:
    assert "**Limits**" in chapter("frames.md", heading)


@pytest.mark.parametrize(
    "heading",
    [
        *("The fewest changes", "What falls as a whole", "Find out next", "The trials"),
        *("What the lead hangs on: the tornado", "If a source or item were deceptive", "As known on a date"),
        "What is rated alike",
    ],
)
def test_so_has_every_part_of_robustness(heading: str) -> None:
    text = chapter("robustness.md", heading)
    assert "**Limits**" in text
    assert "**Formula**" in text or "**The numbers**" in text
