"""The standing in case a challenge is right, beside the present one. The ratings stay as they are."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from ach_desk.i18n import _
from ach_desk.model import Challenge
from ach_desk.scoring import headline
from ach_desk.scoring.whatif import assess_under, if_it_holds
from ach_desk.ui.matrix.wording import figures
from ach_desk.ui.session import Session
from ach_desk.ui.text import shown
from ach_desk.ui.widgets.labels import STEP, plain


def can_hold(session: Session, one: Challenge) -> bool:
    """Return whether the challenge says enough for a standing to follow from it."""
    return if_it_holds(one, session.matrix) is not None


class WhatIf(QFrame):
    """A sentence and a small table: score and rank now, and if the challenge holds."""

    def __init__(self, session: Session, one: Challenge) -> None:
        super().__init__()
        scenario = if_it_holds(one, session.matrix)
        if scenario is None:
            raise ValueError("nothing follows from this challenge")
        now = session.assessment
        then = assess_under(session.analysis, session.matrix, session.analyst, scenario)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, STEP)
        column.setSpacing(STEP // 2)
        column.addWidget(plain(_("If it holds: {headline}").format(headline=shown(headline(then)))))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP // 2)
        for place, text in enumerate((_("Hypothesis"), _("now"), _("if it holds"))):
            grid.addWidget(plain(text, muted=True, wrap=False), 0, place)
        pairs = zip(now.hypotheses, figures(now, "negative"), figures(then, "negative"), strict=True)
        for row, (hypothesis, before, after) in enumerate(pairs, 1):
            texts = [hypothesis.label, *(f"{one.score}, {one.rank}" for one in (before, after))]
            for place, text in enumerate(texts):
                changed = place == 2 and texts[1] != texts[2]
                grid.addWidget(plain(shown(text), strong=changed, wrap=False), row, place)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
