"""What the style sheet of the two themes draws can be seen: boxes and circles, ticked or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.reporting.palette import DARK, LIGHT, Palette
from ach_desk.ui import theme

LEAST_CONTRAST = 3.0
"""Of a control with what lies around it (WCAG 2.1, success criterion 1.4.11)."""


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def colours(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Palette]:
    palette, style = qapp.palette(), qapp.styleSheet()
    theme.apply(qapp, request.param)
    yield request.param
    qapp.setPalette(palette)
    qapp.setStyleSheet(style)


@pytest.mark.parametrize("ticked", [False, True])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_outline_of_a_box_stands_out_from_the_window(
    qtbot: QtBot, colours: Palette, kind: type[QAbstractButton], ticked: bool
) -> None:
    control = kind()
    qtbot.addWidget(control)
    control.setChecked(ticked)
    control.resize(40, 24)
    control.ensurePolished()
    picture = control.grab().toImage()
    assert _strongest(picture.copy(0, 8, 3, 8), QColor(colours.window)) >= LEAST_CONTRAST


def test_a_ticked_box_has_its_tick(qtbot: QtBot, colours: Palette) -> None:
    control = QCheckBox()
    qtbot.addWidget(control)
    control.setChecked(True)
    control.resize(40, 24)
    picture = control.grab().toImage()
    assert _strongest(picture.copy(2, 6, 11, 11), QColor(colours.accent)) >= LEAST_CONTRAST


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_icon_exists_in_both_themes(palette: Palette) -> None:
    for name in ("tick", "float"):
        assert not QImage(str(paths.resources() / "icons" / f"{name}-{palette.name}.svg")).isNull()


def _strongest(picture: QImage, ground: QColor) -> float:
    """Return the strongest contrast of a pixel with the ground."""
    return max(
        _contrast(picture.pixelColor(x, y), ground) for x in range(picture.width()) for y in range(picture.height())
    )


def _contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
