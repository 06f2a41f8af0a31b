"""Asking for what retracting and merging need."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ach_desk.i18n import _, join_some
from ach_desk.model import Analysis, Source
from ach_desk.model.citing import citing, rests_alone_on
from ach_desk.ui.text import shortened, single_line
from ach_desk.ui.widgets.askdialog import AskDialog, text_field
from ach_desk.ui.widgets.choice import Choice

_MOST_NAMED = 6


def ask_retraction(analysis: Analysis, source: Source, take: Callable[[str], object], parent: QWidget) -> AskDialog:
    """Ask why a source is retracted, and say what that will do."""
    dialog = AskDialog(
        _("Retract {source}").format(source=source.label),
        [(_("Why"), text_field(lines=(2, 6)))],
        _("Retract"),
        lambda values: take(values[0].strip()),
        explanation=_consequences(analysis, source),
        needed=None,
        parent=parent,
    )
    dialog.open()
    return dialog


def ask_merge(analysis: Analysis, source: Source, take: Callable[[str], object], parent: QWidget) -> AskDialog:
    """Ask into which other source a source is merged."""
    others = [entry for entry in analysis.sources.values() if entry.id != source.id]
    alike = source.name.casefold().strip()
    others.sort(key=lambda entry: entry.name.casefold().strip() != alike)  # the duplicate first, where there is one
    choice = Choice([(entry.id, f"{entry.label}  {single_line(shortened(entry.name, 80))}") for entry in others])
    choice.show_value(others[0].id)
    text = _(
        "What cites {source} will cite the other one, and {source} is deleted. What the other one has empty is filled "
        "from {source}. Undo brings all of it back."
    )
    dialog = AskDialog(
        _("Merge {source} into another source").format(source=source.label),
        [(_("Other source"), choice)],
        _("Merge"),
        lambda values: take(values[0]),
        explanation=text.format(source=source.label),
        parent=parent,
    )
    dialog.open()
    return dialog


def _consequences(analysis: Analysis, source: Source) -> str:
    cited = [item for item, _citation in citing(analysis.evidence.values(), source.id)]
    if not cited:
        return _("No item cites {source}.").format(source=source.label)
    alone = [item for item in cited if item.is_counted and rests_alone_on(item, (source.id,), analysis.sources)]
    rest = [item for item in cited if item not in alone]
    parts = []
    if alone:
        text = _("What rests on {source} alone is set aside: {items}.")
        parts.append(text.format(source=source.label, items=_labels(alone)))
    if rest:
        parts.append(_("Only marked: {items}.").format(items=_labels(rest)))
    return " ".join(parts)


def _labels(items: list) -> str:
    return join_some([item.label for item in items[:_MOST_NAMED]], _MOST_NAMED, len(items))
