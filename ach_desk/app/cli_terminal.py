"""What the command line writes to the terminal: plain text that can do nothing to it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from typing import TextIO

from ach_desk.i18n import _

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED = {9: "\\t", 10: "\\n", 13: "\\r"}


class CommandError(Exception):
    """A command cannot go on: the sentence for the person and the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def visible(text: str) -> str:
    """Return one line in which control characters, line ends and turns of direction stand as escapes (``\\x1b``).

    A title from a file can then neither move the cursor, nor colour, nor turn round what stands beside it.
    """
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _NAMED.get(code) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def say(line: str = "") -> None:
    """Write one line to the standard output, made safe; raises CommandError when it cannot be written."""
    try:
        _write(sys.stdout, line)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(unwritten(error)) from None


def complain(line: str) -> None:
    """Write one line to the standard error output, made safe."""
    # Nobody can be told that the stream of complaints itself takes nothing more; the exit code still tells.
    with contextlib.suppress(OSError):
        _write(sys.stderr, line)


def _write(stream: TextIO | None, line: str) -> None:
    if stream is not None:  # a stream that was closed before the start is None
        stream.write(visible(line) + "\n")


def unwritten(error: OSError) -> str:
    """Return the sentence for an output stream that takes nothing more."""
    return _("The output could not be written: {reason}. Send it to another place.").format(reason=error.strerror)


def prepare_streams() -> None:
    """Let a terminal that cannot show a character show its number instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def drop_output() -> None:
    """Send what is still to be written nowhere, after the reader of a pipe has gone."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, AttributeError):  # not a real file, so nothing is flushed to it at exit
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
