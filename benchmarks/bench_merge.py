"""Merging two versions of 10,000 items x 10 hypotheses that both were worked on, as a person waits for it."""

from __future__ import annotations

import time

from ach_desk.commands import edits, trail
from ach_desk.commands.versions import common_base, merge
from ach_desk.model import Analysis, RatingValue
from ach_desk.storage.codec import decode, encode
from benchmarks.bench_storage import large_analysis
from benchmarks.measure import Row, absolute, medians_in_turn

EDITED = 500


def _loaded(analysis: Analysis) -> Analysis:
    """Return the analysis as it comes out of a file of its own: nothing is shared, so that everything is compared."""
    return decode(encode(analysis), "case.ach.json").analysis


def _worked_on(analysis: Analysis, first: int) -> Analysis:
    """Return a version in which every twentieth item, beginning with `first`, was reworded, rated, and one moved."""
    version = _loaded(analysis)
    matrix, analyst = version.matrices[0], next(iter(version.analysts))
    chosen = matrix.evidence[first::20][:EDITED]
    for item in chosen:
        command = edits.set_field(version, "evidence", [item], "note", f"seen again, {first}")
        trail.run(version, command, "do", analyst)
    cells = [(item, hypothesis) for item in chosen for hypothesis in matrix.hypotheses[:5]]
    trail.run(version, edits.rate(version, matrix, analyst, cells, RatingValue.NEUTRAL), "do", analyst)
    trail.run(version, edits.move(matrix, "evidence", chosen[:3], first), "do", analyst)
    added = [{"title": f"New {first} {number}"} for number in range(20)]
    trail.run(version, edits.add_items(version, matrix, added), "do", analyst)
    return version


def run(quick: bool = False) -> list[Row]:
    """Return the rows; `quick` takes fewer rounds."""
    base = large_analysis()
    ours, theirs, base = _worked_on(base, 0), _worked_on(base, 7), _loaded(base)

    def merging() -> float:
        begun = time.perf_counter()
        merged = merge(base, ours, theirs)
        taken = time.perf_counter() - begun
        assert not merged.conflicts, merged.conflicts[:3]
        return taken * 1000

    def finding_the_base() -> float:
        begun = time.perf_counter()
        merge(common_base(ours, theirs), ours, theirs)
        return (time.perf_counter() - begun) * 1000

    with_base, without = medians_in_turn(3 if quick else 7, merging, finding_the_base)
    return [
        absolute("merge two versions of 10,000 x 10", with_base, limit=2000),
        absolute("the same, base found from the trails", without, limit=2000),
    ]
