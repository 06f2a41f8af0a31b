"""What the chart of the margin against removals says in words, and the numbers behind it."""

from __future__ import annotations

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts.table import Table
from ach_desk.scoring.margins import Course
from ach_desk.scoring.methods import BAYESIAN
from ach_desk.scoring.robustness import method_word

_MOST_NAMED = 3


def is_empty(found: Material) -> bool:
    """Return whether there is nothing to draw."""
    return not found.courses


def leaders(found: Material) -> str:
    """Return who leads, by label."""
    return join_words([telling.name_of(found, column) for column in found.additive.leaders])


def courses(found: Material) -> list[Course]:
    """Return the courses, the challenger that needs the fewest items first, then the one that is less far behind."""
    return sorted(found.courses, key=lambda course: (*_needs(course), course.margins[0], course.challenger))


def _needs(course: Course) -> tuple[int, int]:
    return (0 if course.passes else 1 if course.ties else 2), len(course.rows)


def title(found: Material) -> str:
    """Return what the nearest challenger needs, in a sentence that names the way of adding up."""
    method = method_word(found.method)
    if not found.additive.leaders:
        if not telling.is_bare(found):
            return _("No item is rated under every hypothesis, so there is no lead that items could hold up.")
        return _("Nothing is rated yet, so there is no lead that items could hold up.")
    outside = [course for course in courses(found) if course.challenger not in found.additive.leaders]
    if len(found.additive.leaders) > 1:
        text = _("By {method} and the present ratings {names} are tied, so no item needs to fall.")
        return text.format(method=method, names=leaders(found))
    if not outside:
        return _("Only {name} is rated; there is no challenger.").format(name=leaders(found))
    nearest = outside[0]
    names = {"method": method, "name": telling.name_of(found, nearest.challenger), "leader": leaders(found)}
    if not (nearest.passes or nearest.ties):
        text = _("By {method} and the present ratings leaving items out brings nobody level with {leader}.")
        return text.format(**names)
    return _falls(found, nearest).format(items=_items(found, nearest), count=len(nearest.rows), **names)


def _falls(found: Material, nearest: Course) -> str:
    if len(nearest.rows) <= _MOST_NAMED:
        if nearest.passes:
            return _("By {method} and the present ratings {name} would pass {leader} if {items} were left out.")
        return _("By {method} and the present ratings {name} would draw level with {leader} if {items} were left out.")
    if nearest.passes:
        return _("By {method} and the present ratings {count} items must fall before {name} passes {leader}.")
    return _("By {method} and the present ratings {count} items must fall before {name} draws level with {leader}.")


def _items(found: Material, course: Course) -> str:
    return join_words([found.assessment.items[row].label for row in course.rows])


def amount(found: Material, margin: float) -> str:
    """Return a margin as it is written: in points, or for Bayes as a ratio."""
    if found.method not in BAYESIAN:
        return telling.points(margin)
    if abs(margin) < 0.01:
        return _("even")
    return telling.times(margin)


def note(course: Course) -> str:
    """Return what becomes of the challenger, in a few words."""
    count = len(course.rows)
    if course.passes:
        return ngettext("in front after {count} item", "in front after {count} items", count).format(count=count)
    if course.ties and count:
        return ngettext("level after {count} item", "level after {count} items", count).format(count=count)
    if course.ties:
        return _("level as rated")
    return _("stays behind, whatever is left out")


def step_text(found: Material, course: Course, place: int) -> str:
    """Return what a bar stands for: the item that is left out, and the lead that is left."""
    margin = course.margins[place]
    name = telling.name_of(found, course.challenger)
    if place:
        item = found.assessment.items[course.rows[place - 1]]
        head = _("Without {item} {title}").format(item=item.label, title=item.title)
    else:
        head = _("As rated")
    if abs(margin) < 1e-9:
        return _("{head}\n{name} is level").format(head=head, name=name)
    text = _("{head}\n{leader} is ahead of {name}: {amount}")
    if margin < 0:
        text = _("{head}\n{name} is ahead of {leader}: {amount}")
    said = amount(found, abs(margin))
    return text.format(head=head, name=name, leader=leaders(found), amount=said)


def course_text(found: Material, course: Course) -> str:
    """Return what a row says: the challenger, and the items in the order in which they are left out."""
    said = [telling.titled(found, course.challenger), note(course)]
    if course.rows:
        labels = [found.assessment.items[row].label for row in course.rows]
        said.append(_("left out in turn: {items}").format(items=", ".join(labels)))
    return "\n".join(said)


def subject(_kind: str, found: Material) -> str:
    """Return what the chart shows in one sentence."""
    text = _(
        "How far ahead the leader is by {method}, as the items that hold its lead up most are left out one by one."
    )
    return text.format(method=method_word(found.method))


def caption(kind: str, found: Material) -> str:
    """Return what the chart shows, and its finding."""
    return telling.told(subject(kind, found), title(found))


def alternative_text(kind: str, found: Material) -> str:
    """Return the chart for those who cannot see it: its caption, then a sentence per challenger."""
    said = [course_text(found, course).replace("\n", "; ") + "." for course in courses(found)]
    return telling.told(caption(kind, found), said)


def footer(found: Material, options: ChartOptions) -> list[str]:
    """Return the sentences at the foot."""
    limits = [_("Each row has an order of its own: the items that matter most against that challenger.")]
    if len(found.additive.leaders) == 1:
        limits.append(_("No smaller set does as much. Third hypotheses are not considered."))
    return telling.footer(found, options, *limits)


def table(found: Material) -> Table:
    """Return the numbers behind the chart; with Bayes, margins are log10 odds."""
    head = (_("Challenger"), _("Title"), _("Items left out"), _("Last left out"), _("Margin of the leader"))
    rows = []
    for course in courses(found):
        for place, margin in enumerate(course.margins):
            item = found.assessment.items[course.rows[place - 1]].label if place else ""
            title_ = found.assessment.hypotheses[course.challenger].title
            rows.append((telling.name_of(found, course.challenger), title_, place, item, margin))
    return Table(head, tuple(rows))
