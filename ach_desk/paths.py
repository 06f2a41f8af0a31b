"""The one module that knows where resources, seeds and the manual are: source tree, wheel or frozen build."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _data_root() -> Path:
    """Return the folder that holds ``resources``, ``seeds`` and ``manual``.

    The wheel carries them under ``ach_desk/_data``; a PyInstaller build unpacks the package below
    ``sys._MEIPASS`` with the same layout; in a source tree they lie at the top.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) / "ach_desk" if frozen else _PACKAGE
    packed = base / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def resources() -> Path:
    """Return the folder of icons, templates and translations."""
    return _data_root() / "resources"


def seeds() -> Path:
    """Return the folder of worked analyses."""
    return _data_root() / "seeds"


def manual() -> Path:
    """Return the folder of the manual."""
    root = _data_root()
    return root / "manual" if (root / "manual").is_dir() else root / "docs" / "manual"


def translations() -> Path:
    """Return the folder of gettext catalogues, one folder per language."""
    return resources() / "translations"
