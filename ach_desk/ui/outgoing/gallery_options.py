"""What can be chosen of a chart before it is given away: colours, order, weights, labels, size, resolution."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.chart_options import AS_IN_MATRIX, LONGEST_FIRST
from ach_desk.ui.widgets.choice import Choice
from ach_desk.ui.widgets.labels import STEP, named, plain

SCREEN_DPI = 96
_MM_PER_INCH = 25.4
_LEAST_PX, _MOST_PX = 320, 12_000
_WITH_BLOCKS = ("consistency",)
_WITH_PAIR = ("consistency", "heatmap")
_WITH_LABELS = ("consistency", "heatmap", "disagreement")


class GalleryOptions(QWidget):
    """`changed()`: the picture is to be drawn anew."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(264)
        self.colours = named(
            Choice(
                [
                    ("light", _("Light")),
                    ("dark", _("Dark")),
                    ("print", _("For paper")),
                    ("patterns", _("Black and white, patterns")),
                ]
            ),
            _("Colours"),
        )
        self.pair = named(
            Choice(
                [
                    ("", _("Blue and orange")),
                    ("teal-rust", _("Teal and rust")),
                    ("violet-gold", _("Violet and gold")),
                ]
            ),
            _("Pair of colours"),
        )
        self._pair_note = plain(muted=True)
        self.order = named(Choice([]), _("Order"))
        self.weights = QCheckBox(_("Blocks as wide as they weigh"), self)
        self.labels = QCheckBox(self)
        self.unit = named(Choice([("px", _("pixels")), ("mm", _("millimetres"))]), _("Unit of the size"))
        self.width_of = self._length(_("Width"), 900)
        self.height_of = self._length(_("Least height"), 0)
        self.height_of.setSpecialValueText(_("as needed"))
        self.resolution = named(QSpinBox(self), _("Resolution"), _("Of a PNG; in dots per inch"))
        self.resolution.setRange(72, 1200)
        self.resolution.setValue(SCREEN_DPI)
        self.resolution.setSuffix(_(" dpi"))
        self.letters = named(QDoubleSpinBox(self), _("Letters"), _("In points"))
        self.letters.setRange(6, 24)
        self.letters.setDecimals(1)
        self.letters.setValue(10)
        self.letters.setSuffix(_(" pt"))
        self._unit = "px"
        self._kind = ""
        self._build()

    def show_for(self, kind: str) -> None:
        """Show what a kind of chart can be told."""
        self._kind = kind
        has_pair = kind in _WITH_PAIR and self.colours.value != "patterns"
        self._form.setRowVisible(self.pair, has_pair)
        self._form.setRowVisible(self._pair_note, has_pair)
        self._pair_note.setText(_pair_note(str(self.pair.value or "")))
        orders = _orders(kind)
        before = self.order.value
        self.order.set_entries(orders)
        self.order.show_value(before if before in [value for value, _text in orders] else "")
        self._form.setRowVisible(self.order, bool(orders))
        self._form.setRowVisible(self.weights, kind in _WITH_BLOCKS)
        self.labels.setText(_("Labels in the blocks") if kind in _WITH_BLOCKS else _("Symbols in the cells"))
        self._form.setRowVisible(self.labels, kind in _WITH_LABELS)

    @property
    def logical_width(self) -> float:
        """Return the width of the chart in pixels of 96 to the inch."""
        return max(self._logical(self.width_of.value()), _LEAST_PX)

    def chosen(self, *, screen_ratio: float | None = None) -> dict[str, Any]:
        """Return the options of a chart by name.

        screen_ratio: pixels of the screen per logical pixel, for the picture on the screen; None: for a file.
        """
        scale = self.resolution.value() / SCREEN_DPI if screen_ratio is None else screen_ratio
        width = self.logical_width
        height = self._logical(self.height_of.value())
        patterns = self.colours.value == "patterns"
        return {
            "width_px": min(round(width * scale), _MOST_PX),
            "height_px": round(height * scale) if height else None,
            "scale": scale,
            "palette": "print" if patterns else str(self.colours.value),
            "black_and_white": patterns,
            "hues": str(self.pair.value or ""),
            "order": str(self.order.value or ""),
            "show_weights": self.weights.isChecked(),
            "labels": self.labels.isChecked(),
            "font_size": self.letters.value(),
        }

    def _logical(self, length: float) -> float:
        """Return a length in logical pixels: those of a file are of its own resolution."""
        if self._unit == "mm":
            return length / _MM_PER_INCH * SCREEN_DPI
        return length * SCREEN_DPI / self.resolution.value()

    def _length(self, name: str, value: int) -> QSpinBox:
        box = named(QSpinBox(self), name)
        box.setRange(0, _MOST_PX)
        box.setValue(value)
        return box

    def _build(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(STEP)
        size = QHBoxLayout()
        size.addWidget(self.width_of, 1)
        size.addWidget(self.unit, 1)
        self.weights.setChecked(True)
        self.labels.setChecked(True)
        form.addRow(_("Colours"), self.colours)
        form.addRow(_("For and against"), self.pair)
        form.addRow(self._pair_note)
        form.addRow(_("Order"), self.order)
        form.addRow(self.weights)
        form.addRow(self.labels)
        form.addRow(_("Width"), size)
        form.addRow(_("Height"), self.height_of)
        form.addRow(_("Resolution"), self.resolution)
        form.addRow(_("Letters"), self.letters)
        self._form = form
        for choice in (self.colours, self.pair, self.order):
            choice.chosen.connect(self._changed)
        self.unit.chosen.connect(self._turn_unit)
        for box in (self.weights, self.labels):
            box.toggled.connect(self._changed)
        for spin in (self.width_of, self.height_of, self.resolution, self.letters):
            spin.valueChanged.connect(self._changed)

    def _turn_unit(self, unit: object) -> None:
        """Say the same size in the other unit."""
        if unit == self._unit:
            return
        lengths = [self._logical(box.value()) for box in (self.width_of, self.height_of)]
        self._unit = str(unit)
        for box, logical in zip((self.width_of, self.height_of), lengths, strict=True):
            inches = logical / SCREEN_DPI
            value = inches * _MM_PER_INCH if self._unit == "mm" else inches * self.resolution.value()
            box.blockSignals(True)
            box.setValue(round(value))
            box.blockSignals(False)
        self.changed.emit()

    def _changed(self, *_to: object) -> None:
        self.show_for(self._kind)
        self.changed.emit()


def _orders(kind: str) -> list[tuple[str, str]]:
    """Return the orders that a kind of chart can have, the usual one first."""
    if kind in ("consistency", "ranking"):
        return [("", _("Least contradicted first")), (AS_IN_MATRIX, _("As in the matrix"))]
    if kind in ("heatmap", "disagreement"):
        return [("", _("As in the matrix")), (LONGEST_FIRST, _("Longest bar first"))]
    return []


def _pair_note(pair: str) -> str:
    """Return for whose eyes a pair of colours is."""
    return {
        "": _("Told apart with every usual kind of colour vision."),
        "teal-rust": _("Best for eyes that confuse blue and yellow."),
        "violet-gold": _("Best for eyes that confuse red and green; not for those that confuse blue and yellow."),
    }[pair]
