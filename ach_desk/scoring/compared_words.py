"""What is said about several analysts beside each other, in sentences. Never a score of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis
from ach_desk.model.method_settings import Method
from ach_desk.model.words import method_word
from ach_desk.scoring.analysts import analyst_sentence
from ach_desk.scoring.compared import Compared
from ach_desk.scoring.concordance import Alpha
from ach_desk.scoring.group import GroupView
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.scoring.ranking_words import matrix_sentence, missing_sentence
from ach_desk.scoring.raters import Sheets
from ach_desk.scoring.retest import FEWEST_TOLD, Agreement, agreement_sentence
from ach_desk.scoring.spread import CellState, Spread
from ach_desk.scoring.table import VALUES
from ach_desk.scoring.talk import TalkCell

_MOST_NAMED = 6
"""Where more have rated a cell, it is said how often each rating was given and not by whom."""
_LEAST_LEVEL = 0.25
"""Steps from which it is said that somebody rates harsher or milder than the others."""


def private_sentence() -> str:
    """Return why nothing is compared while a round is private."""
    return _("The analysts rate in private. What the others think appears once the round is revealed.")


def name_of(analysis: Analysis, analyst: str) -> str:
    """Return the name of an analyst, or of the median of all others."""
    if analyst == GROUP:
        return _("the others (median)")
    found = analysis.analysts.get(analyst)
    return (found.name or found.initials or analyst) if found is not None else analyst


def short_name(analysis: Analysis, analyst: str) -> str:
    """Return the initials of an analyst where there are any and nobody else has the same, else the name."""
    found = analysis.analysts.get(analyst)
    initials = found.initials if found is not None else ""
    alike = sum(entry.initials == initials for entry in analysis.analysts.values()) if initials else 0
    return initials if alike == 1 else name_of(analysis, analyst)


def count_sentence(sheets: Sheets, spread: Spread) -> str:
    """Return how many cells are rated alike, differently, by one alone and by nobody; these are no consensus."""
    number = {state: spread.count(state, sheets.places) for state in CellState}
    total = int(sheets.places.sum())
    text = ngettext(
        "Of {total} cell, {alike} rated alike by two or more, {apart} differently.",
        "Of {total} cells, {alike} are rated alike by two or more, {apart} differently.",
        total,
    )
    parts = [text.format(total=total, alike=number[CellState.ALIKE], apart=number[CellState.APART])]
    if number[CellState.DISPUTED]:
        text = ngettext("On {count} one says N/A.", "On {count} one says N/A.", number[CellState.DISPUTED])
        parts.append(text.format(count=number[CellState.DISPUTED]))
    if number[CellState.SINGLE] or number[CellState.UNRATED]:
        text = _("{one} are rated by one alone and {none} by nobody: that is no consensus.")
        parts.append(text.format(one=number[CellState.SINGLE], none=number[CellState.UNRATED]))
    return " ".join(parts)


def alpha_sentence(alpha: Alpha) -> str:
    """Return what Krippendorff's alpha is, with its interval once that is worked out, or why it is undefined."""
    if alpha.ordinal is None:
        if not alpha.cells:
            return _("Agreement (Krippendorff's alpha) is undefined: no cell is rated by two.")
        return _("Agreement (Krippendorff's alpha) is undefined: all ratings are alike, so nothing could differ.")
    text = ngettext(
        "Agreement (Krippendorff's alpha, ordinal) is {alpha} over {count} cell that two or more rated",
        "Agreement (Krippendorff's alpha, ordinal) is {alpha} over {count} cells that two or more rated",
        alpha.cells,
    ).format(alpha=_number(alpha.ordinal), count=alpha.cells)
    if alpha.low is not None and alpha.high is not None:
        around = _(", 95 % interval {low} to {high}")
        text += around.format(low=_number(alpha.low), high=_number(alpha.high))
    elif alpha.draws:
        text += _(", too few items for an interval")
    return text + ". " + _("1 is full agreement, 0 what chance would make; 0.8 is often asked for, 0.67 the least.")


def order_sentence(found: Compared) -> str:
    """Return how far the analysts' orders of the hypotheses agree, or that it is undefined."""
    if found.kendall_w is None:
        return _("How far their orders agree (Kendall's W) is undefined: too few rank, or they tie all hypotheses.")
    text = _("Their orders of the hypotheses agree with W {w} (Kendall; 0 not at all, 1 the same order).")
    return text.format(w=_number(found.kendall_w))


def level_sentences(analysis: Analysis, sheets: Sheets, spread: Spread) -> list[str]:
    """Return who rates harsher or milder than the others throughout, and how much of the differences that makes."""
    if spread.level_share is None:
        return []
    said = [
        (_("{name} rates {steps} steps harsher") if level > 0 else _("{name} rates {steps} steps milder")).format(
            name=name_of(analysis, analyst), steps=f"{abs(level):.1f}"
        )
        for analyst, level in zip(sheets.analysts, spread.levels, strict=True)
        if not np.isnan(level) and abs(level) >= _LEAST_LEVEL
    ]
    percent = 5 * round(20 * spread.level_share)
    share = (
        _("About {percent} % of what lies apart is level: one rates harsher throughout. The rest is pattern.")
        if percent
        else _("Hardly any of what lies apart is level, which is that one rates harsher throughout; it is pattern.")
    )
    sentences = [share.format(percent=percent)]
    if said:
        sentences.append(_("{who} than the others on average.").format(who=join_words(said)))
    return sentences


def leaders_sentences(analysis: Analysis, found: Compared) -> list[str]:
    """Return who leads under the group's median, and how many analysts lead with which hypothesis."""
    view, sheets = found.view, found.sheets
    labels = view.assessment.label_of
    if not view.leaders:
        return [missing_sentence(view.inputs, view.method) or _("Nothing is rated far enough to lead.")]
    sentences = [_led(view)]
    if otherwise := matrix_sentence(view.assessment, view.method, view.leaders):
        sentences.append(otherwise)
    counts = [
        ngettext("{count} analyst leads with {name}", "{count} analysts lead with {name}", count).format(
            count=count, name=labels(column)
        )
        for column, count in sorted(view.leading.items(), key=lambda entry: -entry[1])
    ]
    if counts:
        sentences.append(join_words(counts) + ".")
    few = [name_of(analysis, one) for one, leads in zip(sheets.analysts, view.of_analysts, strict=True) if not leads]
    if few:
        sentences.append(_("Too little is rated by {names} to lead with anything.").format(names=join_words(few)))
    return sentences


def _led(view: GroupView) -> str:
    """Return who leads under the medians; the way of adding up is named where it is not that of the matrix."""
    names = join_words([view.assessment.label_of(column) for column in view.leaders])
    alone = len(view.leaders) == 1
    if view.method is Method.WEIGHTED:
        text = (
            _("Under the median of the group {names} leads.")
            if alone
            else _("Under the median of the group {names} are tied in front.")
        )
    else:
        text = (
            _("Under the median of the group {names} leads by {method}.")
            if alone
            else _("Under the median of the group {names} are tied in front by {method}.")
        )
    return text.format(names=names, method=method_word(view.method))


def left_out_sentences(analysis: Analysis, found: Compared) -> list[str]:
    """Return who would lead without each analyst, those that would change it first."""
    ordered = sorted(found.left_out, key=lambda entry: not entry.changes)
    return [analyst_sentence(analysis, found.view.inputs, entry) for entry in ordered]


def ratings_words(analysis: Analysis, sheets: Sheets, row: int, column: int, most: int | None = _MOST_NAMED) -> str:
    """Return who rated what in a cell: "Ada C, Ben II"; those who have not rated it are left out.

    Where more than `most` have rated it, how often each rating was given: "C × 5, II × 9".
    """
    codes = sheets.codes[:, row, column]
    given = [(analyst, VALUES[code]) for analyst, code in zip(sheets.analysts, codes, strict=True) if VALUES[code]]
    if most is not None and len(given) > most:
        counts = Counter(value for _analyst, value in given)
        return ", ".join(
            _("{value} × {count}").format(value=value, count=counts[value]) for value in VALUES if counts[value]
        )
    return ", ".join(f"{short_name(analysis, analyst)} {value}" for analyst, value in given)


def state_words(spread: Spread, row: int, column: int) -> str:
    """Return what the sheets say of a cell in a few words; of unrated and single-rated ones that it is no consensus."""
    return {
        CellState.UNRATED: _("rated by nobody"),
        CellState.SINGLE: _("rated by one alone, which is no consensus"),
        CellState.ALIKE: _("all who rated it agree"),
        CellState.APART: _("{steps} steps apart on average").format(steps=f"{spread.spread[row, column]:.1f}"),
        CellState.DISPUTED: _("one says that it does not apply"),
    }[spread.state(row, column)]


def talk_sentence(analysis: Analysis, view: GroupView, sheets: Sheets, cell: TalkCell) -> str:
    """Return what makes a cell worth talking about: "E4 under H2: Ada C, Ben II. It could change who is in front."."""
    text = _("{item} under {hypothesis}: {ratings}.").format(
        item=sheets.items[cell.row].label,
        hypothesis=view.assessment.label_of(cell.column),
        ratings=ratings_words(analysis, sheets, cell.row, cell.column),
    )
    if cell.changes:
        text += " " + _("One of these would change who is in front.")
    elif cell.influence <= 0:
        text += " " + _("It does not move the order.")
    return text


def blind_sentences(analysis: Analysis, found: Compared) -> list[str]:
    """Return who rated, how much, and how much of that in private."""
    sentences = []
    for analyst in found.sheets.analysts:
        blind, name = found.blind[analyst], name_of(analysis, analyst)
        if not blind.known:
            text = ngettext("{name} rated {count} cell.", "{name} rated {count} cells.", blind.rated)
        elif blind.blind == blind.rated:
            text = ngettext(
                "{name} rated {count} cell, in private.", "{name} rated {count} cells, all in private.", blind.rated
            )
        else:
            text = ngettext(
                "{name} rated {count} cell, {blind} in private.",
                "{name} rated {count} cells, {blind} of them in private.",
                blind.rated,
            )
        sentences.append(text.format(name=name, count=blind.rated, blind=blind.blind))
    if not any(blind.known for blind in found.blind.values()):
        sentences.append(_("No round of private rating was held, so they may have seen each other's ratings."))
    return sentences


def repeat_sentences(analysis: Analysis, repeats: dict[str, Agreement]) -> list[str]:
    """Return for each analyst who rated cells twice how far these ratings repeat."""
    sentences = []
    for analyst, found in repeats.items():
        if found.cells < FEWEST_TOLD:
            text = ngettext(
                "{name} rated {count} cell twice: too few to say how far these ratings repeat.",
                "{name} rated {count} cells twice: too few to say how far these ratings repeat.",
                found.cells,
            )
            sentences.append(text.format(name=name_of(analysis, analyst), count=found.cells))
        else:
            text = _("Cells that {name} rated twice: {found}.")
            sentences.append(text.format(name=name_of(analysis, analyst), found=agreement_sentence(found)))
    return sentences


def sentences(analysis: Analysis, found: Compared) -> list[str]:
    """Return what is said of all analysts at once, the most important first."""
    if not found.are_several:
        return [_("Fewer than two analysts have rated, so there is nothing to compare.")]
    parts: Sequence[Sequence[str]] = (
        leaders_sentences(analysis, found),
        [count_sentence(found.sheets, found.spread), alpha_sentence(found.alpha), order_sentence(found)],
        level_sentences(analysis, found.sheets, found.spread),
        repeat_sentences(analysis, found.repeats),
    )
    return [sentence for part in parts for sentence in part]


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")
