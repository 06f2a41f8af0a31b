"""What may leave the program: a withheld source is shown by its public description alone.

Every output asks here: printed pages, tables, the clipboard, comparisons, the command line. The file keeps all.
"""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.analysis import Analysis
from ach_desk.model.evidence import Source

_KEPT = frozenset(
    {"id", "label", "reliability", "evaluation", "suspect", "retracted", "retracted_date", "withheld"}
    | {"public_description"}
)
"""What says nothing of who it is: everything else of a withheld source stays inside, also keys not known here."""


def public_source(source: Source) -> Source:
    """Return a source as outputs may show it: itself, or of a withheld one its label, grades and description."""
    if not source.withheld:
        return source
    kept = {name: getattr(source, name) for name in _KEPT}
    return Source(name=_public_name(source.public_description), **kept)


def withheld(*analyses: Analysis) -> frozenset[str]:
    """Return the ids of the sources that any of the analyses withholds."""
    return frozenset(source.id for analysis in analyses for source in analysis.sources.values() if source.withheld)


def public(analysis: Analysis, also: frozenset[str] = frozenset()) -> Analysis:
    """Return the analysis as outputs may show it, itself where nothing is withheld.

    `also`: ids of sources withheld in another state of it, as when two states are compared. The copy has no trail:
    no output shows it, and it tells what a source was called.
    """
    hidden = (withheld(analysis) | also) & analysis.sources.keys()
    if not hidden:
        return analysis
    copy = analysis.snapshot()
    names = {}
    for entry in hidden:
        source = copy.sources[entry]
        copy.sources[entry] = public_source(source.model_copy(update={"withheld": True}))
        names[source.name.strip()] = copy.sources[entry].name
    for group in analysis.groups.values():
        if group.name.strip() in names:  # named after the source that its items share, before that was withheld
            copy.groups[group.id] = group.model_copy(update={"name": names[group.name.strip()]})
    copy.trail = []
    return copy


def _public_name(description: str) -> str:
    return description.strip() or _("a withheld source")
