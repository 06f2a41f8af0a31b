"""Spares PySide6 reading the source of every module while it is imported."""

from __future__ import annotations

import sys


def leave_sources_unread() -> None:
    """Answer in PySide6's place what it asks of each module that is imported after it: whether it uses PySide6.

    It would read and search every source file for that, to know where its optional features may be switched on (we use
    none); with some two hundred modules that is a twentieth of the start. Where PySide6 has no such question under this
    name any more, it goes on asking.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: True)  # noqa: B010 - a name that no type knows
