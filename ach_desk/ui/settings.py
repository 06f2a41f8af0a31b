"""Settings of the person and view state per analysis, as JSON; the one door to both. No Qt: types stay types."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

APP_NAME = "ach-desk"
MOST_RECENT = 12

M = TypeVar("M", bound=BaseModel)

log = logging.getLogger(__name__)


class Settings(BaseModel):
    """What the person chose under Settings; unknown keys of a newer version are kept."""

    model_config = ConfigDict(extra="allow", validate_assignment=True, defer_build=True)

    theme: Literal["system", "light", "dark"] = "system"
    after_rating: Literal["next_hypothesis", "next_item", "stay"] = "next_hypothesis"
    score_sign: Literal["negative", "positive"] = "negative"
    analyst_name: str = ""
    keep_backup: bool = False
    inspector_more: bool = False
    inspector_sections: dict[str, bool] = {}
    recent_files: list[str] = []
    who_am_i: dict[str, str] = {}
    """Id of an analysis -> id of the analyst in it who works on this machine."""
    sheet_mappings: dict[str, dict[str, Any]] = {}
    word_template: str = ""


class ViewState(BaseModel):
    """How one analysis was last looked at on this machine. Never part of the analysis."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    transposed: bool = False
    scores_hidden: bool | None = None
    columns: list[str] = []
    window_geometry: str = ""
    window_state: str = ""
    current: list[str] = []


def config_dir() -> Path:
    """Return the folder of the settings; ACH_DESK_CONFIG_DIR overrides it."""
    override = os.environ.get("ACH_DESK_CONFIG_DIR")
    if override:
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path(APP_NAME, appauthor=False)


def state_dir() -> Path:
    """Return the folder of view state, logs and recovery journals; ACH_DESK_STATE_DIR overrides it."""
    override = os.environ.get("ACH_DESK_STATE_DIR")
    if override:
        return Path(override)
    from platformdirs import user_state_path

    return user_state_path(APP_NAME, appauthor=False)


class SettingsStore:
    """Reads and writes settings and view state. A file that cannot be read counts as absent and is logged."""

    def __init__(self) -> None:
        self._settings_path = config_dir() / "settings.json"
        self.settings = _read(self._settings_path, Settings)

    def save(self) -> None:
        """Write the settings; a failure is logged and never stops the work."""
        _write(self._settings_path, self.settings)

    def remember_file(self, path: Path) -> None:
        """Put a file on top of the recent files."""
        entry = str(path)
        others = [known for known in self.settings.recent_files if known != entry]
        self.settings.recent_files = [entry, *others][:MOST_RECENT]
        self.save()

    def forget_file(self, path: str) -> None:
        """Take a file from the recent files."""
        self.settings.recent_files = [known for known in self.settings.recent_files if known != path]
        self.save()

    def view_state(self, analysis_id: str) -> ViewState:
        """Return how the analysis was last looked at; defaults when it never was."""
        return _read(self._view_path(analysis_id), ViewState)

    def save_view_state(self, analysis_id: str, state: ViewState) -> None:
        """Remember how the analysis is looked at."""
        _write(self._view_path(analysis_id), state)

    def is_kept(self, room: str, analysis_id: str) -> bool:
        """Return whether something of that kind is kept about an analysis."""
        return _state_path(room, analysis_id).exists()

    def kept(self, room: str, analysis_id: str, kind: type[M]) -> M | None:
        """Return what is kept of that kind about an analysis; None when nothing is, or nothing that can be used."""
        path = _state_path(room, analysis_id)
        try:
            return kind.model_validate(json.loads(path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            log.warning("state file %s is not usable and is left out: %s", path.name, type(error).__name__)
            return None

    def keep(self, room: str, analysis_id: str, data: BaseModel | None) -> None:
        """Keep something about an analysis in a folder of its kind; None forgets it. A failure is logged."""
        path = _state_path(room, analysis_id)
        if data is not None:
            _write(path, data)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("state file %s could not be removed: %s", path.name, error.strerror)

    @staticmethod
    def _view_path(analysis_id: str) -> Path:
        return _state_path("views", analysis_id)


def _state_path(room: str, analysis_id: str) -> Path:
    return state_dir() / room / f"{''.join(c for c in analysis_id if c.isalnum())[:64]}.json"


def _read(path: Path, kind: type[Any]) -> Any:
    try:
        # Not pydantic's own reader of JSON, which refuses the name of a file that is not UTF-8.
        return kind.model_validate(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return kind.model_construct()  # the defaults, without building first what would check them
    except (OSError, ValueError, RecursionError) as error:
        log.warning("settings file %s is not usable and is left out: %s", path.name, type(error).__name__)
        return kind()


def _write(path: Path, data: BaseModel) -> None:
    temporary = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(data.model_dump(mode="json"), indent=1), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        log.warning("settings file %s could not be written: %s", path.name, error.strerror)
        with contextlib.suppress(OSError):
            temporary.unlink()
