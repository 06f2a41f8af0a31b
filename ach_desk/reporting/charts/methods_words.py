"""What the methods comparison says in words, and the numbers behind it."""

from __future__ import annotations

import math

from ach_desk.i18n import _, join_words
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts.strips import Strip
from ach_desk.reporting.charts.table import Table
from ach_desk.scoring import agreement
from ach_desk.scoring.methods import BAYESIAN, MethodResult
from ach_desk.scoring.robustness import rounded_share


def is_empty(found: Material) -> bool:
    """Return whether there is nothing to draw."""
    return not any(result.leaders for result in found.results.values())


def strips(found: Material) -> list[Strip]:
    """Return a row per way of adding up, net consistency last and apart: it is no way to rank."""
    usual = found.results[found.method].leaders
    ways = [*agreement.WAYS, *(method for method in found.results if method not in agreement.WAYS)]
    return [_strip(found, found.results[method], usual) for method in ways]


def _strip(found: Material, result: MethodResult, usual: tuple[int, ...]) -> Strip:
    ranks = {column: int(rank) for column, rank in enumerate(result.rank) if rank}
    scores = {column: float(result.scores[column]) for column in ranks}
    best, worst = max(scores.values(), default=0.0), min(scores.values(), default=0.0)
    span = best - worst
    places = {column: (best - score) / span if span > 1e-12 else 0.0 for column, score in scores.items()}
    for column, rank in ranks.items():
        if rank == 1:
            places[column] = 0.0
    is_contrast = result.method not in agreement.WAYS
    return Strip(
        telling.method_title(result.method),
        _note(found, result, usual),
        ranks,
        places,
        {column: _mark_text(found, result, column) for column in ranks},
        before=_("As a contrast only: it takes what fits off what contradicts, and is no way to rank")
        if is_contrast
        else "",
        apart="" if ranks else _("No item is rated under every hypothesis."),
    )


def _note(found: Material, result: MethodResult, usual: tuple[int, ...]) -> str:
    """Return who is first, and whether that is somebody else than by the way that the matrix goes by."""
    if not result.leaders:
        return ""
    names = join_words([telling.name_of(found, column) for column in result.leaders])
    if result.leaders == usual or not usual:
        return _("first: {names}").format(names=names)
    return _("first: {names} – differs").format(names=names)


def _mark_text(found: Material, result: MethodResult, column: int) -> str:
    text = _("{hypothesis}\n{method}: rank {rank}, {score}")
    return text.format(
        hypothesis=telling.titled(found, column),
        method=telling.method_title(result.method),
        rank=int(result.rank[column]),
        score=_score(result, column),
    )


def _score(result: MethodResult, column: int) -> str:
    score = float(result.scores[column])
    return rounded_share(score) if result.method in BAYESIAN else telling.points(score)


def title(found: Material) -> str:
    """Return whether the ways of adding up agree, in a sentence that says how far they are different ways."""
    return agreement.verdict(found.inputs, found.results)


def subject(_kind: str, _found: Material) -> str:
    """Return what the chart shows in one sentence."""
    return _("Where each hypothesis stands by each way of adding up the same ratings.")


def caption(kind: str, found: Material) -> str:
    """Return what the chart shows, and its finding."""
    return telling.told(subject(kind, found), title(found))


def alternative_text(kind: str, found: Material) -> str:
    """Return the chart for those who cannot see it: its caption, then a sentence per way of adding up."""
    said = []
    for strip in strips(found):
        groups = [join_words([telling.name_of(found, column) for column in group]) for group in strip.groups()]
        order = ", ".join(f"{number}. {names}" for number, names in enumerate(groups, 1))
        said.append(_("{method}: {order}.").format(method=strip.name, order=order or strip.apart.rstrip(".")))
    return telling.told(caption(kind, found), said)


def footer(found: Material, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot."""
    limits = [_("Every row has a scale of its own, from its first to its last.")]
    if len({found.results[method].leaders for method in agreement.WAYS}) == 1:
        limits.append(_("The ways share your ratings, so their agreement adds no evidence."))
    neutral = agreement.neutral_sentence(found.inputs)
    return telling.footer(found, options, *filter(None, [neutral]), *limits)


def table(found: Material) -> Table:
    """Return the numbers behind the chart; of the Bayesian ways, probabilities."""
    head = (_("Way of adding up"), _("Hypothesis"), _("Title"), _("Rank"), _("Score"))
    rows = []
    for method, result in found.results.items():
        for column, hypothesis in enumerate(found.assessment.hypotheses):
            rank, score = int(result.rank[column]), float(result.scores[column])
            shown = score if rank and not math.isnan(score) else None
            name = telling.name_of(found, column)
            rows.append((telling.method_title(method), name, hypothesis.title, rank or None, shown))
    return Table(head, tuple(rows))
