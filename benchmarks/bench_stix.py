"""How long a bundle of 10,000 x 10 takes, out and in, against JSON alone, and how much memory reading needs."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable

from ach_desk.exchange.json_files import read_json
from ach_desk.exchange.stix_out import write_stix
from benchmarks.bench_print import large_case
from benchmarks.measure import Row, absolute, against_floor, medians_in_turn

EXPORT_LIMIT = 8.0
IMPORT_LIMIT = 4.0
MEMORY_LIMIT_MB = 120.0


def run(quick: bool = False) -> list[Row]:
    """Return the rows, each time measured in turn with its floor."""
    case = large_case(10_000, 10)
    data = write_stix(*case).data
    value = json.loads(data)
    rounds = 1 if quick else 3
    written, dumped = medians_in_turn(
        rounds, lambda: _ms(lambda: write_stix(*case)), lambda: _ms(lambda: json.dumps(value))
    )
    taken, loaded = medians_in_turn(
        rounds, lambda: _ms(lambda: read_json(data, "m.stix.json")), lambda: _ms(lambda: json.loads(data))
    )
    return [
        against_floor("STIX export, 10,000 x 10", written, dumped, EXPORT_LIMIT),
        against_floor("STIX import, 10,000 x 10", taken, loaded, IMPORT_LIMIT),
        absolute("memory of a STIX import beside the file", _memory(data), MEMORY_LIMIT_MB, "MB"),
    ]


def _memory(data: bytes) -> float:
    tracemalloc.start()
    read_json(data, "m.stix.json")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def _ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)
