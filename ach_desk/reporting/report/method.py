"""The section of a report on the method: what was asked, how it was added up, with which settings, and its limits."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.grade_words import scheme_word
from ach_desk.model.likelihood_words import scale_note
from ach_desk.model.method_settings import Method
from ach_desk.model.words import honest_note, method_word, rating_question, rating_reminder, scale_word
from ach_desk.reporting.print_hypotheses import score_note
from ach_desk.reporting.print_matrix import symbol_rows
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import (
    Align,
    Block,
    Callout,
    Cell,
    Column,
    Fact,
    FactList,
    Paragraph,
    Row,
    Style,
    Table,
    Tone,
)
from ach_desk.scoring.robustness import kept_draws


def method(made: Material, program: str) -> list[Block]:
    """Return how this report came about; `program` is the program's name and version."""
    return [
        Paragraph(
            _(
                "Analysis of Competing Hypotheses (after Heuer): every item of evidence is rated under every "
                "hypothesis. The hypothesis with the least evidence against it stands first, not the one with the most "
                "for it."
            )
        ),
        Paragraph(rating_question(), lead=_("The question behind every rating:")),
        _scale(made),
        Paragraph(rating_reminder(), style=Style.NOTE),
        Paragraph(score_note(made.assessment)),
        *_likelihood_scale(made),
        FactList(tuple(Fact(name, value) for name, value in _settings(made, program) if value)),
        Callout(_("What the method can do, and what it cannot"), (honest_note(), *_limits()), Tone.NOTE),
    ]


def _scale(made: Material) -> Table:
    columns = (Column(_("Symbol"), Align.CENTER, width=1), Column(_("Would you expect to see it?"), width=6))
    values = (*made.assessment.legend, None)
    rows = tuple(
        Row((Cell(symbol, rating=value, is_rating=True), Cell(meaning)))
        for value, (symbol, meaning) in zip(values, symbol_rows(made.assessment), strict=True)
    )
    return Table(columns, rows)


def _likelihood_scale(made: Material) -> list[Block]:
    conclusion = conclusion_on(made.analysis, made.matrix.id)
    if conclusion is None or conclusion.scale is None:
        return []
    return [Paragraph(scale_note(conclusion.scale), lead=_("Words for likelihood:"))]


def _settings(made: Material, program: str) -> list[tuple[str, str]]:
    settings = made.settings
    draws = kept_draws(settings, made.inputs.additive(Method.WEIGHTED))
    return [
        (_("Scale"), scale_word(made.matrix.scale)),
        (_("Way of adding up kept with the matrix"), method_word(settings.method)),
        (_("Grades of sources"), scheme_word(made.analysis.grading)),
        (_("Trials"), _("{draws}, seed {seed}").format(draws=draws, seed=settings.seed)),
        (_("Note on the matrix"), made.matrix.note.strip()),
        (_("Program"), program),
        (_("Report made"), made.today.isoformat()),
    ]


def _limits() -> tuple[str, ...]:
    return (
        _(
            "In controlled studies people who used it were as a rule no more accurate than people who used no method; "
            "it makes the reasoning visible, so that others can check it. Items that hang together are counted as if "
            "they were independent unless they are grouped."
        ),
    )
