"""The sentences of the matrix: scores and ranks, tooltips, and what a screen reader says of headers and cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import Analysis, EvidenceItem, EvidenceKind, Hypothesis, RatingValue, words
from ach_desk.model.spans import words_of
from ach_desk.scoring import Assessment
from ach_desk.ui.doubt.marks import doubt_words, sentences

MINUS = "\N{MINUS SIGN}"
DASH = "–"
KIND_MARKS = {EvidenceKind.ASSUMPTION: "?", EvidenceKind.DEDUCTION: "∴", EvidenceKind.ABSENCE: "∅"}
"""What stands beside the label of an item that is no plain evidence."""


class Figures(NamedTuple):
    """What a hypothesis header shows of the standing.

    share: the length of its bar, 0 to 1 of that of the active hypothesis with the most against it.
    """

    score: str
    rank: str
    short_rank: str
    share: float


def rating_name(value: RatingValue | None) -> str:
    """Return the name of a rating in words."""
    return {
        RatingValue.VERY_CONSISTENT: _("very consistent"),
        RatingValue.CONSISTENT: _("consistent"),
        RatingValue.SLIGHTLY_CONSISTENT: _("slightly consistent"),
        RatingValue.NEUTRAL: _("neutral"),
        RatingValue.SLIGHTLY_INCONSISTENT: _("slightly inconsistent"),
        RatingValue.INCONSISTENT: _("inconsistent"),
        RatingValue.VERY_INCONSISTENT: _("very inconsistent"),
        RatingValue.NOT_APPLICABLE: _("not applicable"),
        None: _("not rated"),
    }[value]


def figures(assessment: Assessment, sign: str) -> list[Figures]:
    """Return the figures of each hypothesis in matrix order; `sign` is "negative" or "positive" (see Settings)."""
    scores = assessment.standing.weighted_inconsistency
    decimals = _decimals(scores)
    longest = float(-scores[assessment.table.active].min(initial=0.0))
    comparable = assessment.comparable
    result = []
    for column in range(len(assessment.hypotheses)):
        rank, short = _rank(assessment, column, bool(comparable[column]))
        result.append(
            Figures(
                score=_score(float(scores[column]), decimals, sign),
                rank=rank,
                short_rank=short,
                share=float(-scores[column]) / longest if longest else 0.0,
            )
        )
    return result


def heading_figures() -> Figures:
    """Return what stands in the header of a heading that shows no form in its place."""
    return Figures(DASH, _("heading"), _("heading"), 0.0)


def hidden_figures(count: int) -> list[Figures]:
    """Return what stands in the headers while scores are hidden."""
    return [Figures(DASH, "", "", 0.0)] * count


def score_texts(scores: Sequence[float], sign: str) -> list[str]:
    """Return scores as they are written beside each other, with as many decimals as tell them apart."""
    decimals = _decimals(np.array(scores))
    return [_score(score, decimals, sign) for score in scores]


def _decimals(scores: np.ndarray) -> int:
    """Return 0 for whole scores, else the fewest decimals (1 or 2) that keep different scores different."""
    if not len(scores) or np.allclose(scores, np.rint(scores), atol=1e-9):
        return 0
    exact = len(set(np.round(scores, 9).tolist()))
    return 1 if len(set(np.round(scores, 1).tolist())) == exact else 2


def _score(score: float, decimals: int, sign: str) -> str:
    text = f"{abs(score):.{decimals}f}"
    return MINUS + text if sign == "negative" and float(text) else text


def _rank(assessment: Assessment, column: int, comparable: bool) -> tuple[str, str]:
    """Return the rank in words, long and short."""
    standing = assessment.standing
    if not assessment.hypotheses[column].is_active:
        return _("rejected"), _("rejected")
    if not standing.rank[column]:
        return _("not ranked"), _("no rank")
    if not comparable:
        rated, total = int(standing.rated[column]), assessment.counted_items
        return (
            _("{rated} of {total} rated").format(rated=rated, total=total),
            _("{rated} of {total}").format(rated=rated, total=total),
        )
    rank = int(standing.rank[column])
    if np.count_nonzero(standing.rank[assessment.comparable] == rank) > 1:
        return _("rank {rank}, tied").format(rank=rank), _("{rank} tied").format(rank=rank)
    return _("rank {rank}").format(rank=rank), str(rank)


def item_label(item: EvidenceItem) -> str:
    """Return label, kind where it is not plain evidence, and title: "E4 (assumption), the pump was sealed"."""
    if item.kind is EvidenceKind.EVIDENCE:
        return _("{label}, {title}").format(label=item.label, title=item.title)
    kind = words.kind_word(item.kind)
    return _("{label} ({kind}), {title}").format(label=item.label, kind=kind, title=item.title)


def item_accessible(item: EvidenceItem, analysis: Analysis, separates: str) -> str:
    """Return what a screen reader says of an item's header; `separates` is a sentence on diagnosticity or ""."""
    parts = [item_label(item)]
    if item.credibility is not None:
        parts.append(_("credibility {level}").format(level=words.level_word(item.credibility)))
    if item.relevance is not None:
        parts.append(_("relevance {level}").format(level=words.level_word(item.relevance)))
    if item.flag:
        parts.append(_("flagged"))
    if not item.is_counted:
        parts.append(_with_reason(_("set aside"), item.status_reason))
    parts += doubt_words(item, analysis)
    if separates:
        parts.append(separates)
    return ", ".join(parts)


def item_tooltip(item: EvidenceItem, analysis: Analysis, separates: str) -> str:
    """Return the tooltip of an item: title, detail, what is set, where it comes from."""
    lines = [item_label(item), words.quotation_words(item), item.detail]
    facts = []
    if item.credibility is not None:
        facts.append(_("Credibility: {level}").format(level=words.level_word(item.credibility)))
    if item.relevance is not None:
        facts.append(_("Relevance: {level}").format(level=words.level_word(item.relevance)))
    if date := words_of(item.event_date, item.event_end, item.event_words):
        facts.append(_("Date: {date}").format(date=date))
    if item.marking:
        facts.append(_("Marking: {marking}").format(marking=item.marking))
    lines.append(" · ".join(facts))
    if sources := source_names(item, analysis):
        lines.append(_("Sources: {names}").format(names=join_words(sources)))
    if not item.is_counted:
        lines.append(_with_reason(_("Set aside and not scored"), item.status_reason))
    lines += sentences(doubt_words(item, analysis))
    lines.append(separates)
    return "\n".join(line for line in lines if line)


def source_names(item: EvidenceItem, analysis: Analysis) -> list[str]:
    """Return the names of an item's sources; citations of missing sources are passed over."""
    sources = (analysis.sources.get(citation.source) for citation in item.citations)
    return [source.name for source in sources if source is not None]


def separates(spread: float, complete: bool) -> str:
    """Return in words whether an item tells the hypotheses apart; `spread` is its diagnosticity (NaN: undefined)."""
    if np.isnan(spread):
        return ""
    if spread == 0.0:
        return _("does not separate the hypotheses") if complete else ""
    return _("diagnosticity {value}").format(value=f"{spread:.1f}")


def influence_words(value: float, names: tuple[str, str]) -> str:
    """Return in words what an item does for the lead of the first of `names` over the second; "" where undefined."""
    if np.isnan(value):
        return ""
    text = _("influence today {value}: holds up the lead of {one} over {other}")
    if value == 0:
        text = _("no influence today on the lead of {one} over {other}")
    elif value < 0:
        text = _("influence today {value}: works against the lead of {one} over {other}")
    return text.format(value=signed(value), one=names[0], other=names[1])


def signed(value: float) -> str:
    """Return a number with one decimal and its sign; 0 as it is."""
    return "0" if value == 0 else f"{value:+.1f}".replace("-", MINUS)


def hypothesis_accessible(hypothesis: Hypothesis, shown: Figures) -> str:
    """Return what a screen reader says of a hypothesis header."""
    parts = [_("{label}, {title}").format(label=hypothesis.label, title=hypothesis.title)]
    if hypothesis.is_active and shown.rank:
        parts.append(_("weighted inconsistency {score}").format(score=shown.score))
        parts.append(shown.rank)
    if not hypothesis.is_active:
        parts.append(_with_reason(_("rejected"), hypothesis.status_reason))
    return ", ".join(parts)


def hypothesis_tooltip(hypothesis: Hypothesis, analysis: Analysis, shown: Figures, sentence: str) -> str:
    """Return the tooltip of a hypothesis: title, statement, what it combines, how it stands, why it is rejected.

    `sentence` says in words how much speaks against it; "" while that is hidden.
    """
    lines = [_("{label}, {title}").format(label=hypothesis.label, title=hypothesis.title), hypothesis.statement]
    if hypothesis.combines:
        lines.append(_("Combines {names}").format(names=join_words(combined_labels(hypothesis, analysis))))
    if not hypothesis.is_active:
        lines.append(_with_reason(_("Rejected and not ranked"), hypothesis.status_reason))
    elif shown.rank:
        lines.append(_("Weighted inconsistency {score}, {rank}").format(score=shown.score, rank=shown.rank))
        lines.append(sentence)
    return "\n".join(line for line in lines if line)


def combined_labels(hypothesis: Hypothesis, analysis: Analysis) -> list[str]:
    """Return the labels of the hypotheses that this one joins."""
    parts = (analysis.hypotheses.get(part) for part in hypothesis.combines)
    return [part.label for part in parts if part is not None]


def number_of(hypothesis: Hypothesis, column: int) -> int:
    """Return the place of the hypothesis' stripe colour: by its label, so that it keeps it wherever it is moved."""
    digits = hypothesis.label[1:]
    return int(digits) - 1 if digits.isdecimal() and len(digits) < 8 else column


def next_step(assessment: Assessment, item: EvidenceItem | None, *, shown: bool) -> str:
    """Return the one line that says what to do next; `item` is the one under the keyboard."""
    active = int(np.count_nonzero(assessment.table.active))
    total = assessment.counted_items * active
    still_open = assessment.open_cells
    if not total:
        return ""
    if still_open == total and item is not None:
        text = _("Would you expect {item} if this hypothesis were true? Press a key; the cursor moves on by itself.")
        return text.format(item=item.label)
    if still_open:
        text = ngettext(
            "{rated} of {total} cells rated, {count} is open.",
            "{rated} of {total} cells rated, {count} are open.",
            still_open,
        )
        return text.format(rated=total - still_open, total=total, count=still_open)
    if shown:
        return _("All cells are judged. Read the charts (Ctrl+2), then print one page (Ctrl+P).")
    return _("All cells are rated.")


def hidden_sentence(automatic: bool) -> str:
    """Return why no standing is shown."""
    return _("Standing appears when all items are rated.") if automatic else _("The standing is hidden.")


def _with_reason(state: str, reason: str) -> str:
    return _("{state}: {reason}").format(state=state, reason=reason) if reason else state
