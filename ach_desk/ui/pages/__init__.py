"""The pages that come before a matrix: start, and a new analysis."""

from ach_desk.ui.pages.new import NewPage, analysis_from_lines
from ach_desk.ui.pages.start import StartPage

__all__ = ["NewPage", "StartPage", "analysis_from_lines"]
