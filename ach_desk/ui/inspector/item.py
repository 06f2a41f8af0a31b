"""The inspector's panels for one evidence item and for several at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from ach_desk.commands import Command, edits
from ach_desk.commands.challenges import on_record
from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceKind, EvidenceStatus, Level
from ach_desk.model.words import kind_word, level_word, status_word
from ach_desk.ui.challenges.section import ChallengeSection
from ach_desk.ui.doubt.item_part import ItemDoubt
from ach_desk.ui.groups.section import DependenceSection
from ach_desk.ui.inspector.citations import CitationsEditor
from ach_desk.ui.inspector.credibility import CredibilityFields
from ach_desk.ui.inspector.earlier import MinorChange
from ach_desk.ui.inspector.texts import tags_to_text, text_to_tags
from ach_desk.ui.session import Session
from ach_desk.ui.whatif.sources import DistrustSwitches
from ach_desk.ui.widgets.editors import CheckEditor, ChoiceEditor, beside, status_line
from ach_desk.ui.widgets.labels import heading
from ach_desk.ui.widgets.panel import Panel

_LEVELS: tuple[Level | None, ...] = (None, Level.HIGH, Level.MEDIUM, Level.LOW)
_MOST_LABELS = 24


class _ItemsPanel(Panel):
    """The drop-down lists that one item and several have in common."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "evidence")
        self.kind_choice = self._choice("kind", _("Kind"), [(kind, kind_word(kind)) for kind in EvidenceKind])
        levels = [(level, level_word(level)) for level in _LEVELS]
        self.credibility = self._choice("credibility", _("Credibility"), levels)
        self.relevance = self._choice("relevance", _("Relevance"), levels)
        self.grading = CredibilityFields(session, self.credibility, self.relevance, lambda: self.ids)
        self.status = ChoiceEditor(
            session,
            _("Status"),
            [(status, status_word(status)) for status in EvidenceStatus],
            lambda: self.values("status"),
            self._status_command,
        )
        self.add(self.status)

    def _choice(self, name: str, title: str, entries: list) -> ChoiceEditor:
        editor = ChoiceEditor(
            self.session, title, entries, lambda: self.values(name), lambda value: self.set_all(name, value)
        )
        self.add(editor)
        return editor

    def _status_command(self, status: object) -> Command:
        if status == EvidenceStatus.COUNTED:
            return edits.take_back(self.session.analysis, self.ids)
        counted = [entry for entry in self.ids if self.session.analysis.evidence[entry].is_counted]
        return edits.set_aside(self.session.analysis, counted, "")


class ItemPanel(_ItemsPanel):
    """One evidence item. `source_requested(id)`: a source is to be opened."""

    source_requested = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = heading(wrap=False)
        self.entered = status_line()
        self.title = self.field("title", _("Title"), one_line=True, links=True, lines=(1, 5))
        self.detail = self.field("detail", _("Detail"), links=True, lines=(3, 10))
        self.earlier = MinorChange(session, "evidence")
        self.citations = CitationsEditor(session, lambda: self.record)
        self.citations.source_requested.connect(self.source_requested)
        self.distrust = DistrustSwitches(session, lambda: [entry.source for entry in self.record.citations])
        self.event_date = self.date_field("event_date", _("Happened on"))
        self.learned_date = self.date_field("learned_date", _("Known since"))
        self.under = self.field("heading", _("Heading"), one_line=True)
        self.tags = self.field(
            "tags", _("Tags"), shown=tags_to_text, taken=text_to_tags, one_line=True, hint=_("With commas between them")
        )
        self.note = self.field("note", _("Note"), links=True, lines=(2, 8))
        self.flag = CheckEditor(
            session,
            _("Flagged, to come back to"),
            lambda: self.record is not None and self.record.flag,
            lambda on: self.set_all("flag", on),
        )
        self.add(self.flag)
        self.doubt = ItemDoubt(self)
        self.reason = self.field("status_reason", _("Set aside because"), links=True, lines=(2, 6))
        self.challenges = ChallengeSection(session, lambda: on_record(session.analysis, "evidence", self.ids[0]))
        self.status_date = self.date_field("status_date", _("Set aside on"))
        self.dependence = DependenceSection(session, lambda: self.ids)
        self.dependence.link_activated.connect(self.link_activated)
        self._arrange()

    def _arrange(self) -> None:
        self.place(self.heading)
        self.place(self.title)
        self.place(self.detail)
        self.place(self.earlier)
        self.place(self.kind_choice)
        self.place(self.citations)
        self.place(self.distrust)
        self.place(self.dependence)
        self.doubt.place()
        self.place(self.grading, self._grading_used)
        dates = self._any_set("event_date", "learned_date")
        drafts = (self.event_date, self.learned_date)
        self.place(beside(*drafts), lambda: dates() or any(editor.has_draft for editor in drafts))
        self.place(self.under, self._any_set("heading"))
        self.place(self.tags, self._any_set("tags"))
        self.place(self.note, self._any_set("note"))
        self.place(self.flag, self._any_set("flag"))
        self.place(self.status, lambda: self.record is not None and not self.record.is_counted)
        self.place(self.reason)
        self.place(self.status_date)
        self.place(self.challenges)
        self.place(self.entered, lambda: False)
        self.end()

    def _any_set(self, *names: str) -> Callable[[], bool]:
        return lambda: any(bool(getattr(self.record, name)) for name in names)

    def _grading_used(self) -> bool:
        item = self.record
        return item is not None and (bool(item.credibility or item.relevance) or self.grading.is_used)

    def flush(self) -> None:
        """Take over everything typed, a source's name included."""
        super().flush()
        self.citations.flush()
        self.dependence.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.citations.forget()
        self.dependence.forget()
        self.doubt.forget()

    def refresh_rest(self) -> None:
        """Show label, sources, and the reason where the item is set aside."""
        item = self.record
        self.heading.setText(item.label)
        day = item.entered[:10] if item.entered else ""
        self.entered.setText(_("Entered on {date}").format(date=day) if day else _("The day of entry is not known."))
        self.earlier.refresh(item.id)
        self.citations.refresh()
        self.citations.set_read_only(self.session.read_only)
        self.distrust.refresh()
        self.doubt.refresh()
        self.grading.refresh()
        self.reason.setVisible(not item.is_counted)
        self.challenges.refresh()
        self.dependence.refresh()
        self.status_date.setVisible(not item.is_counted)


class SeveralItemsPanel(_ItemsPanel):
    """The fields that several items can be given at once, each as one step."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = heading(wrap=False)
        self.labels = status_line()
        self.dependence = DependenceSection(session, lambda: self.ids, unfolded=True)
        self.dependence.link_activated.connect(self.link_activated)
        for part in (self.heading, self.labels, self.dependence, self.kind_choice, self.grading):
            self.place(part)
        self.place(self.status)
        self.end()

    def flush(self) -> None:
        """Take over what is typed about their group."""
        super().flush()
        self.dependence.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.dependence.forget()

    def refresh_rest(self) -> None:
        """Show how many items are selected, which, and what they depend on."""
        count = len(self.ids)
        self.heading.setText(ngettext("{count} item", "{count} items", count).format(count=count))
        evidence = self.session.analysis.evidence
        first = [evidence[entry].label for entry in self.ids[:_MOST_LABELS] if entry in evidence]
        self.labels.setText(", ".join(first) + (" …" if count > _MOST_LABELS else ""))
        self.dependence.refresh()
        self.grading.refresh()

    def _exists(self) -> bool:
        return any(entry in self.session.analysis.evidence for entry in self.ids)
