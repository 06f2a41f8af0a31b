"""What the benchmarks share: one row of the table, and fair medians of two things measured in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

PROGRAMS = Path(sys.executable).parent
"""The folder of `ach` and `ach-desk` beside the running Python."""

PATIENCE_S = 60
"""How long a measured program may take before the measurement is given up."""


class Row(TypedDict):
    """A measured figure. With a `ratio` the limit is one of the ratio, otherwise of the value."""

    name: str
    value: float
    floor: float | None
    ratio: float | None
    limit: float
    unit: str


def against_floor(name: str, value: float, floor: float, limit: float, unit: str = "ms") -> Row:
    """Return the row of a figure that may be at most `limit` times its floor."""
    return Row(name=name, value=value, floor=floor, ratio=value / floor, limit=limit, unit=unit)


def absolute(name: str, value: float, limit: float, unit: str = "ms", floor: float | None = None) -> Row:
    """Return the row of a figure that may be at most `limit` itself; `floor` is shown beside it."""
    return Row(name=name, value=value, floor=floor, ratio=None, limit=limit, unit=unit)


def medians_in_turn(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Return the median of each measure, taken in turn `rounds` times after one round that does not count.

    Taking turns spreads what else the machine does over all of them alike; the first round fills caches.
    """
    taken: list[list[float]] = [[] for _ in measures]
    for number in range(rounds + 1):
        for measure, values in zip(measures, taken, strict=True):
            value = measure()
            if number:
                values.append(value)
    return [statistics.median(values) for values in taken]


def best_cpu_ms(*runs: tuple[Callable[[], object], int], rounds: int = 3) -> list[float]:
    """Return the least CPU time of each call in ms; each is made its own number of times in each round, in turn.

    For ratios between what takes a millisecond and what takes a second in one process: CPU time does not count what
    the machine does for others, and the least of many is what the code needs where nothing disturbs the caches.
    """
    best = [float("inf")] * len(runs)
    for _round in range(rounds):
        for place, (run, times) in enumerate(runs):
            best[place] = min(best[place], *(_cpu_ms(run) for _ in range(times)))
    return best


def _cpu_ms(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return 1000 * (time.process_time() - start)


def plain_environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment whose settings, state and caches lie in `folder`, so that runs do not differ by machine."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    folders = {
        name: str(folder / name.lower())
        for name in ("ACH_DESK_STATE_DIR", "ACH_DESK_CONFIG_DIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    }
    for path in folders.values():
        Path(path).mkdir(mode=0o700, exist_ok=True)
    return {**environment, **folders, "LC_ALL": "C.UTF-8", **more}


def process_ms(command: Sequence[str | Path], environment: Mapping[str, str]) -> float:
    """Return how long the command takes from start to end, in ms; raises CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - start)


def painted_ms(command: Sequence[str | Path], environment: Mapping[str, str]) -> float:
    """Return the ms from starting the command to the moment it names by printing ``painted <monotonic ns>``.

    Raises CalledProcessError when it fails, TimeoutExpired when it does not end and ValueError when it does not print
    that line.
    """
    start = time.monotonic_ns()
    run = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE_S)
    output = run.stdout
    for line in output.splitlines():
        word, _, moment = line.partition(" ")
        if word == "painted":
            return (int(moment) - start) / 1e6
    raise ValueError(f"{command[0]} did not say when it had painted: {output!r}")
