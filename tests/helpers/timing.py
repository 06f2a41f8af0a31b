"""How long something takes, so that it can be asserted on a machine that does other things as well."""

from __future__ import annotations

import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object], attempts: int = 3) -> float:
    """Return the least processor time that `work` takes in this process: waiting for a busy machine is not counted."""
    return min(_once(work) for _attempt in range(attempts))


def times_as_long(work: Callable[[], object], floor: Callable[[], object], attempts: int = 5) -> float:
    """Return how many times as long as `floor` `work` takes, each at its best, measured in turn.

    A slow or busy machine slows both.
    """
    pairs = [(_once(work), _once(floor)) for _attempt in range(attempts)]
    return min(pair[0] for pair in pairs) / min(pair[1] for pair in pairs)


def _once(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
