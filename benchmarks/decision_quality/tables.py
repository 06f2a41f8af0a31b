"""The tables of the manual's chapter on methods, made from the figures that were kept.

``python -m benchmarks.decision_quality.tables`` prints them; a test holds the chapter against them line by line.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from ach_desk.model.method_settings import Method
from ach_desk.scoring.methods import BAYESIAN
from benchmarks.decision_quality.judging import METHODS
from benchmarks.decision_quality.parameters import ANALYSTS
from benchmarks.decision_quality.run import Figures, read

NAMES = {
    Method.INCONSISTENCY: "inconsistency",
    Method.WEIGHTED: "weighted inconsistency",
    Method.NET: "net consistency",
    Method.BAYES: "Bayes",
    Method.BAYES_SOURCES: "Bayes with sources and groups",
}
BANDS = ("under 50%", "50% to 70%", "70% to 90%", "over 90%")
_FEWEST = 50
"""Of fewer cases nothing is said."""


def ranked_first(found: Sequence[Figures]) -> list[str]:
    """Return how often the truth was ranked first, by one analyst and by the most that were pooled."""
    return _by_world("simulated cases", found, lambda one, many: f"{one.first:.0%} → {many.first:.0%}")


def brier_scores(found: Sequence[Figures]) -> list[str]:
    """Return the mean Brier scores of probabilities on a fitted scale, by one analyst and by the most pooled."""
    return _by_world("Brier score", found, lambda one, many: f"{one.brier:.2f} → {many.brier:.2f}")


def brier_as_it_stands(found: Sequence[Figures]) -> list[str]:
    """Return the same for the posteriors of Bayes as they stand, which nothing was fitted to."""
    bayesian = [method for method in METHODS if method in BAYESIAN]
    return _by_world(
        "Brier score as it stands", found, lambda one, many: f"{one.brier_raw:.2f} → {many.brier_raw:.2f}", bayesian
    )


def wrong_leads(found: Sequence[Figures]) -> list[str]:
    """Return how often a lead of one analyst is wrong, how often a firm one is, and in brackets how many are firm."""
    return _by_world(
        "leads that are wrong", found, lambda one, _many: f"{one.wrong:.0%} → {one.wrong_firm:.0%} ({one.firm:.0%})"
    )


def calibration(found: Sequence[Figures]) -> list[str]:
    """Return for each band of the leader's stated probability its mean and how often it was true, of one analyst."""
    lines = _head("stated for the first", [NAMES[method] for method in METHODS])
    for place, band in enumerate(BANDS):
        cells = [_calibrated([entry.calibration[place] for entry in found if _is(entry, method)]) for method in METHODS]
        lines.append(_row([band, *cells]))
    return lines


def _is(entry: Figures, method: Method) -> bool:
    return entry.method == method and entry.analysts == ANALYSTS[0]


def _calibrated(bands: Sequence[tuple[float, float, int]]) -> str:
    cases = sum(count for _stated, _true, count in bands)
    if cases < _FEWEST:
        return "too few"
    stated = sum(mean * count for mean, _true, count in bands) / cases
    true = sum(share * count for _stated, share, count in bands) / cases
    return f"{stated:.0%} said, {true:.0%} true"


def _by_world(
    title: str,
    found: Sequence[Figures],
    cell: Callable[[Figures, Figures], str],
    methods: Sequence[Method] = METHODS,
) -> list[str]:
    known = {(entry.world, entry.method, entry.analysts): entry for entry in found}
    lines = _head(title, [NAMES[method] for method in methods])
    for world in dict.fromkeys(entry.world for entry in found):
        pairs = [(known[world, method, ANALYSTS[0]], known[world, method, ANALYSTS[-1]]) for method in methods]
        lines.append(_row([world, *(cell(one, many) for one, many in pairs)]))
    return lines


def _head(title: str, columns: Sequence[str]) -> list[str]:
    return [_row([title, *columns]), "|" + "---|" * (1 + len(columns))]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def tables(found: Sequence[Figures]) -> list[list[str]]:
    """Return every table of the chapter, each as its lines."""
    return [
        ranked_first(found),
        wrong_leads(found),
        brier_scores(found),
        brier_as_it_stands(found),
        calibration(found),
    ]


def main() -> int:
    """Print the tables."""
    print("\n\n".join("\n".join(table) for table in tables(read())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
