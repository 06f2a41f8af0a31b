"""The process that sets a document which may have to be stopped: a request on standard input, files on standard output.

Started by `typesetting` only. It reads and writes no file of its own, so killing it leaves nothing behind.
"""

from __future__ import annotations

import json
import sys

from ach_desk.reporting.typesetting import PrintJob, TypesettingError, framed, typeset_here


def main() -> int:
    """Set the job on standard input; return 0, or 1 with the reason as the last line of standard error."""
    request = json.loads(sys.stdin.buffer.read())
    try:
        for content in typeset_here(PrintJob(**request["job"]), request["kind"], request["resolution"]):
            sys.stdout.buffer.write(framed(content))
    except TypesettingError as error:
        sys.stderr.write(f"\n{error.reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
