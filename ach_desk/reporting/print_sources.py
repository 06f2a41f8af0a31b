"""The sources on paper: with an item in a line, and in a list of their own once one of them is graded or marked.

Nothing here looks at whether a source is withheld: the document is made from `model.public.public`.
"""

from __future__ import annotations

from typing import Any

from ach_desk.i18n import _
from ach_desk.model import Analysis, Citation, EvidenceItem, Source
from ach_desk.model.citing import cited_times
from ach_desk.model.grade_words import citation_words, grade_word, source_grade, source_marks
from ach_desk.reporting.print_text import Composer
from ach_desk.scoring import Assessment

_LONG_REASONS = 1500
"""Characters of reasons from which a row may be cut by the end of the page."""


def cited_line(source: Source, citation: Citation, analysis: Analysis, *, listed: bool) -> str:
    """Return a source as an item cites it, in a line: label, name and how it bears the item out.

    Kind, date and link are there too, unless the source is `listed` with them elsewhere in the document.
    """
    said = citation_words(source, citation, analysis.grading)
    named = f"{source.label} {source.name if listed and source.name else described(source)}"
    return _("{source} ({said})").format(source=named, said=said) if said else named


def sources_data(analysis: Analysis, assessment: Assessment, text: Composer) -> list[dict[str, Any]]:
    """Return the list of the sources that items of the matrix cite; nothing while none is graded or marked."""
    return [
        {
            "label": source.label,
            "source": text.line(described(source), longest=50),
            "grade": text.line(graded_words(source, analysis)),
            "reasons": text.line(reasons_words(source), longest=60),
            "tall": len(reasons_words(source)) > _LONG_REASONS,
        }
        for source in listed_sources(analysis, assessment)
    ]


def listed_sources(analysis: Analysis, assessment: Assessment) -> list[Source]:
    """Return the sources that the list on paper holds."""
    cited = cited_times(assessment.items)
    found = [source for source in analysis.sources.values() if source.id in cited]
    said = any(_is_told(source, analysis) for source in found)
    graded = any(citation_words(None, citation, analysis.grading) for citation in _citations(assessment.items))
    return found if said or graded else []


def _citations(items: tuple[EvidenceItem, ...]) -> list[Citation]:
    return [citation for item in items for citation in item.citations]


def _is_told(source: Source, analysis: Analysis) -> bool:
    return source_grade(source, analysis.grading) is not None or source.suspect or source.retracted


def described(source: Source) -> str:
    """Return name, kind, date and link of a source in a line."""
    return ", ".join(part for part in (source.name, source.kind, source.date or "", source.link) if part)


def graded_words(source: Source, analysis: Analysis) -> str:
    """Return grade and marks; that a source is withheld goes without saying, its description shows it."""
    grade = source_grade(source, analysis.grading)
    marks = source_marks(source.model_copy(update={"withheld": False}))
    return ", ".join([grade_word(grade) if grade is not None else _("not graded"), *marks])


def reasons_words(source: Source) -> str:
    """Return why a source is graded and marked as it is, and how it can know, in a line; "" where nothing is said."""
    named = (
        (source.grade_reason, _("Grade: {text}")),
        (source.access, _("Access: {text}")),
        (source.motive, _("Motive: {text}")),
        (source.track_record, _("Track record: {text}")),
        (source.suspect_reason if source.suspect else "", _("Suspect: {text}")),
        (source.retracted_reason if source.retracted else "", _("Retracted: {text}")),
    )
    return " ".join(words.format(text=_ended(text.strip())) for text, words in named if text.strip())


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
