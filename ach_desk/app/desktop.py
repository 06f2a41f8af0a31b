"""``ach-desk [FILE ...]``: starts the window program."""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING

from ach_desk import __version__, paths
from ach_desk.app.lean_imports import load_numpy, load_pyside
from ach_desk.app.start_modules import StartModules, beside_compiled
from ach_desk.i18n import _, use_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ach_desk.app.reports import EarlyLog
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.window import AnalysisWindow

log = logging.getLogger("ach_desk")

_UNSEEN_MS = 1_000
"""How long a window may stay unseen, as on another desktop, before the program goes on without that."""

_AT_REST_MS = 5_000
"""How long after the first picture the modules of the start are kept."""

_COLLECT_AFTER = 50_000
"""Objects allocated before the collector looks: the default of 700 costs a pause in the middle of typing."""


def _collect_again() -> None:
    """Let the garbage collector work after the start, which makes hundreds of thousands of objects and no garbage."""
    gc.freeze()  # Straight to the oldest generation, without the pause in which the collector would walk all of them.
    gc.unfreeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)
    gc.enable()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window program on the files named in `arguments` (default: sys.argv); return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    modules = None
    if arguments is None and not getattr(sys, "frozen", False):  # a process of our own, and sources to compare with
        modules = StartModules(beside_compiled(__file__))
        modules.use()
    use_language(None, paths.translations())
    if "--version" in given:
        sys.stdout.write(f"ACH Desk {__version__}\n")
        return 0
    if "-h" in given or "--help" in given:
        sys.stdout.write(
            _(
                "Usage: ach-desk [--version] [FILE ...]\n"
                "Opens each analysis in a window of its own; without a file, the start page.\n"
            )
        )
        return 0
    if unknown := [name for name in given if name.startswith("-")]:
        text = _("ach-desk: there is no option {name}. See ach-desk --help.\n")
        sys.stderr.write(text.format(name=unknown[0]))
        return 2
    return _run([Path(name) for name in given], modules)


def _run(files: list[Path], modules: StartModules | None) -> int:
    gc.disable()
    load_pyside()
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from ach_desk.app.reports import keep_log
    from ach_desk.ui.single_instance import Reception, hand_over

    if sys.platform.startswith("linux"):
        QGuiApplication.setDesktopFileName("ach-desk")
    app = QApplication(["ach-desk"])
    app.setApplicationName("ACH Desk")
    app.setApplicationVersion(__version__)
    if hand_over(files):
        return 0
    early = keep_log()
    _wait_for_two_at_once()
    from ach_desk.ui.application import Desktop
    from ach_desk.ui.widgets import listening
    from ach_desk.ui.windows import raise_window

    desktop = Desktop(app)
    sys.excepthook = _CrashReporter(desktop)
    reception = Reception(desktop)

    def receive(paths_received: list[Path]) -> None:
        desktop.open_paths(paths_received)
        windows = desktop.windows
        if windows and not paths_received:
            raise_window(windows[-1])
        elif not windows:
            desktop.show_start()

    reception.files_received.connect(receive)
    listening.hold_back()
    if os.environ.get("ACH_DESK_BENCH"):
        desktop.window_opened.connect(lambda window: _report_painted(window, app, modules))
    for path in files:
        desktop.opener.open(path, at_once=True)
    if not desktop.windows:
        desktop.show_start()
    if desktop.windows:
        picture = desktop.windows[0].first_picture
        if modules is not None:
            picture.painted.connect(modules.note)
            picture.seen.connect(partial(QTimer.singleShot, _AT_REST_MS, desktop, partial(_keep, modules, desktop)))
        picture.painted.connect(listening.let_through)
        picture.painted.connect(reception.listen)  # at once: a second start may be on its way
        picture.seen.connect(partial(_finish_start, desktop, early))
        QTimer.singleShot(_UNSEEN_MS, picture, picture.note)
    else:
        listening.let_through()
        reception.listen()
        _finish_start(desktop, early)
    code = app.exec()
    reception.close()
    desktop.shut_down()
    return code


def _wait_for_two_at_once() -> None:
    """Load numpy while Qt waits for the accessibility bus, which it does with the first widget that it lets go."""
    from PySide6.QtWidgets import QWidget

    numpy = Thread(target=load_numpy, name="numpy")
    numpy.start()
    widget = QWidget()
    del widget
    numpy.join()


def _keep(modules: StartModules, desktop: Desktop) -> None:
    """Keep the modules of this start for the next one, away from the window."""

    def not_kept(error: Exception) -> None:
        log.info("the modules of the start are not kept: %s", error)

    desktop.background.run(lambda _cancel: modules.keep(), lambda _none: None, not_kept)


def _finish_start(desktop: Desktop, early: EarlyLog) -> None:
    """Do what nobody waits for: the log file, the program's icon, collecting garbage, edits that a crash left."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon

    from ach_desk.app.log_file import start_log
    from ach_desk.ui.settings import state_dir

    early.hand_over(start_log(state_dir()))
    QTimer.singleShot(0, desktop.opener.offer_recovery)
    QTimer.singleShot(0, _collect_again)
    desktop.app.setWindowIcon(QIcon(str(paths.resources() / "desktop" / "ach-desk.svg")))


class _CrashReporter:
    """Turns an unexpected exception into a report and a sentence; the program goes on, and so does the journal."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from ach_desk.app.reports import crash_text, write_crash_report
        from ach_desk.ui.settings import state_dir

        if issubclass(kind, KeyboardInterrupt):
            self._desktop.app.quit()
            return
        log.error("unexpected error\n%s", crash_text(kind, trace))
        path = write_crash_report(state_dir(), kind, trace)
        text = _("Something went wrong. Your edits are safe; a report without your texts is in {path}.")
        for window in self._desktop.windows:
            window.show_message(text.format(path=path or _("the log")))


def _report_painted(window: AnalysisWindow, app: QApplication, modules: StartModules | None) -> None:
    """Print when the first window with its matrix has been painted and end: what ``benchmarks/bench_start.py`` asks."""

    def report() -> None:
        sys.stdout.write(f"painted {time.monotonic_ns()}\n")
        sys.stdout.flush()
        if modules is not None:
            modules.note()
            modules.keep()
        app.quit()

    window.first_picture.painted.connect(report)
