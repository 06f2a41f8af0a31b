"""What changed between two states of an analysis, in sentences, and what it did to the standing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ach_desk.i18n import _, join_words
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, Rating, Source
from ach_desk.model.change_words import field_word, rating_change, shortened
from ach_desk.model.grade_words import grade_word
from ach_desk.model.public import public, withheld
from ach_desk.model.words import kind_word, level_word, rating_symbol
from ach_desk.reporting.comparison_effect import Effect, Turn, effect_of
from ach_desk.reporting.comparison_further import further
from ach_desk.reporting.sentence import Sentence

__all__ = ["Comparison", "Group", "Sentence", "compare", "effect_title"]

NEW, ASIDE, REJECTED, RATED, WORDED, DELETED, GRADED = (
    "new",
    "aside",
    "rejected",
    "rated",
    "worded",
    "deleted",
    "graded",
)
_WORDINGS = {
    "hypothesis": ("title", "statement", "note"),
    "evidence": ("title", "detail", "note"),
    "source": ("name", "note"),
}
_MOST_RATINGS_TOLD = 6


@dataclass(frozen=True)
class Group:
    """Changes of one sort."""

    key: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Comparison:
    """All that changed, grouped, what it did to the standing, and what brought that about."""

    groups: tuple[Group, ...]
    effect: tuple[Sentence, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed."""
        return not self.groups

    def group(self, key: str) -> tuple[Sentence, ...]:
        """Return the sentences of a group; none when there is no such change."""
        return next((group.sentences for group in self.groups if group.key == key), ())

    def as_text(self, title: str, *, with_effect: bool = True) -> str:
        """Return everything as plain text under `title`, without the effect on the standing when that is hidden."""
        lines = [title, ""]
        if self.is_empty:
            lines.append(_("Nothing has changed."))
        for group in self.groups:
            lines += [group.title, *(f"- {sentence.text}" for sentence in group.sentences), ""]
        if with_effect and self.effect:
            lines += [effect_title(), *(f"- {sentence.text}" for sentence in self.effect), ""]
        return "\n".join(lines).rstrip() + "\n"


def effect_title() -> str:
    """Return the heading over the effect on the standing."""
    return _("What it did to the standing")


def compare(before: Analysis, after: Analysis, matrix: Matrix, analyst: str) -> Comparison:
    """Return what changed from `before` to `after`; `matrix` of `after`, as rated by the analyst (an id), is ranked.

    Where `before` has no matrix of that id, its first one stands for it. What either state withholds is not told.
    """
    hidden = withheld(before, after)
    before, after = public(before, hidden), public(after, hidden)
    pair = _Pair(before, after, _matrix_before(before, matrix), matrix, analyst)
    found = {
        NEW: (_("New"), _new(pair)),
        ASIDE: (_("Set aside, or counted again"), _aside(pair)),
        REJECTED: (_("Rejected, or active again"), _rejected(pair)),
        RATED: (_("Re-rated"), _rated(pair)),
        WORDED: (_("Reworded"), _worded(pair)),
        DELETED: (_("Deleted"), _deleted(pair)),
        GRADED: (_("Credibility, relevance, kind and sources"), _graded(pair)),
        **further(before, after),
    }
    groups = [Group(key, title, tuple(sentences)) for key, (title, sentences) in found.items()]
    groups = [group for group in groups if group.sentences]
    if not groups:
        return Comparison((), ())
    effect = effect_of(before, pair.old, after, matrix, analyst)
    return Comparison(tuple(groups), tuple(_effect_sentences(pair, effect)))


@dataclass(frozen=True)
class _Pair:
    before: Analysis
    after: Analysis
    old: Matrix
    matrix: Matrix
    analyst: str

    def items(self) -> Iterator[tuple[EvidenceItem, EvidenceItem]]:
        """Yield the items that are in both states, as they were and as they are."""
        for item in _in_order(self.after.evidence, self.matrix.evidence):
            if item.id in self.before.evidence:
                yield self.before.evidence[item.id], item

    def hypotheses(self) -> Iterator[tuple[Hypothesis, Hypothesis]]:
        """Yield the hypotheses that are in both states."""
        for hypothesis in _in_order(self.after.hypotheses, self.matrix.hypotheses):
            if hypothesis.id in self.before.hypotheses:
                yield self.before.hypotheses[hypothesis.id], hypothesis

    def label(self, item: str) -> str:
        """Return the label of an item that is there, or was; "?" for another one."""
        record = self.after.evidence.get(item) or self.before.evidence.get(item)
        return record.label if record is not None else "?"

    def ratings(self, item: str, hypothesis: str) -> tuple[Rating | None, Rating | None]:
        """Return the rating of a cell as it was and as it is."""
        return self.old.rating(self.analyst, item, hypothesis), self.matrix.rating(self.analyst, item, hypothesis)


def _matrix_before(before: Analysis, matrix: Matrix) -> Matrix:
    same = next((other for other in before.matrices if other.id == matrix.id), None)
    return same or (before.matrices[0] if before.matrices else Matrix(id=matrix.id))


def _in_order(records: dict, order: Iterable[str]) -> list:
    """Return every record, those of the matrix first and in its order."""
    first = [records[entry] for entry in dict.fromkeys(order) if entry in records]
    shown = {record.id for record in first}
    return [*first, *(record for record in records.values() if record.id not in shown)]


def _new(pair: _Pair) -> Iterator[Sentence]:
    for hypothesis in _in_order(pair.after.hypotheses, pair.matrix.hypotheses):
        if hypothesis.id not in pair.before.hypotheses:
            yield Sentence(_titled(hypothesis), hypothesis=hypothesis.id)
    for item in _in_order(pair.after.evidence, pair.matrix.evidence):
        if item.id not in pair.before.evidence:
            text = _titled(item)
            if item.is_unsorted:
                text = _("{item} (unsorted)").format(item=text)
            elif ratings := _ratings_told(pair, item.id):
                text = _("{item} ({ratings})").format(item=text, ratings=ratings)
            yield Sentence(text, evidence=item.id)
    for source in pair.after.sources.values():
        if source.id not in pair.before.sources:
            text = _("{label}: “{title}”").format(label=source.label, title=shortened(source.name))
            yield Sentence(text, source=source.id)


def _titled(record: EvidenceItem | Hypothesis) -> str:
    return _("{label}: “{title}”").format(label=record.label, title=shortened(record.title))


def _ratings_told(pair: _Pair, item: str) -> str:
    """Return the ratings of a new item, where they are few enough to be read: "H1 C, H2 I"."""
    row = pair.matrix.sheets.get(pair.analyst, {}).get(item, {})
    rated = [
        f"{pair.after.hypotheses[entry].label} {rating_symbol(row[entry].value)}"
        for entry in pair.matrix.hypotheses
        if entry in row and row[entry].value is not None and entry in pair.after.hypotheses
    ]
    return ", ".join(rated) if len(rated) <= _MOST_RATINGS_TOLD else ""


def _aside(pair: _Pair) -> Iterator[Sentence]:
    for old, new in pair.items():
        if old.is_unsorted != new.is_unsorted:
            text = _("{label} waits unsorted again") if new.is_unsorted else _("{label} was taken in")
            yield Sentence(text.format(label=new.label), evidence=new.id)
        elif old.is_counted != new.is_counted:
            text = _("{label} counts again") if new.is_counted else _("{label} was set aside")
            yield Sentence(_reasoned(text.format(label=new.label), new.status_reason), evidence=new.id)


def _rejected(pair: _Pair) -> Iterator[Sentence]:
    for old, new in pair.hypotheses():
        if old.is_active != new.is_active:
            text = _("{label} is active again") if new.is_active else _("{label} was rejected")
            yield Sentence(_reasoned(text.format(label=new.label), new.status_reason), hypothesis=new.id)


def _reasoned(text: str, reason: str) -> str:
    return _("{state}: {reason}").format(state=text, reason=shortened(reason)) if reason else text


def _rated(pair: _Pair) -> Iterator[Sentence]:
    hypotheses = [new for _old, new in pair.hypotheses()]
    for _was, item in pair.items():
        for hypothesis in hypotheses:
            old, new = pair.ratings(item.id, hypothesis.id)
            if old is not new and _tells_apart(old, new):
                change = rating_change(old, new, pair.label, with_reason=False)
                text = _("{item} under {hypothesis}: {change}")
                text = text.format(item=item.label, hypothesis=hypothesis.label, change=change)
                yield Sentence(text, evidence=item.id, hypothesis=hypothesis.id)


def _tells_apart(old: Rating | None, new: Rating | None) -> bool:
    fields = ("value", "range", "confidence", "rationale", "rests_on")
    blank = Rating(None)
    return any(getattr(old or blank, field) != getattr(new or blank, field) for field in fields)


def _worded(pair: _Pair) -> Iterator[Sentence]:
    for field in ("question", "description"):
        if change := _rewording(pair.before, pair.after, field):
            yield Sentence(_("{field}: {change}").format(field=field_word(field), change=change))
    for old, new in pair.hypotheses():
        for text in _rewordings("hypothesis", old, new):
            yield Sentence(text, hypothesis=new.id)
    for old, new in pair.items():
        for text in _rewordings("evidence", old, new):
            yield Sentence(text, evidence=new.id)
    for source in pair.after.sources.values():
        if source.id in pair.before.sources:
            for text in _rewordings("source", pair.before.sources[source.id], source):
                yield Sentence(text, source=source.id)


def _rewordings(kind: str, old: object, new: object) -> Iterator[str]:
    for field in _WORDINGS[kind]:
        if change := _rewording(old, new, field):
            label = getattr(new, "label", "")
            yield _("{label}, {field}: {change}").format(label=label, field=field_word(field), change=change)


def _rewording(old: object, new: object, field: str) -> str:
    was, now = getattr(old, field), getattr(new, field)
    if was == now:
        return ""
    if not now.strip():
        return _("“{before}” was deleted").format(before=shortened(was))
    if not was.strip():
        return _("now “{after}”").format(after=shortened(now))
    return _("“{before}” → “{after}”").format(before=_from_difference(was, now), after=_from_difference(now, was))


def _from_difference(text: str, other: str) -> str:
    """Return a short text that shows where the two differ, which in long texts may be far from the beginning."""
    same = next((at for at, pair in enumerate(zip(text, other, strict=False)) if pair[0] != pair[1]), 0)
    start = text.rfind(" ", 0, max(same - 20, 0)) + 1 if same > 30 and len(text) > 50 else 0
    return ("…" if start else "") + shortened(text[start:])


def _deleted(pair: _Pair) -> Iterator[Sentence]:
    for hypothesis in pair.before.hypotheses.values():
        if hypothesis.id not in pair.after.hypotheses:
            yield Sentence(_titled(hypothesis))
    for item in pair.before.evidence.values():
        if item.id not in pair.after.evidence:
            yield Sentence(_titled(item))
    for source in pair.before.sources.values():
        if source.id not in pair.after.sources:
            yield Sentence(_("{label}: “{title}”").format(label=source.label, title=shortened(source.name)))


def _graded(pair: _Pair) -> Iterator[Sentence]:
    for old, new in pair.items():
        for field, say in _GRADES.items():
            was, now = getattr(old, field), getattr(new, field)
            if was != now:
                text = _("{label}: {field} {before} → {after}")
                text = text.format(label=new.label, field=field_word(field), before=say(was), after=say(now))
                yield Sentence(text, evidence=new.id)
        if text := _citing(pair, old, new):
            yield Sentence(text, evidence=new.id)
    for source in pair.after.sources.values():
        if source.id in pair.before.sources:
            for text in _source_graded(pair.before.sources[source.id], source):
                yield Sentence(text, source=source.id)


def _source_graded(old: Source, new: Source) -> Iterator[str]:
    for field in ("reliability", "evaluation"):
        was, now = getattr(old, field), getattr(new, field)
        if was is not now:
            grades = {"before": grade_word(was) if was else level_word(None), "after": grade_word(now) if now else ""}
            text = _("{label}: {field} {before} → {after}") if now else _("{label}: {field} {before} taken away")
            yield text.format(label=new.label, field=field_word(field), **grades)
    if old.retracted is not new.retracted:
        text = _("{label} was retracted") if new.retracted else _("{label} is no longer retracted")
        yield _reasoned(text.format(label=new.label), new.retracted_reason)


_GRADES: dict[str, Callable] = {"credibility": level_word, "relevance": level_word, "kind": kind_word}


def _citing(pair: _Pair, old: EvidenceItem, new: EvidenceItem) -> str:
    was, now = ([citation.source for citation in item.citations] for item in (old, new))
    more = [_source_label(pair.after, entry) for entry in now if entry not in was]
    fewer = [_source_label(pair.before, entry) for entry in was if entry not in now]
    if more and fewer:
        text = _("{label}: cites {new} and no longer {old}")
    elif more:
        text = _("{label}: now cites {new}")
    elif fewer:
        text = _("{label}: no longer cites {old}")
    else:
        return ""
    return text.format(label=new.label, new=join_words(more), old=join_words(fewer))


def _source_label(analysis: Analysis, source: str) -> str:
    return analysis.sources[source].label if source in analysis.sources else "?"


# The standing


def _effect_sentences(pair: _Pair, effect: Effect) -> Iterator[Sentence]:
    yield Sentence(effect.headline)
    if effect.orders[0] != effect.orders[1]:
        text = _("Order before: {before}. Now: {after}.")
        yield Sentence(text.format(before=effect.orders[0], after=effect.orders[1]))
    if effect.too_many:
        yield Sentence(_("There are too many changes to try each of them alone."))
    for turn in effect.restoring:
        text = _("{change} did it alone: without it, {leaders} would be first.")
        yield _caused(pair, turn, text, effect.old_leaders)
    for turn in effect.reordering:
        text = _("{change} did it alone: without it, the order would be as before.")
        yield _caused(pair, turn, text, effect.old_leaders)
    if effect.strongest:
        yield Sentence(_("No change did it alone. These took most of the lead:"))
    for turn in effect.strongest:
        text = _("{change} took {points} points from {leaders}.")
        yield _caused(pair, turn, text, effect.old_leaders)


def _caused(pair: _Pair, turn: Turn, text: str, leaders: str) -> Sentence:
    change = _turn_words(pair, turn)
    said = text.format(change=change, leaders=leaders, points=f"{turn.gain:.1f}")
    kept = pair.after.evidence.get(turn.evidence), pair.after.hypotheses.get(turn.hypothesis)
    return Sentence(said, *(record.id if record is not None else "" for record in kept))


def _turn_words(pair: _Pair, turn: Turn) -> str:
    item = pair.after.evidence.get(turn.evidence) or pair.before.evidence.get(turn.evidence)
    hypothesis = pair.after.hypotheses.get(turn.hypothesis) or pair.before.hypotheses.get(turn.hypothesis)
    names = {"item": item.label if item else "", "hypothesis": hypothesis.label if hypothesis else ""}
    if turn.what == "rated" and item is not None and hypothesis is not None:
        old, new = pair.ratings(item.id, hypothesis.id)
        change = f"{rating_symbol(old.value if old else None)} → {rating_symbol(new.value if new else None)}"
        return _("{item} under {hypothesis}, {change},").format(**names, change=change)
    return {
        "new": _("{item}, which is new,"),
        "deleted": _("{item}, which was deleted,"),
        "aside": _("{item}, which was set aside,"),
        "counted": _("{item}, which counts again,"),
        "weight": _("{item}, which has another weight,"),
        "new hypothesis": _("{hypothesis}, which is new,"),
        "deleted hypothesis": _("{hypothesis}, which was deleted,"),
        "rejected": _("{hypothesis}, which was rejected,"),
        "reinstated": _("{hypothesis}, which is active again,"),
    }[turn.what].format(**names)
