"""The sections of a report on what stands beside the matrix: sources, challenges, open points, indicators."""

from __future__ import annotations

from collections.abc import Sequence

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.model import EvidenceItem, Source
from ach_desk.model.citing import citing
from ach_desk.model.conclusions import conclusion_on
from ach_desk.model.grade_words import citation_words, source_grade
from ach_desk.reporting.print_history import challenges_data
from ach_desk.reporting.print_sources import described, graded_words, reasons_words
from ach_desk.reporting.print_steps import aside_data, indicators_data
from ach_desk.reporting.report.material import Material
from ach_desk.reporting.report.model import Block, BulletList, Entry, Heading, Paragraph, Style
from ach_desk.reporting.report.plain_words import clean, paragraphs


def sources(made: Material) -> list[Block]:
    """Return a summary of the sources and one reference for each that an item of the matrix cites.

    After ICD 206 ("Sourcing Requirements for Disseminated Analytic Products"): a summary statement of the source base,
    then references with what says how good each source is. A withheld source stands there by its public description.
    """
    cited = {
        source.id: [(item, words) for item, words in _cited(made, source)] for source in made.analysis.sources.values()
    }
    listed = [source for source in made.analysis.sources.values() if cited[source.id]]
    if not listed:
        return [Paragraph(_("No item names a source."))]
    blocks: list[Block] = [Paragraph(_summary(made, listed), lead=_("Source summary:"))]
    blocks += [Paragraph(part) for part in _source_base(made)]
    blocks.append(BulletList(tuple(_reference(made, source, cited[source.id]) for source in listed)))
    bare = [item.label for item in made.assessment.items if item.is_counted and not item.citations]
    if bare:
        text = _("Without a source: {items}.").format(items=join_words(bare))
        blocks.append(Paragraph(text, style=Style.NOTE))
    return blocks


def _cited(made: Material, source: Source) -> list[tuple[EvidenceItem, str]]:
    """Return the items that cite a source with what is set of the citation, such as "second-hand"."""
    found = citing(made.assessment.items, source.id)
    return [(item, citation_words(source, citation, made.analysis.grading)) for item, citation in found]


def _summary(made: Material, listed: Sequence[Source]) -> str:
    graded = sum(source_grade(source, made.analysis.grading) is not None for source in listed)
    counted = [item for item in made.assessment.items if item.is_counted]
    several = sum(len({citation.source for citation in item.citations}) > 1 for item in counted)
    text = ngettext("{count} source is cited", "{count} sources are cited", len(listed)).format(count=len(listed))
    rest = _("{sources}; {graded} of them graded. {several} of {items} counted items name more than one source.")
    return rest.format(sources=text, graded=graded, several=several, items=len(counted))


def _source_base(made: Material) -> list[str]:
    conclusion = conclusion_on(made.analysis, made.matrix.id)
    return paragraphs(conclusion.source_base) if conclusion is not None else []


def _reference(made: Material, source: Source, cited: Sequence[tuple[EvidenceItem, str]]) -> Entry:
    places = [_("{item} ({said})").format(item=item.label, said=said) if said else item.label for item, said in cited]
    markings = {item.marking.strip() for item, _words in cited if item.marking.strip()}
    text = [f"{described(source)}.", _("Grade: {grade}.").format(grade=graded_words(source, made.analysis))]
    text.append(_("Cited by {items}.").format(items=", ".join(places)))
    if markings:
        text.append(_("Items from it are marked {markings}.").format(markings=", ".join(sorted(markings))))
    return Entry(clean(" ".join(text)), lead=source.label, note=clean(reasons_words(source)))


def challenges(made: Material) -> list[Block]:
    """Return every challenge with its state and answer; nothing without any."""
    entries = []
    for data in challenges_data(made.analysis, made.matrix, made.text):
        said = [*data["text"], data["holds"]]
        note = [_("Answer: {text}").format(text=" ".join(data["answer"]))] if data["answer"] else []
        lead = f"{data['place']} ({data['about']})"
        entries.append(Entry(" ".join(filter(None, said)), lead=lead, note="\n".join(note)))
    return [BulletList(tuple(entries))] if entries else []


def findings(made: Material) -> list[Block]:
    """Return what the program points out and is open, and what was set aside with its reason; nothing without both."""
    blocks: list[Block] = []
    if made.points.open:
        blocks.append(Heading(_("To keep in mind")))
        blocks.append(BulletList(tuple(Entry(clean(finding.text)) for finding in made.points.open)))
    if made.points.aside:
        blocks.append(Heading(_("Points set aside")))
        entries = (
            Entry(data["text"], note=_("Reason: {text}").format(text=data["reason"]))
            for data in aside_data(made.points.aside, made.text)
        )
        blocks.append(BulletList(tuple(entries)))
    return blocks


def indicators(made: Material) -> list[Block]:
    """Return what to watch for, with state and what its sighting would tell; nothing without any."""
    entries = [
        Entry(
            data["telling"],
            lead=data["text"],
            note="\n".join([data["about"], *data["note"]]),
        )
        for data in indicators_data(made.analysis, made.assessment, made.today, made.text)
    ]
    return [BulletList(tuple(entries))] if entries else []
