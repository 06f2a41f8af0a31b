"""The further fields of one item and of several: date in words, link, tags, marking; each says what it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtWidgets import QToolButton

from ach_desk.commands import Command, item_fields
from ach_desk.i18n import _, join_words
from ach_desk.model import EvidenceItem
from ach_desk.model.dates import in_words, understood
from ach_desk.model.marking import STEPS, Ladder
from ach_desk.model.spans import words_of
from ach_desk.model.tags import is_malformed, with_scheme
from ach_desk.ui.inspector.texts import tags_to_text, text_to_tags
from ach_desk.ui.session import Session
from ach_desk.ui.weblink import open_link, web_address
from ach_desk.ui.widgets.editors import Binding, TextEditor
from ach_desk.ui.widgets.labels import named
from ach_desk.ui.widgets.menu import Menu

Items = Callable[[], Sequence[str]]
"""Returns the ids of the items that a field is about."""


def _items(session: Session, ids: Items) -> list[EvidenceItem]:
    known = session.analysis.evidence
    return [known[entry] for entry in ids() if entry in known]


def _key(ids: Items, name: str) -> Callable[[], str]:
    return lambda: f"evidence/{'+'.join(ids())}/{name}"


def event_date_editor(session: Session, ids: Items) -> TextEditor:
    """Return the field that takes a date in words and says below what it was understood as."""

    def read() -> str | None:
        items = _items(session, ids)
        return words_of(items[0].event_date, items[0].event_end, items[0].event_words) if items else None

    def build(typed: str) -> Command:
        return item_fields.set_event_date(session.analysis, ids()[0], typed)

    binding = Binding(_key(ids, "event_date"), read, build, remark=date_remark)
    return TextEditor(
        session, _("Happened"), binding, one_line=True, hint=_("23 June 2023, mid-June 2023, summer 2021")
    )


def date_remark(typed: str) -> str:
    """Return what the words of a date were understood as; "" where they say no more than that."""
    if not typed.strip():
        return ""
    span = understood(typed)
    if span is None:
        return _("Not understood as a date; it is kept in these words.")
    found = in_words(span.start, span.end)
    return "" if found.casefold() == " ".join(typed.casefold().split()) else _("That is: {date}").format(date=found)


class LinkEditor(TextEditor):
    """An address that is opened on request only, and only over http or https."""

    def __init__(self, session: Session, ids: Items) -> None:
        def read() -> str | None:
            items = _items(session, ids)
            return items[0].link if items else None

        def build(typed: str) -> Command:
            return item_fields.set_of_items(session.analysis, ids()[:1], "link", typed.strip(), _("Set the link"))

        super().__init__(
            session, _("Link"), Binding(_key(ids, "link"), read, build, remark=_link_remark), one_line=True
        )
        self.open_button = self.add_button(
            _("Open"), _("Open the link in the browser"), lambda: open_link(self.box.text)
        )
        self.box.textChanged.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        self.open_button.setVisible(web_address(self.box.text) is not None)


def _link_remark(typed: str) -> str:
    if not typed.strip() or web_address(typed) is not None:
        return ""
    return _("Only addresses that begin with http:// or https:// can be opened; it is kept as it stands.")


class TagsEditor(TextEditor):
    """Tags with commas between them; of several items the ones that all of them have."""

    def __init__(self, session: Session, ids: Items, title: str) -> None:
        def read() -> str | None:
            return tags_to_text(item_fields.shared_tags(session.analysis, ids())) if _items(session, ids) else None

        def build(typed: str) -> Command:
            return item_fields.set_shared_tags(session.analysis, ids(), text_to_tags(typed))

        binding = Binding(_key(ids, "tags"), read, build, remark=_tags_remark)
        super().__init__(session, title, binding, one_line=True, hint=_("With commas between them"))
        self.offer = self.add_button("", "", self._take_offer)
        self.box.textChanged.connect(self._show_offer)
        self._show_offer()

    def _offered(self) -> dict[str, str]:
        tags = text_to_tags(self.box.text)
        return {tag: better for tag in tags if (better := with_scheme(tag)) is not None}

    def _show_offer(self) -> None:
        offered = self._offered()
        text = _("Write {tags}").format(tags=join_words(list(offered.values())[:2]))
        named(
            self.offer,
            text,
            _("It looks like an id of MITRE ATT&CK; with the scheme it is told apart from other tags."),
        )
        self.offer.setText(text.replace("&", "&&"))
        self.offer.setVisible(bool(offered) and not self.box.isReadOnly())

    def _take_offer(self) -> None:
        offered = self._offered()
        self.box.put(tags_to_text([offered.get(tag, tag) for tag in text_to_tags(self.box.text)]))
        self.finish()


def _tags_remark(typed: str) -> str:
    wrong = [tag for tag in text_to_tags(typed) if is_malformed(tag)]
    if not wrong:
        return ""
    text = _("{tags}: not the form of an ATT&CK id, which is like attack:T1059, attack:T1059.001 or attack:TA0002.")
    return text.format(tags=join_words(wrong))


def shared_editor(session: Session, ids: Items, name: str, title: str, step: str) -> TextEditor:
    """Return the field `name` of one item, or of several, which are given the same text; `step` names the edit."""

    present: set[str] = set()

    def read() -> str | None:
        present.clear()
        present.update(map(attrgetter(name), _items(session, ids)))
        return next(iter(present), None) if len(present) < 2 else ""

    def build(typed: str) -> Command:
        return item_fields.set_of_items(session.analysis, ids(), name, typed.strip(), step)

    def remark(typed: str) -> str:
        return _("It differs among the items.") if len(present) > 1 and not typed.strip() else ""

    return TextEditor(session, title, Binding(_key(ids, name), read, build, remark=remark), one_line=True)


def add_ladders(editor: TextEditor) -> QToolButton:
    """Give the editor of a marking a button with the steps of the known ladders; return the button."""
    menu = Menu(editor)
    for ladder in Ladder:
        if not menu.isEmpty():
            menu.addSeparator()
        for step in STEPS[ladder]:
            menu.addAction(step, lambda step=step: _choose(editor, step))
    button = editor.add_button(_("Choose") + " ▾", _("Choose a marking"))
    button.setMenu(menu)
    button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu.aboutToShow.connect(lambda: menu.setEnabled(not editor.box.isReadOnly()))
    return button


def _choose(editor: TextEditor, step: str) -> None:
    editor.box.put(step)
    editor.finish()
