"""Preview, print and PDF: the window only paints the pages that `reporting` has laid out."""

from ach_desk.ui.printing.dialog import PrintPreview

__all__ = ["PrintPreview"]
