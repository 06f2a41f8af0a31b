"""The files of the command line: opened with what is wrong said, written only where that does no harm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from ach_desk.app.cli_terminal import CommandError, complain
from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, Matrix
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import read_document, write_bytes_atomically, write_document
from ach_desk.storage.lock import LockStatus, acquire

GROUP_WORD = "group"
"""Given as the name of an analyst, it is the median of all."""


def open_analysis(file: Path, *, may_be_newer: bool = True) -> tuple[Analysis, int]:
    """Return the analysis in `file` and the exit code it asks for: 1 when there are problems in the file, else 0.

    A file of a newer version, for which this one cannot vouch, counts as one with problems.
    The problems are complained about. Raises CommandError (code 2) when the file cannot be read, and (code 1) for one
    of a newer version unless it `may_be_newer`.
    """
    try:
        loaded = read_document(file).loaded
    except StorageError as error:
        raise CommandError(error.sentence) from None
    if loaded.newer and not may_be_newer:
        raise CommandError(
            _("{file} was written by a newer version of ACH Desk, and is not merged.").format(file=file), 1
        )
    if loaded.newer:
        text = _("{file} was written by a newer version of ACH Desk; what this version does not know is passed over.")
        complain(text.format(file=file))
    for problem in loaded.problems:
        complain(_("{file}: {problem}").format(file=file, problem=problem.text))
    return loaded.analysis, 1 if loaded.problems or loaded.newer else 0


def choose_matrix(analysis: Analysis, file: Path, name: str | None) -> Matrix:
    """Return the matrix of that name or id, the first one for None; raises CommandError naming those that exist."""
    if not analysis.matrices:
        raise CommandError(_("{file} has no matrix. Add one in the program.").format(file=file), 1)
    if name is None:
        return analysis.matrices[0]
    named = [matrix for matrix in analysis.matrices if matrix.name == name]
    found = named or [matrix for matrix in analysis.matrices if matrix.id == name]
    if len(found) == 1:
        return found[0]
    if found:
        text = _("{file} has several matrices named “{name}”; give the id of one: {existing}.")
        existing = ", ".join(matrix.id for matrix in found)
    else:
        text = _("{file} has no matrix “{name}”; there is: {existing}.")
        existing = ", ".join(matrix.name or matrix.id for matrix in analysis.matrices)
    raise CommandError(text.format(file=file, name=name, existing=existing))


def choose_analyst(analysis: Analysis, file: Path, name: str | None) -> Analyst | None:
    """Return the analyst of that name or id, the first one for None; None when the analysis has nobody.

    Raises CommandError naming those that exist, and where several rate in private and none is named.
    """
    analysts = list(analysis.analysts.values())
    if name is None:
        if len(analysts) > 1 and _rate_in_private(analysis):
            text = _("{file}: the analysts rate in private at the moment. Say whose ratings are meant: --analyst NAME.")
            raise CommandError(text.format(file=file), 1)
        return analysts[0] if analysts else None
    named = [analyst for analyst in analysts if analyst.name == name]
    found = named or [analyst for analyst in analysts if analyst.id == name]
    if len(found) == 1:
        return found[0]
    if found:
        text = _("{file} has several analysts named “{name}”; give the id of one: {existing}.")
        existing = ", ".join(analyst.id for analyst in found)
    elif analysts:
        text = _("{file} has no analyst “{name}”; there is: {existing}.")
        existing = ", ".join(analyst.name or analyst.id for analyst in analysts)
    else:
        text, existing = _("{file} has no analyst “{name}”, nor any other."), ""
    raise CommandError(text.format(file=file, name=name, existing=existing))


def who_reads(analysis: Analysis, file: Path, name: str | None = None) -> str:
    """Return the id of the analyst named, else of the only one there is; "" where nobody can be taken for who reads.

    Raises CommandError naming those that exist.
    """
    if name is None and len(analysis.analysts) > 1:
        return ""
    found = choose_analyst(analysis, file, name)
    return found.id if found else ""


def choose_rater(analysis: Analysis, file: Path, name: str | None) -> Analyst | None:
    """Return what `choose_analyst` does, and for "group" the median of all, put into the analysis that was read.

    Raises CommandError too where fewer than two have rated, or where they rate in private.
    """
    if name != GROUP_WORD or any(name in (entry.name, entry.id) for entry in analysis.analysts.values()):
        return choose_analyst(analysis, file, name)
    from ach_desk.scoring.group import put_group
    from ach_desk.scoring.group_sheet import GROUP

    if _rate_in_private(analysis):
        raise CommandError(_("{file}: the analysts rate in private at the moment.").format(file=file), 1)
    if not put_group(analysis):
        raise CommandError(_("{file}: fewer than two analysts have rated, so there is no group.").format(file=file), 1)
    return analysis.analysts[GROUP]


def _rate_in_private(analysis: Analysis) -> bool:
    from ach_desk.scoring.round_states import is_private

    return any(is_private(analysis, matrix.id) for matrix in analysis.matrices)


def check_output(output: Path, *, force: bool, source: Path | None = None) -> None:
    """Raise CommandError when `output` must not be written: it exists and not `force`, or it is the file `source`.

    Called before the work is done, so that nobody waits for a chart that is then not kept.
    """
    if source is not None and _is_same(output, source):
        text = _("{file} is the file that is read, and it was not overwritten. Choose another name for the output.")
        raise CommandError(text.format(file=output))
    if os.path.exists(output) and not force:  # unlike Path.exists, it raises nothing, whatever the name
        text = _("{file} exists already and was not overwritten. Choose another name, or add --force.")
        raise CommandError(text.format(file=output))


def save_analysis(output: Path, analysis: Analysis, *, force: bool) -> None:
    """Write a new analysis; raises CommandError when it cannot be written or somebody has the file open."""
    try:
        with _held(output):
            write_document(output, analysis, expected=None, overwrite=force)
    except StorageError as error:
        raise CommandError(error.sentence) from None


def save_bytes(output: Path, data: bytes) -> None:
    """Write a picture, table or document; raises CommandError when it cannot or somebody has the file open."""
    try:
        with _held(output):
            write_bytes_atomically(output, data)
    except StorageError as error:
        raise CommandError(error.sentence) from None


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return False


@contextmanager
def _held(output: Path) -> Iterator[None]:
    """Hold the lock of `output` while it is written; raises CommandError naming who has the file open."""
    result = acquire(output)
    if result.holder is not None and result.lock is None:
        if result.status is LockStatus.HELD_ELSEWHERE:
            remedy = _("If it is not open there any more, open it in the program and take it over.")
        else:
            remedy = _("Close it there, or choose another name.")
        text = _("{file} was not written: it is open by {holder}. {remedy}")
        raise CommandError(text.format(file=output, holder=result.holder.described(), remedy=remedy))
    with result.lock or nullcontext():
        yield
