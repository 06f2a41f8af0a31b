"""The actions on the matrices of a file: new, duplicate, rename, move, delete, and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ach_desk.commands import matrices
from ach_desk.i18n import _, ngettext
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS

if TYPE_CHECKING:
    from ach_desk.commands.command import AddMatrix
    from ach_desk.ui.matrix.panel import MatrixPanel

MENU = "review/matrices"
TAB_MENU = (
    "matrix.rename",
    "matrix.properties",
    "-",
    "matrix.new",
    "matrix.duplicate",
    "matrix.branch",
    "-",
    "matrix.left",
    "matrix.right",
    "-",
    "matrix.delete",
)


def action_specs(panel: MatrixPanel) -> Iterable[ActionSpec]:
    """Return the actions on matrices."""
    yield from _which(panel)
    yield from _walk(panel)
    yield from _content(panel)


def _which(panel: MatrixPanel) -> Iterable[ActionSpec]:
    may_edit = lambda: panel.may_edit  # noqa: E731
    several = lambda: panel.may_edit and _count(panel) > 1  # noqa: E731
    yield ActionSpec("matrix.new", MENU, _("&New matrix"), lambda: _new(panel), enabled=may_edit)
    yield ActionSpec(
        "matrix.duplicate",
        MENU,
        _("&Duplicate the matrix with its ratings"),
        lambda: _duplicate(panel, ratings=True),
        enabled=may_edit,
    )
    yield ActionSpec(
        "matrix.branch",
        MENU,
        _("Duplicate the matrix &without ratings"),
        lambda: _duplicate(panel, ratings=False),
        enabled=may_edit,
    )
    yield ActionSpec("matrix.rename", MENU, _("&Rename the matrix"), panel.front.tabs.begin_rename, enabled=several)
    yield ActionSpec("matrix.properties", MENU, _("Name and n&ote ..."), lambda: _properties(panel))
    yield ActionSpec("matrix.delete", MENU, _("Delete the &matrix"), lambda: _delete(panel), enabled=several)


def _walk(panel: MatrixPanel) -> Iterable[ActionSpec]:
    several = lambda: _count(panel) > 1  # noqa: E731
    walk = (
        ("matrix.previous", _("&Previous matrix"), "Ctrl+PgUp", lambda: _go(panel, -1)),
        ("matrix.next", _("N&ext matrix"), "Ctrl+PgDown", lambda: _go(panel, 1)),
    )
    for name, text, key, run in walk:
        yield ActionSpec(name, MENU, text, run, [key], several, separator=name == "matrix.previous")
    yield ActionSpec(
        "matrix.left",
        MENU,
        _("Move the matrix &before"),
        lambda: _move(panel, -1),
        enabled=lambda: panel.may_edit and _place(panel) > 0,
    )
    yield ActionSpec(
        "matrix.right",
        MENU,
        _("Move the matrix &after"),
        lambda: _move(panel, 1),
        enabled=lambda: panel.may_edit and _place(panel) < _count(panel) - 1,
    )


def _content(panel: MatrixPanel) -> Iterable[ActionSpec]:
    kinds = (
        (EVIDENCE, "matrix.take_items", _("Take in &items of the analysis ...")),
        (HYPOTHESIS, "matrix.take_hypotheses", _("Take in &hypotheses of the analysis ...")),
    )
    for kind, name, text in kinds:
        yield ActionSpec(
            name,
            MENU,
            text,
            lambda kind=kind: _take_in(panel, kind),
            enabled=lambda kind=kind: panel.may_edit and bool(_elsewhere(panel, kind)),
            separator=kind == EVIDENCE,
        )
    yield ActionSpec(
        "matrix.leave_item_out",
        MENU,
        _("&Leave the item out of this matrix"),
        lambda: panel.edits.leave_out(EVIDENCE, panel.selection().items),
        enabled=lambda: panel.may_edit and bool(panel.selection().items),
    )
    yield ActionSpec(
        "matrix.leave_hypothesis_out",
        MENU,
        _("Leave the hypothesis out of &this matrix"),
        lambda: panel.edits.leave_out(HYPOTHESIS, panel.selection().hypotheses),
        enabled=lambda: panel.may_edit and bool(panel.selection().hypotheses),
    )


def _count(panel: MatrixPanel) -> int:
    return len(panel.session.analysis.matrices)


def _place(panel: MatrixPanel) -> int:
    """Return where the matrix in front stands; 0 for one that an undo has just taken away."""
    session = panel.session
    return next((place for place, other in enumerate(session.analysis.matrices) if other.id == session.matrix.id), 0)


def _elsewhere(panel: MatrixPanel, kind: str) -> list[str]:
    session = panel.session
    return session.pointing.of_records(
        f"elsewhere {kind}", lambda: matrices.not_in(session.analysis, session.matrix, kind)
    )


def _free_name(panel: MatrixPanel) -> str:
    taken = {matrix.name for matrix in panel.session.analysis.matrices}
    number = _count(panel) + 1
    while (name := _("Matrix {number}").format(number=number)) in taken:
        number += 1
    return name


def _new(panel: MatrixPanel) -> None:
    _add(panel, matrices.add(panel.session.analysis, _free_name(panel), panel.session.matrix))


def _duplicate(panel: MatrixPanel, *, ratings: bool) -> None:
    session, name = panel.session, _free_name(panel)
    _add(panel, matrices.duplicate(session.analysis, session.matrix, name, ratings=ratings, me=session.me))


def _add(panel: MatrixPanel, command: AddMatrix) -> None:
    """Add a matrix, show it, and let its name be typed over."""
    panel.finish_editing()
    if not panel.session.execute(command).is_empty:
        panel.session.show_matrix(str(command.content["id"]))
        panel.front.tabs.begin_rename()


def _delete(panel: MatrixPanel) -> None:
    session = panel.session
    name = session.matrix.name
    scenarios = sum(1 for entry in session.analysis.scenarios.values() if entry.matrix == session.matrix.id)
    if session.execute(matrices.remove(session.analysis, session.matrix)).is_empty:
        return
    text = _("Matrix {name} was deleted; Undo brings it back. Items and hypotheses stay in the analysis.")
    if scenarios:
        text = ngettext(
            "Matrix {name} and its what-if were deleted; Undo brings them back.",
            "Matrix {name} and its {count} what-ifs were deleted; Undo brings them back.",
            scenarios,
        )
    panel.message.emit(text.format(name=name, count=scenarios))


def _go(panel: MatrixPanel, step: int) -> None:
    listed = panel.session.analysis.matrices
    panel.session.show_matrix(listed[(_place(panel) + step) % len(listed)].id)


def _move(panel: MatrixPanel, step: int) -> None:
    session = panel.session
    session.execute(matrices.move(session.analysis, session.matrix, _place(panel) + step))


def _take_in(panel: MatrixPanel, kind: str) -> None:
    from ach_desk.ui.dialogs.take_in import TakeInDialog

    dialog = TakeInDialog(panel.session, kind, panel)
    dialog.finished.connect(dialog.deleteLater)
    dialog.taken.connect(lambda ids: panel.select_records(kind, ids))
    dialog.open()


def _properties(panel: MatrixPanel) -> None:
    from ach_desk.ui.dialogs.matrix import MatrixDialog

    dialog = MatrixDialog(panel.session, panel)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
