"""The credibility that grades propose for an item, by the rule of the analysis. A proposal is only ever offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ach_desk.i18n import _, join_words
from ach_desk.model import (
    Analysis,
    Citation,
    CredibilityRule,
    EvidenceItem,
    GradingScheme,
    InformationCredibility,
    Level,
    Reliability,
    Source,
    SourceEvaluation,
    Stance,
)
from ach_desk.model.citing import is_retracted, supports
from ach_desk.model.grade_words import (
    Grade,
    cannot_be_judged,
    grade_symbol,
    grade_word,
    said_grade,
    source_grade,
)
from ach_desk.model.words import level_word

_ORDER = {Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}
_OWN_RULE = CredibilityRule()


class Proposal(NamedTuple):
    """What grades propose for an item: a level, or None where they propose nothing; and why, in words."""

    level: Level | None
    reason: str


@dataclass(frozen=True)
class Grading:
    """By what grades become levels: the sources, the scheme and the rule."""

    sources: Mapping[str, Source]
    scheme: GradingScheme
    rule: CredibilityRule

    @cached_property
    def _source_levels(self) -> dict[str, Level | None]:
        """Return the level of every source that was not retracted; asked for once per citation of thousands."""
        return {
            source.id: self.level(source_grade(source, self.scheme))
            for source in self.sources.values()
            if not source.retracted
        }

    def level(self, grade: Grade | None) -> Level | None:
        """Return the level that the rule gives to a grade."""
        rule = self.rule
        if isinstance(grade, Reliability):
            return rule.reliability.get(grade)
        if isinstance(grade, InformationCredibility):
            return rule.information.get(grade)
        if isinstance(grade, SourceEvaluation):
            return rule.evaluation.get(grade)
        return rule.known.get(grade) if grade is not None else None

    def of_citation(self, citation: Citation) -> Level | None:
        """Return the level of one use of a source: the lower one of both grades, or that of the information alone."""
        of_source = self._source_levels.get(citation.source)
        grade = said_grade(citation, self.scheme)
        of_information = self.level(grade)
        if self.rule.combine == "information":
            return of_source if grade is None else of_information
        if of_source is None or of_information is None:
            return None
        return of_source if _ORDER[of_source] < _ORDER[of_information] else of_information


def rule_of(analysis: Analysis) -> CredibilityRule:
    """Return the rule that holds in the analysis: its own, else the program's."""
    return analysis.credibility_rule or _OWN_RULE


def grading_of(analysis: Analysis) -> Grading:
    """Return by what the grades of the analysis become levels."""
    return Grading(analysis.sources, analysis.grading, rule_of(analysis))


def proposed_level(item: EvidenceItem, grading: Grading) -> Level | None:
    """Return the level that grades propose for an item; None for no proposal.

    Of several sources that say so the best one speaks; those that say otherwise and those taken back do not.
    """
    best: Level | None = None
    for citation in supports(item, grading.sources):
        level = grading.of_citation(citation)
        if level is not None and (best is None or _ORDER[level] > _ORDER[best]):
            best = level
    return best


def proposal(item: EvidenceItem, grading: Grading) -> Proposal:
    """Return what grades propose for an item and why, or why they propose nothing."""
    supporting = supports(item, grading.sources)
    level = proposed_level(item, grading)
    if level is None:
        return Proposal(None, _why_none(item, supporting, grading))
    said = [_named(citation, grading) for citation in supporting if grading.of_citation(citation) is level]
    text = _("The grades propose {level}: {sources}.").format(level=level_word(level), sources=join_words(said[:3]))
    return Proposal(level, " ".join([text, *_asides(item, supporting, grading)]))


def stale_items(items: Iterable[EvidenceItem], grading: Grading) -> list[EvidenceItem]:
    """Return the items whose credibility was taken from grades that propose something else by now."""
    return [
        item for item in items if item.credibility_from_grades and proposed_level(item, grading) is not item.credibility
    ]


def _named(citation: Citation, grading: Grading) -> str:
    source = grading.sources[citation.source]
    symbol = grade_symbol(source, citation, grading.scheme)
    return _("{label} is graded {grade}").format(label=source.label, grade=symbol)


def _asides(item: EvidenceItem, supporting: list[Citation], grading: Grading) -> list[str]:
    """Return in sentences what the proposal does not take into account."""
    sources = grading.sources
    against = _labels((entry for entry in item.citations if entry.stance is Stance.CONFLICTING), sources)
    unknown = _labels((entry for entry in supporting if grading.of_citation(entry) is None), sources)
    suspect = _labels((entry for entry in supporting if _is_suspect(entry, sources)), sources)
    return [
        text.format(names=join_words(names))
        for names, text in (
            (against, _("That {names} says otherwise does not lower it.")),
            (unknown, _("{names} proposes nothing.")),
            (suspect, _("The grades do not know that {names} is suspect.")),
        )
        if names
    ]


def _why_none(item: EvidenceItem, supporting: list[Citation], grading: Grading) -> str:
    if not item.citations:
        return _("No proposal: the item cites no source.")
    if not supporting:
        taken_back = any(is_retracted(citation, grading.sources) for citation in item.citations)
        if taken_back:
            return _("No proposal: what says so was retracted.")
        return _("No proposal: its sources say otherwise.")
    reasons = [_unknown(citation, grading) for citation in supporting[:3]]
    return _("No proposal: {reasons}.").format(reasons=join_words(list(dict.fromkeys(reasons))))


def _unknown(citation: Citation, grading: Grading) -> str:
    """Return why one use of a source proposes nothing, as part of a sentence."""
    source = grading.sources.get(citation.source)
    if source is None:
        return _("a source is missing")
    grade, said = source_grade(source, grading.scheme), said_grade(citation, grading.scheme)
    information_alone = grading.rule.combine == "information" and said is not None
    if grade is None and not information_alone:
        return _("{label} is not graded").format(label=source.label)
    if grade is not None and grading.level(grade) is None and not information_alone:
        return _no_level(source.label, grade)
    if said is None:
        return _("what {label} says here is not graded").format(label=source.label)
    return _no_level(source.label, said)


def _no_level(label: str, grade: Grade) -> str:
    if cannot_be_judged(grade):
        return _("{label}: {grade}").format(label=label, grade=grade_word(grade))
    return _("the rule gives {grade} of {label} no level").format(label=label, grade=grade.value)


def _labels(citations: Iterable[Citation], sources: Mapping[str, Source]) -> list[str]:
    return [sources[entry.source].label for entry in citations if entry.source in sources]


def _is_suspect(citation: Citation, sources: Mapping[str, Source]) -> bool:
    source = sources.get(citation.source)
    return source is not None and source.suspect
