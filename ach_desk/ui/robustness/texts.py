"""What the folded parts of the panel say: fewest changes, trials, parts left out, and figures of the methods."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model.method_settings import Method
from ach_desk.scoring import robustness
from ach_desk.scoring.analysts import analyst_sentence
from ach_desk.scoring.left_out_parts import PartKind, part_sentence
from ach_desk.scoring.methods import BAYESIAN, MethodResult
from ach_desk.ui.matrix.wording import DASH, MINUS
from ach_desk.ui.robustness.answers import Answer

_MOST_SENTENCES = 5
_MOST_SETS = 3
_MOST_NAMED = 6


def method_name(method: Method) -> str:
    """Return the name of a method as a heading; net consistency is marked as no way to rank."""
    if method is Method.NET:
        return _("Net consistency (as a contrast only)")
    word = robustness.method_word(method)
    return word[:1].upper() + word[1:]


def main_sentences(answer: Answer) -> list[str]:
    """Return at most five sentences; whether the methods agree is the last where there is room for it."""
    found = robustness.sentences(answer.found)
    if answer.complete and answer.found.leaders and len(found) < _MOST_SENTENCES:
        found.append(answer.agreement)
    return found


def cells_of(answer: Answer) -> dict[str, dict[str, str]]:
    """Return for each sentence on other ratings the cells that it names: item -> hypothesis, by their ids."""
    found, assessment = answer.found, answer.found.inputs.assessment
    return {
        robustness.steps_sentence(found, entry): {
            assessment.items[change.row].id: assessment.hypotheses[change.column].id
            for change in reversed(entry.changes)
        }
        for entry in found.steps or ()
    }


def ungrouped_sentence(answer: Answer) -> str:
    """Return a warning that names items which may depend on each other and are in no group; "" for none."""
    if not answer.ungrouped:
        return ""
    names = join_some(list(answer.ungrouped[:_MOST_NAMED]), _MOST_NAMED, len(answer.ungrouped))
    text = _(
        "{names} may depend on each other and are in no group. Each is counted in full, "
        "which makes these probabilities firmer than they are."
    )
    return text.format(names=names)


def score_words(result: MethodResult, column: int) -> str:
    """Return a score for people: a probability to 5 points, else two decimals; a dash where it is undefined."""
    score = float(result.scores[column])
    if math.isnan(score) or not result.rank[column]:
        return DASH
    if result.method in BAYESIAN:
        return robustness.rounded_share(score)
    return f"{abs(score):.2f}" if score >= -0.005 else f"{MINUS}{-score:.2f}"


def change_sentences(answer: Answer) -> list[tuple[str, list[str]]]:
    """Return for each challenger its label and title, and what it would need, in sentences."""
    found, assessment = answer.found, answer.found.inputs.assessment
    steps = {entry.challenger: entry for entry in found.steps or ()}
    blocks = []
    for entry in found.removals:
        hypothesis = assessment.hypotheses[entry.challenger]
        said = [robustness.removal_sentence(found, entry)]
        if entry.total > 1 and (entry.to_overtake or entry.to_tie):
            said.append(_other_sets(answer, entry.sets, entry.total))
        if entry.challenger in steps:
            said.append(robustness.steps_sentence(found, steps[entry.challenger]))
        blocks.append((f"{hypothesis.label} {hypothesis.title}", said))
    return blocks


def _other_sets(answer: Answer, sets: tuple[tuple[int, ...], ...], total: int) -> str:
    items = answer.found.inputs.assessment.items
    named = [join_words([items[row].label for row in chosen]) for chosen in sets[1 : 1 + _MOST_SETS]]
    rest = total - 1 - len(named)
    text = _("The same holds without {sets}.").format(sets=_("; or ").join(named))
    if rest:
        more = ngettext("And for {count} more choice.", "And for {count} more choices.", rest)
        text = f"{text} {more.format(count=rest)}"
    return text


def trial_sentences(answer: Answer) -> list[str]:
    """Return what the trials were, their margin, and what they are not; none before they have run."""
    shares = answer.found.shares
    if shares is None:
        return []
    text = _("{draws} trials with seed {seed}; each share is give or take {margin} points.")
    margin = f"{100 * shares.margin:.1f}"
    said = [text.format(draws=QLocale().toString(shares.draws), seed=shares.seed, margin=margin)]
    if answer.found.is_unresolved:
        said.append(_("The lead is unresolved: it does not survive small changes of the ratings."))
    said += _also_slipping(answer)
    said.append(_("In each trial every rating may slip to a neighbour. No share is the probability of a hypothesis."))
    return said


def _also_slipping(answer: Answer) -> list[str]:
    """Return what slips beside the ratings, as the settings say."""
    said = []
    if answer.found.weights_slip:
        said.append(_("Credibility and relevance slip too, to a level beside; what is not set may be any level."))
    if answer.found.priors_slip:
        said.append(_("Priors may be up to twice as large or small too."))
    return said


def part_sentences(answer: Answer) -> list[str]:
    """Return who would lead without a source, group, assumption or analyst, and how many change nothing."""
    question, parts = answer.question, answer.parts
    if parts is None:
        return []
    said = [part_sentence(question.analysis, answer.found.inputs, part) for part in parts.telling]
    telling = {kind: sum(part.kind is kind for part in parts.telling) for kind in PartKind}
    for kind, number in parts.tried.items():
        if number and not telling[kind]:
            said.append(_nothing_changes(kind, number))
    said += [analyst_sentence(question.analysis, answer.found.inputs, entry) for entry in answer.analysts]
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
