"""Which items are suspected of being deceptive: by themselves, or because of where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from ach_desk.model import Analysis, EvidenceItem, Source, Stance

_SUSPECT = attrgetter("suspect")


def suspects(analysis: Analysis, items: Iterable[EvidenceItem]) -> list[EvidenceItem]:
    """Return those of `items` that are suspected, or rest on suspected sources alone."""
    doubted = {source.id for source in analysis.sources.values() if source.suspect}
    return [item for item in items if item.suspect or (doubted and _rests_on(item, doubted))]


def suspected_sources(analysis: Analysis, items: Iterable[EvidenceItem]) -> list[Source]:
    """Return the suspected sources that the items cite, each once."""
    cited = dict.fromkeys(citation.source for item in items for citation in item.citations)
    sources = (analysis.sources.get(entry) for entry in cited)
    return [source for source in sources if source is not None and source.suspect]


def any_suspect(analysis: Analysis) -> bool:
    """Return whether anything at all is suspected."""
    # Asked behind every key press: ten thousand items pass by without a step in Python.
    return any(map(_SUSPECT, analysis.evidence.values())) or any(map(_SUSPECT, analysis.sources.values()))


def _rests_on(item: EvidenceItem, sources: set[str]) -> bool:
    """Return whether everything that bears an item out comes from these sources."""
    supporting = [citation.source for citation in item.citations if citation.stance is Stance.SUPPORTING]
    return bool(supporting) and sources.issuperset(supporting)
