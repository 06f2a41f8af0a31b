"""What is printed and how: the left side of the print dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSizePolicy, QSpinBox, QWidget

from ach_desk.i18n import _
from ach_desk.reporting.chart_options import EVERY_KIND
from ach_desk.reporting.print_options import Orientation, Paper, PrintOptions
from ach_desk.reporting.print_products import DOCUMENT, FORM, PRODUCTS, REPORTS, WALL, product_name

OF_DOCUMENT = ("front", "chart", "resting", "matrix", "reasons")
OF_FORM = ("name_line", "shuffled")
_OFF_AT_FIRST = ("black_and_white", "resting", "shuffled")
_MOST_ORDERS = 9999
_WIDTH = 256


class PrintChoices(QWidget):
    """`changed()`: something else is to be laid out.

    products: what can be printed; empty where the document is given and has no parts to choose.
    """

    changed = Signal()

    def __init__(self, paper: Paper, products: Sequence[str] = PRODUCTS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._products = tuple(products)
        self.what = _choice(self, _("What to print"), [(product_name(entry), entry) for entry in self._products])
        self._part_kinds()
        self.paper = _choice(self, _("Paper"), [(_("A4"), Paper.A4), (_("Letter"), Paper.LETTER), (_("A3"), Paper.A3)])
        self.paper.setCurrentIndex(self.paper.findData(paper))
        self.orientation = _choice(
            self,
            _("Orientation"),
            [
                (_("Automatic"), Orientation.AUTO),
                (_("Portrait"), Orientation.PORTRAIT),
                (_("Landscape"), Orientation.LANDSCAPE),
            ],
        )
        self.scaling = _choice(self, _("Size"), [(_("Full size"), False), (_("Fit to the page"), True)])
        self.boxes = {
            "black_and_white": QCheckBox(_("Black and white, hatched"), self),
            "front": QCheckBox(_("Front block"), self),
            "chart": QCheckBox(_("Consistency chart"), self),
            "resting": QCheckBox(_("What the order rests on"), self),
            "matrix": QCheckBox(_("Matrix"), self),
            "reasons": QCheckBox(_("Items and reasons"), self),
            "name_line": QCheckBox(_("A line for name and date"), self),
            "shuffled": QCheckBox(_("Items in an order of chance"), self),
        }
        self.seed = QSpinBox(self)
        self.seed.setAccessibleName(_("Number of the order"))
        self.seed.setToolTip(_("Each number is another order; the form says which one it has."))
        self.seed.setRange(1, _MOST_ORDERS)
        self._build()
        self._show_what_matters()

    @property
    def product(self) -> str:
        """Return what is to be printed; that of the whole analysis also where the document is given."""
        return self.what.currentData() or DOCUMENT

    def choose(self, product: str) -> None:
        """Want another product; raises ValueError for one that is not offered."""
        if product not in self._products:
            raise ValueError(product)
        self.what.setCurrentIndex(self.what.findData(product))

    def options(self, before: PrintOptions) -> PrintOptions:
        """Return the options as chosen, in all else those of `before`."""
        return replace(
            before,
            # Qt hands words of an enumeration back as plain words.
            paper=Paper(self.paper.currentData()),
            orientation=Orientation(self.orientation.currentData()),
            fit=bool(self.scaling.currentData()),
            seed=self.seed.value(),
            **{name: box.isChecked() for name, box in self.boxes.items()},
        )

    def _build(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for text, field in (
            (_("Print"), self.what),
            (_("Paper"), self.paper),
            (_("Orientation"), self.orientation),
            (_("Size"), self.scaling),
        ):
            form.addRow(text, field)
        self._form = form
        for name, box in self.boxes.items():
            box.setChecked(name not in _OFF_AT_FIRST)
            box.toggled.connect(self._chosen)
            form.addRow(box)
        form.addRow(_("Order"), self.seed)
        for choice in (self.what, self.paper, self.orientation, self.scaling):
            choice.currentIndexChanged.connect(self._chosen)
        self.seed.valueChanged.connect(self._chosen)

    def _part_kinds(self) -> None:
        """Draw a line between reports, the matrix in its forms, and charts."""
        for kind in (EVERY_KIND, (DOCUMENT, WALL, FORM)):
            first = next((at for at, entry in enumerate(self._products) if entry in kind), 0)
            if first:
                self.what.insertSeparator(first)

    def _chosen(self, *_changed: object) -> None:
        self._show_what_matters()
        self.changed.emit()

    def _show_what_matters(self) -> None:
        """Show what the chosen product can be told."""
        product = self.product
        self._form.setRowVisible(self.what, bool(self._products))
        self._form.setRowVisible(self.scaling, product not in (FORM, *REPORTS))
        for name in OF_DOCUMENT:
            self._form.setRowVisible(self.boxes[name], bool(self._products) and product == DOCUMENT)
        for name in OF_FORM:
            self._form.setRowVisible(self.boxes[name], product == FORM)
        self._form.setRowVisible(self.seed, product == FORM and self.boxes["shuffled"].isChecked())
        self._form.setRowVisible(self.boxes["black_and_white"], product != FORM)


def _choice(parent: QWidget, name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for text, value in entries:
        box.addItem(text, value)
    return box
