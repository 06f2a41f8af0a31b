"""Write the reports on the worked case of June 2023, to be looked at: ``python -m scripts.reports [FOLDER]``.

One page and the full report, in every format that the program has.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ach_desk import paths
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.compose import material, pictures, report
from ach_desk.reporting.report.formats import FORMATS
from ach_desk.reporting.report.preset_names import ONE_PAGE, REVIEWER
from ach_desk.reporting.report.presets import plan_of
from ach_desk.storage.files import read_document

CASE = "russia-june-2023"


def write(folder: Path, printed: datetime | None = None) -> list[Path]:
    """Write the reports into `folder`, which is made; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    analysis = read_document(paths.seeds() / f"{CASE}.ach.json").loaded.analysis
    options = PrintOptions(printed=printed) if printed is not None else PrintOptions()
    made = material(analysis, analysis.matrices[0].id, next(iter(analysis.analysts)), options)
    written = []
    for preset in (ONE_PAGE, REVIEWER):
        composed = report(made, plan_of(preset))
        for entry in FORMATS:
            path = folder / f"{CASE}-{preset}{entry.ending}"
            path.write_bytes(entry.render(composed, pictures(made)))
            written.append(path)
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the reports and print their paths; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for path in write(Path(given[0]) if given else Path("out/reports")):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
