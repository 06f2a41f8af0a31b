"""The margin against removals: per challenger the lead as rated, and after each item that is left out."""

from __future__ import annotations

from ach_desk.i18n import _, ngettext
from ach_desk.reporting.chart_material import Material
from ach_desk.reporting.charts import margin_words as says
from ach_desk.reporting.charts.lines import Line, Lines
from ach_desk.reporting.charts.scene import Rule, Style
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.telling import empty_sentence
from ach_desk.reporting.charts.typography import drawable
from ach_desk.scoring.margins import Course

_PLOT = 56.0
_SLOT_PAD = 10.0
_LEAST_SLOT = 38.0
_MOST_SLOT = 84.0
_BAR_SHARE = 0.62


def lay_out(sheet: Sheet, found: Material, stretch: float) -> int:
    """Put the chart on the sheet, each row `stretch` higher than need be; return the number of rows."""
    if says.is_empty(found):
        sheet.sentence_alone(says.title(found) if found.additive.leaders else empty_sentence(found))
        return 0
    return _Margins(sheet, found).put(stretch)


class _Margins:
    """One chart being put on a sheet. All rows have one scale."""

    def __init__(self, sheet: Sheet, found: Material) -> None:
        self.sheet = sheet
        self.found = found
        self.courses = says.courses(found)
        self.lows = [min(0.0, *course.margins) for course in self.courses]
        highest = max(max(course.margins) for course in self.courses)
        span = max(highest - min(self.lows), 1e-9)
        self.unit = _PLOT / span
        line = sheet.plain.line_height
        self.heights = [
            (max(course.margins) - low) * self.unit + 3 * line
            for course, low in zip(self.courses, self.lows, strict=True)
        ]
        self.lines = Lines(
            sheet,
            [
                Line(
                    found.assessment.label_of(course.challenger),
                    found.assessment.hypotheses[course.challenger].title,
                    height,
                    says.course_text(found, course),
                    note=says.note(course),
                    hypothesis=found.assessment.hypotheses[course.challenger].id,
                )
                for course, height in zip(self.courses, self.heights, strict=True)
            ],
        )
        texts = [
            text
            for course in self.courses
            for place in range(len(course.margins))
            for text in self._texts(course, place)
        ]
        needed = max(max(map(sheet.plain.width, texts)) + _SLOT_PAD, _LEAST_SLOT)
        longest = max(len(course.margins) for course in self.courses)
        self.slot = max(needed, min(self.lines.room / longest, _MOST_SLOT))
        self.most = max(2, int(self.lines.room / self.slot))

    def put(self, stretch: float) -> int:
        sheet = self.sheet
        text = _("Above the line {leader} is ahead; below it the challenger is.").format(
            leader=says.leaders(self.found)
        )
        sheet.paragraph(drawable(text), sheet.plain, sheet.palette.muted, None if sheet.is_narrow else self.lines.left)
        sheet.y += 4
        self.lines.put_all(self._put_course, stretch)
        return len(self.courses)

    def _texts(self, course: Course, place: int) -> tuple[str, str]:
        """Return what stands above and below a bar: the lead, and what was left out."""
        item = self.found.assessment.items[course.rows[place - 1]].label if place else ""
        below = _("− {item}").format(item=item) if place else _("as rated")
        return drawable(says.amount(self.found, course.margins[place])), drawable(below)

    def _shown(self, course: Course) -> list[int]:
        """Return the places that have room: all, or the first ones and the last."""
        count = len(course.margins)
        if count <= self.most:
            return list(range(count))
        return [*range(self.most - 2), -1, count - 1] if self.most > 2 else [0, count - 1]

    def _put_course(self, number: int, middle: float) -> None:
        sheet, course = self.sheet, self.courses[number]
        line = sheet.plain.line_height
        top, bottom = middle - self.heights[number] / 2, middle + self.heights[number] / 2
        zero = top + line + max(course.margins) * self.unit
        shown = self._shown(course)
        right = self.lines.left + len(shown) * self.slot
        sheet.scene.rule(Rule(sheet.palette.text, 2.0), self.lines.left, zero, min(right, self.lines.right), zero)
        for slot, place in enumerate(shown):
            left = self.lines.left + slot * self.slot
            if place < 0:
                self._put_skipped(len(course.margins) - len(shown) + 1, left, zero)
            else:
                self._put_bar(course, place, left, zero, bottom - line)

    def _put_skipped(self, count: int, left: float, zero: float) -> None:
        sheet = self.sheet
        text = drawable(f"… {count}")
        sheet.scene.text(left + self.slot / 2, zero - 6, text, sheet.plain, sheet.palette.muted, "center")
        said = ngettext("{count} more item left out in between", "{count} more items left out in between", count)
        area = (left, zero - 24, self.slot, 24.0)
        sheet.scene.hit(area, None, None, said.format(count=count))

    def _put_bar(self, course: Course, place: int, left: float, zero: float, names: float) -> None:
        sheet, palette = self.sheet, self.sheet.palette
        margin, width = course.margins[place], self.slot * _BAR_SHARE
        height = abs(margin) * self.unit
        x, centre = left + (self.slot - width) / 2, left + self.slot / 2
        top = zero - height if margin > 0 else zero
        if height >= 0.5:
            style = Style(palette.bar.fill, palette.strong_line, 1.0, layer=1)
            if margin < 0:
                style = Style(palette.base, palette.strong_line, 1.0, "lines", 1)
            sheet.scene.box(style, x, top, width, height)
        above, below = self._texts(course, place)
        baseline = sheet.plain.baseline(zero - max(height, 0.0) - sheet.plain.line_height - 1)
        if margin < 0:
            baseline = sheet.plain.baseline(zero - sheet.plain.line_height - 2)
        sheet.scene.text(centre, baseline, above, sheet.plain, palette.text, "center")
        sheet.scene.text(centre, sheet.plain.baseline(names), below, sheet.plain, palette.muted, "center")
        item = self.found.assessment.items[course.rows[place - 1]].id if place else None
        hypothesis = self.found.assessment.hypotheses[course.challenger].id
        area_top = min(top, zero - sheet.plain.line_height)
        area = (left, area_top, self.slot, names + sheet.plain.line_height - area_top)
        sheet.scene.hit(area, item, hypothesis, says.step_text(self.found, course, place))
