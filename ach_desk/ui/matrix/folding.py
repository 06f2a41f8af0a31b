"""What is folded away among the hypotheses: the forms of folded headings, and the rejected ones. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model import Hypothesis
from ach_desk.scoring import Assessment

_MOST_NAMED = 3


class Folding:
    """View state. folded: ids of headings whose forms are hidden. rejected_shown: whether rejected ones are shown."""

    def __init__(self) -> None:
        self.folded: set[str] = set()
        self.rejected_shown = False

    def arranged(self, ids: Sequence[str], assessment: Assessment) -> list[str]:
        """Return those of the ids that are shown, in their order, rejected ones at the end."""
        if not self.folded and not rejected(assessment):
            return list(ids)
        by_id = {entry.id: entry for entry in assessment.hypotheses}
        shown = [entry for entry in ids if by_id[entry].is_active and not self._is_under_fold(entry, assessment)]
        return shown + [entry for entry in ids if self.rejected_shown and not by_id[entry].is_active]

    def is_folded(self, hypothesis: str, assessment: Assessment) -> bool:
        """Return whether a hypothesis is a heading whose forms are hidden."""
        return hypothesis in self.folded and hypothesis in assessment.headings

    def reveal(self, ids: Iterable[str], assessment: Assessment) -> bool:
        """Unfold what hides the hypotheses; return whether anything did."""
        before = set(self.folded), self.rejected_shown
        columns = {entry.id: column for column, entry in enumerate(assessment.hypotheses)}
        for column in (columns[entry] for entry in ids if entry in columns):
            *over, own = assessment.lineage(column)
            if own.is_active:
                self.folded -= {entry.id for entry in over}
            else:
                self.rejected_shown = True
        return before != (self.folded, self.rejected_shown)

    def _is_under_fold(self, hypothesis: str, assessment: Assessment) -> bool:
        column = assessment.table.hypothesis_ids.index(hypothesis)
        return any(entry.id in self.folded for entry in assessment.lineage(column)[:-1])


def rejected(assessment: Assessment) -> list[Hypothesis]:
    """Return the rejected hypotheses, in matrix order."""
    return [entry for entry in assessment.hypotheses if not entry.is_active]


def heading_sentence(hypothesis: Hypothesis, best: Hypothesis | None) -> str:
    """Return why the cells of a heading are not rated and what to do; `best`: its form whose ratings it shows."""
    if best is None:
        return _("{label} is a heading: rate its forms.").format(label=hypothesis.label)
    text = _("{label} is folded and shows the ratings of {best}. Press + to unfold it and rate its forms.")
    return text.format(label=hypothesis.label, best=best.label)


def what_deleting_leaves(hypotheses: Mapping[str, Hypothesis], ids: Iterable[str]) -> str:
    """Return in sentences what becomes of forms and combinations when hypotheses are deleted; "" for nothing."""
    gone = set(ids)
    rest = [entry for entry in hypotheses.values() if entry.id not in gone]
    forms = [entry.label for entry in rest if entry.parent in gone]
    sentences = []
    if forms:
        text = ngettext("{names} now stands on its own.", "{names} now stand on their own.", len(forms))
        sentences.append(text.format(names=join_some(forms, _MOST_NAMED)))
    for entry in rest:
        left = [hypotheses[part].label for part in entry.combines if part in hypotheses and part not in gone]
        if len(left) == len(entry.combines):
            continue
        text = _("{label} now joins only {parts}.") if left else _("{label} joins nothing any more.")
        sentences.append(text.format(label=entry.label, parts=join_words(left)))
    return " ".join(sentences)
