"""The panel for the analysis itself: question, description, notice, marking, authors, date of the information."""

from __future__ import annotations

from ach_desk.i18n import _, join_words, ngettext
from ach_desk.ui.inspector.item_fields import add_ladders
from ach_desk.ui.inspector.texts import lines_of
from ach_desk.ui.session import Session
from ach_desk.ui.widgets.editors import beside, status_line
from ach_desk.ui.widgets.labels import heading
from ach_desk.ui.widgets.panel import Panel


class AnalystPanel(Panel):
    """Who rates: what stands on charts and paper. Never taken from the operating system."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "analyst")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.name = self.field("name", _("Analyst"), text=lambda: _("Edit the analyst"), one_line=True)
        self.initials = self.field("initials", _("Initials"), text=lambda: _("Edit the analyst"), one_line=True)
        self.role = self.field("role", _("Role"), text=lambda: _("Edit the analyst"), one_line=True)
        self.place(self.name)
        self.place(beside(self.initials, self.role))


class AnalysisPanel(Panel):
    """The fields of the analysis."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "analysis")
        self.heading = heading(_("Analysis"), wrap=False)
        self.counts = status_line()
        self.question = self.field(
            "question", _("Question"), text=lambda: _("Edit the question"), links=True, lines=(2, 6)
        )
        self.description = self.field(
            "description", _("Description"), text=lambda: _("Edit the description"), links=True, lines=(3, 12)
        )
        self.notice = self.field(
            "notice",
            _("Notice"),
            text=lambda: _("Edit the notice"),
            links=True,
            lines=(1, 6),
            hint=_("Shown first wherever the analysis is shown"),
        )
        self.marking = self.field(
            "marking",
            _("Marking"),
            text=lambda: _("Edit the marking"),
            one_line=True,
            hint=_("On every page and picture"),
        )
        add_ladders(self.marking)
        self.authors = self.field(
            "authors",
            _("Authors, one per line"),
            text=lambda: _("Edit the authors"),
            shown="\n".join,
            taken=lines_of,
            lines=(1, 6),
        )
        self.as_of = self.date_field("as_of", _("Information as of"))
        for part in (self.heading, self.counts, self.question, self.description, self.notice):
            self.place(part)
        self.place(beside(self.marking, self.as_of))
        self.place(self.authors)
        self.analyst = AnalystPanel(session)
        self.place(self.analyst)
        self.end()
        self.show_records([session.analysis.id])

    def flush(self) -> None:
        """Take over everything typed, of the analyst too."""
        super().flush()
        self.analyst.flush()

    def forget(self) -> None:
        """Drop drafts: another analysis is shown."""
        super().forget()
        self.analyst.forget()

    def refresh_rest(self) -> None:
        """Show the analyst and how much the analysis holds."""
        self.analyst.show_records([self.session.me] if self.session.me else [])
        analysis = self.session.analysis
        unsorted = sum(item.is_unsorted for item in analysis.evidence.values())
        hypotheses, items, sources = len(analysis.hypotheses), len(analysis.evidence) - unsorted, len(analysis.sources)
        parts = [
            ngettext("{count} hypothesis", "{count} hypotheses", hypotheses).format(count=hypotheses),
            ngettext("{count} evidence item", "{count} evidence items", items).format(count=items),
            ngettext("{count} source", "{count} sources", sources).format(count=sources),
        ]
        if unsorted:
            text = ngettext("{count} captured item, unsorted", "{count} captured items, unsorted", unsorted)
            parts.append(text.format(count=unsorted))
        text = join_words(parts)
        if analysis.created:
            text += " · " + _("begun on {date}").format(date=analysis.created[:10])
        self.counts.setText(text)
