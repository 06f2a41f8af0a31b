"""The sections of a report on how firmly the order stands: robustness, and what it rests on."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model.words import method_word
from ach_desk.reporting import charts
from ach_desk.reporting.report.hypotheses import picture
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import (
    Align,
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Entry,
    Heading,
    Paragraph,
    Picture,
    Row,
    Style,
    Table,
    Tone,
)
from ach_desk.reporting.report.plain_words import clean
from ach_desk.scoring import robustness as robust
from ach_desk.scoring.agreement import agreement
from ach_desk.scoring.methods import kept_method, results
from ach_desk.scoring.overturning_words import labels_of
from ach_desk.scoring.robustness_words import change_sentences, part_sentences, trial_sentences

_CHARTS = ("rank-shares", "margin", "tornado", "scenarios")
"""What shows robustness: how often each is first, how the lead shrinks when items are left out, what one judgement
alone moves, and what each what-if that was saved does."""

_OTHERWISE = ("methods", "waterfall")
"""The same ratings added up in other ways, and what each item weighs by odds."""


def rests(made: Material) -> list[Block]:
    """Return in a few sentences what the order rests on, and the analyst's own words on the sources."""
    found = made.robustness
    said = [*robust.sentences(found), *_kept_otherwise(made)]
    blocks: list[Block] = [BulletList(tuple(Entry(sentence) for sentence in said))]
    return blocks


def robustness(made: Material) -> list[Block]:
    """Return what decides the order, what would overturn it, how often each hypothesis stays first, in words."""
    found = made.robustness
    if not found.leaders:
        return [Paragraph(sentence) for sentence in robust.sentences(found)]
    said = [*robust.sentences(found), *_kept_otherwise(made), agreement(made.inputs, results(made.inputs))]
    blocks: list[Block] = []
    if found.is_unresolved:
        text = _("It does not survive small changes of the ratings, so it should not be reported as a result.")
        blocks.append(Callout(_("The lead is unresolved"), (text,), Tone.CAUTION))
    blocks.append(BulletList(tuple(Entry(sentence) for sentence in said if sentence)))
    if changes := change_sentences(found):
        blocks.append(Heading(_("What each of the others would need")))
        blocks.append(BulletList(tuple(Entry(" ".join(texts), lead=clean(name)) for name, texts in changes)))
    blocks += _trials(made)
    blocks += _pictures(made, _CHARTS)
    if made.parts is not None:
        blocks.append(Heading(_("Sources, groups, assumptions and analysts left out")))
        sentences = part_sentences(made.analysis, made.inputs, made.parts, made.analysts_left_out)
        blocks.append(BulletList(tuple(Entry(sentence) for sentence in sentences)))
    if otherwise := _pictures(made, _OTHERWISE):
        blocks += [Heading(_("By other ways of adding up")), *otherwise]
    return blocks


def _kept_otherwise(made: Material) -> list[str]:
    """Return that the matrix keeps another way of adding up, by which others lead; nothing where it does not."""
    method = kept_method(made.matrix)
    leaders = made.inputs.additive(method).leaders
    if not leaders or leaders == made.robustness.leaders:
        return []
    names = labels_of(made.robustness, leaders)
    if len(leaders) == 1:
        text = _("The matrix keeps another way of adding up, {method}; by that {names} leads.")
    else:
        text = _("The matrix keeps another way of adding up, {method}; by that {names} are tied in front.")
    return [text.format(method=method_word(method), names=names)]


def _pictures(made: Material, kinds: tuple[str, ...]) -> list[Picture]:
    """Return the charts that have something to show."""
    subjects = {kind: made.subject_of(kind) for kind in kinds}
    return [
        picture(kind, made)
        for kind, subject in subjects.items()
        if subject is not None and not charts.is_empty(kind, subject)
    ]


def _trials(made: Material) -> list[Block]:
    found = made.robustness
    shares = found.shares
    if shares is None or not shares.columns:
        return []
    hypotheses = found.inputs.assessment.hypotheses
    order = sorted(range(len(shares.columns)), key=lambda place: -float(shares.share[place, 0]))
    rows = tuple(
        Row(
            (
                Cell(clean(f"{entry.label} {entry.title}")),
                Cell(robust.rounded_share(float(shares.share[place, 0]))),
            )
        )
        for place in order
        for entry in (hypotheses[shares.columns[place]],)
    )
    columns = (Column(_("Hypothesis"), width=5), Column(_("First in"), Align.END, width=1.5))
    caption = _("How often each hypothesis is first when every rating may slip to a neighbour.")
    notes = trial_sentences(found, f"{shares.draws:,}".replace(",", "\N{NO-BREAK SPACE}"))
    return [
        Heading(_("When ratings slip")),
        Table(columns, rows, caption),
        *(Paragraph(note, style=Style.NOTE) for note in notes),
    ]
