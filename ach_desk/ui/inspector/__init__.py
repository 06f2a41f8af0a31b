"""The inspector: every field of the item, hypothesis, cell or analysis that is selected."""

from ach_desk.ui.inspector.inspector import Inspector

__all__ = ["Inspector"]
