"""The matrix as the window knows it: the table with what stands below it, and every action on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ach_desk.i18n import _
from ach_desk.model import RatingValue, Scale
from ach_desk.reporting.palette import Palette
from ach_desk.scoring.round_states import was_revealed
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.matrix import foot, wording
from ach_desk.ui.matrix.arranging import Arranging
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.editing import MatrixEdits
from ach_desk.ui.matrix.foot import Foot
from ach_desk.ui.matrix.front import MatrixFront
from ach_desk.ui.matrix.groups import Groups
from ach_desk.ui.matrix.judging import Judging
from ach_desk.ui.matrix.kin import Kin
from ach_desk.ui.matrix.look import Look, ViewScale
from ach_desk.ui.matrix.looks import Looks
from ach_desk.ui.matrix.marks import Marks
from ach_desk.ui.matrix.model import MatrixModel
from ach_desk.ui.matrix.record_acts import RecordActs
from ach_desk.ui.matrix.records import RecordEditor
from ach_desk.ui.matrix.rejected import RejectedLine
from ach_desk.ui.matrix.reveal import Reveal
from ach_desk.ui.matrix.state import MatrixState, Sifted, matrix_state, sifted, with_matrix_state
from ach_desk.ui.matrix.view import MatrixView
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session
from ach_desk.ui.settings import SettingsStore, ViewState
from ach_desk.ui.text import shown

if TYPE_CHECKING:
    from ach_desk.commands import Change, Command
    from ach_desk.ui.groups.acts import GroupActs
    from ach_desk.ui.matrix.blocks import BlockEdits
    from ach_desk.ui.matrix.clipboard_edits import ClipboardEdits
    from ach_desk.ui.matrix.menus import ContextMenus


class MatrixPanel(QWidget):
    """The matrix of one session.

    selection_changed(Selection): the keyboard is elsewhere, or more or less is selected.
    message(str): a line for the status bar.
    edit_rationale_requested(): the person wants to write the reason of the current cell.
    field_requested(str): the person wants to edit that field of the selected items.
    scores_shown_changed(bool): scores and standing became visible or hidden.
    looked_at_otherwise(): filter, order or size are others.
    reported(str, list): what a paste did, and line by line what it left out.
    """

    selection_changed = Signal(object)
    message = Signal(str)
    edit_rationale_requested = Signal()
    field_requested = Signal(str)
    scores_shown_changed = Signal(bool)
    looked_at_otherwise = Signal()
    reported = Signal(str, list)

    def __init__(self, session: Session, store: SettingsStore, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._store = store
        self._reveal = Reveal(session.me)
        self._reveal.begin(session.assessment)
        self.model = MatrixModel(session, store.settings.score_sign, self)
        self.view = MatrixView(self.model, palette, self)
        self.front = MatrixFront(session, palette, self)
        self.edits = MatrixEdits(self.model, self.view.caret, self.message.emit)
        self.judging = Judging(self.edits, lambda: store.settings.after_rating, self)
        self._foot = Foot(self.view.look, self)
        self._editor = RecordEditor(self, self.view, self.edits)
        self.looks = Looks(self.view, self._editor, self)
        self.rejected_line = RejectedLine(self.model, lambda: self.view.look, self)
        self.kin = Kin(self, self._editor)
        self.groups = Groups(self, self._editor)
        self.records = RecordActs(self.view, self.edits, self._editor, self.kin, self.selection)
        self._marks = Marks(self.model)
        self._strip: bool | None = None
        self._selection = Selection()
        self._shown_matrix = session.matrix.id
        self._places: dict[str, tuple[Selection, Reveal]] = {}
        self.arranging = Arranging(self.view, self._lay_out(), self)
        self.view.keys = lambda: self._keys
        self._connect()
        self.front.refresh()
        self._show_scores()
        self._refresh()
        self.first_unrated()

    def _lay_out(self) -> QVBoxLayout:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.rejected_line)
        column.addWidget(self.front.tabs)
        column.addWidget(self._foot)
        self.setFocusProxy(self.view)
        return column

    def _connect(self) -> None:
        view, session = self.view, self.session
        session.changed.connect(self._follow)
        session.replaced.connect(self._start_anew)
        session.turning.connect(self._leave_matrix)
        session.turned.connect(self._turn)
        self.front.palette_changed.connect(self._recolour)
        self.front.tabs.editing_ended.connect(view.setFocus)
        self.front.tabs.menu_wanted.connect(lambda at: self.menus.of_tab(at))
        session.history.happened.connect(self._follow_history)
        view.caret.changed.connect(self._follow_caret)
        view.edit_requested.connect(self._editor.edit)
        view.reason_requested.connect(self.edit_rationale_requested)
        view.dropped.connect(self.records.drop)
        view.cell_menu_requested.connect(lambda at: self.menus.of_cell(at))
        view.corner_menu_requested.connect(lambda at: self.menus.of_corner(at))
        view.header_menu_requested.connect(lambda kind, at: self.menus.of_header(kind, at))
        view.zoom_requested.connect(self.looks.zoom)
        self.looks.message.connect(self.message)
        self.looks.changed.connect(self.looked_at_otherwise)
        self.rejected_line.clicked.connect(self.kin.switch_rejected)
        self.arranging.about_to_change.connect(self._editor.finish)
        self.arranging.message.connect(self.message)
        self.arranging.changed.connect(self._follow_arranging)
        self._foot.strip.rated.connect(self.rate)
        self.judging.prompt_changed.connect(self._show_prompt)
        self._foot.show_wanted.connect(lambda: self.set_scores_hidden(False))

    @cached_property
    def menus(self) -> ContextMenus:
        """The context menus, built with all actions of the matrix when one of them is first asked for."""
        from ach_desk.ui.matrix import actions
        from ach_desk.ui.matrix.menus import ContextMenus

        return ContextMenus(self, actions.action_specs(self))

    @cached_property
    def blocks(self) -> BlockEdits:
        """Edits of many cells at once."""
        from ach_desk.ui.matrix.blocks import BlockEdits

        return BlockEdits(self.edits)

    @cached_property
    def dependence(self) -> GroupActs:
        """What is done to the dependence groups of the selected items."""
        from ach_desk.ui.groups.acts import GroupActs

        return GroupActs(self.session, self.selection, self.message.emit, self)

    @cached_property
    def _keys(self) -> Mapping[str, Callable[[], object]]:
        return self.menus.keys()

    # What the window asks

    @property
    def focus(self) -> str:
        """Return what the keyboard is on: "cell", "evidence", "hypothesis" or ""."""
        return self.view.caret.focus

    @property
    def may_edit(self) -> bool:
        """Return whether the analysis can be changed."""
        return not self.session.read_only

    @property
    def has_cells(self) -> bool:
        """Return whether there is any cell."""
        return all(self.model.axes.shape)

    @property
    def scale(self) -> Scale:
        """Return the scale that the matrix is rated on."""
        return self.session.matrix.scale

    @property
    def has_open_cells(self) -> bool:
        """Return whether a cell that would be counted is unrated."""
        return self.session.assessment.open_cells > 0

    def any_item(self, *, counted: bool) -> bool:
        """Return whether one of the selected items is counted (or set aside)."""
        known = self.session.analysis.evidence
        return any(self.session.item(entry).is_counted == counted for entry in self._selection.items if entry in known)

    def any_hypothesis(self, *, active: bool) -> bool:
        """Return whether one of the selected hypotheses is active (or rejected)."""
        known = self.session.analysis.hypotheses
        return any(known[entry].is_active == active for entry in self._selection.hypotheses if entry in known)

    def selection(self) -> Selection:
        """Return what is selected, by ids."""
        return self._selection

    def action_specs(self) -> list[ActionSpec]:
        """Return the actions for the menus "rate", "edit", "insert", "view" and "view/columns".

        Those with a widget context get their shortcut on `view`, which has the keyboard.
        """
        return self.menus.specs

    def view_state(self) -> ViewState:
        """Return how the matrix is looked at; the window adds its own part."""
        selection = self._selection
        state = ViewState(
            transposed=self.looks.transposed,
            scores_hidden=self._reveal.hidden,
            columns=self.looks.columns,
            current=[entry for entry in (selection.evidence, selection.hypothesis) if entry],
        )
        own = MatrixState(
            matrix=self.session.matrix.id,
            columns_chosen=self.looks.columns_chosen,
            text_width=self.view.text_width,
            column_width=self.view.column_width,
            zoom=self.view.scale.zoom,
            text_size=self.view.scale.text,
            row_height=self.view.scale.rows,  # pyright: ignore[reportArgumentType] - one of ROW_LINES or "automatic"
            folded=sorted(self.model.folding.folded),
            group_by=self.groups.by,
            groups_folded=sorted(self.model.grouping.folded),
            rejected_shown=self.model.folding.rejected_shown,
            key_strip=self._strip,
            scores_revealed=self._reveal.revealed,
            passed=self._reveal.open_passed(self.session.assessment),
        )
        arrangement = self.model.arrangement
        order = Sifted(
            item_filter=arrangement.item_filter,
            item_order=arrangement.item_order,
            hypothesis_order=arrangement.hypothesis_order,
        )
        return with_matrix_state(state, own, order)

    def restore(self, state: ViewState) -> None:
        """Look at the matrix as `state` says; what it does not know stays as it is for a new analysis."""
        own = matrix_state(state)
        if any(matrix.id == own.matrix for matrix in self.session.analysis.matrices):
            self.session.show_matrix(own.matrix)
        self._reveal.hidden = state.scores_hidden
        if own.scores_revealed is not None:
            self._reveal.begin(self.session.assessment, own.scores_revealed, own.passed)
        self.view.text_width, self.view.column_width = own.text_width, own.column_width
        self._strip = own.key_strip
        if own.columns_chosen:
            self.looks.choose_columns(state.columns)
        else:
            self.looks.show_used_columns()
        self.looks.set_transposed(state.transposed)
        self.model.restore_folding(own.folded, own.rejected_shown)
        self.groups.restore(own.group_by, own.groups_folded)
        self.looks.set_scale(ViewScale(own.zoom, own.text_size, own.row_height))
        self._show_scores()
        order = sifted(state)
        self.arranging.restore(order.item_filter, order.item_order, order.hypothesis_order)
        self.arranging.follow_scores()
        self._refresh()
        self.first_unrated()

    def settings_changed(self) -> None:
        """Follow changed settings."""
        self._show_scores()

    def set_palette(self, palette: Palette) -> None:
        """Show everything in the colours of `palette`."""
        self.front.set_palette(palette)
        self._recolour(self.front.palette)

    def _recolour(self, palette: Palette) -> None:
        self.view.set_palette(palette)
        self._foot.set_look(Look(palette, self.font(), self.devicePixelRatioF()))
        self._editor.set_look(self.view.look)

    # Where the keyboard is

    def select_cell(self, evidence: str, hypothesis: str) -> bool:
        """Put the keyboard on a cell, which is shown even if it is hidden; return whether there is such a cell."""
        self.model.reveal([evidence], [hypothesis])
        place = self.model.axes.place(evidence, hypothesis)
        if place is not None:
            self.view.caret.go_to(place)
        return place is not None

    def select_records(self, kind: str, ids: Iterable[str]) -> bool:
        """Put the keyboard on items ("evidence") or hypotheses ("hypothesis"); return whether there is any.

        Items that a filter hides are shown until it is applied anew; hypotheses that are folded away are unfolded.
        """
        ids = list(ids)
        self.model.reveal(ids if kind == EVIDENCE else (), ids if kind == HYPOTHESIS else ())
        return kind in (EVIDENCE, HYPOTHESIS) and self.view.caret.select_ids(kind, ids)

    def select_to_rate(self, items: Sequence[str]) -> bool:
        """Put the keyboard where the first of some items is rated next; return whether there is any.

        That is its first unrated cell, else its first cell; without hypotheses the items themselves.
        """
        rated = self.session.assessment.table.codes
        row = self.session.row_of(items[0]) if items else None
        shown_here = self.model.axes.ids[HYPOTHESIS]
        if row is None or not shown_here:
            return self.select_records(EVIDENCE, items)
        columns = [self.session.column_of(entry) for entry in shown_here]
        place = next((at for at, column in enumerate(columns) if not rated[row, column]), 0)
        return self.select_cell(items[0], shown_here[place])

    def select_shown(self, items: Iterable[str]) -> int:
        """Select those of the items that the filter lets through, unfolding their groups; return how many they are."""
        listed = set(self.model.listed_items())
        found = [entry for entry in items if entry in listed]
        self.model.reveal(found)
        self.view.caret.select_ids(EVIDENCE, found)
        self.view.show_caret()
        return len(found)

    def first_unrated(self) -> None:
        """Put the keyboard on the first unrated cell, else on the first cell."""
        cell = self.edits.unrated_cell(after_current=False)
        if cell is not None:
            self.select_cell(*cell)
        elif self.has_cells:
            self.view.caret.go_to_start()
            self._say_where_unrated()

    def next_unrated(self) -> None:
        """Put the keyboard on the next unrated cell after the current one, going round at the end."""
        cell = self.edits.unrated_cell(after_current=True)
        if cell is not None:
            self.select_cell(*cell)
            self.view.setFocus()
        elif not self._say_where_unrated():
            self.message.emit(_("Every cell is rated."))

    def _say_where_unrated(self) -> bool:
        """Say that the filter or folding hides the unrated cells, if it does; return whether it does."""
        if self.has_open_cells and self.groups.any_folded:
            self.message.emit(
                _("Every cell shown is rated; there are unrated ones in folded groups. Ctrl+U goes there.")
            )
        elif self.has_open_cells:
            self.message.emit(_("Every cell shown is rated; the filter hides unrated ones. Shift+Esc shows all items."))
        return self.has_open_cells

    # Ratings

    @cached_property
    def clipboard(self) -> ClipboardEdits:
        """Copying and pasting; with the readers of other programs' tables, which a start can spare."""
        from ach_desk.ui.matrix.clipboard_edits import ClipboardEdits

        return ClipboardEdits(self.edits, self.reported.emit)

    def rate(self, value: RatingValue | None) -> None:
        """Rate what is selected (None: make it unrated) and move on as the settings say.

        A step that the scale of the matrix does not have is refused; while a range is asked for, it takes the value.
        """
        if not self.judging.takes(value):
            self.edits.rate(value, self._store.settings.after_rating)

    def clear(self) -> None:
        """Make the selected cells unrated; selected items or hypotheses are deleted."""
        if self.view.caret.header_kind:
            self.records.delete()
        else:
            self.rate(None)

    def finish_editing(self) -> None:
        """Take over a text that is still being typed over a header."""
        self._editor.finish()

    # What is shown

    @property
    def scores_shown(self) -> bool:
        """Return whether scores, ranks and diagnosticity are shown."""
        return self.model.scores_shown

    @property
    def scores_hidden(self) -> bool | None:
        """Return what the analyst chose about the scores; None leaves it to the program."""
        return self._reveal.hidden

    def pass_by(self, cells: Iterable[tuple[str, str]]) -> None:
        """Take cells (evidence, hypothesis) as passed in the first pass, as if the keyboard had left them unrated."""
        for cell in cells:
            self._reveal.pass_by(cell)
        self._show_scores()

    def set_scores_hidden(self, hidden: bool | None) -> None:
        """Hide or show scores; None shows them by themselves once each cell was rated or passed."""
        self._reveal.hidden = hidden
        self._show_scores()
        self._refresh()

    @property
    def key_strip_shown(self) -> bool:
        """Return whether the keys of the scale are shown below the matrix."""
        return self._strip if self._strip is not None else self._rated() < foot.STRIP_UNTIL_RATED

    def toggle_key_strip(self) -> None:
        """Show or hide the keys of the scale from now on."""
        self._strip = not self.key_strip_shown
        self._refresh()

    def _rated(self) -> int:
        standing = self.session.assessment.standing
        return int(standing.rated.sum() + standing.not_applicable.sum())

    # Following

    def _follow(self, change: Change) -> None:
        self.looks.follow(change)
        self._marks.follow(change)
        self.rejected_line.refresh()
        self._show_scores()
        self._refresh()
        if change.added or change.removed or change.reordered or self.groups.by:
            self._keep_keyboard()
            self._announce_selection()

    def _keep_keyboard(self) -> None:
        """Put the keyboard somewhere when the matrix was taken over anew."""
        if not self.focus and not self.view.caret.band:
            self.view.caret.restore(self._selection)
        if not self.focus and not self.view.caret.band:
            self.first_unrated()

    def _follow_history(self, how: str, _command: Command, change: Change) -> None:
        """Go to the cell that undo or redo changed, so that it can be seen."""
        here = [
            ref for ref in change.cells if (ref.matrix, ref.analyst) == (self.session.matrix.id, self.session.analyst)
        ]
        if how != "do" and here:
            self.select_cell(here[0].evidence, here[0].hypothesis)

    def _follow_arranging(self) -> None:
        self._refresh()
        self._announce_selection()
        self.looked_at_otherwise.emit()

    def _follow_caret(self) -> None:
        before = self._selection
        self._announce_selection()
        left = (before.evidence, before.hypothesis) != (self._selection.evidence, self._selection.hypothesis)
        if left and before.focus == "cell" and before.evidence and before.hypothesis and not self._reveal.revealed:
            self._reveal.pass_by((before.evidence, before.hypothesis))
            self._show_scores()
        moved = (before.focus, before.evidence) != (self._selection.focus, self._selection.evidence)
        if moved or not self._reveal.revealed:
            self._refresh_step()

    def _announce_selection(self) -> None:
        selection = self.view.caret.selection()
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)

    def _start_anew(self) -> None:
        self._shown_matrix = self.session.matrix.id
        self._reveal.begin(self.session.assessment)
        self._look_anew()
        self.first_unrated()
        self._announce_selection()

    def _look_anew(self) -> None:
        self.looks.show_used_columns()
        self._marks.look()
        self._show_scores()
        self._refresh()

    def _leave_matrix(self) -> None:
        """Take over what is typed, and note where the keyboard is for the matrix' next time in front."""
        self.finish_editing()
        self._places[self._shown_matrix] = self._selection, self._reveal

    def _turn(self) -> None:
        if self.session.matrix.id == self._shown_matrix:
            if self.session.analyst == self.session.me:
                self._reveal.begin_for(self.session.me, self.session.assessment)
            self._show_scores()
            self._refresh()
            return
        hidden, self._shown_matrix = self._reveal.hidden, self.session.matrix.id
        selection, known = self._places.get(self._shown_matrix, (None, None))
        self._reveal = known or Reveal(self.session.me)
        self._reveal.hidden = hidden
        if known is None:
            self._reveal.begin(self.session.assessment)
        self._look_anew()
        if selection is not None:
            self.view.caret.restore(selection)
            self.view.show_caret()
        if self.view.caret.place is None:
            self.first_unrated()
        self._announce_selection()

    def _show_scores(self) -> None:
        before = self.model.scores_shown
        others_seen = was_revealed(self.session.analysis, self.session.matrix.id)
        now = self._reveal.shown(self.session.assessment, others_seen=others_seen)
        self.model.set_scores(now, self._store.settings.score_sign)
        if now != before:
            if self.arranging.follow_scores():
                self.message.emit(_("Scores are hidden, and so is the order that gives them away."))
            self._refresh()
            self.scores_shown_changed.emit(now)

    def _refresh(self) -> None:
        self._foot.setVisible(self.has_cells)
        self._foot.strip.set_scale(self.scale)
        self._foot.strip.setVisible((self.key_strip_shown or self.judging.is_asking) and self.has_cells)
        self._foot.strip.setEnabled(self.may_edit)
        self._foot.legend.show_marks(self._marks.in_order())
        self._refresh_step()
        self._editor.place()

    def _refresh_step(self) -> None:
        current = self._selection.evidence
        # Over a whole row a key rates all of it and stays, so that no question about one cell is asked there.
        item = self.session.analysis.evidence.get(current) if current and self.focus == "cell" else None
        step = wording.next_step(self.session.assessment, item, shown=self.scores_shown)
        hidden = "" if self.scores_shown else wording.hidden_sentence(self._reveal.hidden is None)
        self._foot.show_step(shown(step), hidden)

    def _show_prompt(self, text: str) -> None:
        """Show what to press next, and let Escape leave it."""
        self._foot.prompt.say(text)
        keys = {**self._keys, "Esc": self.judging.leave} if text else self._keys
        self.view.keys = lambda: keys
        self._refresh()
