"""Capturing into one window, and the dock in which what was captured waits until it is taken in or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from ach_desk.commands import capture
from ach_desk.i18n import _, ngettext
from ach_desk.model import Attachment
from ach_desk.ui import messages
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.lazy_dock import LazyDock
from ach_desk.ui.windows import dropped_files, is_analysis

if TYPE_CHECKING:
    from ach_desk.commands import Change
    from ach_desk.exchange.clipping import Clipping
    from ach_desk.ui.attachments.service import Kept, Wanted
    from ach_desk.ui.capture.incoming import Incoming
    from ach_desk.ui.capture.panel import UnsortedPanel
    from ach_desk.ui.window import AnalysisWindow

MENU = "insert/capture"


class Capture(QObject):
    """What the menu "Insert", "Capture" does, dropping on the window, and the dock "Unsorted"."""

    def __init__(self, window: AnalysisWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        beside = window.side.charts_dock
        self.dock: LazyDock[UnsortedPanel] = LazyDock(window, "unsorted", _("Unsorted"), beside, self._build)
        self._count: int | None = None
        """How many wait; None: to be counted anew, which no key press in a large matrix has to."""
        self._session.changed.connect(self._follow)
        self._session.replaced.connect(self._count_anew)

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions."""
        return [
            ActionSpec(
                "capture.clipboard",
                MENU,
                _("Capture from the &clipboard"),
                self.from_clipboard,
                ["Ctrl+Shift+V"],
                enabled=lambda: not self._session.read_only,
                separator=True,
            ),
            ActionSpec(
                "capture.files",
                MENU,
                _("Capture &files ..."),
                self.ask_files,
                enabled=lambda: not self._session.read_only,
            ),
            ActionSpec(
                "capture.unsorted",
                MENU,
                _("&Unsorted items"),
                self.toggle,
                ["Ctrl+Alt+V"],
                enabled=lambda: self.dock.is_built or bool(self.waiting),
                checked=lambda: self.dock.is_in_front,
            ),
        ]

    @property
    def waiting(self) -> int:
        """Return how many items wait unsorted."""
        if self._count is None:
            self._count = sum(item.is_unsorted for item in self._session.analysis.evidence.values())
        return self._count

    def greet(self) -> None:
        """Say on opening that captured items wait."""
        self._count_anew()
        count = self.waiting
        if not count or self.dock.isVisible():
            return
        from ach_desk.ui.widgets.quietstrip import QuietStrip

        text = ngettext(
            "{count} captured item waits unsorted. It counts nowhere until it is taken in.",
            "{count} captured items wait unsorted. They count nowhere until they are taken in.",
            count,
        ).format(count=count)

        def show() -> None:
            strip.close()
            self.show()

        strip = QuietStrip(text, [(_("Show what waits"), show)])
        self._window.show_strip(strip)

    def toggle(self) -> None:
        """Bring the unsorted items up with the keyboard in them, or hide them when it is there already."""
        focus = self._window.focusWidget()
        if self.dock.is_in_front and focus is not None and self.dock.isAncestorOf(focus):
            self.dock.hide()
            self._window.matrix.setFocus()
        else:
            self.show()

    def show(self, item: str = "") -> None:
        """Bring the unsorted items up with the keyboard in their list, on one of them when it is named."""
        self.dock.bring_up()
        self.dock.panel.go_to(item)

    def show_in_passing(self, item: str) -> None:
        """Bring the unsorted items up with one of them chosen; the keyboard stays where it is."""
        self._bring_up_quietly()
        self.dock.panel.go_to(item, take_keyboard=False)

    def flush(self) -> None:
        """Take over what is being typed in the panel."""
        if self.dock.is_built:
            self.dock.panel.flush()

    def waits(self, item: str) -> bool:
        """Return whether an item waits unsorted, and so stands in no matrix."""
        found = self._session.analysis.evidence.get(item)
        return found is not None and found.is_unsorted

    def from_clipboard(self) -> None:
        """Capture what lies on the clipboard."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            text = _("There is no text, link, file or picture on the clipboard that could be captured.")
            self._window.show_message(text)

    def ask_files(self) -> None:
        """Ask for files and capture each as an item."""
        self.take_files(messages.open_any(self._window, _("Capture files")))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Capture files, each as an item."""
        from ach_desk.ui.capture.incoming import incoming_files

        self._keep(incoming_files(paths))

    def take(self, data: QMimeData | None) -> bool:
        """Capture what `data` holds, as one step; return whether there is anything."""
        from ach_desk.ui.capture.incoming import incoming_of

        incoming = incoming_of(data)
        self._keep(incoming)
        return bool(incoming)

    def drop(self, data: QMimeData) -> list[Path]:
        """Capture what was dropped on the window; return the files among it that are to be opened instead."""
        files = dropped_files(data)
        opened = [path for path in files if is_analysis(path)]
        others = [path for path in files if not is_analysis(path)]
        if others:
            self.take_files(others)
        elif not opened:
            self.take(data)
        return opened

    def may_take(self, data: QMimeData) -> bool:
        """Return whether something that is dragged over the window could be captured."""
        return not self._session.read_only and (data.hasText() or data.hasUrls() or data.hasImage() or data.hasHtml())

    def _keep(self, incoming: Sequence[Incoming]) -> None:
        """Copy what is to be copied first; words alone are there at once."""
        self._window.flush()
        with_files = [one for one in incoming if one.file is not None or one.picture is not None]
        if not with_files:
            self._capture(incoming, {})
            return
        files = self._session.files
        if files is not None:
            files.keep([_wanted(one) for one in with_files], partial(self._kept, incoming, with_files))

    def _kept(self, incoming: Sequence[Incoming], with_files: Sequence[Incoming], kept: Kept) -> None:
        results = {id(one): result for one, result in zip(with_files, kept.results, strict=True)}
        refused = {key for key, result in results.items() if isinstance(result, str)}
        attachments = {key: result for key, result in results.items() if isinstance(result, Attachment)}
        self._capture([one for one in incoming if id(one) not in refused], attachments)
        if kept.problems:
            self._window.show_message(" ".join(kept.problems))

    def _capture(self, incoming: Sequence[Incoming], attachments: dict[int, Attachment]) -> None:
        if not incoming:
            return
        wanted = [_captured(one.clipping, attachments.get(id(one))) for one in incoming]
        command, ids = capture.capture(self._session.analysis, wanted)
        if self._session.execute(command).is_empty:
            return
        if not self.dock.isVisible():
            self._bring_up_quietly()
        self.dock.panel.go_to(ids[-1], take_keyboard=False)
        self._window.show_message(self._sentence(ids, any(one.clipping.is_cut for one in incoming)))

    def _bring_up_quietly(self) -> None:
        """Show the dock; the keyboard stays where the person is working."""
        focus = QGuiApplication.focusObject()
        self.dock.show()
        self.dock.raise_()
        if focus is not None and focus is not QGuiApplication.focusObject() and hasattr(focus, "setFocus"):
            focus.setFocus()

    def _sentence(self, ids: Sequence[str], is_cut: bool) -> str:
        items = [self._session.analysis.evidence[entry] for entry in ids]
        text = ngettext(
            "{label} is captured and waits unsorted: “{title}”",
            "{count} items are captured and wait unsorted.",
            len(items),
        ).format(label=items[0].label, title=items[0].title, count=len(items))
        cut = _("The text was too long for a quotation and was cut; attach it as a file.")
        return f"{text} {cut}" if is_cut else text

    def _follow(self, change: Change) -> None:
        if change.touches("evidence", "status"):
            self._count_anew()

    def _count_anew(self) -> None:
        self._count = None
        count = self.waiting
        self.dock.setWindowTitle(_("Unsorted ({count})").format(count=count) if count else _("Unsorted"))

    def _build(self) -> UnsortedPanel:
        from ach_desk.ui.capture.panel import UnsortedPanel

        window = self._window
        panel = UnsortedPanel(self._session, window)
        panel.left.connect(window.matrix.setFocus)
        panel.taken_in.connect(self._show_taken_in)
        panel.link_activated.connect(window.follow_link)
        panel.source_requested.connect(lambda source: window.follow_link("source", source))
        panel.set_current_row(window.matrix.selection())
        window.matrix.selection_changed.connect(panel.set_current_row)
        return panel

    def _show_taken_in(self, ids: list[str]) -> None:
        """Go to where what was taken in is rated; with nothing left to take in, the keyboard goes along."""
        self._window.matrix.select_to_rate(ids)
        if not self.waiting:
            self._window.matrix.setFocus()


def _wanted(one: Incoming) -> Wanted:
    if one.picture is not None:
        return one.picture_name, one.picture
    if one.file is None:
        raise ValueError("nothing to keep")
    return one.file


def _captured(clipping: Clipping, attachment: Attachment | None) -> capture.Captured:
    fields = {
        "title": clipping.title,
        "quotation": clipping.quotation,
        "link": clipping.link,
        "page": clipping.page,
        "attachments": [attachment] if attachment is not None else [],
    }
    return capture.Captured(fields, clipping.speaker, clipping.domain)
