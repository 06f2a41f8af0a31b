"""An undecided judgement in the inspector: from which rating to which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.commands import edits
from ach_desk.i18n import _
from ach_desk.model import Rating, RatingRange, RatingValue
from ach_desk.model.values import SCALE_STEPS, Scale, range_of
from ach_desk.ui.matrix import wording
from ach_desk.ui.matrix.judgement import undecided
from ach_desk.ui.matrix.judging import judged_between
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.editors import beside
from ach_desk.ui.widgets.labels import STEP, caption, plain


class RangeEditor(QWidget):
    """Two drop-down lists. Two different ends leave the judgement undecided, two equal ones decide it."""

    def __init__(
        self, session: Session, rating: Callable[[], Rating | None], cells: Callable[[], Sequence[edits.Cell]]
    ) -> None:
        super().__init__()
        self._session, self._rating, self._cells = session, rating, cells
        self.ends = (self._choice(), self._choice())
        self._boxes = [_captioned(_("Undecided from"), self.ends[0]), _captioned(_("to"), self.ends[1])]
        self.ends[1].setAccessibleName(_("Undecided to"))
        self.note = plain(muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(beside(*self._boxes))
        column.addWidget(self.note)

    def _choice(self) -> Choice:
        steps = SCALE_STEPS[Scale.SEVEN]
        choice = Choice([(step, f"{step.value}  {wording.rating_name(step)}") for step in steps])
        choice.chosen.connect(lambda _value: self._take())
        return choice

    @property
    def is_used(self) -> bool:
        """Return whether the judgement is undecided."""
        rating = self._rating()
        return rating is not None and rating.range is not None

    def refresh(self) -> None:
        """Show both ends: of a decided rating twice the same, of none nothing."""
        rating = self._rating()
        around = _ends(rating)
        scale = SCALE_STEPS[self._session.matrix.scale]
        for choice, end in zip(self.ends, around or (None, None), strict=True):
            choice.show_value(end)
            choice.setEnabled(not self._session.read_only)
            for row, step in enumerate(SCALE_STEPS[Scale.SEVEN]):
                choice.view().setRowHidden(row, step not in scale and step is not end)
        self.note.setText(_sentence(undecided(rating)) if rating is not None and rating.range is not None else "")
        self.note.setVisible(bool(self.note.text()))

    def _take(self) -> None:
        ends = [choice.value for choice in self.ends if isinstance(choice.value, RatingValue)]
        self._session.execute(judged_between(self._session, self._cells(), range_of(ends)))
        self.refresh()


def _ends(rating: Rating | None) -> RatingRange | None:
    if rating is None or rating.value is None or not rating.value.is_on_scale:
        return None
    return rating.range or (rating.value, rating.value)


def _captioned(text: str, choice: Choice) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(STEP // 2)
    column.addWidget(caption(text, choice))
    column.addWidget(choice)
    return box


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
