"""Takes PySide6's hook out of Python's import again."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def plain_import() -> Iterator[None]:
    """Keep Python's own import over what is imported inside, which is to be PySide6 first of all.

    PySide6 puts a hook in its place that asks of each later import whether its optional features (names in snake case,
    properties) are wanted in the module, and reads the module's source for that. We use none of them; with some two
    hundred modules the hook is a tenth of the start.
    """
    own = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = own
