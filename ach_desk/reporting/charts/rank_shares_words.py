"""What the rank-share bars say in words, and the numbers behind them."""

from __future__ import annotations

from dataclasses import dataclass

from ach_desk.i18n import _, join_words
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts.table import Table
from ach_desk.scoring.robustness import Robustness, method_word, rounded_share, share_in_words
from ach_desk.scoring.slips import Shares

MOST_BANDS = 4


@dataclass(frozen=True)
class ShareRow:
    """A hypothesis and how often it has each rank, the last bands taken together."""

    column: int
    hypothesis: str
    label: str
    title: str
    shares: tuple[float, ...]
    text: str


def is_empty(found: Material) -> bool:
    """Return whether there is nothing to draw."""
    return found.trials is None


def title(found: Material) -> str:
    """Return how often the leader stays first, and whether that is enough, in a sentence."""
    trials = found.trials
    if trials is None or trials.shares is None:
        return _nothing_slips(found)
    leaders = join_words([telling.name_of(found, column) for column in trials.leaders])
    if len(trials.shares.columns) == 1:
        return _("Only {name} is rated, so slips of ratings change no order.").format(name=leaders)
    if len(trials.leaders) > 1:
        return _("{names} are tied in front, so the lead is unresolved before any rating slips.").format(names=leaders)
    share = share_in_words(sum(trials.first_share(column) or 0.0 for column in trials.leaders))
    text = _("{name} stays first in {share} of trials in which ratings slip by a step.")
    if trials.is_unresolved:
        text = _(
            "{name} stays first in only {share} of trials in which ratings slip by a step: its lead is unresolved."
        )
    return text.format(name=leaders, share=share)


def _nothing_slips(found: Material) -> str:
    if not telling.is_bare(found):
        return _("No item is rated under every hypothesis, so there is no order that slips of ratings could change.")
    return _("Nothing is rated yet, so no rating can slip.")


def not_a_probability(trials: Robustness) -> str:
    """Return what no reader is to take the shares for."""
    if len(trials.leaders) == 1:
        name = trials.inputs.assessment.label_of(trials.leaders[0])
        return _("This is not the probability that {name} is true.").format(name=name)
    return _("No share is the probability that a hypothesis is true.")


def bands(found: Material) -> list[str]:
    """Return the names of the ranks that are told apart: "Rank 1" ... "Rank 4 to 8"."""
    count = len(_shares(found).columns)
    names = [_("Rank {rank}").format(rank=rank + 1) for rank in range(min(count, MOST_BANDS))]
    if count > MOST_BANDS:
        names[-1] = _("Rank {first} to {last}").format(first=MOST_BANDS, last=count)
    return names


def rows_of(found: Material) -> list[ShareRow]:
    """Return the hypotheses that have a rank, the most often first on top."""
    shares, names = _shares(found), bands(found)
    order = sorted(range(len(shares.columns)), key=lambda place: (-shares.share[place, 0], place))
    return [_row(found, shares, place, names) for place in order]


def _row(found: Material, shares: Shares, place: int, names: list[str]) -> ShareRow:
    column = shares.columns[place]
    hypothesis, given = found.assessment.hypotheses[column], shares.share[place]
    parts = [float(share) for share in given[: len(names)]]
    parts[-1] = float(given[len(names) - 1 :].sum())
    label = telling.name_of(found, column)
    said = "; ".join(f"{name}: {rounded_share(share)}" for name, share in zip(names, parts, strict=True))
    return ShareRow(column, hypothesis.id, label, hypothesis.title, tuple(parts), f"{label} {hypothesis.title}\n{said}")


def band_text(row: ShareRow, name: str, share: float) -> str:
    """Return what a segment stands for."""
    text = _("{hypothesis} {title}\n{rank} in {share} of the trials")
    return text.format(hypothesis=row.label, title=row.title, rank=name, share=share_in_words(share))


def subject(_kind: str, found: Material) -> str:
    """Return what the chart shows in one sentence."""
    text = _("How often each hypothesis takes each rank by {method} in trials in which ratings slip.")
    return text.format(method=method_word(found.method))


def caption(kind: str, found: Material) -> str:
    """Return what the chart shows, and its finding with its limit."""
    trials = found.trials
    limit = not_a_probability(trials) if trials is not None else ""
    return telling.told(subject(kind, found), title(found), limit)


def alternative_text(kind: str, found: Material) -> str:
    """Return the chart for those who cannot see it: its caption, then a sentence per hypothesis."""
    if found.trials is None:
        return caption(kind, found)
    rows = [row.text.replace("\n", ": ") + "." for row in rows_of(found)]
    return telling.told(caption(kind, found), rows)


def footer(found: Material, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot."""
    trials = found.trials
    limits = []
    if trials is not None and trials.shares is not None:
        text = _("{draws} trials with seed {seed}, by {method}; each share is give or take {margin} points.")
        shares = trials.shares
        margin = f"{100 * shares.margin:.1f}"
        method = method_word(found.method)
        limits.append(text.format(draws=f"{shares.draws:,}", seed=shares.seed, method=method, margin=margin))
    return telling.footer(found, options, *limits)


def table(found: Material) -> Table:
    """Return the numbers behind the chart: the exact share of each rank."""
    if found.trials is None:
        return Table((_("Hypothesis"), _("Title")), ())
    shares = _shares(found)
    head = (
        _("Hypothesis"),
        _("Title"),
        *(_("Rank {rank}").format(rank=rank + 1) for rank in range(len(shares.columns))),
    )
    rows = [
        (
            telling.name_of(found, column),
            found.assessment.hypotheses[column].title,
            *(float(share) for share in shares.share[place]),
        )
        for place, column in enumerate(shares.columns)
    ]
    return Table(head, tuple(rows))


def _shares(found: Material) -> Shares:
    if found.trials is None or found.trials.shares is None:
        raise ValueError("no trials")
    return found.trials.shares
