"""Labels (H1, E7, S3): given once, stored, never reused; and the links that a label typed in any text is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ach_desk.model.analysis import Analysis, Numbers

PREFIXES = {"hypothesis": "H", "evidence": "E", "source": "S"}

_LABEL_IN_TEXT = re.compile(r"(?<![\w-])([HES][1-9][0-9]{0,17})(?![\w-])")
_NUMBERED = re.compile(r"[HES]([1-9]\d{0,17})", re.ASCII)


class LabelLink(NamedTuple):
    """A label found in a text: characters `start` to `end` name the record `id` of `kind`."""

    start: int
    end: int
    kind: str
    id: str


def next_labels(analysis: Analysis, kind: str, count: int) -> tuple[list[str], Numbers]:
    """Return `count` fresh labels of `kind` ("hypothesis", "evidence", "source") and the counters after them.

    A number is fresh when it is at least the stored counter and above every label in use, so that a file in which
    somebody edited the counter by hand still never gives a label twice.
    """
    first = max(getattr(analysis.next_numbers, kind), 1 + highest_number(analysis, kind))
    labels = [f"{PREFIXES[kind]}{first + offset}" for offset in range(count)]
    return labels, analysis.next_numbers.model_copy(update={kind: first + count})


def highest_number(analysis: Analysis, kind: str) -> int:
    """Return the highest number that a label of `kind` carries; 0 when there is none."""
    records = records_of(analysis, kind).values()
    return max((int(found[1]) for record in records if (found := _NUMBERED.fullmatch(record.label))), default=0)


def records_of(analysis: Analysis, kind: str) -> dict:
    """Return the analysis' records of a labelled kind, by id; raises KeyError for another kind."""
    return {"hypothesis": analysis.hypotheses, "evidence": analysis.evidence, "source": analysis.sources}[kind]


def label_index(analysis: Analysis) -> dict[str, tuple[str, str]]:
    """Return label -> (kind, id) for every label in use."""
    return {record.label: (kind, record.id) for kind in PREFIXES for record in records_of(analysis, kind).values()}


def links_in(text: str, index: Mapping[str, tuple[str, str]]) -> Iterator[LabelLink]:
    """Yield a link for each label of `index` (see `label_index`) that stands as a word of its own in `text`."""
    for match in _LABEL_IN_TEXT.finditer(text):
        target = index.get(match[1])
        if target is not None:
            yield LabelLink(match.start(), match.end(), *target)


def relabelled(text: str, new_label: Callable[[str], str | None]) -> str:
    """Return `text` with every label that `new_label` maps to another one exchanged; None leaves it as it is."""
    return _LABEL_IN_TEXT.sub(lambda match: new_label(match[1]) or match[1], text)
