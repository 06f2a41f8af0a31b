"""A picture with hit boxes: hovering names what is under the pointer, a click or the keyboard selects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ach_desk.ui.text import tooltip

if TYPE_CHECKING:
    from ach_desk.reporting.charts import HitBox, Picture

_NO_HIT = -1


class PictureView(QWidget):
    """Shows the newest picture. `activated(evidence_id, hypothesis_id)`, either "" when the box names none.

    `stepped(QRectF)` when the keyboard went to the box that lies there.
    """

    activated = Signal(str, str)
    stepped = Signal(QRectF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._image = QImage()
        self._ratio = 1.0
        self._hit = _NO_HIT
        self._sentence = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def picture(self) -> Picture | None:
        """Return the picture that is shown."""
        return self._picture

    @property
    def ratio(self) -> float:
        """Return how many pixels of the picture a pixel of this widget has."""
        return self._ratio

    @property
    def is_saying(self) -> bool:
        """Return whether a sentence stands in place of the picture."""
        return bool(self._sentence)

    @property
    def hit(self) -> int:
        """Return the index of the box that is pointed at; -1 for none."""
        return self._hit

    def show_picture(self, picture: Picture, ratio: float) -> None:
        """Show `picture` with `ratio` of its pixels per logical pixel; made smaller where the screen has fewer."""
        self._picture = picture
        self._ratio = ratio
        image = QImage(picture.rgba, picture.width, picture.height, QImage.Format.Format_RGBA8888)
        screen = self.devicePixelRatioF()
        if ratio > screen:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._image = image.scaledToWidth(max(round(picture.width * screen / ratio), 1), smooth)
            self._image.setDevicePixelRatio(screen)
        else:
            self._image = image.copy()
            self._image.setDevicePixelRatio(ratio)
        self._hit = _NO_HIT
        self._sentence = ""
        self.setAccessibleDescription(picture.alt_text)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Show a muted sentence in place of the picture, which no longer holds, until the next picture."""
        self._sentence = sentence
        self._point_at(_NO_HIT)
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return (self._image.deviceIndependentSize()).toSize() if not self._image.isNull() else QSize(320, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._image.isNull():
            painter.fillRect(event.rect(), self._image.pixelColor(0, 0))
        if self._sentence:
            painter.setPen(self.palette().placeholderText().color())
            place = self.rect().adjusted(10, 10, -10, -10)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap, self._sentence)
        elif not self._image.isNull():
            painter.drawImage(QPointF(0, 0), self._image)
        if self._hit != _NO_HIT and self._picture is not None:
            pen = QPen(QColor(self.palette().highlight().color()), 2)
            painter.setPen(pen)
            painter.drawRect(self.rect_of(self._picture.hits[self._hit]).adjusted(-1, -1, 1, 1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._box_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(_NO_HIT)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._box_at(event.position()))
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hits = self.hits
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        if hits and event.key() in steps:
            step = steps[Qt.Key(event.key())]
            start = self._hit if self._hit != _NO_HIT or step > 0 else len(hits)
            self.point_at_and_say((start + step) % len(hits))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(self._hit)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._box_at(QPointF(event.pos()))
            if index != _NO_HIT and self._picture is not None:
                QToolTip.showText(event.globalPos(), tooltip(self._picture.hits[index].text), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def point_at_and_say(self, index: int) -> None:
        """Point at a box, bring it into view and say what it is; it must be there."""
        self._point_at(index)
        box = self.hits[index]
        self.stepped.emit(self.rect_of(box))
        QToolTip.showText(self.mapToGlobal(self.rect_of(box).bottomLeft().toPoint()), tooltip(box.text), self)

    @property
    def hits(self) -> tuple[HitBox, ...]:
        """Return what can be pointed at; nothing while a sentence stands in place of the picture."""
        return self._picture.hits if self._picture is not None and not self._sentence else ()

    def rect_of(self, box: HitBox) -> QRectF:
        """Return where a box is, in pixels of this widget."""
        scale = 1 / self._ratio
        return QRectF(box.x * scale, box.y * scale, box.width * scale, box.height * scale)

    def _box_at(self, position: QPointF) -> int:
        """Return the index of the smallest box under the pointer, so that a block wins over its row."""
        hits = self.hits
        under = [index for index, box in enumerate(hits) if self.rect_of(box).contains(position)]
        return min(under, key=lambda index: hits[index].width * hits[index].height, default=_NO_HIT)

    def _point_at(self, index: int) -> None:
        if index != self._hit:
            self._hit = index
            self.setCursor(Qt.CursorShape.PointingHandCursor if index != _NO_HIT else Qt.CursorShape.ArrowCursor)
            self.update()

    def choose(self, index: int) -> None:
        """Report the item and hypothesis of a box; -1 is none."""
        if index != _NO_HIT and self._picture is not None:
            box = self._picture.hits[index]
            self.activated.emit(box.evidence_id or "", box.hypothesis_id or "")
