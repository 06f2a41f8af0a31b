"""How much memory a piece of work needed at most: of the whole process, libraries written in C included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_STATUS = Path("/proc/self/status")


@dataclass
class Peak:
    """megabytes: how far the memory of the process rose above where it began."""

    megabytes: float = 0.0


@contextmanager
def most_memory() -> Iterator[Peak]:
    """Measure the work of a `with` block; what it gives back again counts all the same."""
    Path("/proc/self/clear_refs").write_text("5")  # Linux: forget the highest value so far
    before = _kilobytes("VmRSS")
    peak = Peak()
    try:
        yield peak
    finally:
        peak.megabytes = (_kilobytes("VmHWM") - before) / 1024


def _kilobytes(name: str) -> int:
    found = re.search(rf"^{name}:\s*(\d+) kB", _STATUS.read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1])
