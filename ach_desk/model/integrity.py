"""What can be wrong between the parts of an analysis although each part is well formed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ach_desk.i18n import _
from ach_desk.model.analysis import Analysis
from ach_desk.model.evidence import EvidenceItem
from ach_desk.model.file_paths import is_inside
from ach_desk.model.labels import PREFIXES, records_of
from ach_desk.model.records import Hypothesis
from ach_desk.model.tree import own_ancestors

_LONGEST_PATH_NAMED = 120


class Problem(NamedTuple):
    """A defect of the document itself: where it is and what is wrong, in a sentence."""

    place: str
    text: str


def problems(analysis: Analysis) -> list[Problem]:
    """Return every reference to something missing, every label used twice, every doubled entry of a matrix.

    An analysis with problems is readable: nothing is dropped, and what refers to a missing record is not shown.
    """
    return [*_labels(analysis), *_references(analysis), *_matrices(analysis)]


def _labels(analysis: Analysis) -> Iterator[Problem]:
    for kind in PREFIXES:
        for label in _repeated(record.label for record in records_of(analysis, kind).values()):
            yield Problem(label, _("The label {label} is given twice.").format(label=label))


def _references(analysis: Analysis) -> Iterator[Problem]:
    in_rings = own_ancestors(analysis.hypotheses)
    for hypothesis in analysis.hypotheses.values():
        for part in hypothesis.combines:
            if part == hypothesis.id:
                text = _("{label} combines itself.").format(label=hypothesis.label)
                yield Problem(hypothesis.label, text)
            elif part not in analysis.hypotheses:
                text = _("{label} combines a hypothesis that does not exist ({id}).")
                yield Problem(hypothesis.label, text.format(label=hypothesis.label, id=part))
        yield from _kin(analysis, hypothesis, in_rings)
    for item in analysis.evidence.values():
        for citation in item.citations:
            if citation.source not in analysis.sources:
                text = _("{label} cites a source that does not exist ({id}).")
                yield Problem(item.label, text.format(label=item.label, id=citation.source))
        if item.rests_on or item.twin is not None:
            yield from _links(analysis, item)
        if item.attachments:
            yield from _paths(item)
    for group in analysis.groups.values():
        for missing in (entry for entry in group.items if entry not in analysis.evidence):
            text = _("The group {name} lists a missing evidence item ({id}).")
            yield Problem(group.name, text.format(name=group.name, id=missing))


def _links(analysis: Analysis, item: EvidenceItem) -> Iterator[Problem]:
    for assumption in item.rests_on:
        if assumption == item.id:
            yield Problem(item.label, _("{label} rests on itself.").format(label=item.label))
        elif assumption not in analysis.evidence:
            text = _("{label} rests on an evidence item that does not exist ({id}).")
            yield Problem(item.label, text.format(label=item.label, id=assumption))
    if item.twin is None:
        return
    other = analysis.evidence.get(item.twin)
    if other is None:
        text = _("{label} is one reading of an evidence item that does not exist ({id}).")
        yield Problem(item.label, text.format(label=item.label, id=item.twin))
    elif other.twin != item.id or other is item:
        text = _("{label} names {other} as its other reading, and {other} does not name {label}.")
        yield Problem(item.label, text.format(label=item.label, other=other.label))


def _paths(item: EvidenceItem) -> Iterator[Problem]:
    for attachment in item.attachments:
        if not is_inside(attachment.path):
            text = _("{label} names a file outside the folder of the analysis ({path}). It is never opened or read.")
            yield Problem(item.label, text.format(label=item.label, path=attachment.path[:_LONGEST_PATH_NAMED]))


def _kin(analysis: Analysis, hypothesis: Hypothesis, in_rings: set[str]) -> Iterator[Problem]:
    if hypothesis.parent is not None and hypothesis.parent not in analysis.hypotheses:
        text = _("{label} is a form of a hypothesis that does not exist ({id}).")
        yield Problem(hypothesis.label, text.format(label=hypothesis.label, id=hypothesis.parent))
    elif hypothesis.id in in_rings:
        yield Problem(hypothesis.label, _("{label} is a form of itself.").format(label=hypothesis.label))
    for relation in hypothesis.relations:
        if relation.other not in analysis.hypotheses:
            text = _("{label} is related to a hypothesis that does not exist ({id}).")
            yield Problem(hypothesis.label, text.format(label=hypothesis.label, id=relation.other))


def _matrices(analysis: Analysis) -> Iterator[Problem]:
    for name in _repeated(matrix.id for matrix in analysis.matrices):
        yield Problem(name, _("Two matrices have the id {id}.").format(id=name))
    known_hypotheses = analysis.hypotheses.keys()
    for matrix in analysis.matrices:
        place = _("matrix {name}").format(name=matrix.name or matrix.id)
        for ids, known, word in (
            (matrix.hypotheses, analysis.hypotheses, _("hypothesis")),
            (matrix.evidence, analysis.evidence, _("evidence item")),
        ):
            for missing in (entry for entry in ids if entry not in known):
                text = _("The {place} lists a missing {kind} ({id}).")
                yield Problem(place, text.format(place=place, kind=word, id=missing))
            for entry in ids if known is analysis.evidence else ():
                if entry in analysis.evidence and analysis.evidence[entry].is_unsorted:
                    text = _("The {place} lists {label}, which is unsorted; it is not shown and counts nowhere.")
                    yield Problem(place, text.format(place=place, label=analysis.evidence[entry].label))
            for repeated in _repeated(ids):
                text = _("The {place} lists the same {kind} twice ({id}).")
                yield Problem(place, text.format(place=place, kind=word, id=repeated))
        for analyst, sheet in matrix.sheets.items():
            if analyst not in analysis.analysts:
                text = _("The {place} has ratings of an analyst who does not exist ({id}).")
                yield Problem(place, text.format(place=place, id=analyst))
            for evidence, row in sheet.items():
                if evidence not in analysis.evidence:
                    text = _("The {place} rates an evidence item that does not exist ({id}).")
                    yield Problem(place, text.format(place=place, id=evidence))
                if row.keys() <= known_hypotheses:  # Looked at one by one, 100,000 ratings are felt.
                    continue
                for hypothesis in (entry for entry in row if entry not in known_hypotheses):
                    text = _("The {place} rates a hypothesis that does not exist ({id}).")
                    yield Problem(place, text.format(place=place, id=hypothesis))


def _repeated(values: Iterable[str]) -> list[str]:
    values = list(values)
    if len(set(values)) == len(values):
        return []
    return [value for value, times in Counter(values).items() if times > 1]
