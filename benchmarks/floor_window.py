"""The floor of a start: a process that imports numpy and pydantic and shows a plain table in a bare window."""

from __future__ import annotations

import sys
import time

import numpy  # noqa: F401 - importing is what is measured
from pydantic import BaseModel  # noqa: F401
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Table(QTableView):
    """A table that tells when it has been painted first, and then ends the program."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print(f"painted {time.monotonic_ns()}", flush=True)
        QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    """Show the window; return the exit code."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.setCentralWidget(Table())
    window.resize(1200, 700)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
