"""The tornado: how far a lead swings when one judgement alone is another one, the widest swing first.

Every bar is as long as the swing; what lies beyond the strong line "level" would put the rival in front, and is dark.
Both ends say in words under which condition they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ach_desk.i18n import _, ngettext
from ach_desk.model.words import method_word
from ach_desk.reporting.chart_options import ChartOptions
from ach_desk.reporting.charts import words
from ach_desk.reporting.charts.scene import Chart, Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.table import Table
from ach_desk.reporting.charts.typography import drawable
from ach_desk.scoring.methods import Inputs
from ach_desk.scoring.tornado import End, Swing, Tornado, lead_words, swing_name, tornado_sentence

MOST_BARS = 12
"""The narrower swings are left to the table of figures."""

_BAR, _PAD, _GAP = 12.0, 6.0, 8.0
_LEAST_BAR = 2.0


@dataclass(frozen=True, eq=False)
class TornadoSubject:
    """What the chart is of."""

    inputs: Inputs
    found: Tornado

    @property
    def shown(self) -> Sequence[Swing]:
        """Return the swings that have a bar."""
        return self.found.swings[:MOST_BARS]


def chart(subject: TornadoSubject, options: ChartOptions) -> Chart:
    """Return the chart laid out; raises ValueError for an unknown palette."""
    sheet = Sheet(options)
    title = tornado_sentence(subject.inputs, subject.found)
    hidden = words.hidden_sentence()
    sheet.head(hidden if options.hide_totals else title)
    if options.hide_totals:
        sheet.sentence_alone(hidden)
        sheet.foot(words.footer(subject.inputs.assessment, options, weighted=False))
        return Chart(sheet.scene, hidden, hidden, hidden, hidden)
    if subject.shown:
        _Bars(sheet, subject).put()
    sheet.foot([*_notes(subject), *words.footer(subject.inputs.assessment, options, weighted=False)])
    said = caption("tornado", subject), alternative_text("tornado", subject)
    return Chart(sheet.scene, title, *said, _what(subject))


def is_empty(subject: TornadoSubject) -> bool:
    """Return whether nothing moves the lead, so that there is no bar."""
    return not subject.found.swings


def caption(_kind: str, subject: TornadoSubject) -> str:
    """Return what the chart shows, and its finding."""
    return f"{_what(subject)} {tornado_sentence(subject.inputs, subject.found)}"


def alternative_text(_kind: str, subject: TornadoSubject) -> str:
    """Return the chart for those who cannot see it: its finding, then a sentence per bar."""
    bars = [swing_text(subject, swing) for swing in subject.shown]
    return "\n".join([tornado_sentence(subject.inputs, subject.found), *bars])


def _what(subject: TornadoSubject) -> str:
    labels = [subject.inputs.assessment.hypotheses[at].label for at in (subject.found.first, subject.found.second)]
    text = _("How far the lead of {first} over {second} swings when one judgement alone is another one, by {method}.")
    return text.format(first=labels[0], second=labels[1], method=method_word(subject.found.method))


def swing_text(subject: TornadoSubject, swing: Swing) -> str:
    """Return what a bar says: its name, and both ends with their condition."""
    text = _("{name}: {low}, to {high}.")
    return text.format(name=swing_name(swing), low=_end_text(subject, swing.low), high=_end_text(subject, swing.high))


def _end_text(subject: TornadoSubject, end: End) -> str:
    lead = lead_words(subject.inputs, subject.found, end.margin)
    return _("{lead} {condition}").format(lead=lead, condition=end.words)


def _notes(subject: TornadoSubject) -> list[str]:
    """Return what stands below the bars: what is not shown, and what a step is."""
    found, notes = subject.found, []
    more = len(found.swings) - len(subject.shown)
    if more:
        text = ngettext("{count} more moves the lead less.", "{count} more move the lead less.", more)
        notes.append(text.format(count=more))
    if found.still:
        text = ngettext("{count} moves nothing.", "{count} move nothing.", found.still)
        notes.append(text.format(count=found.still))
    notes += words.other_way(found.method)
    notes.append(_("One rating at a time, a step on the scale or over its stated range; all else stays."))
    return notes


def table(subject: TornadoSubject) -> Table:
    """Return the numbers behind the chart: every swing, also those without a bar; with Bayes, leads are log10 odds."""
    labels = [subject.inputs.assessment.hypotheses[at].label for at in (subject.found.first, subject.found.second)]
    head = (_("What is otherwise"), _("Leader"), _("Rival"), _("Least lead"), _("Condition"), _("Greatest lead"))
    rows = [
        (swing_name(swing), *labels, swing.low.margin, swing.low.words, swing.high.margin, swing.high.words)
        for swing in subject.found.swings
    ]
    return Table((*head, _("Its condition")), tuple(rows))


class _Bars:
    """The bars being put on a sheet."""

    def __init__(self, sheet: Sheet, subject: TornadoSubject) -> None:
        self.sheet, self.subject = sheet, subject
        self.names = [swing_name(swing) for swing in subject.shown]
        widest = max(sheet.bold.width(drawable(name)) for name in self.names)
        self.left = sheet.left + min(widest, 0.34 * sheet.width) + 2 * _GAP
        lows = [swing.low.margin for swing in subject.shown]
        highs = [swing.high.margin for swing in subject.shown]
        self.least, self.most = min(0.0, subject.found.margin, *lows), max(0.0, subject.found.margin, *highs)
        self.unit = (sheet.right - self.left) / max(self.most - self.least, 1e-9)

    def put(self) -> None:
        """Put the words over the axis, the bars, and the line at which the two are level."""
        sheet = self.sheet
        self._put_heads()
        for swing, name in zip(self.subject.shown, self.names, strict=True):
            sheet.scene.rule(sheet.thin, sheet.left, sheet.y, sheet.right, sheet.y)
            self._put_bar(swing, name)

    def _put_lines(self, top: float) -> None:
        """Put the lines of "level" and "as rated" across one bar; the words below it are left free."""
        sheet, now, zero = self.sheet, self._x(self.subject.found.margin), self._x(0.0)
        bottom = top + _BAR + _PAD
        sheet.scene.rule(Rule(sheet.palette.accent, 1.0), now, top, now, bottom)
        sheet.scene.rule(Rule(sheet.palette.text, 2.0), zero, top, zero, bottom)

    def _x(self, margin: float) -> float:
        return self.left + (margin - self.least) * self.unit

    def _put_heads(self) -> None:
        """Put who is ahead on which side, and where "level" and "as rated" are, over the axis instead of a legend."""
        sheet, found = self.sheet, self.subject.found
        labels = [self.subject.inputs.assessment.hypotheses[at].label for at in (found.first, found.second)]
        ahead = _("{label} ahead")
        plain, muted = sheet.plain, sheet.palette.muted
        base = plain.baseline(sheet.y)
        if self.least < 0:
            sheet.scene.text(self.left, base, drawable(f"← {ahead.format(label=labels[1])}"), plain, muted)
        sheet.scene.text(sheet.right, base, drawable(f"{ahead.format(label=labels[0])} →"), plain, muted, "right")
        sheet.y += plain.line_height
        marks = [(self._x(0.0), _("level"), sheet.palette.text)]
        if abs(found.margin) * self.unit > 1:
            marks.append((self._x(found.margin), _("as rated"), sheet.palette.accent))
        free = -1.0
        for x, text, colour in marks:
            width = plain.width(text)
            start = min(max(x - width / 2, self.left, free), sheet.right - width)
            sheet.scene.text(start, plain.baseline(sheet.y), text, plain, colour)
            free = start + width + _GAP
        sheet.y += plain.line_height + 2

    def _put_bar(self, swing: Swing, name: str) -> None:
        sheet, top = self.sheet, self.sheet.y
        sheet.y += _PAD
        low, high, zero = self._x(swing.low.margin), self._x(swing.high.margin), self._x(0.0)
        middle = sheet.y + _BAR / 2
        label = sheet.bold.elide(drawable(name), self.left - sheet.left - _GAP)
        sheet.scene.text(sheet.left, sheet.bold.centre(middle), label, sheet.bold, sheet.palette.text)
        if low < zero:
            dark = Style(sheet.palette.text, sheet.palette.text, layer=1)
            sheet.scene.box(dark, low, sheet.y, max(min(high, zero) - low, _LEAST_BAR), _BAR)
        if high > zero:
            begin = max(low, zero)
            tone = Style(sheet.palette.bar.fill, sheet.palette.bar.line)
            sheet.scene.box(tone, begin, sheet.y, max(high - begin, _LEAST_BAR), _BAR)
        self._put_lines(top + _PAD / 2)
        sheet.y += _BAR + 4
        self._put_ends(swing)
        sheet.y += _PAD
        split = self._x((swing.low.margin + swing.high.margin) / 2)
        for end, left, right in ((swing.low, sheet.left, split), (swing.high, split, sheet.right)):
            text = f"{name}: {_end_text(self.subject, end)}"
            area = (left, top, right - left, sheet.y - top)
            sheet.scene.hit(area, end.evidence or None, end.hypothesis or None, text)

    def _put_ends(self, swing: Swing) -> None:
        """Put the conditions of both ends below the bar: side by side where there is room, else below each other."""
        sheet, room = self.sheet, self.sheet.right - self.left
        low, high = (drawable(end.words) for end in (swing.low, swing.high))
        plain = sheet.plain
        if plain.width(low) + plain.width(high) + _GAP <= room:
            sheet.lines([low], plain, sheet.palette.muted, self.left, sheet.y, room)
            sheet.scene.text(sheet.right, plain.baseline(sheet.y), high, plain, sheet.palette.muted, "right")
            sheet.y += plain.line_height
            return
        for text, mark in ((low, "←"), (high, "→")):
            lines = plain.wrap(f"{mark} {text}", room)
            sheet.lines(lines, plain, sheet.palette.muted, self.left, sheet.y, room)
            sheet.y += len(lines) * plain.line_height
