"""What an analysis holds that one matrix as CSV does not, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from ach_desk.exchange.csv_scale import scale_of
from ach_desk.exchange.matrix_table import date_text
from ach_desk.i18n import _, join_some, join_words, ngettext
from ach_desk.model import Analysis, Citation, EvidenceItem, Hypothesis, Matrix, Rating, Record, SnapshotKind, Source
from ach_desk.model.method_settings import has_own_numbers, kept, settings_of_new
from ach_desk.model.words import method_word, scale_word
from ach_desk.scoring import shown_records
from ach_desk.scoring.rated_cells import cells_on_earlier_wording
from ach_desk.scoring.table import headings

_MOST_NAMED = 6

R = TypeVar("R", bound=Record)
_Test = tuple[str, Callable[[R], object]]


def left_out(analysis: Analysis, matrix: Matrix, analyst: str) -> list[str]:
    """Return a phrase for each kind of thing that the CSV file of `matrix` and `analyst` (an id) does not hold.

    For example "the rationales of 42 ratings". Ids and colours of the program's choosing are not mentioned.
    """
    items, hypotheses = shown_records(analysis, matrix)
    cited = {citation.source for item in items for citation in item.citations}
    sources = [source for key, source in analysis.sources.items() if key in cited]
    ratings = [
        rating
        for item in items
        for hypothesis in hypotheses
        if (rating := matrix.rating(analyst, item.id, hypothesis.id)) is not None
    ]
    return [
        *_of_analysis(analysis),
        *_elsewhere(analysis, matrix, analyst, len(sources)),
        *_of_records(hypotheses, _hypothesis_tests(hypotheses)),
        *_of_records(items, _item_tests(analysis)),
        *_of_records(sources, _source_tests()),
        *_labels(hypotheses, "H"),
        *_labels(items, "E"),
        *_of_ratings(ratings),
        *_of_judgements(analysis, matrix, analyst, ratings),
        *_steps(analysis),
        *_history(analysis),
        *_unknown_keys(analysis, matrix, [*hypotheses, *items, *sources], ratings),
    ]


def _of_analysis(analysis: Analysis) -> Iterator[str]:
    words = [
        word
        for word, value in (
            (_("question"), analysis.question),
            (_("description"), analysis.description),
            (_("notice"), analysis.notice),
            (_("authors"), analysis.authors),
            (_("date of the information"), analysis.as_of),
        )
        if value
    ]
    words += [
        word
        for word, value in (
            (_("note to the next analyst"), analysis.handover),
            (_("hypothesis check"), analysis.hypothesis_check),
        )
        if value
    ]
    if words:
        yield _("of the analysis: {parts}").format(parts=join_words(words))


def _elsewhere(analysis: Analysis, matrix: Matrix, analyst: str, cited: int) -> Iterator[str]:
    """Yield what lies outside this matrix and this analyst's sheet."""
    yield _("the name of the analyst")
    others = sum(1 for other, sheet in matrix.sheets.items() if other != analyst and sheet)
    matrices = len(analysis.matrices) - 1
    hypotheses = len(analysis.hypotheses.keys() - set(matrix.hypotheses))
    unsorted = sum(item.is_unsorted for item in analysis.evidence.values())
    sorted_ids = {key for key, item in analysis.evidence.items() if not item.is_unsorted}
    items = len(sorted_ids - set(matrix.evidence))
    sources = len(analysis.sources) - cited
    for count, text in (
        (others, ngettext("the ratings of {count} other analyst", "the ratings of {count} other analysts", others)),
        (matrices, ngettext("{count} other matrix", "{count} other matrices", matrices)),
        (
            hypotheses,
            ngettext("{count} hypothesis outside this matrix", "{count} hypotheses outside this matrix", hypotheses),
        ),
        (unsorted, ngettext("{count} captured item, unsorted", "{count} captured items, unsorted", unsorted)),
        (items, ngettext("{count} item outside this matrix", "{count} items outside this matrix", items)),
        (
            sources,
            ngettext("{count} source that no item here cites", "{count} sources that no item here cites", sources),
        ),
    ):
        if count > 0:
            yield text.format(count=count)


def _hypothesis_tests(hypotheses: Sequence[Hypothesis]) -> list[_Test[Hypothesis]]:
    over = headings(hypotheses)
    return [
        (_("the full statement of {labels}"), lambda hypothesis: hypothesis.statement),
        (_("the chosen colour of {labels}"), lambda hypothesis: hypothesis.colour),
        (_("the rejection of {labels} and its reason"), lambda hypothesis: not hypothesis.is_active),
        (_("the hypotheses that {labels} combines"), lambda hypothesis: hypothesis.combines),
        (_("the note on {labels}"), lambda hypothesis: hypothesis.note),
        (
            _("the place of {labels} as a heading, where own ratings do not count"),
            lambda hypothesis: hypothesis.id in over,
        ),
        (_("the heading over {labels}"), lambda hypothesis: hypothesis.parent),
        (_("the relations of {labels}"), lambda hypothesis: hypothesis.relations),
        (_("that {labels} stands for every other explanation"), lambda hypothesis: hypothesis.catch_all),
    ]


def _item_tests(analysis: Analysis) -> list[_Test[EvidenceItem]]:
    def nameless(item: EvidenceItem) -> bool:
        cited = (analysis.sources.get(citation.source) for citation in item.citations)
        return any(source is None or not source.name for source in cited)

    return [
        (_("the detail of {labels}"), lambda item: item.detail),
        (_("the setting aside of {labels} and its reason"), lambda item: not item.is_counted),
        (_("the date of {labels} in words"), lambda item: item.event_words and item.event_words != date_text(item)),
        (_("the learned date of {labels}"), lambda item: item.learned_date),
        (_("the date of entry of {labels}"), lambda item: item.entered),
        (_("the heading of {labels}"), lambda item: item.heading),
        (_("the tags of {labels}"), lambda item: item.tags),
        (_("the flag on {labels}"), lambda item: item.flag),
        (_("the quotation of {labels} and its page"), lambda item: item.quotation or item.page),
        (_("the link of {labels} and when it was retrieved"), lambda item: item.link or item.retrieved),
        (_("the code of {labels}"), lambda item: item.code),
        (_("the marking of {labels}"), lambda item: item.marking or item.handling),
        (_("the attached files of {labels}"), lambda item: item.attachments),
        (_("a source without a name, cited by {labels}"), nameless),
        (_("how the sources of {labels} bear them out"), lambda item: any(map(_is_detailed, item.citations))),
    ]


def _source_tests() -> list[_Test[Source]]:
    return [
        (_("the kind of source of {labels}"), lambda source: source.kind),
        (_("the link to the source of {labels}"), lambda source: source.link),
        (_("the source date of {labels}"), lambda source: source.date),
        (_("the source note of {labels}"), lambda source: source.note),
        (_("the name of {labels}, which is withheld"), lambda source: source.withheld),
        (_("the grade of {labels} and its reasons"), _is_graded),
        (_("that {labels} is suspect or retracted"), lambda source: source.suspect or source.retracted),
    ]


def _is_graded(source: Source) -> bool:
    reasons = source.grade_reason, source.access, source.motive, source.track_record
    return any((source.reliability, source.evaluation, *reasons))


def _is_detailed(citation: Citation) -> bool:
    """Return whether anything is set beyond the source itself."""
    return citation.model_dump(exclude_defaults=True).keys() > {"source"}


def _of_records(records: Iterable[R], tests: Iterable[_Test[R]]) -> Iterator[str]:
    known = list(records)
    for text, holds in tests:
        labels = [record.label for record in known if holds(record)]
        if labels:
            yield text.format(labels=join_some(labels, _MOST_NAMED))


def _labels(records: Iterable[Hypothesis | EvidenceItem], letter: str) -> Iterator[str]:
    """Yield the labels that an import would give anew."""
    moved = [record.label for number, record in enumerate(records, 1) if record.label != f"{letter}{number}"]
    if moved:
        text = _("the labels: {labels} will be numbered anew, from {first} on")
        yield text.format(labels=join_some(moved, _MOST_NAMED), first=f"{letter}1")


def _of_ratings(ratings: Iterable[Rating]) -> Iterator[str]:
    known = list(ratings)
    rationales = sum(1 for rating in known if rating.rationale)
    confidences = sum(1 for rating in known if rating.confidence)
    times = sum(1 for rating in known if rating.time)
    for count, text in (
        (rationales, ngettext("the rationale of {count} cell", "the rationales of {count} cells", rationales)),
        (confidences, ngettext("the confidence in {count} cell", "the confidence in {count} cells", confidences)),
        (times, ngettext("the time of {count} rating", "the times of {count} ratings", times)),
    ):
        if count:
            yield text.format(count=count)


def _of_judgements(analysis: Analysis, matrix: Matrix, analyst: str, ratings: Iterable[Rating]) -> Iterator[str]:
    """Yield what the cells say beyond one rating, and the scale they are rated on."""
    known = list(ratings)
    ranges = sum(1 for rating in known if rating.range)
    suggestions = sum(1 for rating in known if rating.value is None and rating.suggested)
    earlier = len(cells_on_earlier_wording(analysis, matrix, analyst))
    for count, text in (
        (ranges, ngettext("the range of {count} undecided rating", "the ranges of {count} undecided ratings", ranges)),
        (suggestions, ngettext("{count} unconfirmed suggestion", "{count} unconfirmed suggestions", suggestions)),
        (
            earlier,
            ngettext(
                "that {count} rating was made on earlier wording",
                "that {count} ratings were made on earlier wording",
                earlier,
            ),
        ),
    ):
        if count:
            yield text.format(count=count)
    used = {rating.value for rating in known if rating.value is not None}
    if matrix.scale is not scale_of(used):
        yield _("the scale of the matrix: {scale}").format(scale=scale_word(matrix.scale))
    if matrix.note:
        yield _("the note on the matrix")
    if has_own_numbers(matrix.method_settings):
        yield _("the settings of the methods")
    method = kept(matrix.method_settings).method
    if method is not kept(settings_of_new()).method:  # what an import would make of it
        yield _("the way of adding up that the matrix goes by: {method}").format(method=method_word(method))


def _steps(analysis: Analysis) -> Iterator[str]:
    """Yield what the steps of the method have left behind."""
    expectations, indicators, aside = map(
        len, (analysis.expectations, analysis.indicators, analysis.findings_set_aside)
    )
    for count, text in (
        (expectations, ngettext("{count} expectation", "{count} expectations", expectations)),
        (indicators, ngettext("{count} indicator", "{count} indicators", indicators)),
        (aside, ngettext("{count} point set aside", "{count} points set aside", aside)),
    ):
        if count:
            yield text.format(count=count)


def _history(analysis: Analysis) -> Iterator[str]:
    """Yield what the analysis keeps of what-ifs, objections, dependence and the past."""
    baselines = sum(1 for entry in analysis.snapshots.values() if entry.kind is SnapshotKind.BASELINE)
    briefed = len(analysis.snapshots) - baselines
    scenarios, challenges, retests = map(len, (analysis.scenarios, analysis.challenges, analysis.retests))
    for count, text in (
        (scenarios, ngettext("{count} scenario", "{count} scenarios", scenarios)),
        (challenges, ngettext("{count} challenge", "{count} challenges", challenges)),
        (baselines, ngettext("{count} baseline", "{count} baselines", baselines)),
        (briefed, ngettext("{count} printed or exported state", "{count} printed or exported states", briefed)),
        (retests, ngettext("{count} second rating pass", "{count} second rating passes", retests)),
    ):
        if count:
            yield text.format(count=count)
    groups = len(analysis.groups)
    if groups:
        yield ngettext("{count} dependence group", "{count} dependence groups", groups).format(count=groups)
    if analysis.trail:
        yield _("the history of edits")


def _unknown_keys(
    analysis: Analysis, matrix: Matrix, records: Iterable[Record], ratings: Iterable[Rating]
) -> Iterator[str]:
    known = [analysis, matrix, *records]
    if any(part.model_extra for part in known) or any(rating.extra for rating in ratings):
        yield _("entries that this version of the program does not know")
