"""Things that several test files need."""

from helpers.tools import needs, needs_font, needs_tool

__all__ = ["needs", "needs_font", "needs_tool"]
