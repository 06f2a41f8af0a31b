"""Settings and view states come back as they were, and a broken file never stops the program."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from ach_desk.ui.settings import MOST_RECENT, SettingsStore, ViewState, config_dir, state_dir


def test_settings_come_back_with_their_types() -> None:
    store = SettingsStore()
    assert store.settings.theme == "system"
    store.settings.theme = "dark"
    store.settings.keep_backup = True
    store.settings.analyst_name = "M. Keller"
    store.save()
    again = SettingsStore().settings
    assert again == store.settings
    assert again.keep_backup is True


def test_a_value_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError):
        SettingsStore().settings.theme = "pink"


def test_keys_of_a_newer_version_are_kept() -> None:
    config_dir().mkdir(parents=True)
    path = config_dir() / "settings.json"
    path.write_text('{"theme": "light", "hologram": [1, null]}')
    store = SettingsStore()
    store.save()
    assert '"hologram"' in path.read_text()
    assert SettingsStore().settings.theme == "light"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"theme": "pink"}', b"[]"])
def test_a_broken_file_counts_as_absent_and_is_logged(content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    config_dir().mkdir(parents=True)
    (config_dir() / "settings.json").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert SettingsStore().settings.theme == "system"
    assert "settings.json is not usable" in caplog.text
    assert "pink" not in caplog.text


def test_a_place_that_cannot_be_written_is_logged_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ACH_DESK_CONFIG_DIR", str(tmp_path / "file" / "config"))
    store = SettingsStore()
    store.remember_file(Path("/somewhere/case.ach.json"))
    assert "could not be written" in caplog.text
    assert store.settings.recent_files == ["/somewhere/case.ach.json"]


def test_recent_files_are_the_last_ones_without_repetition() -> None:
    store = SettingsStore()
    for number in range(MOST_RECENT + 3):
        store.remember_file(Path(f"/a/{number}"))
    store.remember_file(Path("/a/5"))
    recent = SettingsStore().settings.recent_files
    assert len(recent) == MOST_RECENT
    assert recent[:2] == ["/a/5", f"/a/{MOST_RECENT + 2}"]
    assert len(set(recent)) == MOST_RECENT
    store.forget_file("/a/5")
    assert "/a/5" not in SettingsStore().settings.recent_files


def test_a_view_state_belongs_to_one_analysis() -> None:
    store = SettingsStore()
    assert store.view_state("one") == ViewState()
    store.save_view_state("one", ViewState(transposed=True, scores_hidden=False, columns=["note"]))
    assert SettingsStore().view_state("one") == ViewState(transposed=True, scores_hidden=False, columns=["note"])
    assert SettingsStore().view_state("two") == ViewState()


def test_the_id_of_an_analysis_never_leads_out_of_the_folder() -> None:
    store = SettingsStore()
    store.save_view_state("../../out:of.here", ViewState(transposed=True))
    assert store.view_state("../../out:of.here").transposed
    assert [path.parent for path in state_dir().rglob("*.json")] == [state_dir() / "views"]
