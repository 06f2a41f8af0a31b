"""What stands in the header of the hypotheses: label, title, score, rank and bar, down or across."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from ach_desk.i18n import _
from ach_desk.model import Hypothesis
from ach_desk.reporting.palette import stripe
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.arrangement import SCORE
from ach_desk.ui.matrix.axes import HYPOTHESIS
from ach_desk.ui.matrix.item_order import rating_column
from ach_desk.ui.matrix.look import (
    LEFT,
    PAD,
    RIGHT,
    RTL,
    STRIPE,
    TITLE_LINES,
    Look,
)
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.matrix.section_marks import ARROW, draw_arrow, draw_triangle
from ach_desk.ui.matrix.sections import BAR, HORIZONTAL, VERTICAL, Caption, Sections, SectionState
from ach_desk.ui.mirrored import visual_rect
from ach_desk.ui.text import single_line
from ach_desk.ui.widgets.painting import fill

_BAND = STRIPE + 2
"""How far a form is set in from its heading."""

_BAR_COLUMN = 56
_FIGURES_SAMPLE = wording.MINUS + "88.88"


class HypothesisSections(Sections):
    """Hypotheses with their standing."""

    kind = HYPOTHESIS

    def __init__(self, model: MatrixModel, look: Look) -> None:
        self._fitted: tuple[list[wording.Figures], int, bool] | None = None
        super().__init__(model, look)

    @property
    def text_left(self) -> int:
        """Return where the text begins in a vertical header: after the bands and triangles of headings."""
        return super().text_left + (self._most_indent + self._fold_size if self._most_indent else 0)

    @property
    def _fold_size(self) -> int:
        return self.look.line + PAD // 2

    @property
    def _most_indent(self) -> int:
        return self.model.family.depth * _BAND

    def _indent(self, hypothesis: Hypothesis) -> int:
        return len(self.model.family.over(hypothesis.id)) * _BAND

    def fold_rect(self, rect: QRect, section: int, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> QRect:
        """Return where the triangle of a heading is, with room around it; empty for other hypotheses."""
        hypothesis = self.model.hypothesis(section)
        if not self.model.family.is_heading(hypothesis.id):
            return QRect()
        size = self._fold_size
        if orientation == VERTICAL:
            label = self.look.width_of(single_line(hypothesis.label), bold=True)
            left = rect.left() + STRIPE + PAD + self._indent(hypothesis) + min(label, self.label_width)
            top = rect.top() + (rect.height() - 1 - self._row_block(hypothesis)) // 2
            inner = QRect(left, top - PAD // 4, size, size)
        else:
            top = rect.top() + self._indent(hypothesis) + STRIPE + PAD // 2
            inner = QRect(rect.right() - PAD // 2 - size, top - PAD // 4, size, size)
        return visual_rect(direction, rect, inner)

    def fixed_width(self) -> int:
        """Return the width of a vertical header without its text."""
        return self.text_left + PAD + self._figures_width() + PAD + _BAR_COLUMN + PAD

    def _figures_width(self) -> int:
        score, rank = self._score_width(), self.look.width_of(_("rank {rank}, tied").format(rank=88), small=True) + 2
        return score + PAD + rank if self.look.row_lines == 1 else max(score, rank)

    def _score_width(self) -> int:
        return self.look.width_of(_FIGURES_SAMPLE, bold=True)

    def height(self) -> int:
        """Return the height of a horizontal header."""
        lines = (2 + TITLE_LINES) * self.look.line
        return STRIPE + PAD // 2 + self._most_indent + lines + self._bar_room() + 2

    def _bar_room(self) -> int:
        """Return the room below the figures of a horizontal header: the bar, beside it the captions of the columns."""
        return max(PAD + BAR + 2, self.look.small_line)

    def paint(
        self, painter: QPainter, rect: QRect, section: int, orientation: Qt.Orientation, state: SectionState
    ) -> None:
        """Paint one hypothesis."""
        self._ground(painter, rect, state, orientation)
        hypothesis = self.model.hypothesis(section)
        colour = self.look.colours["text" if hypothesis.is_active else "muted"]
        self._stripes(painter, rect, hypothesis, orientation)
        if orientation == VERTICAL:
            self._paint_row(painter, rect, section, colour)
        else:
            self._paint_column(painter, rect, section, colour)
        fold = self.fold_rect(rect, section, orientation, painter.layoutDirection())
        if not fold.isEmpty():
            folded = self.model.family.is_folded(hypothesis.id)
            draw_triangle(painter, fold, self.look.colours["text"], folded=folded)

    def _stripes(self, painter: QPainter, rect: QRect, hypothesis: Hypothesis, orientation: Qt.Orientation) -> None:
        """Paint the stripe of a hypothesis, and outside it those of its headings: brackets around their forms."""
        for number, entry in enumerate((*self.model.family.over(hypothesis.id), hypothesis)):
            away = number * _BAND
            own = entry is hypothesis and not self._is_open_heading(entry)
            place = QRect(rect.left(), rect.top() + away, rect.width() - own, STRIPE)
            if orientation == VERTICAL:
                place = QRect(rect.left() + away, rect.top(), STRIPE, rect.height() - own)
            fill(painter, self._mirrored(painter, rect, place), self._colour(entry))

    def _is_open_heading(self, hypothesis: Hypothesis) -> bool:
        family = self.model.family
        return family.is_heading(hypothesis.id) and not family.is_folded(hypothesis.id)

    def _colour(self, hypothesis: Hypothesis) -> QColor:
        column = self.model.session.column_of(hypothesis.id) or 0
        colour = QColor(hypothesis.colour or stripe(wording.number_of(hypothesis, column)))
        if not hypothesis.is_active:
            colour.setAlpha(90)
        return colour

    def _paint_column(self, painter: QPainter, rect: QRect, section: int, colour: QColor) -> None:
        look, hypothesis = self.look, self.model.hypothesis(section)
        inner = rect.adjusted(PAD, STRIPE + PAD // 2 + self._indent(hypothesis), -PAD, 0)
        label = QRect(inner.left(), inner.top(), inner.width(), look.line)
        self._label(painter, label, hypothesis.label, colour)
        self._rating_arrow(painter, label, hypothesis)
        beside = self._beside_label(hypothesis)
        if beside:
            fold = self._fold_size if self.model.family.is_heading(hypothesis.id) else 0
            marked = bool(self._challenges(hypothesis.id)) + (hypothesis.id in self.model.remarks.records)
            mark = 2 * PAD * marked
            room = label.adjusted(look.width_of(hypothesis.label, bold=True) + PAD + mark, 0, -fold, 0)
            flags = LEFT if painter.layoutDirection() == RTL else RIGHT
            fits = look.width_of(beside[0], small=True) <= room.width()
            self._caption(painter, self._mirrored(painter, label, room), beside[0 if fits else 1], flags)
        painter.setFont(look.font)
        painter.setPen(colour)
        text = QRect(inner.left(), label.bottom() + 1, inner.width(), TITLE_LINES * look.line)
        look.draw_lines(painter, text, hypothesis.title, look.text, TITLE_LINES)
        inner.setTop(rect.top())
        figures = self.model.figures(section)
        foot = self._figures_line(inner)
        self._score(painter, foot, figures.score, hypothesis.is_active)
        room = foot.adjusted(look.width_of(figures.score, bold=True) + PAD, 0, 0, 0)
        flags = LEFT if painter.layoutDirection() == RTL else RIGHT
        rank = figures.rank if self._long_ranks_fit(inner.width()) else figures.short_rank
        self._caption(painter, self._mirrored(painter, foot, room), rank, flags)
        bar = QRect(inner.left(), foot.bottom() + 3, inner.width(), BAR)
        if self.model.scores_shown and hypothesis.is_active and not self._is_open_heading(hypothesis):
            self._bar(painter, bar, figures.share)

    def _challenge_place(self, rect: QRect, section: int, orientation: Qt.Orientation) -> QPoint:
        hypothesis = self.model.hypothesis(section)
        indent = self._indent(hypothesis)
        if orientation == HORIZONTAL:
            label = self.look.width_of(single_line(hypothesis.label), bold=True)
            top = rect.top() + STRIPE + PAD // 2 + indent
            return QPoint(rect.left() + PAD + label + 2 * PAD, top + self.look.line // 2)
        top = rect.top() + (rect.height() - 1 - self._row_block(hypothesis)) // 2
        return self._below_label(rect, QPoint(rect.left() + STRIPE + PAD + indent, top))

    def _beside_label(self, hypothesis: Hypothesis) -> tuple[str, str] | None:
        """Return what a header says of a combination or a folded heading, and a shorter form of it.

        That is its parts, or the form it shows.
        """
        if hypothesis.is_combination:
            parts = wording.combined_labels(hypothesis, self.model.session.analysis)
            return " + ".join(parts), "+".join(parts)
        best = self.model.family.best(hypothesis.id)
        return None if best is None else (_("best: {label}").format(label=best.label), best.label)

    def _rating_arrow(self, painter: QPainter, label: QRect, hypothesis: Hypothesis) -> None:
        """Draw beside the label that the items are sorted by the ratings under this hypothesis."""
        mark = self.model.arrangement.mark_of(rating_column(hypothesis.id))
        if mark is not None:
            away = self.look.width_of(single_line(hypothesis.label), bold=True) + ARROW
            x = label.right() - away if painter.layoutDirection() == RTL else label.left() + away
            draw_arrow(painter, QPoint(x, label.center().y()), mark, self.look)

    def _long_ranks_fit(self, width: int) -> bool:
        """Return whether every rank fits beside its score in words, so that all are written alike."""
        figures = self.model.all_figures()
        if self._fitted is None or self._fitted[0] is not figures or self._fitted[1] != width:
            look = self.look
            widest = max(
                (look.width_of(entry.score, bold=True) + look.width_of(entry.rank, small=True) for entry in figures),
                default=0,
            )
            self._fitted = figures, width, widest + PAD < width
        return self._fitted[2]

    def _figures_line(self, rect: QRect) -> QRect:
        top = rect.bottom() + 1 - self._bar_room() - self.look.line
        return QRect(rect.left(), top, rect.width(), self.look.line)

    def _paint_row(self, painter: QPainter, rect: QRect, section: int, colour: QColor) -> None:
        look, hypothesis, figures = self.look, self.model.hypothesis(section), self.model.figures(section)
        inner = rect.adjusted(0, 0, 0, -1)
        top = inner.top() + (inner.height() - self._row_block(hypothesis)) // 2
        label = QRect(rect.left() + STRIPE + PAD + self._indent(hypothesis), top, self.label_width, look.line)
        self._label(painter, self._mirrored(painter, rect, label), hypothesis.label, colour)
        self._rating_arrow(painter, self._mirrored(painter, rect, label), hypothesis)
        painter.setFont(look.font)
        painter.setPen(colour)
        text = QRect(rect.left() + self.text_left, top, self.text_width, self._row_block(hypothesis))
        lines = self._title_lines(hypothesis)
        look.draw_lines(painter, self._mirrored(painter, rect, text), hypothesis.title, look.text, lines)
        best = self.model.family.best(hypothesis.id)
        if best is not None and self.look.row_lines > 1:
            below = QRect(text.left(), text.bottom() + 1 - look.small_line, text.width(), look.small_line)
            flags = RIGHT if painter.layoutDirection() == RTL else LEFT
            words = _("best: {label}").format(label=best.label)
            self._caption(painter, self._mirrored(painter, rect, below), words, flags)
        width = self._figures_width()
        left = rect.left() + self.text_right
        score, rank = self._figures_places(QRect(left, inner.top(), width, inner.height()))
        self._score(painter, self._mirrored(painter, rect, score), figures.score, hypothesis.is_active)
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        fits = look.width_of(figures.rank, small=True) <= rank.width()
        rank_text = figures.rank if fits else figures.short_rank
        self._caption(painter, self._mirrored(painter, rect, rank), rank_text, flags)
        bar = QRect(left + width + PAD, inner.center().y() - BAR // 2, _BAR_COLUMN, BAR)
        if self.model.scores_shown and hypothesis.is_active and not self._is_open_heading(hypothesis):
            self._bar(painter, self._mirrored(painter, rect, bar), figures.share)

    def _title_lines(self, hypothesis: Hypothesis) -> int:
        """Return how many lines the title of a row may take: a folded heading leaves one for the form it shows."""
        lines = self.look.row_lines
        return lines - 1 if lines > 1 and self.model.family.best(hypothesis.id) is not None else lines

    def _row_block(self, hypothesis: Hypothesis) -> int:
        """Return the height of label and title of a row, with the line below them where there is one."""
        most = self._title_lines(hypothesis)
        lines, _right_to_left = self.look.text.lines(hypothesis.title, self.text_width, most)
        below = self.look.small_line if most < self.look.row_lines else 0
        marked = self._challenges(hypothesis.id) or hypothesis.id in self.model.remarks.records
        least = 2 if most > 1 and marked else 1
        return max(len(lines), least) * self.look.line + below

    def _figures_places(self, rect: QRect) -> tuple[QRect, QRect]:
        """Return where score and rank stand in a row: one below the other, in a single line side by side."""
        line, small = self.look.line, self.look.small_line
        if self.look.row_lines == 1:
            top, score = rect.top() + (rect.height() - line) // 2, self._score_width()
            return (
                QRect(rect.left(), top, score, line),
                QRect(rect.left() + score + PAD, top, rect.width() - score - PAD, line),
            )
        top = rect.top() + (rect.height() - line - small) // 2
        return QRect(rect.left(), top, rect.width(), line), QRect(rect.left(), top + line, rect.width(), small)

    def _score(self, painter: QPainter, rect: QRect, text: str, active: bool) -> None:
        painter.setFont(self.look.bold)
        painter.setPen(self.look.colours["text" if active else "muted"])
        flags = RIGHT if painter.layoutDirection() == RTL else LEFT
        self.look.draw(painter, rect, text, flags)

    def captions(self, corner: QRect, orientation: Qt.Orientation, direction: Qt.LayoutDirection) -> list[Caption]:
        """Return what the figures are: at the trailing edge of their line, or along the foot of the corner."""
        if orientation == HORIZONTAL:
            flags = LEFT if direction == RTL else RIGHT
            line = self._figures_line(corner.adjusted(PAD, 0, -PAD, 0))
            some = bool(self.model.axes.ids[HYPOTHESIS])
            return [Caption(SCORE, _("Weighted inconsistency, rank"), line, flags)] if some else []
        flags = RIGHT if direction == RTL else LEFT
        height = self.look.small_line
        top = corner.bottom() - height - 1
        left = corner.left() + self.text_right
        places = (
            ("", _("Hypotheses"), QRect(corner.left() + self.text_left, top, self.text_width, height)),
            (SCORE, _("Weighted inconsistency"), QRect(left, top, corner.right() - left, height)),
        )
        return [Caption(column, text, visual_rect(direction, corner, rect), flags) for column, text, rect in places]
