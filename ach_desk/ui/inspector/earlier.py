"""What the inspector says of ratings on earlier wording: the words as they were, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ach_desk.commands import edits
from ach_desk.commands.wordings import ratings_on_earlier_wording, words_at
from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceItem, Hypothesis, Rating
from ach_desk.model.wording import WORDING_FIELDS
from ach_desk.ui.session import Session
from ach_desk.ui.text import explain, shortened, shown
from ach_desk.ui.widgets.labels import STEP, plain

_LONGEST_QUOTE = 280


class EarlierWording(QWidget):
    """A sentence, texts below it and a button; hidden while there is nothing to say. `chosen()`: the button."""

    chosen = Signal()

    def __init__(self, button: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        self.sentence = plain(strong=True)
        self.words = plain(muted=True)
        self.button = QPushButton(button)
        self.button.setAccessibleName(button)
        self.button.clicked.connect(self.chosen)
        column.addWidget(self.sentence)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def say(self, sentence: str, words: str = "", *, may_edit: bool = True) -> None:
        """Show this; "" hides all of it."""
        self.sentence.setText(sentence)
        self.words.setText(shown(shortened(words, 2 * _LONGEST_QUOTE), "\n"))
        explain(self.words, words if len(words) > 2 * _LONGEST_QUOTE else "")
        self.words.setVisible(bool(words))
        self.button.setEnabled(may_edit)
        self.setVisible(bool(sentence))


class MinorChange(EarlierWording):
    """Says below the fields of an item or hypothesis how many ratings judged other words."""

    def __init__(self, session: Session, kind: str) -> None:
        super().__init__(_("It was a minor change"))
        self._session, self._kind, self._id = session, kind, ""
        self.chosen.connect(self._declare)

    def refresh(self, record_id: str) -> None:
        """Show what holds for this record."""
        self._id = record_id
        count = ratings_on_earlier_wording(self._session.analysis, self._kind, record_id)
        text = ngettext(
            "{count} rating was made on the earlier wording.",
            "{count} ratings were made on the earlier wording.",
            count,
        )
        self.say(text.format(count=count) if count else "", may_edit=not self._session.read_only)

    def _declare(self) -> None:
        self._session.execute(edits.declare_minor(self._session.analysis, self._kind, self._id))


def words_then(session: Session, rating: Rating, item: EvidenceItem, hypothesis: Hypothesis) -> str:
    """Return the words that the rating judged, where they were others than now and the trail knows them."""
    lines = []
    for kind, record, wording in (
        ("hypothesis", hypothesis, rating.hypothesis_wording),
        ("evidence", item, rating.item_wording),
    ):
        if wording >= record.wording:
            continue
        texts = words_at(session.analysis, kind, record.id, wording)
        if texts is None:
            continue
        changed = [texts[field] for field in WORDING_FIELDS[kind] if texts[field] != getattr(record, field)]
        quote = " · ".join(shortened(text, _LONGEST_QUOTE) or _("(empty)") for text in changed)
        lines.append(_("{label} said: {text}").format(label=record.label, text=quote))
    return "\n".join(lines)
