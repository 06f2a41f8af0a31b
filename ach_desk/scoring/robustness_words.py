"""What a panel and a report say of robustness beyond its few sentences: fewest changes, trials, parts left out."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis
from ach_desk.scoring.analysts import AnalystLeftOut, analyst_sentence
from ach_desk.scoring.left_out_parts import PartKind, PartsLeftOut, part_sentence
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.overturning_words import labels_of, removal_sentence, steps_sentence
from ach_desk.scoring.removals import Removals
from ach_desk.scoring.robustness import Robustness, share_in_words

_MOST_SETS = 3
_MOST_PAIRS = 4


def change_sentences(found: Robustness) -> list[tuple[str, list[str]]]:
    """Return for each challenger its label and title, and what it would need, in sentences."""
    steps = {entry.challenger: entry for entry in found.steps or ()}
    blocks = []
    for entry in found.removals:
        hypothesis = found.inputs.assessment.hypotheses[entry.challenger]
        said = [removal_sentence(found, entry)]
        if entry.to_tie and entry.to_overtake and entry.to_tie < entry.to_overtake:
            text = ngettext(
                "Leaving out {count} item is enough to draw level.",
                "Leaving out {count} items is enough to draw level.",
                entry.to_tie,
            )
            said.append(text.format(count=entry.to_tie))
        if entry.total > 1 and (entry.to_overtake or entry.to_tie):
            said.append(_other_sets(found, entry))
        if entry.challenger in steps:
            said.append(steps_sentence(found, steps[entry.challenger]))
        blocks.append((f"{hypothesis.label} {hypothesis.title}", said))
    return blocks


def _other_sets(found: Robustness, entry: Removals) -> str:
    items, others = found.inputs.assessment.items, entry.sets[1 : 1 + _MOST_SETS]
    named = [join_words([items[row].label for row in chosen]) for chosen in others]
    rest = entry.total - 1 - len(named)
    text = _("The same holds without {sets}.").format(sets=_("; or ").join(named))
    if rest:
        more = ngettext("And for {count} more choice.", "And for {count} more choices.", rest)
        text = f"{text} {more.format(count=rest)}"
    return text


def trial_sentences(found: Robustness, draws: str) -> list[str]:
    """Return what the trials were, their margin, and what they are not; nothing before they have run.

    draws: how many they are, as a number is written here.
    """
    if found.shares is None:
        return []
    text = _("{draws} trials with seed {seed}; each share is give or take {margin} points.")
    said = [text.format(draws=draws, seed=found.shares.seed, margin=f"{100 * found.shares.margin:.1f}")]
    if found.is_unresolved:
        said.append(_("The lead is unresolved: it does not survive small changes of the ratings."))
    said += _pairs(found)
    said += _also_slipping(found)
    said.append(_("In each trial every rating may slip to a neighbour. No share is the probability of a hypothesis."))
    return said


def _pairs(found: Robustness) -> list[str]:
    """Return how often a sole leader scores better than each other, and how open first place is; "" with one alone."""
    shares = found.shares
    if shares is None or len(shares.columns) < 2:
        return []
    said = []
    if len(found.leaders) == 1 and found.leaders[0] in shares.columns:
        own = shares.columns.index(found.leaders[0])
        rivals = [place for place in shares.wins[own].argsort(kind="stable").tolist() if place != own]
        others = [
            _("{name} in {share}").format(
                name=labels_of(found, [shares.columns[place]]), share=share_in_words(shares.wins[own, place])
            )
            for place in rivals[:_MOST_PAIRS]
        ]
        text = _("{leader} scores better than {others} of the trials, a tie counting half.")
        if len(rivals) > _MOST_PAIRS:
            text = _(
                "{leader} scores better than {others} of the trials, a tie counting half, "
                "and than the others more often."
            )
        said.append(text.format(leader=labels_of(found, found.leaders), others=join_words(others)))
    text = _("Who is first is as open as among {number} that are first equally often (entropy {bits} bit).")
    said.append(text.format(number=f"{2**shares.entropy:.1f}", bits=f"{shares.entropy:.2f}"))
    return said


def _also_slipping(found: Robustness) -> list[str]:
    """Return what slips beside the ratings, as the settings say."""
    said = []
    if found.weights_slip:
        said.append(_("Credibility and relevance slip too, to a level beside; what is not set may be any level."))
    if found.priors_slip:
        said.append(_("Priors may be up to twice as large or small too."))
    return said


def part_sentences(
    analysis: Analysis, inputs: Inputs, parts: PartsLeftOut, analysts: Sequence[AnalystLeftOut] = ()
) -> list[str]:
    """Return who would lead without a source, group, assumption or analyst, and how many change nothing."""
    said = [part_sentence(analysis, inputs, part) for part in parts.telling]
    telling = {kind: sum(part.kind is kind for part in parts.telling) for kind in PartKind}
    for kind, number in parts.tried.items():
        if number and not telling[kind]:
            said.append(_nothing_changes(kind, number))
    said += [analyst_sentence(analysis, inputs, entry) for entry in analysts]
    return said or [_("No source, group or assumption bears on the counted items.")]


def _nothing_changes(kind: PartKind, number: int) -> str:
    text = {
        PartKind.SOURCE: ngettext(
            "Leaving out the one source changes nothing in front.",
            "Leaving out any one of {count} sources changes nothing in front.",
            number,
        ),
        PartKind.GROUP: ngettext(
            "Leaving out the one dependence group changes nothing in front.",
            "Leaving out any one of {count} dependence groups changes nothing in front.",
            number,
        ),
        PartKind.ASSUMPTION: ngettext(
            "If the one assumption were false, nothing would change in front.",
            "If any one of {count} assumptions were false, nothing would change in front.",
            number,
        ),
    }[kind]
    return text.format(count=number)
