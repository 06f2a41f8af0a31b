"""By which method each matrix was last looked at: a way of looking, kept on this machine and never in the file.

The file keeps a method of its own (`MethodSettings.method`), which holds where nothing else was chosen here.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from ach_desk.model.method_settings import Method
from ach_desk.scoring.methods import SUMS, kept_method
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore

_ROOM = "robustness"


class _Looked(BaseModel):
    """By the id of a matrix. methods: what it was looked at by.

    told: the program's choice for new analyses that somebody was told of, who left the matrix as it is.
    """

    model_config = ConfigDict(extra="ignore")

    methods: dict[str, Method] = {}
    told: dict[str, Method] = {}


class KeptMethods:
    """The choices of one analysis."""

    def __init__(self, store: SettingsStore, session: Session) -> None:
        self._store, self._session = store, session

    def method(self) -> Method:
        """Return the method that the matrix in front was last looked at by, else the one that the file names."""
        matrix = self._session.matrix
        looked = self._read().methods.get(matrix.id)
        return looked if looked is not None and looked in SUMS else kept_method(matrix)

    def keep(self, method: Method) -> None:
        """Remember the choice for the matrix in front."""
        found = self._read()
        self._write(found.model_copy(update={"methods": {**found.methods, self._session.matrix.id: method}}))

    def told_of(self) -> Method | None:
        """Return which choice for new analyses the matrix in front was left aside from; None for none."""
        return self._read().told.get(self._session.matrix.id)

    def tell_of(self, method: Method) -> None:
        """Remember that the matrix in front stays as it is, though new analyses go by `method`."""
        found = self._read()
        self._write(found.model_copy(update={"told": {**found.told, self._session.matrix.id: method}}))

    def _write(self, looked: _Looked) -> None:
        self._store.keep(_ROOM, self._session.analysis.id, looked)

    def _read(self) -> _Looked:
        return self._store.kept(_ROOM, self._session.analysis.id, _Looked) or _Looked()
