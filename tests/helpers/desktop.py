"""The whole program in the test's process, with a person who answers every box and file dialog."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ach_desk.ui import messages
from ach_desk.ui.application import Desktop


@dataclass
class Person:
    """Answers what is asked, in order; a question that nobody expected fails the test."""

    answers: list[str] = field(default_factory=list)
    names: list[Path | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    choices: list[list[str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def ask(self, _parent: object, text: str, _detail: str, choices: list[tuple[str, str]], _default: str) -> str:
        self.asked.append(text)
        self.choices.append([key for key, _text in choices])
        assert self.answers, f"nobody expected the question {text!r}"
        answer = self.answers.pop(0)
        assert answer in self.choices[-1]
        return answer

    def tell(self, _parent: object, text: str, _detail: str = "") -> None:
        self.told.append(text)

    def choose(self, *_arguments: object) -> Path | None:
        assert self.names, "nobody expected a file dialog"
        return self.names.pop(0)


def person_at(monkeypatch: pytest.MonkeyPatch) -> Person:
    """Put a person in the place of every box and file dialog."""
    person = Person()
    for name in ("ask", "tell"):
        monkeypatch.setattr(messages, name, getattr(person, name))
    for name in ("save_analysis", "save_file", "open_file"):
        monkeypatch.setattr(messages, name, person.choose)
    return person


@contextmanager
def running_desktop(app: QApplication) -> Iterator[Desktop]:
    """Give the program; at the end close its windows without asking, and put the application's looks back."""
    palette, style = app.palette(), app.styleSheet()
    desktop = Desktop(app)
    try:
        yield desktop
    finally:
        for window in desktop.windows:
            window.close_for_good()
        desktop.quit()
        desktop.shut_down()
        app.styleHints().colorSchemeChanged.disconnect(desktop._follow_theme)
        app.setPalette(palette)
        app.setStyleSheet(style)
        desktop.deleteLater()
        app.processEvents()
