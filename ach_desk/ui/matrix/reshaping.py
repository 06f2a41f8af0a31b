"""Splitting and merging items and hypotheses, and the scale: actions with a small dialog each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from ach_desk.commands import splitting
from ach_desk.i18n import _, join_some, ngettext
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.editing import MOST_NAMED

if TYPE_CHECKING:
    from ach_desk.ui.matrix.panel import MatrixPanel


def specs(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Yield the actions that split and merge."""
    for kind, menu, split_text, merge_text in (
        (EVIDENCE, "edit/item", _("Split the item ..."), _("Merge items ...")),
        (HYPOTHESIS, "edit/hypothesis", _("Split the hypothesis ..."), _("Merge hypotheses ...")),
    ):
        name = "item" if kind == EVIDENCE else "hypothesis"
        yield ActionSpec(
            f"edit.split_{name}",
            menu,
            split_text,
            lambda kind=kind: ask_split(panel, kind),
            enabled=lambda kind=kind: panel.may_edit and len(_selected(panel, kind)) == 1,
        )
        yield ActionSpec(
            f"edit.merge_{name}",
            menu,
            merge_text,
            lambda kind=kind: ask_merge(panel, kind),
            enabled=lambda kind=kind: panel.may_edit and len(_selected(panel, kind)) > 1,
        )


def show_scale(panel: MatrixPanel) -> None:
    """Show the scale of the matrix with what each step scores; it can be changed there."""
    from ach_desk.ui.dialogs.scale import ScaleDialog

    dialog = ScaleDialog(panel.session, panel.view.look.palette, panel.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def ask_split(panel: MatrixPanel, kind: str) -> None:
    """Ask for the parts of the selected item or hypothesis, then split it."""
    from ach_desk.ui.dialogs.splitting import SplitDialog

    (record,) = _selected(panel, kind)
    dialog = SplitDialog(record, panel.window())
    dialog.chosen.connect(lambda titles, as_heading: _split(panel, kind, record.id, titles, as_heading))
    _open(dialog)


def ask_merge(panel: MatrixPanel, kind: str) -> None:
    """Ask for the title of what the selected items or hypotheses become, then merge them."""
    from ach_desk.ui.dialogs.splitting import MergeDialog

    records = _selected(panel, kind)
    dialog = MergeDialog(records, panel.window())
    dialog.chosen.connect(lambda title: _merge(panel, kind, [record.id for record in records], title))
    _open(dialog)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _selected(panel: MatrixPanel, kind: str) -> list[Any]:
    """Return the selected items or hypotheses in matrix order; none when one cannot be split or merged."""
    selection, analysis = panel.selection(), panel.session.analysis
    if kind == EVIDENCE:
        items = [analysis.evidence[entry] for entry in selection.items if entry in analysis.evidence]
        return items if all(item.is_counted for item in items) else []
    known = [analysis.hypotheses[entry] for entry in selection.hypotheses if entry in analysis.hypotheses]
    return known if all(entry.is_active and not entry.is_combination for entry in known) else []


def _split(panel: MatrixPanel, kind: str, record_id: str, titles: list[str], as_heading: bool) -> None:
    analysis = panel.session.analysis
    if kind == EVIDENCE:
        made = splitting.split_item(analysis, record_id, titles)
    else:
        made = splitting.split_hypothesis(analysis, record_id, titles, as_heading=as_heading)
    _do(panel, kind, made)


def _merge(panel: MatrixPanel, kind: str, ids: list[str], title: str) -> None:
    merge = splitting.merge_items if kind == EVIDENCE else splitting.merge_hypotheses
    _do(panel, kind, merge(panel.session.analysis, ids, title))


def _do(panel: MatrixPanel, kind: str, made: splitting.Reshaped) -> None:
    """Run the command, say what was added and put the keyboard on the first new cell."""
    change = panel.session.execute(made.command)
    if not change.added:
        return
    ids = {each: panel.model.axes.records(each) for each in (EVIDENCE, HYPOTHESIS)}
    if ids[EVIDENCE] and ids[HYPOTHESIS]:
        first = made.added[0]
        panel.select_cell(*((first, ids[HYPOTHESIS][0]) if kind == EVIDENCE else (ids[EVIDENCE][0], first)))
    else:
        panel.select_records(kind, made.added)
    panel.view.setFocus()
    analysis = panel.session.analysis
    records: dict[str, Any] = analysis.evidence if kind == EVIDENCE else analysis.hypotheses
    labels = join_some([records[entry].label for entry in made.added], MOST_NAMED)
    text = ngettext(
        "{names} is new. K confirms a suggestion, a rating key rates otherwise, Del refuses it.",
        "{names} are new. K confirms a suggestion, a rating key rates otherwise, Del refuses it.",
        len(made.added),
    )
    panel.message.emit(text.format(names=labels))
