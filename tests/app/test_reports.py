"""Log and crash report say where in the program something went wrong, and never what the analyst wrote."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from ach_desk.app.log_file import start_log
from ach_desk.app.reports import crash_text, keep_log, write_crash_report
from ach_desk.commands import edits
from ach_desk.model import new_analysis

SECRET = "the source in the ministry"
log = logging.getLogger("ach_desk.test")


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """The root logger, which is at the end as it was."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def folder(tmp_path: Path, root_logger: logging.Logger) -> Path:
    """A folder with a log that has begun."""
    start_log(tmp_path / "state")
    return tmp_path / "state"


def _text(folder: Path) -> str:
    return (folder / "ach-desk.log").read_text(encoding="utf-8")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _fail_in_the_program() -> None:
    analysis = new_analysis(SECRET)
    edits.set_field(analysis, "analysis", [analysis.id], "as_of", SECRET)


@pytest.mark.logs_error("it failed")
def test_an_exception_is_logged_by_place_and_kind(folder: Path) -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        _fail_in_the_program()
    log.error("it failed", exc_info=caught.value)
    text = _text(folder)
    assert SECRET not in text
    assert "commands/edits.py:" in text
    assert "ValidationError" in text
    assert str(Path(__file__).parent) not in text


@pytest.mark.logs_error("it failed")
def test_an_exception_that_another_handler_wrote_out_first_stays_unsaid(folder: Path) -> None:
    root = logging.getLogger()
    chatty = logging.StreamHandler(open(folder / "other.txt", "w"))  # noqa: SIM115 - the handler's own
    root.handlers.insert(0, chatty)
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("it failed")
    finally:
        root.removeHandler(chatty)
        chatty.stream.close()
    assert SECRET in (folder / "other.txt").read_text()
    assert SECRET not in _text(folder)
    assert "ValueError" in _text(folder)


@pytest.mark.logs_error("it failed")
def test_causes_of_an_exception_stay_unsaid(folder: Path) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        log.exception("it failed")
    assert SECRET not in _text(folder)


def test_the_log_is_readable_by_its_owner_only_also_when_it_begins_anew(folder: Path) -> None:
    path = folder / "ach-desk.log"
    assert _mode(path) == 0o600
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, RotatingFileHandler) and handler.baseFilename == str(path)
    )
    log.info("before")
    handler.doRollover()
    log.info("after")
    assert _mode(path) == 0o600
    assert _mode(folder / "ach-desk.log.1") == 0o600
    assert "after" in _text(folder)
    assert "before" not in _text(folder)


def test_a_log_that_others_could_read_is_closed_to_them(tmp_path: Path, root_logger: logging.Logger) -> None:
    path = tmp_path / "ach-desk.log"
    path.touch(mode=0o644)
    start_log(tmp_path)
    assert _mode(path) == 0o600


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "state").write_text("in the way")
    count = len(logging.getLogger().handlers)
    start_log(tmp_path / "state")
    assert len(logging.getLogger().handlers) == count
    assert "no log file" in caplog.text
    assert write_crash_report(tmp_path / "state", ValueError, None) is None


def test_a_crash_report_names_places_only_and_is_its_owners(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        _fail_in_the_program()
    path = write_crash_report(tmp_path / "state", caught.type, caught.tb)
    text = path.read_text(encoding="utf-8")
    assert SECRET not in text
    assert "commands/edits.py:" in text
    assert text.rstrip().endswith("ValidationError")
    assert str(Path.home()) not in text
    assert _mode(path) == 0o600
    assert _mode(path.parent) == 0o700


def test_a_crash_text_without_a_trace(tmp_path: Path) -> None:
    assert crash_text(None, None).endswith("unknown")


def test_the_log_begins_with_what_was_logged_before(tmp_path: Path, root_logger: logging.Logger) -> None:
    early = keep_log()
    logging.getLogger("ach_desk.test").warning("seen early")
    early.hand_over(start_log(tmp_path))
    logging.getLogger("ach_desk.test").warning("seen later")
    lines = (tmp_path / "ach-desk.log").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == ["seen early", "seen later"]
    assert early not in root_logger.handlers
