"""The words of the grades: what each letter and number says, as the schemes themselves word it.

Admiralty code: labels of STANAG 2511 (2003), which FM 2-22.3 has too; the explanations are those of FM 2-22.3 (2006,
appendix B, a work of the US government), as quoted in the MISP admiralty-scale taxonomy. UK 3x5x2: College of
Policing, Authorised Professional Practice, Intelligence Management (replaced 5x5x5 from about 2016). F, 6 and the
3x5x2 grades "untested" and "not known" say that something cannot be judged: they are neither the worst nor the middle.
"""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.evidence import Citation, Directness, Source, Stance
from ach_desk.model.grades import (
    GradingScheme,
    InformationCredibility,
    InformationKnown,
    Reliability,
    SourceEvaluation,
)

SourceGrade = Reliability | SourceEvaluation
InformationGrade = InformationCredibility | InformationKnown
Grade = SourceGrade | InformationGrade

CANNOT_BE_JUDGED: frozenset[tuple[type, str]] = frozenset(
    {(Reliability, "F"), (InformationCredibility, "6"), (SourceEvaluation, "2"), (InformationKnown, "D")}
)


def cannot_be_judged(grade: Grade) -> bool:
    """Return whether a grade says that nothing is known, so that it stands apart from the others in every list."""
    return (type(grade), grade.value) in CANNOT_BE_JUDGED


def scheme_word(scheme: GradingScheme) -> str:
    """Return the name of a grading scheme."""
    return {GradingScheme.ADMIRALTY: _("Admiralty code"), GradingScheme.UK_3X5X2: _("UK 3x5x2")}[scheme]


def reliability_words() -> dict[Reliability, tuple[str, str]]:
    """Return label and explanation of every Admiralty reliability."""
    return {
        Reliability.A: (
            _("Completely reliable"),
            _("No doubt of authenticity, trustworthiness, or competency; has a history of complete reliability."),
        ),
        Reliability.B: (
            _("Usually reliable"),
            _(
                "Minor doubt about authenticity, trustworthiness, or competency; "
                "has a history of valid information most of the time."
            ),
        ),
        Reliability.C: (
            _("Fairly reliable"),
            _("Doubt of authenticity, trustworthiness, or competency but has provided valid information in the past."),
        ),
        Reliability.D: (
            _("Not usually reliable"),
            _(
                "Significant doubt about authenticity, trustworthiness, or competency "
                "but has provided valid information in the past."
            ),
        ),
        Reliability.E: (
            _("Unreliable"),
            _("Lacking in authenticity, trustworthiness, and competency; history of invalid information."),
        ),
        Reliability.F: (
            _("Reliability cannot be judged"),
            _("No basis exists for evaluating the reliability of the source."),
        ),
    }


def information_words() -> dict[InformationCredibility, tuple[str, str]]:
    """Return label and explanation of every Admiralty credibility of information."""
    return {
        InformationCredibility.CONFIRMED: (
            _("Confirmed by other sources"),
            _(
                "Confirmed by other independent sources; logical in itself; "
                "consistent with other information on the subject."
            ),
        ),
        InformationCredibility.PROBABLE: (
            _("Probably true"),
            _("Not confirmed; logical in itself; consistent with other information on the subject."),
        ),
        InformationCredibility.POSSIBLE: (
            _("Possibly true"),
            _("Not confirmed; reasonably logical in itself; agrees with some other information on the subject."),
        ),
        InformationCredibility.DOUBTFUL: (
            _("Doubtful"),
            _("Not confirmed; possible but not logical; no other information on the subject."),
        ),
        InformationCredibility.IMPROBABLE: (
            _("Improbable"),
            _("Not confirmed; not logical in itself; contradicted by other information on the subject."),
        ),
        InformationCredibility.NOT_JUDGED: (
            _("Truth cannot be judged"),
            _("No basis exists for evaluating the validity of the information."),
        ),
    }


def evaluation_words() -> dict[SourceEvaluation, tuple[str, str]]:
    """Return label and explanation ("": the scheme gives none) of every 3x5x2 evaluation of a source."""
    return {
        SourceEvaluation.RELIABLE: (_("Reliable"), ""),
        SourceEvaluation.UNTESTED: (_("Untested"), ""),
        SourceEvaluation.NOT_RELIABLE: (_("Not reliable"), ""),
    }


def known_words() -> dict[InformationKnown, tuple[str, str]]:
    """Return label and explanation ("": the scheme gives none) of every 3x5x2 way to know something."""
    return {
        InformationKnown.DIRECTLY: (_("Known directly to the source"), ""),
        InformationKnown.INDIRECTLY_CORROBORATED: (_("Known indirectly to the source but corroborated"), ""),
        InformationKnown.INDIRECTLY: (_("Known indirectly to the source"), ""),
        InformationKnown.NOT_KNOWN: (_("Not known"), ""),
        InformationKnown.SUSPECTED_FALSE: (_("Suspected to be false"), ""),
    }


def source_words(scheme: GradingScheme) -> dict[Grade, tuple[str, str]]:
    """Return the grades of a source in a scheme with label and explanation, those that say nothing is known last."""
    return _known_first({**reliability_words()} if scheme is GradingScheme.ADMIRALTY else {**evaluation_words()})


def said_words(scheme: GradingScheme) -> dict[Grade, tuple[str, str]]:
    """Return the grades of information in a scheme with label and explanation, those that cannot be judged last."""
    return _known_first({**information_words()} if scheme is GradingScheme.ADMIRALTY else {**known_words()})


def grade_word(grade: Grade) -> str:
    """Return letter or number and label of a grade: "B, usually reliable"."""
    every = {
        Reliability: reliability_words,
        InformationCredibility: information_words,
        SourceEvaluation: evaluation_words,
        InformationKnown: known_words,
    }[type(grade)]()
    return _("{grade} – {label}").format(grade=grade.value, label=every[grade][0])


def source_grade(source: Source, scheme: GradingScheme) -> SourceGrade | None:
    """Return how a source is graded in a scheme; None where it is not."""
    return source.reliability if scheme is GradingScheme.ADMIRALTY else source.evaluation


def said_grade(citation: Citation, scheme: GradingScheme) -> InformationGrade | None:
    """Return how the information is graded in a scheme; None where it is not."""
    return citation.credibility if scheme is GradingScheme.ADMIRALTY else citation.known


def grade_symbol(source: Source | None, citation: Citation | None, scheme: GradingScheme) -> str:
    """Return both grades as they are written: "B2"; one alone as "B" or "2" ("B–" reads as B minus); "" without any."""
    grades = (
        source_grade(source, scheme) if source is not None else None,
        said_grade(citation, scheme) if citation is not None else None,
    )
    return "".join(grade.value for grade in grades if grade is not None)


def stance_word(stance: Stance) -> str:
    """Return whether a source bears an item out."""
    return {Stance.SUPPORTING: _("says so"), Stance.CONFLICTING: _("says otherwise")}[stance]


def directness_word(directness: Directness | None) -> str:
    """Return whether a source saw it itself."""
    return {
        Directness.FIRST_HAND: _("first-hand"),
        Directness.SECOND_HAND: _("second-hand"),
        None: _("not set"),
    }[directness]


def citation_words(source: Source | None, citation: Citation, scheme: GradingScheme) -> str:
    """Return what is set of a citation in a line, such as "B2 · says otherwise · second-hand"; "" for nothing."""
    parts = [
        grade_symbol(source, citation, scheme),
        stance_word(citation.stance) if citation.stance is Stance.CONFLICTING else "",
        directness_word(citation.directness) if citation.directness is not None else "",
        _("retracted") if citation.retracted else "",
        _("preliminary") if citation.preliminary else "",
        citation.date or "",
    ]
    return " · ".join(part for part in parts if part)


def source_marks(source: Source) -> list[str]:
    """Return what a source is marked with, in words."""
    marks = (
        (source.suspect, _("suspect")),
        (source.retracted, _("retracted")),
        (source.withheld, _("withheld")),
    )
    return [word for is_so, word in marks if is_so]


def _known_first(words: dict[Grade, tuple[str, str]]) -> dict[Grade, tuple[str, str]]:
    return dict(sorted(words.items(), key=lambda entry: cannot_be_judged(entry[0])))
