"""By which method each matrix was last looked at: a way of looking, kept on this machine and never in the file.

The file keeps a method of its own (`MethodSettings.method`), which holds where nothing else was chosen here.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring.methods import SUMS
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore

_ROOM = "robustness"


class _Looked(BaseModel):
    """methods: by the id of a matrix."""

    model_config = ConfigDict(extra="ignore")

    methods: dict[str, Method] = {}


class KeptMethods:
    """The choices of one analysis."""

    def __init__(self, store: SettingsStore, session: Session) -> None:
        self._store, self._session = store, session

    def method(self) -> Method:
        """Return the method that the matrix in front was last looked at by, else the one that the file names."""
        matrix = self._session.matrix
        looked = self._read().methods.get(matrix.id)
        found = looked or (matrix.method_settings or MethodSettings()).method
        return found if found in SUMS else Method.WEIGHTED

    def keep(self, method: Method) -> None:
        """Remember the choice for the matrix in front."""
        methods = {**self._read().methods, self._session.matrix.id: method}
        self._store.keep(_ROOM, self._session.analysis.id, _Looked(methods=methods))

    def _read(self) -> _Looked:
        return self._store.kept(_ROOM, self._session.analysis.id, _Looked) or _Looked()
