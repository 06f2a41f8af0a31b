"""What consistency chart and ranking share: rows of hypotheses with their titles, ties, and those left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ach_desk.i18n import _, join_words
from ach_desk.reporting.chart_options import AS_IN_MATRIX
from ach_desk.reporting.charts import words
from ach_desk.reporting.charts.scene import Rule
from ach_desk.reporting.charts.sheet import Sheet
from ach_desk.reporting.charts.typography import drawable
from ach_desk.scoring import Assessment, standing_sentence

_PAD = 6.0
_MEASURED = 400


@dataclass(frozen=True)
class Row:
    """A placed row: the column of its hypothesis and where it begins and ends."""

    column: int
    top: float
    bottom: float


class HypothesisRows:
    """The hypotheses that can be compared, least contradicted first, combinations after single explanations."""

    def __init__(self, sheet: Sheet, assessment: Assessment) -> None:
        """Take the sheet to draw on and the assessment."""
        self.sheet = sheet
        self.assessment = assessment
        self.is_ranked = sheet.options.order != AS_IN_MATRIX
        order = assessment.ranked_order()
        if not self.is_ranked:
            order = sorted(order, key=lambda column: (self.is_combination(column), column))
        comparable = assessment.comparable
        self.columns = [column for column in order if comparable[column]]
        part = sheet.options.rows
        self.shown = self.columns if part is None else self.columns[slice(*part)]
        is_end = part is None or part[1] >= len(self.columns)
        self.left_out = [column for column in order if not comparable[column]] if is_end else []
        self.labels = labels = [sheet.label(self._label(column)) for column in range(len(assessment.hypotheses))]
        self.label_width = max(map(sheet.bold.width, labels), default=0.0) + 8
        has_brackets = self.is_ranked and not sheet.is_narrow and any(self._brackets())
        self.gutter = sheet.plain.width(_("tied")) + 14 if has_brackets else 0.0

    def _label(self, column: int) -> str:
        """Return the label of a row: with the headings it stands under where there is room for them."""
        return self.assessment.hypotheses[column].label if self.sheet.is_narrow else self.assessment.label_of(column)

    def is_combination(self, column: int) -> bool:
        """Return whether the row's hypothesis joins others."""
        return self.assessment.hypotheses[column].is_combination

    def title_width(self, usual: float, most: float) -> float:
        """Return the width that the titles need: up to `usual` to have few lines, up to `most` for a long word."""
        plain = self.sheet.plain
        titles = [drawable(self.assessment.hypotheses[column].title[:_MEASURED]) for column in self.columns]
        texts = [*(line for title in titles for line in title.split("\n")), *map(self.note, self.columns)]
        head = plain.width(self.head()) - self.label_width
        words_alone = max(map(plain.longest_word, texts), default=0.0)
        whole = max(map(plain.width, texts), default=0.0)
        return max(min(max(whole, head), usual), min(words_alone, most)) + 1

    def head(self) -> str:
        """Return what stands over the titles."""
        if not self.is_ranked:
            return _("In the order of the matrix")
        if any(map(self.is_combination, self.columns)) and not all(map(self.is_combination, self.columns)):
            return _("Single explanations, least contradicted first")
        return _("Least contradicted first")

    def title_lines(self, column: int, width: float) -> list[str]:
        """Return the lines of the full title of the hypothesis."""
        return self.sheet.title_lines(self.assessment.hypotheses[column].title, width, len(self.labels))

    def put_title(self, column: int, lines: Sequence[str], top: float, width: float) -> None:
        """Put label and title at the left of a row, and below it the ties that no bracket can show."""
        sheet = self.sheet
        x = sheet.left + self.gutter
        sheet.scene.text(x, sheet.bold.baseline(top), self.labels[column], sheet.bold, sheet.palette.text)
        start = x + self.label_width
        sheet.lines(lines, sheet.plain, sheet.palette.text, start, top, width)
        note = self.note(column)
        if note:
            below = top + len(lines) * sheet.plain.line_height
            sheet.lines(sheet.plain.wrap(note, width), sheet.plain, sheet.palette.muted, start, below, width)

    def title_height(self, column: int, lines: Sequence[str], width: float) -> float:
        """Return the height that `put_title` takes."""
        height = len(lines) * self.sheet.plain.line_height
        note = self.note(column)
        return height + len(self.sheet.plain.wrap(note, width)) * self.sheet.plain.line_height if note else height

    def note(self, column: int) -> str:
        """Return what stands below a title: of what it is a form, where the label has no room for it, and ties."""
        over = [entry.label for entry in self.assessment.lineage(column)[:-1]]
        form = _("a form of {name}").format(name=" › ".join(over)) if over and self.sheet.is_narrow else ""
        return " · ".join(filter(None, (form, self.tie_note(column))))

    def tie_note(self, column: int) -> str:
        """Return "tied with H4" for ties that no bracket shows; else "".

        Those are ties between single explanations and combinations, and on a narrow sheet all.
        """
        rank = self.assessment.standing.rank
        others = [
            self.labels[other]
            for other in self.columns
            if rank[other] == rank[column] and other != column and self._is_apart(other, column)
        ]
        return _("tied with {names}").format(names=join_words(others)) if others else ""

    def _is_apart(self, first: int, second: int) -> bool:
        return not self.gutter or self.is_combination(first) != self.is_combination(second)

    def put_all(self, put_row: Callable[[int, float], Row], stretch: float) -> list[Row]:
        """Put each row with `put_row(column, stretch)`, and the lines between them; return where they lie."""
        sheet, placed = self.sheet, list[Row]()
        for column in self.shown:
            if placed and self.is_combination(column) > self.is_combination(placed[-1].column):
                self._put_section()
            else:
                sheet.scene.rule(sheet.thin, sheet.left + self.gutter, sheet.y, sheet.right, sheet.y)
            before = len(sheet.scene.hits)
            row = put_row(column, stretch)
            area = (sheet.left, row.top, sheet.width, row.bottom - row.top)
            text = words.row_text(self.assessment, column)
            sheet.scene.hit(area, None, self.assessment.hypotheses[column].id, text, before)
            placed.append(row)
            sheet.y = row.bottom
        return placed

    def _put_section(self) -> None:
        """Put the line that parts the combinations from the single explanations."""
        sheet = self.sheet
        sheet.y += 10
        sheet.scene.rule(Rule(sheet.palette.strong_line, 1.0), sheet.left, sheet.y, sheet.right, sheet.y)
        sheet.y += 5
        sheet.paragraph(drawable(_("Combinations of explanations")), sheet.plain, sheet.palette.muted)
        sheet.y += 2

    def put_ties(self, rows: Sequence[Row]) -> None:
        """Put a bracket with the word "tied" beside neighbouring rows of one rank."""
        sheet, place = self.sheet, {row.column: row for row in rows}
        if not self.gutter:
            return
        rule = Rule(sheet.palette.strong_line, 1.0)
        for bracket in self._brackets():
            tied = [column for column in bracket if column in place]
            if not tied:
                continue
            top, bottom = place[tied[0]].top + _PAD, place[tied[-1]].bottom - _PAD
            x = sheet.left + self.gutter - 8
            sheet.scene.rule(rule, x, top, x, bottom)
            sheet.scene.rule(rule, x, top, x + 4, top)
            sheet.scene.rule(rule, x, bottom, x + 4, bottom)
            baseline = sheet.plain.centre((top + bottom) / 2)
            sheet.scene.text(x - 5, baseline, _("tied"), sheet.plain, sheet.palette.muted, "right")

    def put_left_out(self) -> None:
        """Put the hypotheses that are not compared, each with the reason, in words."""
        if not self.left_out:
            return
        sheet = self.sheet
        sheet.y += 12
        sheet.paragraph(_("Not compared"), sheet.bold, sheet.palette.muted)
        for column in self.left_out:
            hypothesis = self.assessment.hypotheses[column]
            top = sheet.y
            sheet.y += 2
            sheet.paragraph(drawable(standing_sentence(self.assessment, column)), sheet.plain, sheet.palette.text)
            x = sheet.left + 12
            lines = self.title_lines(column, sheet.right - x)
            sheet.lines(lines, sheet.plain, sheet.palette.muted, x, sheet.y, sheet.right - x)
            sheet.y += len(lines) * sheet.plain.line_height
            area = (sheet.left, top, sheet.width, sheet.y - top)
            sheet.scene.hit(area, None, hypothesis.id, words.row_text(self.assessment, column))

    def _brackets(self) -> Iterator[list[int]]:
        """Yield the neighbouring rows that share a rank."""
        rank = self.assessment.standing.rank
        for _key, group in groupby(self.columns, lambda column: (self.is_combination(column), rank[column])):
            columns = list(group)
            if len(columns) > 1:
                yield columns
