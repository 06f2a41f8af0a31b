"""Spares PySide6 reading the source of our modules while they are imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NO_FEATURE = 0


def leave_sources_unread() -> None:
    """Answer beforehand what PySide6 asks of each module that is imported after it: whether it uses PySide6.

    It would read and search every source file for that, to know where its optional features may be switched on (we use
    none); with some two hundred modules that is a twentieth of the start. Where PySide6 keeps no such table under
    this name any more, it goes on asking.
    """
    known = getattr(sys.modules.get("shibokensupport.feature"), "pyside_feature_dict", None)
    if isinstance(known, dict):
        package = Path(__file__).parents[1]
        for folder, _folders, files in os.walk(package / "ui"):
            parent = ".".join(("ach_desk", *Path(folder).relative_to(package).parts))
            known.update({f"{parent}.{name[:-3]}": _NO_FEATURE for name in files if name.endswith(".py")})
            known[parent] = _NO_FEATURE
