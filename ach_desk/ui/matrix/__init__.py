"""The matrix view: items against hypotheses, rated with the keyboard."""

from ach_desk.ui.matrix.panel import MatrixPanel

__all__ = ["MatrixPanel"]
