"""Loading what a package offers when it is first used, so that a start pays only for what it shows.

A package gives its names through the function that `offered` returns (PEP 562):

    __getattr__ = offered(__name__, rooms=("edits",), names={"change": ["Change"]})

Then ``from package import edits`` loads nothing until something in `edits` is asked for, and ``from package import
Change`` loads the room that defines it and no other. For the type checker the package imports all of it under
TYPE_CHECKING.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """Stands for a module until that is loaded, and gives what is in it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def offered(package: str, rooms: Collection[str], names: Mapping[str, Collection[str]]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package: `rooms` are its modules, `names` says by room what the package gives.

    The function raises AttributeError for a name that is in neither.
    """
    home = {name: room for room, held in names.items() for name in held}

    def give(name: str) -> Any:
        if name in home:
            return getattr(import_module(f"{package}.{home[name]}"), name)
        if name in rooms:
            return _Room(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return give
