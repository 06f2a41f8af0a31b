"""What can go wrong with the file. Every error carries one sentence for the person: file, place and remedy."""

from __future__ import annotations


class StorageError(Exception):
    """Base of all errors of this floor; `sentence` (also ``str()``) is complete and can be shown as it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UnreadableFile(StorageError):  # noqa: N818 - the name says what happened
    """The file cannot be read or is not an analysis; nothing was opened."""


class NotAnAnalysis(UnreadableFile):
    """The file is sound JSON and says of itself no word that it is an analysis: perhaps another program's."""


class ChangedOnDisk(StorageError):  # noqa: N818 - the name says what happened
    """The file on disk is not the one that was opened; nothing was written. `missing`: it is gone altogether."""

    def __init__(self, sentence: str, *, missing: bool = False) -> None:
        super().__init__(sentence)
        self.missing = missing


class AlreadyExists(StorageError):  # noqa: N818 - the name says what happened
    """There is a file of that name already; nothing was written."""


class SaveFailed(StorageError):  # noqa: N818 - the name says what happened
    """The file could not be written; the old file is as it was."""
