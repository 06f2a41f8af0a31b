"""What the panel says of causes that may act together: sentences, how probable each is, the leading combinations."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.method_settings import Frame, Method
from ach_desk.model.words import method_word
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.frames import LEADING, CausesAtWork, causes_sentences, combination_name
from ach_desk.scoring.robustness import rounded_share
from ach_desk.ui.robustness.bars import ShareBar, ShareBars
from ach_desk.ui.robustness.sentences import Sentences
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.widgets.labels import named, plain


class CausesSection(FoldSection):
    """Absent unless several hypotheses of the matrix may be true at once; open where they may for sure.

    link_activated(kind, id): an item that a sentence names was followed.
    """

    link_activated = Signal(str, str)

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._frame: Frame | None = None
        self.set_title(_("Causes that may act together"))
        self.explained_in("frames.md#causes-that-may-act-together")
        self.sentences = Sentences()
        self.sentences.link_activated.connect(self.link_activated)
        self.at_work_title = plain(_("How probable is it that each is at work"), strong=True)
        self.combinations_title = plain(_("The most probable combinations"), strong=True)
        self.at_work = named(ShareBars(palette), self.at_work_title.text())
        self.combinations = named(ShareBars(palette), self.combinations_title.text())
        self.way = plain(muted=True)
        for part in (
            *(self.sentences, self.at_work_title, self.at_work),
            *(self.combinations_title, self.combinations, self.way),
        ):
            self.column.addWidget(part)
        self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Draw the bars in the colours of another theme."""
        for bars in (self.at_work, self.combinations):
            bars.set_palette(palette)

    def show_causes(self, found: CausesAtWork | None, frame: Frame | None, analysis: Analysis) -> None:
        """Show what is found; None hides the section. A frame that is new to it opens or folds it."""
        self.setVisible(found is not None)
        if frame is not self._frame:
            self._frame = frame
            self.set_open(frame is Frame.CAUSES)
        if found is None:
            return
        self.sentences.show_texts(causes_sentences(found), analysis)
        known = found.found is not None
        for part in (self.at_work_title, self.combinations_title, self.way):
            part.setVisible(known)
        self.at_work.show_bars(_at_work(found), 0.0)
        self.combinations.show_bars(_combinations(found), 0.0)
        self.way.setText(_way(found))


def _at_work(found: CausesAtWork) -> list[ShareBar]:
    if found.found is None:
        return []
    marginals = [float(value) for value in found.found.marginals]
    order = sorted(range(len(marginals)), key=lambda place: -marginals[place])
    return [
        ShareBar(
            f"{found.hypotheses[place].label}  {found.hypotheses[place].title}",
            marginals[place],
            rounded_share(marginals[place]),
        )
        for place in order
    ]


def _combinations(found: CausesAtWork) -> list[ShareBar]:
    if found.found is None:
        return []
    return [
        ShareBar(combination_name(found, members), probability, rounded_share(probability))
        for members, probability in found.found.leading(LEADING)
    ]


def _way(found: CausesAtWork) -> str:
    method = Method.BAYES_SOURCES if found.method is Method.BAYES_SOURCES else Method.BAYES
    text = _("Noisy-OR over all {count} combinations, by {method}, from {items} items.")
    subsets = 2 ** len(found.columns)
    return text.format(count=subsets, method=method_word(method), items=found.used)
