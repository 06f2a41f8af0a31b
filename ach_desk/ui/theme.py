"""Light and dark: one palette for window and charts, handed to Qt as QPalette and one small style sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ach_desk import paths
from ach_desk.reporting.palette import DARK, LIGHT, Palette

_COLOURS = ("name", "text", "base", "line", "strong_line", "window", "muted", "selection", "accent")
_STYLE = """
QToolTip {{ color: {text}; background: {base}; border: 1px solid {line}; padding: 4px; }}
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; margin: 2px; }}
QDockWidget {{ titlebar-close-icon: url("{icons}/close-{name}.svg");
    titlebar-normal-icon: url("{icons}/float-{name}.svg"); }}
QDockWidget::title {{ background: {window}; padding: 6px 8px; text-align: left; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QStatusBar {{ border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
QLineEdit, QPlainTextEdit {{ background: {base}; border: 1px solid {strong_line}; border-radius: 3px; padding: 2px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 1px solid {accent}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {window}; border: 1px solid {line}; }}
QCheckBox::indicator, QListView::indicator, QTreeView::indicator {{ background: {base};
    border: 1px solid {strong_line}; border-radius: 2px; width: 13px; height: 13px; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{icons}/tick-{name}.svg"); }}
QCheckBox::indicator:checked:disabled {{ background: {muted}; border-color: {muted}; }}
QCheckBox::indicator:unchecked:disabled, QRadioButton::indicator:disabled {{ border-color: {edge}; }}
QRadioButton::indicator {{ background: {base}; border: 1px solid {strong_line}; border-radius: 7px;
    width: 12px; height: 12px; }}
QRadioButton::indicator:checked {{ border-color: {accent}; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
    fx: 0.5, fy: 0.5, stop: 0 {accent}, stop: 0.5 {accent}, stop: 0.6 {base}, stop: 1 {base}); }}
QScrollBar:vertical {{ background: {window}; width: 14px; margin: 0; }}
QScrollBar:horizontal {{ background: {window}; height: 14px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: {window}; border: none; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="notice"] {{ color: {text}; background: {selection}; padding: 4px 8px; }}
QFrame[role="strip"] {{ background: {base}; border-bottom: 1px solid {line}; }}
"""


def palette_for(theme: str, app: QApplication) -> Palette:
    """Return the palette of a theme setting: "light", "dark" or "system" (what the desktop prefers)."""
    if theme == "system":
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def apply(app: QApplication, palette: Palette) -> None:
    """Give every window of the program the colours of `palette`."""
    app.setPalette(_qt_palette(palette))
    colours = {name: getattr(palette, name) for name in _COLOURS}
    app.setStyleSheet(_STYLE.format(**colours, edge=palette.bar.fill, icons=paths.resources().as_posix() + "/icons"))


def _qt_palette(palette: Palette) -> QPalette:
    roles = QPalette.ColorRole
    qt = QPalette()
    for role, colour in (
        (roles.Window, palette.window),
        (roles.WindowText, palette.text),
        (roles.Base, palette.base),
        (roles.AlternateBase, palette.window),
        (roles.ToolTipBase, palette.base),
        (roles.ToolTipText, palette.text),
        (roles.Text, palette.text),
        (roles.PlaceholderText, palette.muted),
        (roles.Button, palette.window),
        (roles.ButtonText, palette.text),
        (roles.BrightText, palette.accent_text),
        (roles.Highlight, palette.accent),
        (roles.HighlightedText, palette.accent_text),
        (roles.Accent, palette.accent),
        (roles.Link, palette.accent),
        (roles.LinkVisited, palette.accent),
        (roles.Mid, palette.line),
        (roles.Midlight, palette.line),
        (roles.Light, palette.base),
        (roles.Dark, palette.strong_line),
        (roles.Shadow, palette.strong_line),
    ):
        qt.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        qt.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.muted))
    return qt
