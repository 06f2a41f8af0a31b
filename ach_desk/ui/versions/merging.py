"""Another version on its way in: read and merged away from the window, shown, decided, and taken as one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ach_desk.commands.private import Veil
from ach_desk.commands.take_version import TakeVersion, take_version
from ach_desk.commands.versions import Merged, OtherAnalysisError, Side, common_base, from_choices, merge
from ach_desk.commands.versions.base import has_common_trail
from ach_desk.commands.versions.conflicts import Key
from ach_desk.commands.versions.words import ConflictSpeaker, ConflictWords
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, now
from ach_desk.reporting.comparison import Comparison, compare
from ach_desk.storage.attachments import home_of
from ach_desk.storage.errors import StorageError
from ach_desk.storage.files import read_document
from ach_desk.ui import messages
from ach_desk.ui.background import Cancel, Ticket
from ach_desk.ui.versions.dialog import MOST_ROWS, MergeDialog

if TYPE_CHECKING:
    from ach_desk.ui.window import AnalysisWindow


def file_filter() -> str:
    """Return the kinds of files that a version can be."""
    return _("Analyses (*.ach.json);;All files (*)")


class NewerVersionError(ValueError):
    """The file is of a newer program, which may mean by it what this one cannot merge; the message says so."""


@dataclass(frozen=True)
class Proposal:
    """What merging would do: the merged analysis, its conflicts in words, and what would come in."""

    theirs: Analysis
    base: Analysis
    base_known: bool
    merged: Merged
    words: tuple[ConflictWords, ...]
    incoming: Comparison


class Merging(QObject):
    """Merges one file into a window. Made for the file, gone with its dialog."""

    def __init__(self, window: AnalysisWindow, path: Path) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self._ticket: Ticket | None = None
        self._proposal: Proposal | None = None
        self._base_file: Path | None = None
        self.dialog: MergeDialog | None = None

    def start(self) -> None:
        """Open the dialog and begin to read."""
        self.dialog = MergeDialog(self._path, self._window)
        self.dialog.merge_wanted.connect(self._take)
        self.dialog.base_wanted.connect(self._ask_base)
        self.dialog.finished.connect(self._end)
        self.dialog.open()
        self._propose()

    def _propose(self) -> None:
        session = self._window.session
        job = partial(
            *(propose_job, session.analysis.snapshot(), session.matrix.id, session.analyst, session.me),
            *(self._path, self._base_file),
        )
        self._ticket = self._window.background.run(job, self._proposed, self._not_read, owner=self.dialog)

    def _proposed(self, proposal: Proposal) -> None:
        self._proposal = proposal
        if self.dialog is None:
            return
        if proposal.incoming.is_empty and not proposal.merged.conflicts and not self._brings_anything(proposal):
            self.dialog.accept()
            text = _("{file} holds nothing that is not here already.")
            self._window.show_message(text.format(file=self._path.name))
            return
        self.dialog.show_proposal(
            proposal.merged.conflicts,
            proposal.words,
            proposal.incoming,
            proposal.merged.notes,
            base_known=proposal.base_known,
        )

    def _brings_anything(self, proposal: Proposal) -> bool:
        step = take_version(self._window.session.analysis, proposal.merged.analysis, "", "", "")
        return not step.is_no_op

    def _ask_base(self) -> None:
        """Ask for the file that both versions began from, and merge over it."""
        chosen = messages.open_file(self._window, _("The version that both began from"), "", file_filter())
        if chosen is not None and self.dialog is not None:
            self._base_file = chosen
            self.dialog.show_busy()
            self._propose()

    def _not_read(self, error: Exception) -> None:
        if not isinstance(error, (StorageError, OtherAnalysisError, NewerVersionError)):
            raise error
        if self.dialog is not None:
            self.dialog.reject()
        messages.tell(self._window, _("{file}: {problem}").format(file=self._path.name, problem=error))

    def _take(self, choices: Mapping[Key, Side]) -> None:
        if self._proposal is None or self.dialog is None:
            return
        self._window.flush()
        self.dialog.show_busy()
        session = self._window.session
        snapshot = session.analysis.snapshot()
        job = partial(
            _merge_job, self._proposal.base, snapshot, self._proposal.theirs, dict(choices), session.analyst, self._path
        )
        done = partial(self._merged, choices, len(snapshot.trail))
        self._ticket = self._window.background.run(job, done, self._not_read, owner=self.dialog)

    def _merged(self, choices: Mapping[Key, Side], entries: int, found: tuple[Merged, TakeVersion]) -> None:
        session = self._window.session
        if len(session.analysis.trail) != entries:  # edited meanwhile: what was merged is no longer what is here
            self._take(choices)
            return
        merged, step = found
        if self.dialog is not None:
            self.dialog.accept()
        if not step.is_no_op:
            session.execute(step)
            self._carry_files()
        self._window.show_message(_outcome(self._path, merged))

    def _carry_files(self) -> None:
        """Copy the attached files that came with the other version; those that cannot be are told of."""
        try:
            self._window.document.copy_files(home_of(self._path))
        except StorageError as error:
            messages.tell(self._window, str(error))

    def _end(self, _result: int) -> None:
        if self._ticket is not None and self.dialog is not None and not self.dialog.result():
            self._ticket.cancel.set()
        self.dialog = None
        self.deleteLater()


def propose_job(
    ours: Analysis, matrix: str, analyst: str, me: str, path: Path, base_file: Path | None, _cancel: Cancel
) -> Proposal:
    """Return what merging a file would do, as far as `me` (an id) may see it; a job for the background.

    Raises StorageError, OtherAnalysisError or NewerVersionError, each with a sentence.
    """
    theirs = _read_version(path)
    if base_file is not None:
        base, known = _read_version(base_file), True
    else:
        base, known = common_base(ours, theirs), has_common_trail(ours, theirs)
    merged = merge(base, ours, theirs)
    speaker = ConflictSpeaker(ours, theirs, me)
    words = tuple(map(speaker.words, merged.conflicts[:MOST_ROWS]))
    incoming = _incoming(ours, merged.analysis, Veil.over(me, ours, theirs), matrix, analyst)
    return Proposal(theirs, base, known, merged, words, incoming)


def _incoming(ours: Analysis, merged: Analysis, veil: Veil, matrix: str, analyst: str) -> Comparison:
    """Return what merging would bring for a matrix as rated by the analyst; what is hidden counts on neither side."""
    before, after = veil.lifted(ours.snapshot()), veil.lifted(merged.snapshot())
    known = analyst in merged.analysts and not veil.hides_sheet(matrix, analyst)
    return compare(before, after, after.matrix(matrix), analyst if known else veil.me)


def _read_version(path: Path) -> Analysis:
    loaded = read_document(path).loaded
    if loaded.newer:
        raise NewerVersionError(_("It was written by a newer version of ACH Desk, and is not merged."))
    return loaded.analysis


def _merge_job(
    base: Analysis,
    ours: Analysis,
    theirs: Analysis,
    choices: Mapping[Key, Side],
    analyst: str,
    path: Path,
    _cancel: Cancel,
) -> tuple[Merged, TakeVersion]:
    time = now()
    merged = merge(base, ours, theirs, from_choices(choices), by=analyst, time=time)
    text = _("Merge with {file}").format(file=path.name)
    return merged, take_version(ours, merged.analysis, text, analyst, time)


def _outcome(path: Path, merged: Merged) -> str:
    text = _("{file} was merged.").format(file=path.name)
    count = len(merged.conflicts)
    if count:
        decided = ngettext("{count} conflict was decided.", "{count} conflicts were decided.", count)
        text = f"{text} {decided.format(count=count)}"
    return " ".join([text, *merged.notes[:2]])
