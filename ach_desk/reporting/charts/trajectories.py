"""How the order came about: a row per hypothesis, a column per date, dark where the hypothesis leads.

Small multiples on one scale instead of lines that cross. Scores hang from the top of their row, as what speaks against
a hypothesis; shares and probabilities stand on its foot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ach_desk.i18n import _
from ach_desk.model.words import method_word
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import words
from ach_desk.reporting.charts.scene import Chart, Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.table import Table, Value
from ach_desk.reporting.charts.typography import drawable
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.ranking_words import missing_sentence
from ach_desk.scoring.replay import (
    Clock,
    Replay,
    as_known_sentence,
    day_words,
    latest_turn,
    turning_sentences,
    undated_sentence,
)
from ach_desk.scoring.robustness import rounded_share

_PLOT, _PAD, _GAP = 44.0, 6.0, 8.0


class Measure(StrEnum):
    """What is followed through time."""

    SCORE = "score"
    POSTERIOR = "posterior"
    SHARE = "share"


@dataclass(frozen=True, eq=False)
class TrajectoriesSubject:
    """What the chart is of. measure: one that the replay has."""

    inputs: Inputs
    found: Replay
    measure: Measure

    @property
    def columns(self) -> list[int]:
        """Return the hypotheses that are ranked at the end, the leader first."""
        rank = self.found.rank[-1] if len(self.found.days) else np.zeros(0, np.int64)
        return sorted(np.flatnonzero(rank).tolist(), key=lambda column: (int(rank[column]), column))

    @property
    def values(self) -> NDArray[np.float64]:
        """Return what is followed, steps x hypotheses: 0 to 1, or a score."""
        found = {
            Measure.SCORE: self.found.scores,
            Measure.POSTERIOR: self.found.posterior,
            Measure.SHARE: self.found.share,
        }[self.measure]
        return self.found.scores if found is None else found


def measures(found: Replay) -> list[Measure]:
    """Return what a replay has: scores (for Bayes probabilities), and shares once they are worked out."""
    first = Measure.SCORE if found.posterior is None else Measure.POSTERIOR
    return [first] if found.share is None else [first, Measure.SHARE]


def chart(subject: TrajectoriesSubject, options: ChartOptions) -> Chart:
    """Return the chart laid out; raises ValueError for an unknown palette."""
    sheet = Sheet(options)
    title = _title(subject)
    hidden = words.hidden_sentence()
    sheet.head(hidden if options.hide_totals else title)
    if options.hide_totals:
        sheet.sentence_alone(hidden)
        sheet.foot(words.footer(subject.inputs.assessment, options, weighted=False))
        return Chart(sheet.scene, hidden, hidden, hidden, hidden)
    if subject.columns:
        _Rows(sheet, subject).put()
    else:
        sheet.sentence_alone(_empty(subject))
    sheet.foot([*_notes(subject), *words.footer(subject.inputs.assessment, options, weighted=False)])
    said = caption("trajectories", subject), alternative_text("trajectories", subject)
    return Chart(sheet.scene, title, *said, _what(subject))


def is_empty(subject: TrajectoriesSubject) -> bool:
    """Return whether no hypothesis is ranked."""
    return not subject.columns


def caption(_kind: str, subject: TrajectoriesSubject) -> str:
    """Return what the chart shows, and its finding."""
    return f"{_what(subject)} {_title(subject)}"


def alternative_text(_kind: str, subject: TrajectoriesSubject) -> str:
    """Return the chart for those who cannot see it: its finding, then when the lead changed."""
    return "\n".join([_title(subject), *turning_sentences(subject.inputs, subject.found)])


def _title(subject: TrajectoriesSubject) -> str:
    return latest_turn(subject.inputs, subject.found) or _empty(subject)


def _empty(subject: TrajectoriesSubject) -> str:
    missing = missing_sentence(subject.inputs, subject.found.method)
    return missing or words.empty_sentence(subject.inputs.assessment)


def _what(subject: TrajectoriesSubject) -> str:
    text = {
        Measure.SCORE: _("How the scores came about, by {method}, with the ratings of today."),
        Measure.POSTERIOR: _("How the probabilities came about, by {method}, with the ratings of today."),
        Measure.SHARE: _("How often each is first when ratings slip, by {method}, as the items came in."),
    }[subject.measure]
    return text.format(method=method_word(subject.found.method))


def _notes(subject: TrajectoriesSubject) -> list[str]:
    dates = (
        _("Each item comes in on the date it was learned; of a month or year on its last day.")
        if subject.found.clock is Clock.LEARNED
        else _("Each item comes in on the date it happened; of a longer time on its last day.")
    )
    undated = undated_sentence(subject.inputs, subject.found)
    tone = _("In the strongest tone: in front at that date.")
    return [*words.other_way(subject.found.method), tone, dates, *([undated] if undated else [])]


def table(subject: TrajectoriesSubject) -> Table:
    """Return the numbers behind the chart: per date and ranked hypothesis its rank and what is followed."""
    head = (_("Date"), _("Hypothesis"), _("Title"), _("Rank"), _("Value"))
    rows, values = list[tuple[Value, ...]](), subject.values
    for step, day in enumerate(subject.found.days):
        when = "" if day is None else date.fromordinal(day).isoformat()
        for column in subject.columns:
            hypothesis = subject.inputs.assessment.hypotheses[column]
            rank, value = int(subject.found.rank[step, column]), float(values[step, column])
            rows.append((when, hypothesis.label, hypothesis.title, rank or None, value if rank else None))
    return Table(head, tuple(rows))


class _Rows:
    """The rows being put on a sheet."""

    def __init__(self, sheet: Sheet, subject: TrajectoriesSubject) -> None:
        self.sheet, self.subject = sheet, subject
        self.values = subject.values
        self.hangs = subject.measure is Measure.SCORE
        shown = np.abs(self.values[:, subject.columns])
        self.most = 1.0 if not self.hangs else float(np.nanmax(shown, initial=0.0)) or 1.0
        labels = [sheet.label(subject.inputs.assessment.hypotheses[column].label) for column in subject.columns]
        self.label_width = max(map(sheet.bold.width, labels)) + _GAP
        self.left = sheet.left + self.label_width + _GAP
        self.right = sheet.right - max(sheet.plain.width(self._figure(at, -1)) for at in subject.columns) - _GAP
        self.step = (self.right - self.left) / len(subject.found.days)

    def put(self) -> None:
        """Put the rows one below the other, and the dates below them."""
        sheet = self.sheet
        muted = sheet.palette.muted
        head = {
            Measure.SCORE: _("What speaks against each: the shorter, the less"),
            Measure.POSTERIOR: _("What the ratings would make of the priors"),
            Measure.SHARE: _("How often each is first when ratings slip"),
        }[self.subject.measure]
        sheet.paragraph(drawable(head), sheet.plain, muted)
        sheet.y += 4
        for column in self.subject.columns:
            self._put_row(column)
        sheet.scene.rule(sheet.thin, sheet.left, sheet.y, sheet.right, sheet.y)
        self._put_days()

    def _put_row(self, column: int) -> None:
        sheet, subject = self.sheet, self.subject
        hypothesis = subject.inputs.assessment.hypotheses[column]
        sheet.scene.rule(sheet.thin, sheet.left, sheet.y, sheet.right, sheet.y)
        title_top = sheet.y + _PAD
        label = sheet.label(hypothesis.label)
        sheet.scene.text(sheet.left, sheet.bold.baseline(title_top), label, sheet.bold, sheet.palette.text)
        title = sheet.plain.elide(drawable(" ".join(hypothesis.title.split())), sheet.right - self.left)
        sheet.lines([title], sheet.plain, sheet.palette.muted, self.left, title_top, sheet.right - self.left)
        top = title_top + sheet.plain.line_height + 4
        axis = top if self.hangs else top + _PLOT
        sheet.scene.rule(Rule(sheet.palette.strong_line, 1.0), self.left, axis, self.right, axis)
        for step in range(len(subject.found.days)):
            self._put_step(column, step, top)
        middle = sheet.plain.centre(top + _PLOT / 2)
        sheet.scene.text(sheet.right, middle, self._figure(column, -1), sheet.plain, sheet.palette.text, "right")
        sheet.y = top + _PLOT + _PAD

    def _put_step(self, column: int, step: int, top: float) -> None:
        sheet, value = self.sheet, float(self.values[step, column])
        x, width = self.left + step * self.step, max(self.step - 1, 1.0)
        leads = self.subject.found.rank[step, column] == 1
        tone = Style(sheet.palette.text if leads else sheet.palette.bar.fill, layer=1 if leads else 0)
        height = 0.0 if np.isnan(value) else min(abs(value) / self.most, 1.0) * _PLOT
        if leads:
            height = max(height, 2.0)
        if height:
            sheet.scene.box(tone, x, top if self.hangs else top + _PLOT - height, width, height)
        said = as_known_sentence(self.subject.inputs, self.subject.found, step)
        hypothesis = self.subject.inputs.assessment.hypotheses[column]
        text = f"{hypothesis.label}, {day_words(self.subject.found, step)}: {self._figure(column, step)}\n{said}"
        sheet.scene.hit((x, top, self.step, _PLOT), None, hypothesis.id, text)

    def _figure(self, column: int, step: int) -> str:
        value = float(self.values[step, column])
        if np.isnan(value):
            return _("not tried")
        if self.hangs:
            return words.score(value, positive=self.sheet.options.positive_scores, whole=False)
        return rounded_share(value)

    def _put_days(self) -> None:
        """Put the dates below the columns as far as there is room, the last one always."""
        sheet, found = self.sheet, self.subject.found
        texts = [self._day(step) for step in range(len(found.days))]
        sheet.y += 2
        free = sheet.right
        for step in reversed(range(len(texts))):
            width = sheet.plain.width(texts[step])
            middle = self.left + (step + 0.5) * self.step
            start = min(middle - width / 2, free - width)
            if start < self.left or abs(start + width / 2 - middle) > max(self.step, width):
                continue
            sheet.scene.text(start, sheet.plain.baseline(sheet.y), texts[step], sheet.plain, sheet.palette.muted)
            free = start - _GAP
        sheet.y += sheet.plain.line_height

    def _day(self, step: int) -> str:
        day = self.subject.found.days[step]
        if day is None:
            return _("undated")
        return date.fromordinal(day).isoformat()
