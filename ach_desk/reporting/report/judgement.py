"""The sections of a report on the judgement: question, answer, likelihoods, confidence, what would change it."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.conclusions import conclusion_on
from ach_desk.reporting.print_hypotheses import extent_words
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Entry,
    Fact,
    FactList,
    Heading,
    Paragraph,
    Row,
    Style,
    Table,
)
from ach_desk.reporting.report.plain_words import clean, paragraphs
from ach_desk.scoring import headline


def front(made: Material) -> list[Block]:
    """Return what the analysis is about, who made it, of when its information is, and how far it goes."""
    analysis = made.analysis
    facts = [
        (_("Authors"), ", ".join(analysis.authors)),
        (_("Ratings by"), made.analyst_name),
        (_("Matrix"), made.matrix.name if len(analysis.matrices) > 1 else ""),
        (_("Information as of"), analysis.as_of or ""),
        (_("Created"), (analysis.created or "")[:10]),
        (_("Extent"), extent_words(made.assessment)),
    ]
    said = [Paragraph(part) for part in paragraphs(analysis.description)]
    return [*said, FactList(tuple(Fact(name, clean(value)) for name, value in facts if value.strip()))]


def answer(made: Material) -> list[Block]:
    """Return the answer in a sentence, or that there is none; below it what the ratings amount to with their limit."""
    data = made.conclusion
    said = list(data["answer"]) if data is not None else []
    blocks: list[Block] = [Paragraph(part, style=Style.ANSWER) for part in said]
    if not blocks:
        blocks.append(Paragraph(_("No conclusion has been written yet."), style=Style.ANSWER))
    blocks.append(Paragraph(headline(made.assessment), lead=_("By the ratings alone:")))
    if data is not None and data["date"]:
        blocks.append(Paragraph(data["date"], style=Style.NOTE))
    return blocks


def likelihoods(made: Material) -> list[Block]:
    """Return how likely each hypothesis is in the analyst's words and numbers, with the reason; nothing without any."""
    data = made.conclusion
    if data is None or not data["rows"]:
        return []
    columns = (
        Column(_("Hypothesis"), width=3),
        Column(_("How likely"), width=2),
        Column(_("Why"), width=5),
    )
    rows = tuple(
        Row(
            (
                Cell(f"{row['label']} {row['title']}"),
                Cell(row["words"], strong=True),
                Cell("\n".join(row["reason"])),
            ),
            aside=row["rejected"],
        )
        for row in data["rows"]
    )
    caption = _("How likely each hypothesis is judged to be. No score is a likelihood.")
    notes = [Paragraph(note, style=Style.NOTE) for note in data["notes"]]
    departure = [Paragraph(part, lead=_("Why the order is another one:")) for part in made.concluded("departure")]
    return [Table(columns, rows, caption), *notes, *departure]


def confidence(made: Material) -> list[Block]:
    """Return how sure of the judgement, which never stands in one sentence with a likelihood, and its grounds."""
    blocks: list[Block] = [Paragraph(part) for part in made.concluded("confidence")]
    if not blocks and not _is_open(made):
        blocks.append(Paragraph(_("How confident the analyst is in the judgement is not said.")))
    return blocks


def change(made: Material) -> list[Block]:
    """Return what would change the conclusion, or that it is not said."""
    said = made.concluded("change") or [_("What would change the conclusion is not said.")]
    return [Paragraph(part) for part in said]


def questions(made: Material) -> list[Block]:
    """Return the answers to the questions against oneself; nothing without any."""
    asked = made.concluded("questions")
    return [BulletList(tuple(Entry(part) for part in asked))] if asked else []


def outcome(made: Material) -> list[Block]:
    """Return what turned out to be so, and the lessons; nothing while that is not known."""
    blocks: list[Block] = []
    for part in made.conclusion["outcome"] if made.conclusion is not None else []:
        blocks.append(Heading(part["title"]))
        blocks += [Paragraph(paragraph) for paragraph in part["text"]]
    return blocks


def _is_open(made: Material) -> bool:
    """Return whether there is no judgement of which one could be sure."""
    conclusion = conclusion_on(made.analysis, made.matrix.id)
    return conclusion is None or conclusion.no_judgement
