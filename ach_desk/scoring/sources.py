"""The ranking without a source, in words."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model import Analysis, Scenario, Source
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.comparison import effect_words
from ach_desk.scoring.resting import NOTHING_FALLS
from ach_desk.scoring.whatif import under


def without(analysis: Analysis, rated: Assessment, source: Source, matrix: str) -> str:
    """Return what the standing would be if a source were not believed, in one sentence. Nothing is changed.

    `rated` is the matrix (of the id `matrix`) as it is rated now.
    """
    doubt = Scenario(id=source.id, matrix=matrix, name=source.label, distrusted=(source.id,))
    return without_sentence(source, rated, under(analysis, rated, doubt, NOTHING_FALLS))


def without_sentence(source: Source, before: Assessment, after: Assessment) -> str:
    """Return what the standing became without a source: "Without S3, H2 draws level with H3."."""
    if not _same_order(before, after):
        return _("Without {source}, {statement}.").format(source=source.label, statement=effect_words(before, after))
    return _("Without {source} nothing changes in the order.").format(source=source.label)


def _same_order(before: Assessment, after: Assessment) -> bool:
    """Return whether ranks, ties and what can be compared are the same under every hypothesis."""
    same = before.standing.rank == after.standing.rank
    return bool(same.all() and (before.comparable == after.comparable).all())
