"""What the folded parts of the panel say: fewest changes, trials, parts left out, and figures of the methods."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale

from ach_desk.i18n import _, join_some
from ach_desk.model.method_settings import Method
from ach_desk.model.words import method_word
from ach_desk.scoring import robustness, robustness_words
from ach_desk.scoring.fewest_parts import fewest_sentences
from ach_desk.scoring.find_out_words import lead_sentence
from ach_desk.scoring.methods import BAYESIAN, MethodResult
from ach_desk.scoring.overturning_words import ratings_alone_sentence, steps_sentence
from ach_desk.ui.matrix.wording import DASH, MINUS
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.text import single_line

_MOST_SENTENCES = 5
_MOST_NAMED = 6


def method_name(method: Method) -> str:
    """Return the name of a method as a heading; net consistency is marked as no way to rank."""
    if method is Method.NET:
        return _("Net consistency (as a contrast only)")
    word = method_word(method)
    return word[:1].upper() + word[1:]


def method_gloss(method: Method) -> str:
    """Return what a method asks, for whoever does not know its name."""
    return {
        Method.WEIGHTED: _("Counts what speaks against a hypothesis, each item by its credibility and relevance."),
        Method.INCONSISTENCY: _("Counts what speaks against a hypothesis, every item alike."),
        Method.BAYES: _("Asks how likely each item would be under each hypothesis, and takes every item as it is."),
        Method.BAYES_SOURCES: _(
            "Asks how likely each item would be under each hypothesis; weak sources and grouped items count less."
        ),
    }.get(method, "")


def main_sentences(answer: Answer) -> list[str]:
    """Return at most five sentences; whether the methods agree is the last where there is room for it."""
    found = robustness.sentences(answer.found)
    if answer.complete and answer.found.leaders and len(found) < _MOST_SENTENCES:
        found.append(answer.agreement)
    return found


def cells_of(answer: Answer) -> dict[str, dict[str, str]]:
    """Return for each sentence on other ratings the cells that it names: item -> hypothesis, by their ids."""
    found, assessment = answer.found, answer.found.inputs.assessment
    cells = {}
    for entry in found.steps or ():
        named = {
            assessment.items[change.row].id: assessment.hypotheses[change.column].id
            for change in reversed(entry.changes)
        }
        cells[steps_sentence(found, entry)] = named
        if entry.to_overtake is not None:
            cells[ratings_alone_sentence(found, entry)] = named
    return cells


def find_out_summary(answer: Answer) -> str:
    """Return what to find out first, in a sentence; "" where nothing can be found out."""
    found = answer.find_out
    return single_line(lead_sentence(found, found.prospects)) if found and found.prospects else ""


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
    return robustness_words.change_sentences(answer.found)


def trial_sentences(answer: Answer) -> list[str]:
    """Return what the trials were, their margin, and what they are not; none before they have run."""
    shares = answer.found.shares
    return robustness_words.trial_sentences(answer.found, QLocale().toString(shares.draws)) if shares else []


def part_sentences(answer: Answer) -> list[str]:
    """Return who would lead without a source, group, assumption or analyst, and how many change nothing."""
    if answer.parts is None:
        return []
    analysis, inputs = answer.question.analysis, answer.found.inputs
    said = robustness_words.part_sentences(analysis, inputs, answer.parts, answer.analysts)
    if len(answer.found.leaders) == 1:
        said += fewest_sentences(analysis, inputs, answer.found.leaders[0], answer.fewest)
    return said
