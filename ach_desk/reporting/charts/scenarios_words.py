"""What the scenario comparison says in words, and the numbers behind it. By weighted inconsistency, as the what-ifs."""

from __future__ import annotations

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Scenario
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts.strips import Strip
from ach_desk.reporting.charts.table import Table
from ach_desk.scoring import Assessment, against_words

_MOST_NAMED = 2
_LONGEST_NAME = 60


def is_empty(found: Material) -> bool:
    """Return whether there is nothing to set side by side."""
    return len(found.scenarios) < 2 or not any(_leaders(assessment) for _scenario, assessment in found.scenarios)


def empty_sentence(found: Material) -> str:
    """Return what to do when there is nothing to draw."""
    if len(found.scenarios) < 2 and found.assessment.items and found.assessment.hypotheses:
        return _("No what-if is saved for this matrix yet. Try one under Review, What-if, and it appears here.")
    return telling.empty_sentence(found)


def strips(found: Material) -> list[Strip]:
    """Return the row as rated, then one per what-if, in the order in which they were saved."""
    worst = max(
        (-_score(assessment, column) for _s, assessment in found.scenarios for column in _ranked(assessment)),
        default=0.0,
    )
    usual = _leaders(found.scenarios[0][1])
    return [_strip(found, scenario, assessment, usual, worst) for scenario, assessment in found.scenarios]


def _strip(
    found: Material, scenario: Scenario | None, assessment: Assessment, usual: tuple[int, ...], worst: float
) -> Strip:
    ranks = {column: int(assessment.standing.rank[column]) for column in _ranked(assessment)}
    places = {column: -_score(assessment, column) / worst if worst else 0.0 for column in ranks}
    texts = {}
    text = _("{hypothesis}\n{name}: rank {rank}; {against}; weighted inconsistency {score}")
    for column, rank in ranks.items():
        texts[column] = text.format(
            hypothesis=telling.titled(found, column),
            name=name_of(scenario),
            rank=rank,
            against=against_words(assessment, column),
            score=telling.points(_score(assessment, column)),
        )
    apart = "" if ranks else _("Nothing that could be compared is left.")
    return Strip(name_of(scenario), _note(found, assessment, usual, scenario), ranks, places, texts, apart=apart)


def name_of(scenario: Scenario | None) -> str:
    """Return what stands before a row."""
    return _("What if {name}").format(name=scenario.name) if scenario else _("As rated")


def _note(found: Material, assessment: Assessment, usual: tuple[int, ...], scenario: Scenario | None) -> str:
    leaders = _leaders(assessment)
    if not leaders:
        return ""
    names = join_words([telling.name_of(found, column) for column in leaders])
    if scenario is None or leaders == usual:
        return _("first: {names}").format(names=names)
    return _("first: {names} – differs").format(names=names)


def title(found: Material) -> str:
    """Return whether the lead survives the what-ifs, in a sentence that says that only these were tried."""
    if is_empty(found):
        return _("No what-if is saved yet.") if len(found.scenarios) < 2 else _("Nothing is rated yet.")
    usual = _leaders(found.scenarios[0][1])
    others = [scenario for scenario, assessment in found.scenarios[1:] if scenario and _leaders(assessment) != usual]
    count = len(found.scenarios) - 1
    names = join_words([telling.name_of(found, column) for column in usual])
    if not usual:
        return _("As rated nothing can be compared yet; under some what-ifs it can.")
    if not others:
        text = ngettext(
            "{names} stays first in the one what-if that was tried.",
            "{names} stays first in each of the {count} what-ifs that were tried.",
            count,
        )
        return text.format(names=names, count=count)
    kept = count - len(others)
    changing = join_words([_("“{name}”").format(name=_short(scenario.name)) for scenario in others])
    if len(others) > _MOST_NAMED:
        changing = _("{count} of them").format(count=len(others))
    text = ngettext(
        "The one what-if that was tried, {changing}, puts others than {names} first.",
        "{names} stays first in {kept} of the {count} what-ifs that were tried; {changing} would change that.",
        count,
    )
    if count > 1 and not kept:
        text = _("{names} stays first in none of the {count} what-ifs that were tried.")
    return text.format(names=names, kept=kept, count=count, changing=changing)


def _short(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…"


def subject(_kind: str, _found: Material) -> str:
    """Return what the chart shows in one sentence."""
    return _("The standing as rated, and under each what-if that was saved, by weighted inconsistency.")


def caption(kind: str, found: Material) -> str:
    """Return what the chart shows, and its finding."""
    return telling.told(subject(kind, found), title(found))


def alternative_text(kind: str, found: Material) -> str:
    """Return the chart for those who cannot see it: its caption, then a sentence per row."""
    said = []
    for strip in strips(found) if not is_empty(found) else []:
        groups = [join_words([telling.name_of(found, column) for column in group]) for group in strip.groups()]
        order = ", ".join(f"{number}. {names}" for number, names in enumerate(groups, 1))
        said.append(_("{name}: {order}.").format(name=strip.name, order=order or strip.apart.rstrip(".")))
    return telling.told(caption(kind, found), said)


def footer(found: Material, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot."""
    return telling.footer(
        found, options, _("All rows have one scale."), _("What nobody thought of is in none of them.")
    )


def table(found: Material) -> Table:
    """Return the numbers behind the chart."""
    head = (_("What-if"), _("Hypothesis"), _("Title"), _("Rank"), _("Weighted inconsistency"))
    rows = []
    for scenario, assessment in found.scenarios:
        name = scenario.name if scenario else _("As rated")
        for column, hypothesis in enumerate(assessment.hypotheses):
            rank = int(assessment.standing.rank[column])
            score = _score(assessment, column) if rank else None
            rows.append((name, telling.name_of(found, column), hypothesis.title, rank or None, score))
    return Table(head, tuple(rows))


def _ranked(assessment: Assessment) -> list[int]:
    """Return the columns that can be compared, in matrix order."""
    return [column for column, can_be in enumerate(assessment.comparable) if can_be]


def _leaders(assessment: Assessment) -> tuple[int, ...]:
    scores = {column: _score(assessment, column) for column in _ranked(assessment)}
    best = max(scores.values(), default=0.0)
    return tuple(column for column, score in scores.items() if best - score <= 1e-9)


def _score(assessment: Assessment, column: int) -> float:
    return float(assessment.standing.weighted_inconsistency[column])
