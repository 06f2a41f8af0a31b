"""Where the name of a withheld source stands all the same: in texts of the analyst's own, which outputs show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, Source
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.judgement import Conclusion
from ach_desk.scoring.findings import Finding

_MOST_NAMED = 6
_FEWEST_LETTERS = 2
"""A shorter name stands in any text."""


def withheld_findings(analysis: Analysis, matrix: Matrix, analyst: str) -> Iterator[Finding]:
    """Yield for each withheld source that its name stands in texts which a document on `matrix` may show."""
    for source in analysis.sources.values():
        name = source.name.strip()
        if not source.withheld or len(name) < _FEWEST_LETTERS:
            continue
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        items = [item for item in analysis.evidence.values() if _names(_item_texts(item), name, whole)]
        hypotheses = [entry for entry in analysis.hypotheses.values() if _names(_texts(entry), name, whole)]
        rows = matrix.sheets.get(analyst, {})
        reasoned = [entry for entry, row in rows.items() if _names((r.rationale for r in row.values()), name, whole)]
        known = {item.id for item in items}
        items += [analysis.evidence[entry] for entry in reasoned if entry in analysis.evidence and entry not in known]
        elsewhere = [words for words, texts in _elsewhere(analysis, matrix, source) if _names(texts, name, whole)]
        places = [*elsewhere, *(record.label for record in (*hypotheses, *items))]
        if places:
            text = _("{source} is withheld, but its name stands in the texts of {places}, which leave the program.")
            yield Finding(
                "source_still_named",
                text.format(source=source.label, places=join_some(places[:_MOST_NAMED], _MOST_NAMED, len(places))),
                hypotheses=tuple(entry.id for entry in hypotheses),
                evidence=tuple(item.id for item in items),
                others=(source.id,),
            )


def _names(texts: Iterable[str], name: str, whole: re.Pattern[str]) -> bool:
    return any(name in text and whole.search(text) is not None for text in texts)


def _item_texts(item: EvidenceItem) -> tuple[str, ...]:
    texts = (item.title, item.detail, item.quotation, item.note, item.heading, item.page, item.event_words)
    return (*texts, item.status_reason, item.suspect_reason, item.marking, *item.tags)


def _texts(hypothesis: Hypothesis) -> tuple[str, ...]:
    return hypothesis.title, hypothesis.statement, hypothesis.note, hypothesis.status_reason


def _elsewhere(analysis: Analysis, matrix: Matrix, source: Source) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield (where, texts) of what has no label."""
    yield _("its public description"), [source.public_description]
    yield _("the analysis"), [analysis.question, analysis.description, analysis.notice, analysis.marking, matrix.name]
    yield _("a dependence group"), [text for group in analysis.groups.values() for text in (group.name, group.note)]
    yield _("a challenge"), [text for one in analysis.challenges.values() for text in (one.text, one.answer)]
    yield _("an indicator"), [text for one in analysis.indicators.values() for text in (one.text, one.note)]
    conclusion = conclusion_on(analysis, matrix.id)
    if conclusion is not None:
        yield _("the conclusion"), _conclusion_texts(conclusion)


def _conclusion_texts(conclusion: Conclusion) -> Iterator[str]:
    yield from (value for value in vars(conclusion).values() if isinstance(value, str))
    yield from (entry.reason for entry in conclusion.likelihoods)
    yield from (entry.note for entry in conclusion.prompts)
