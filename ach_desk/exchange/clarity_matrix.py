"""The matrix that the page Clarity Matrix keeps in the browser.

The program has no export; the value can be copied from the browser's local storage. Its structure is described by the
page (github.com/thefinalmilkman/zero, ach/index.html and ach/ach.js, 2026): question, hypotheses (texts), evidence
(text, reliability A to F, credibility 1 to 6, cells with C, I, II or NA in the order of the hypotheses), likelihood
and confidence. NA there says not applicable, neutral or not rated, in one: such a cell stays unrated here.
"""

from __future__ import annotations

from typing import Any

from ach_desk.exchange.bounds import clean_line
from ach_desk.exchange.draft import Draft
from ach_desk.exchange.formats import Incoming
from ach_desk.exchange.json_files import key_of, objects
from ach_desk.i18n import _
from ach_desk.model import Citation, Rating, RatingValue

_RATINGS = {"C": RatingValue.CONSISTENT, "I": RatingValue.INCONSISTENT, "II": RatingValue.VERY_INCONSISTENT}


def recognised(value: Any) -> bool:
    """Return whether the value is such a matrix."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("hypotheses"), list)
        and all(isinstance(entry, str) for entry in value["hypotheses"])
        and isinstance(value.get("evidence"), list)
        and any(isinstance(entry.get("cells"), list) for entry in objects(value, "evidence"))
    )


def read(value: dict[str, Any], name: str) -> Incoming:
    """Return the matrix as an analysis; each row's grades are those of a source of its own."""
    question = clean_line(value.get("question"))
    draft = Draft("clarity-matrix", question, name)
    draft.analysis.question = question
    analyst = draft.analyst(1, "")
    matrix = draft.matrix(1, "")
    matrix.sheets[analyst.id] = {}
    hypotheses = [draft.hypothesis(number, title) for number, title in enumerate(value["hypotheses"], 1)]
    matrix.hypotheses = [hypothesis.id for hypothesis in hypotheses]
    for row, entry in enumerate(objects(value, "evidence"), 1):
        item = draft.item(row, entry.get("text"), citations=_graded(draft, row, entry))
        matrix.evidence.append(item.id)
        cells = entry.get("cells")
        for hypothesis, word in zip(hypotheses, cells if isinstance(cells, list) else [], strict=False):
            rating = _RATINGS.get(word) if isinstance(word, str) else None
            if rating is not None:
                draft.rate(matrix, analyst, item, hypothesis, Rating(rating))
            elif word == "NA":
                draft.change(_("NA, which says neutral, not applicable or not rated there, is unrated here."))
            else:
                text = _("{item} under {hypothesis}: “{text}” is no rating; the cell is unrated.")
                shown = clean_line(str(word))[:40]
                draft.skip(text.format(item=item.label, hypothesis=hypothesis.label, text=shown))
    for key, words in (("likelihood", _("The likelihood.")), ("confidence", _("The confidence."))):
        if value.get(key) is not None:
            draft.skip(words)
    return draft.done()


def _graded(draft: Draft, row: int, entry: dict[str, Any]) -> tuple[Citation, ...]:
    """Return the citation with the row's grades, which are of a source that the page does not name."""
    reliability, credibility = clean_line(entry.get("reliability")), key_of(entry.get("credibility"))
    if not reliability and not credibility:
        return ()
    graded = {"reliability": reliability} if reliability else {}
    source = draft.source(_("Source of row {row}").format(row=row), **graded)
    assert source is not None  # it has a name
    draft.change(_("The grades of a row are those of a source named after the row, as the page names none."))
    known = credibility in {"1", "2", "3", "4", "5", "6"}
    return (Citation.model_validate({"source": source.id, "credibility": credibility if known else None}),)
