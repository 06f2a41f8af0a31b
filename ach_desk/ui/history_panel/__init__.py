"""The history: every entry of the trail, newest first, and the way back to any of them."""

from ach_desk.ui.history_panel.panel import HistoryPanel

__all__ = ["HistoryPanel"]
