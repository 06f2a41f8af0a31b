"""Loads PySide6 and numpy without the texts that explain them: nobody reads those, and a start waits for them."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping, Sequence
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType

_LOADER = "shibokensupport.signature.loader"

_PUT_OFF = {
    "shibokensupport.signature": ("importhandler", "layout", "parser"),
    "shibokensupport.signature.lib": ("enum_sig", "pyi_generator"),
}
"""What words a wrong call, a signature or a docstring. PySide6 compiles these modules anew in every process.

`importhandler` is wanted with the first module of Qt; put off until then it does not pull PySide6 in too early.
"""


def load_pyside() -> None:
    """Load shiboken6, on which PySide6 rests, so that its explanations load when the first is asked for.

    Loaded before PySide6 it also leaves Python's import alone. Loaded by PySide6 it puts a hook there that asks of each
    later import whether optional features (names in snake case, properties) are wanted, and reads the module's source
    for that. We use none of them.
    """
    own = builtins.__import__

    def put_off_first(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name in _PUT_OFF and globals and globals.get("__name__") == _LOADER:
            for part in fromlist or ():
                if part in _PUT_OFF[name]:
                    _put_off(name, part)
        return own(name, globals, locals, fromlist, level)

    builtins.__import__ = put_off_first
    try:
        import shiboken6  # noqa: F401
    finally:
        builtins.__import__ = own


def _put_off(package: str, part: str) -> None:
    """Let a module of `package` be there that is executed when something in it is asked for."""
    name = f"{package}.{part}"
    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    setattr(sys.modules[package], part, module)


def load_numpy() -> None:
    """Load numpy without the docstrings of its compiled functions, which it puts together anew in every process."""
    for name in ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars"):
        sys.modules.setdefault(name, ModuleType(name))
    import numpy  # noqa: F401
