"""The inspector's panels for one evidence item and for several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ach_desk.commands import Command, edits
from ach_desk.commands.challenges import on_record
from ach_desk.i18n import _, ngettext
from ach_desk.model import EvidenceKind, EvidenceStatus, Level
from ach_desk.model.grades import GradingScheme, Handling
from ach_desk.model.words import kind_word, level_word, status_word
from ach_desk.ui.attachments.section import FilesSection
from ach_desk.ui.challenges.section import ChallengeSection
from ach_desk.ui.doubt.item_part import ItemDoubt
from ach_desk.ui.groups.section import DependenceSection
from ach_desk.ui.inspector.citations import CitationsEditor
from ach_desk.ui.inspector.credibility import CredibilityFields
from ach_desk.ui.inspector.earlier import MinorChange
from ach_desk.ui.inspector.item_fields import LinkEditor, TagsEditor, add_ladders, event_date_editor, shared_editor
from ach_desk.ui.inspector.sections import Section
from ach_desk.ui.session import Session
from ach_desk.ui.together.here import RemarksHere
from ach_desk.ui.whatif.sources import DistrustSwitches
from ach_desk.ui.widgets.costfield import cost_field
from ach_desk.ui.widgets.editors import CheckEditor, ChoiceEditor, status_line
from ach_desk.ui.widgets.labels import heading
from ach_desk.ui.widgets.panel import Panel

_LEVELS: tuple[Level | None, ...] = (None, Level.HIGH, Level.MEDIUM, Level.LOW)
_SORTING = ("heading", "tags", "code", "flag")
_MOST_LABELS = 24


def _handlings() -> list[tuple[Handling, str]]:
    return [
        (Handling.PERMITTED, _("P: may be passed on")),
        (Handling.CONDITIONS, _("C: may be passed on under conditions")),
    ]


class _ItemsPanel(Panel):
    """The drop-down lists that one item and several have in common."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "evidence")
        self.sections: list[Section] = []
        ids = lambda: self.ids  # noqa: E731
        self.tags = self.add(TagsEditor(session, ids, self._tags_title()))
        self.code = self.add(shared_editor(session, ids, "code", _("Code"), _("Set the code")))
        self.marking = self.add(shared_editor(session, ids, "marking", _("Marking"), _("Set the marking")))
        add_ladders(self.marking)
        self.kind_choice = self._choice("kind", _("Kind"), [(kind, kind_word(kind)) for kind in EvidenceKind])
        levels = [(level, level_word(level)) for level in _LEVELS]
        self.credibility = self._choice("credibility", _("Credibility"), levels)
        self.relevance = self._choice("relevance", _("Relevance"), levels)
        self.grading = CredibilityFields(session, self.credibility, self.relevance, lambda: self.ids)
        self.status = ChoiceEditor(
            session,
            _("Status"),
            [(status, status_word(status)) for status in EvidenceStatus if status is not EvidenceStatus.UNSORTED],
            lambda: self.values("status"),
            self._status_command,
        )
        self.add(self.status)

    def _tags_title(self) -> str:
        return _("Tags")

    def section(self, key: str, title: str, fields: Sequence[QWidget], is_used: Callable[[], bool]) -> None:
        """Place fields of one subject under a heading that is absent until one is used or "More" is chosen.

        `key` is what is remembered of the section. An editor that the panel does not make by itself is given through
        `add` first, which brings it up to date with the others.
        """
        section = Section(key, title, fields, is_used)
        self.sections.append(section)
        self.place(section, is_used)

    def show_records(self, ids: Sequence[str]) -> None:
        """Show other records, with the sections that they use."""
        is_other = tuple(ids) != self.ids
        super().show_records(ids)
        if is_other and self._exists():
            for section in self.sections:
                section.settle()

    def refresh(self) -> None:
        """Show the present state of the records, and open the sections that came to be used."""
        super().refresh()
        if self._exists():
            for section in self.sections:
                section.open_if_used()

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
        self.citations = self.add(CitationsEditor(session, lambda: self.record))
        self.citations.source_requested.connect(self.source_requested)
        self.distrust = DistrustSwitches(session, lambda: [entry.source for entry in self.record.citations])
        self.files = FilesSection(session, lambda: self.record)
        self.event_date = self.add(event_date_editor(session, lambda: self.ids))
        self.learned_date = self.date_field("learned_date", _("Learned"))
        self.under = self.field("heading", _("Heading"), one_line=True)
        self.quotation = self.field(
            "quotation", _("Quotation"), lines=(2, 8), hint=_("In the source's own words, without quotation marks")
        )
        self.page = self.field("page", _("Page"), one_line=True)
        self.retrieved = self.date_field("retrieved", _("Retrieved on"))
        self.link = self.add(LinkEditor(session, lambda: self.ids))
        self.note = self.field("note", _("Note"), links=True, lines=(2, 8))
        self.cost = cost_field(self)
        self.flag = CheckEditor(
            session,
            _("Flagged, to come back to"),
            lambda: self.record is not None and self.record.flag,
            lambda on: self.set_all("flag", on),
        )
        self.add(self.flag)
        self.doubt = ItemDoubt(self)
        self.handling = self._choice("handling", _("Handling (3x5x2)"), [(None, _("not set")), *_handlings()])
        self.reason = self.field("status_reason", _("Set aside because"), links=True, lines=(2, 6))
        self.challenges = ChallengeSection(session, lambda: on_record(session.analysis, "evidence", self.ids[0]))
        self.remarks = RemarksHere(session, lambda: (self.ids[0], None))
        self.status_date = self.date_field("status_date", _("Set aside on"))
        self.dependence = DependenceSection(session, lambda: self.ids)
        self.dependence.link_activated.connect(self.link_activated)
        self._arrange()

    def _arrange(self) -> None:
        """Place what every item needs, then the sections that are absent until used or asked for."""
        for part in (self.heading, self.title, self.detail, self.earlier, self.kind_choice):
            self.place(part)
        self.place(self.citations)
        self.place(self.distrust)
        self.place(self.dependence)
        self.doubt.place()
        self.place(self.files, self._any_set("attachments"))
        self.place(self.grading, self._grading_used)
        self.section(
            "dates",
            _("Dates"),
            (self.event_date, self.learned_date, self.entered),
            lambda: self._uses("event_date", "event_words", "learned_date") or self.learned_date.has_draft,
        )
        self.section(
            "quotation",
            _("Quotation and link"),
            (self.quotation, self.page, self.link, self.retrieved),
            lambda: self._uses("quotation", "page", "link", "retrieved") or self.retrieved.has_draft,
        )
        sorting = (self.under, self.tags, self.code, self.flag)
        self.section("tags", _("Heading, tags, code and flag"), sorting, self._any_set(*_SORTING))
        self.section("marking", _("Marking"), (self.marking, self.handling), self._any_set("marking", "handling"))
        self.place(self.cost, lambda: self.cost.has_draft or self.record.cost is not None)
        self.place(self.note, self._any_set("note"))
        self.place(self.status, lambda: self.record is not None and not self.record.is_counted)
        self.place(self.reason)
        self.place(self.status_date)
        self.place(self.challenges)
        self.place(self.remarks)
        self.end()

    def _uses(self, *names: str) -> bool:
        return any(bool(getattr(self.record, name)) for name in names)

    def _any_set(self, *names: str) -> Callable[[], bool]:
        return lambda: self._uses(*names)

    def _grading_used(self) -> bool:
        item = self.record
        return item is not None and (bool(item.credibility or item.relevance) or self.grading.is_used)

    def flush(self) -> None:
        """Take over everything typed, that about a group included."""
        super().flush()
        self.dependence.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.dependence.forget()
        self.doubt.forget()

    def refresh_rest(self) -> None:
        """Show label, sources, and the reason where the item is set aside."""
        item = self.record
        self.heading.setText(item.label)
        day = item.entered[:10] if item.entered else ""
        self.handling.setVisible(self.session.analysis.grading is GradingScheme.UK_3X5X2 or item.handling is not None)
        self.entered.setText(_("Entered on {date}").format(date=day) if day else _("The day of entry is not known."))
        self.earlier.refresh(item.id)
        self.distrust.refresh()
        self.doubt.refresh()
        self.files.refresh()
        self.grading.refresh()
        self.reason.setVisible(not item.is_counted)
        self.challenges.refresh()
        self.remarks.refresh()
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
        self.section("tags", _("Tags and code"), (self.tags, self.code), lambda: self._any_has("tags", "code"))
        self.section("marking", _("Marking"), (self.marking,), lambda: self._any_has("marking"))
        self.place(self.status)
        self.end()

    def _tags_title(self) -> str:
        return _("Tags that all of them have")

    def flush(self) -> None:
        """Take over what is typed about their group."""
        super().flush()
        self.dependence.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.dependence.forget()

    def _any_has(self, *names: str) -> bool:
        known, read = self.session.analysis.evidence, [attrgetter(name) for name in names]
        items = [known[entry] for entry in self.ids if entry in known]
        return any(any(map(field, items)) for field in read)

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
