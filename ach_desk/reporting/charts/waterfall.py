"""The waterfall of log odds: what each item adds for the leader or for a rival, one below the other."""

from __future__ import annotations

from math import ceil, floor

from ach_desk.i18n import _
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.charts import telling
from ach_desk.reporting.charts import waterfall_words as says
from ach_desk.reporting.charts.lines import Line, Lines
from ach_desk.reporting.charts.scene import Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.typography import drawable

_GAP = 5.0
_TICK_GAP = 12.0
_LEAST_SPAN = 0.5
_ZERO_LINE = 2.0
_TOO_SMALL = 0.01


def lay_out(sheet: Sheet, found: Material, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    if says.is_empty(found):
        sheet.sentence_alone(says.empty_sentence(found))
        return 0
    rows = _Waterfall(sheet, found).put(stretch)
    for sentence in says.beside(found):
        sheet.y += 4
        sheet.paragraph(drawable(sentence), sheet.plain, sheet.palette.muted)
    return rows


class _Waterfall:
    """One chart being put on a sheet."""

    def __init__(self, sheet: Sheet, found: Material) -> None:
        self.sheet = sheet
        self.found = found
        self.steps = says.steps(found)
        self.height = sheet.plain.line_height + 2.0
        self.lines = Lines(
            sheet,
            [Line(step.label, step.title, self.height, step.text, evidence=step.evidence) for step in self.steps],
        )
        self.words = [drawable(_ratio(step.weight)) for step in self.steps]
        reached = [place for step in self.steps for place in (step.first, step.last)]
        self.low, self.high = min(reached), max(reached)
        if self.high - self.low < _LEAST_SPAN:
            self.low, self.high = self.low - _LEAST_SPAN, self.high + _LEAST_SPAN
        margin = max(map(sheet.plain.width, self.words), default=0.0) + _GAP + 2
        room = max(self.lines.room - 2 * margin, 40.0)
        self.unit = room / (self.high - self.low)
        self.zero = self.lines.left + margin - self.low * self.unit
        self.last_middle = 0.0

    def put(self, stretch: float) -> int:
        self.lines.put_ends(*says.ends(self.found))
        top = self.sheet.y
        self.lines.put_all(self._put_bar, stretch)
        bottom = self.sheet.y
        if not self.sheet.is_narrow:
            strong = Rule(self.sheet.palette.text, _ZERO_LINE)
            self.sheet.scene.rule(strong, self.zero, top, self.zero, bottom)
        self._put_axis(bottom)
        return len(self.steps)

    def _x(self, odds: float) -> float:
        return self.zero + odds * self.unit

    def _put_bar(self, number: int, middle: float) -> None:
        sheet, step = self.sheet, self.steps[number]
        left, right = sorted((self._x(step.first), self._x(step.last)))
        top = middle - self.height / 2
        thin = Rule(sheet.palette.strong_line, 1.0)
        if sheet.is_narrow:
            strong = Rule(sheet.palette.text, _ZERO_LINE)
            sheet.scene.rule(strong, self.zero, top - 2, self.zero, top + self.height + 2)
        elif number and not step.is_total:
            sheet.scene.rule(thin, self._x(step.first), self.last_middle, self._x(step.first), top)
        if right - left >= 0.5:
            sheet.scene.box(self._style(step), left, top, right - left, self.height)
        x, anchor = self._place_of_words(self.words[number], left, right, beyond=step.weight >= 0)
        sheet.scene.text(x, sheet.plain.centre(middle), self.words[number], sheet.plain, sheet.palette.text, anchor)
        self.last_middle = top + self.height
        if step.evidence is not None:
            box = (left - 2, top, right - left + 4, self.height)
            sheet.scene.hit(box, step.evidence, self._leader, step.text)

    def _place_of_words(self, words: str, left: float, right: float, *, beyond: bool) -> tuple[float, str]:
        """Return where the words of a bar stand: at its end, or at its beginning where they would cross the line."""
        width = self.sheet.plain.width(words) + _GAP
        if beyond and right < self.zero < right + width:
            beyond = False
        elif not beyond and left - width < self.zero < left:
            beyond = True
        return (right + _GAP, "left") if beyond else (left - _GAP, "right")

    @property
    def _leader(self) -> str:
        weights = self.found.weights
        return self.found.assessment.hypotheses[weights.ahead].id if weights else ""

    def _style(self, step: says.Step) -> Style:
        """Return how a bar looks: full where it speaks for the leader, hatched for the rival, dark for the total."""
        palette = self.sheet.palette
        if step.weight < 0:
            return Style(palette.base, palette.strong_line, 1.0, "lines", 1)
        return Style(palette.strong_line if step.is_total else palette.bar.fill, palette.strong_line, 1.0, layer=1)

    def _put_axis(self, bottom: float) -> None:
        """Put ticks at whole powers of ten, with the odds in words, as many as have room."""
        sheet = self.sheet
        ticks = [power for power in range(floor(self.low), ceil(self.high) + 1) if self._is_inside(power)]
        texts = {power: drawable(_odds(power)) for power in ticks}
        widest = max(map(sheet.plain.width, texts.values()), default=0.0) + _TICK_GAP
        every = max(1, ceil(widest / self.unit))
        strong = Rule(sheet.palette.strong_line, 1.0)
        sheet.scene.rule(strong, self.lines.left, bottom, self.lines.right, bottom)
        for power in ticks:
            if power % every:
                continue
            x = self._x(power)
            sheet.scene.rule(strong, x, bottom, x, bottom + 4)
            half = sheet.plain.width(texts[power]) / 2
            middle = min(max(x, self.lines.left + half), self.lines.right - half)
            baseline = sheet.plain.baseline(bottom + 4)
            sheet.scene.text(middle, baseline, texts[power], sheet.plain, sheet.palette.muted, "center")
        sheet.y = bottom + 8 + sheet.plain.line_height

    def _is_inside(self, power: int) -> bool:
        return self.lines.left <= self._x(power) <= self.lines.right


def _ratio(bans: float) -> str:
    return telling.times(bans) if abs(bans) >= _TOO_SMALL else _("even")


def _odds(power: int) -> str:
    """Return what a tick says: "even", "10 to 1"."""
    if not power:
        return _("even")
    return _("{count} to 1").format(count=f"{10 ** abs(power):,}" if abs(power) < 7 else f"10^{abs(power)}")
