"""Who says an item: which citations bear it out, and on which sources it rests alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ach_desk.model.evidence import Citation, EvidenceItem, Source, Stance


def is_retracted(citation: Citation, sources: Mapping[str, Source]) -> bool:
    """Return whether what is cited was taken back, for this item or by the source as a whole."""
    source = sources.get(citation.source)
    return citation.retracted or (source is not None and source.retracted)


def supports(item: EvidenceItem, sources: Mapping[str, Source]) -> list[Citation]:
    """Return the citations that bear an item out and were not taken back."""
    found = []
    for citation in item.citations:  # asked for thousands of items: without a call for each citation
        if citation.stance is Stance.SUPPORTING and not citation.retracted:
            source = sources.get(citation.source)
            if source is None or not source.retracted:
                found.append(citation)
    return found


def rests_alone_on(item: EvidenceItem, gone: Collection[str], sources: Mapping[str, Source]) -> bool:
    """Return whether nothing bears an item out once the sources `gone` (ids) are not believed.

    A source that says otherwise bears nothing out: an item that cites none of `gone` in its support never rests on it.
    """
    rests = False
    for citation in item.citations:
        if citation.stance is not Stance.SUPPORTING:
            continue
        if citation.source in gone:
            rests = True
        elif not is_retracted(citation, sources):
            return False
    return rests


def citing(items: Iterable[EvidenceItem], source: str) -> Iterator[tuple[EvidenceItem, Citation]]:
    """Yield every item that cites a source (an id), each once, with the first such citation."""
    for item in items:
        for citation in item.citations:
            if citation.source == source:
                yield item, citation
                break


def cited_times(items: Iterable[EvidenceItem]) -> dict[str, int]:
    """Return by source how many items cite it; a source that none cites is not in it."""
    times: dict[str, int] = {}
    for item in items:
        cited = item.citations
        if len(cited) == 1:  # nearly always, and asked for thousands of items
            times[cited[0].source] = times.get(cited[0].source, 0) + 1
            continue
        for source in {citation.source for citation in cited}:
            times[source] = times.get(source, 0) + 1
    return times
