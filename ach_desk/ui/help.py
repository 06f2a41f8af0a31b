"""F1 where the question arises: which place of the manual belongs to the part of the window that has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

FIRST_PAGE = "index.md"
METHOD = "method.md"
STEP_PAGES = tuple(
    f"{METHOD}#{anchor}"
    for anchor in (
        *("question", "hypotheses", "evidence", "rate", "refine", "compare", "what-if-wrong", "conclude", "watch"),
    )
)
"""The place that explains each step of the rail, in its order."""

PAGES = {
    "inspector": "window.md#the-inspector",
    "charts": "charts.md",
    "rail": METHOD,
    "whatif": "what-if.md#what-if-",
    "check": "window.md#the-hypothesis-check",
    "robustness": "robustness.md",
    "MethodSettingsDialog": "methods.md#the-numbers-behind-the-methods",
    "FrameChoice": "frames.md#the-question",
    "PriorsDialog": "frames.md#priors",
    "LikelihoodEditor": "frames.md#peh-of-a-cell",
    "JointEditor": "frames.md#one-peh-for-a-group",
    "CausesSection": "frames.md#causes-that-may-act-together",
    "BeliefSection": "frames.md#belief-and-plausibility",
    "history": "history.md#every-edit-is-kept",
    "since": "history.md#changes-since",
    "sources": "sources.md",
    "unsorted": "capture.md#unsorted",
    "expectations": "steps.md#expected-but-is-it-there",
    "watch": "steps.md#watch",
    "conclusion": "conclusion.md#writing-it",
    "outcome": "conclusion.md#what-turned-out",
    "deception": "doubt.md#the-checklist-on-deception",
    "timeline": "timeline.md",
    "PeopleBar": "together-rounds.md#whose-ratings-are-shown",
    "AnalystsDialog": "together-rounds.md#analysts",
    "MovementDialog": "together-rounds.md#what-moved",
    "EstimatesDialog": "together-rounds.md#how-probable-asked-one-by-one",
    "remarks": "together-rounds.md#remarks",
    "RemarksHere": "together-rounds.md#remarks",
    "cases": "together-rounds.md#best-cases",
    "compare": "together-agree.md#the-panel",
    "HandOutDialog": "together-handout.md#handing-out",
    "CollectDialog": "together-handout.md#collecting",
    "MergeDialog": "together-merge.md#merging-in-the-window",
    "CitationFields": "sources.md#how-an-item-cites-a-source",
    "ProposalNote": "sources.md#credibility-from-grades",
    "RuleDialog": "sources.md#credibility-from-grades",
    "ItemPanel": "items.md",
    "SeveralItemsPanel": "items.md",
    "FilesSection": "capture.md#attached-files",
    "DependenceSection": "dependence.md",
    "HintSection": "dependence.md#what-the-program-points-out",
    "GroupPanel": "dependence.md#grouping-items",
    "RestsEditor": "doubt.md#what-a-rating-holds-only-if",
    "CarriesSection": "doubt.md#what-if-the-assumption-is-false",
    "ReadingsSection": "doubt.md#two-readings-of-one-item",
    "RecordDialog": "conclusion.md#a-record-of-many-cases",
    "marking": "items.md#marking",
    "MatrixPanel": "matrix.md",
    "FindBar": "window.md#find",
    "ReplaceBar": "window.md#find",
    "RatingPage": "guided-rating.md#rating",
    "StartPage": "window.md#the-start-page",
    "EndPage": "guided-rating.md#at-the-end",
    "NewPage": "first-hour.md#1-write-the-question-and-the-hypotheses",
    "PrintPreview": "printing.md",
    "CleanCopyDialog": "clean-copy.md",
    "ChartGallery": "charts.md#the-chart-gallery",
    "Projector": "projector.md",
    "ReportDialog": "reports.md",
    "SettingsDialog": "window.md#settings",
    "ScaleDialog": "matrix.md#the-scale",
    "TakeInDialog": "what-if.md#several-matrices-in-one-file",
    "ActionList": "keyboard.md",
    "ImportDialog": "spreadsheets.md#importing",
    "FileImportDialog": "exchange.md#importing",
}
"""Object name (of a dock) or class of a part of the window -> the place of the manual that explains it."""

_PAGE = "manual_page"


class Help(QObject):
    """The one door to the manual. `asked(str)`: a place of it is to be shown."""

    asked = Signal(str)


door = Help()


def set_page(widget: QWidget, page: str) -> None:
    """Say which place of the manual (``matrix.md#size``) explains a part of the window and what is in it."""
    widget.setProperty(_PAGE, page)


def page_for(widget: QWidget | None) -> str:
    """Return the place of the manual for a part of the window: its own, that of what it is in, else the first page."""
    while widget is not None:
        page = widget.property(_PAGE) or PAGES.get(widget.objectName()) or PAGES.get(type(widget).__name__)
        if page:
            return page
        widget = widget.parentWidget()
    return FIRST_PAGE


def give_help_key(dialog: QDialog) -> None:
    """Make the help key open the manual from a dialog too, where the keys of the window behind it do not work."""
    from PySide6.QtGui import QKeySequence, QShortcut

    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog)
    shortcut.activated.connect(lambda: door.asked.emit(page_for(QApplication.focusWidget() or dialog)))
