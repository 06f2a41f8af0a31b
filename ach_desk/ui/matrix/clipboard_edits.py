"""What leaves the matrix for the clipboard, and what comes in from it: ratings, lines, or a whole matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ach_desk.exchange.matrix_rows import with_headings
from ach_desk.exchange.matrix_table import matrix_table
from ach_desk.i18n import _, ngettext
from ach_desk.model import Rating, RatingValue
from ach_desk.ui import marked
from ach_desk.ui.matrix import clipboard
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS
from ach_desk.ui.matrix.caret import Place
from ach_desk.ui.matrix.editing import MatrixEdits
from ach_desk.ui.matrix.whole import WholeMatrix

_DETAIL_FIELDS = {EVIDENCE: "detail", HYPOTHESIS: "statement"}


class ClipboardEdits:
    """Copying from and pasting into one matrix. `report(sentence, lines)` shows what a paste left out."""

    def __init__(self, matrix_edits: MatrixEdits, report: Callable[[str, list[str]], object]) -> None:
        self.edits = matrix_edits
        self.model = matrix_edits.model
        self.session = matrix_edits.session
        self.caret = matrix_edits.caret
        self.say = matrix_edits.say
        self._whole = WholeMatrix(matrix_edits, report)

    def copy(self) -> None:
        """Copy what is selected as text and as a table."""
        rows = self.copied()
        if rows:
            self._to_clipboard(rows)

    def copy_whole(self) -> None:
        """Copy everything that is shown, with headings, as text and as a table."""
        self._to_clipboard(self.whole())
        self.say(_("The whole matrix was copied, with headings."))

    def cut(self) -> None:
        """Copy the selected ratings and make their cells unrated."""
        self.copy()
        self.edits.rate(None, "stay")

    def paste_clipboard(self) -> None:
        """Paste ratings into cells, lines as new items, or a whole matrix with headings."""
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        self.paste(data.text(), data.html() if data.hasHtml() else "", marked.signed(data))

    def copied(self) -> list[list[str]]:
        """Return what is selected as rows of cells: ratings, or title and detail of items or hypotheses."""
        kind = self.caret.header_kind
        if kind:
            records = [self.model.record(kind, place) for place in self._header_places()]
            rows = [[record.title, getattr(record, _DETAIL_FIELDS[kind])] for record in records]
            return rows if any(row[1] for row in rows) else [row[:1] for row in rows]
        places, bounds = set(self.caret.places()), self.caret.bounds()
        if bounds is None:
            return []
        (top, left), (bottom, right) = bounds
        rows, columns = self._lines(top, bottom + 1, left, right + 1)
        return [[self._symbol((row, column)) if (row, column) in places else "" for column in columns] for row in rows]

    def _lines(self, top: int, bottom: int, left: int, right: int) -> tuple[list[int], list[int]]:
        """Return the rows and columns of a block, its ends left out, that are of no band: those that hold ratings."""
        axes = self.model.axes
        bands = set(axes.band_places())
        rows = [row for row in range(top, bottom) if axes.transposed or row not in bands]
        return rows, [column for column in range(left, right) if not axes.transposed or column not in bands]

    def whole(self) -> list[list[str]]:
        """Return the whole matrix as it is shown, with headings: what `paste` and the import from a file take in.

        Items stand down and hypotheses across, however they are shown; cells say what they show. Groups are left out,
        the items of folded ones are not.
        """
        session, family, ids = self.session, self.model.family, self.model.axes.ids

        def rating(evidence: str, hypothesis: str) -> Rating | None:
            shown_of = family.rated_as(hypothesis)
            return session.rating(evidence, shown_of) if shown_of is not None else None

        items = [session.item(entry) for entry in self.model.listed_items()]
        hypotheses = [session.analysis.hypotheses[entry] for entry in ids[HYPOTHESIS]]
        return matrix_table(session.analysis, items, hypotheses, rating, only_used=True)

    def _header_places(self) -> list[int]:
        places = (self.model.axes.section(self.caret.header_kind, entry) for entry in self.caret.header_ids)
        return [place for place in places if place is not None]

    def _symbol(self, place: Place) -> str:
        rating = self.model.rating(*place)
        return "" if rating is None or rating.value is None else rating.value.value

    def paste(self, text: str, markup: str, marking: str = "") -> None:
        """Put in what was pasted as plain text and HTML ("": none); `marking` is the line in front that is no data.

        A table with headings is a whole matrix; ratings go into cells; lines, or anything on a header, are new records.
        """
        rows = marked.without_marking(
            clipboard.read_pasted(text, markup), self.session.analysis.marking, *filter(None, [marking])
        )
        headed = with_headings(rows)
        if headed is not None:
            self._whole.paste(headed)
            return
        block = None if self.caret.header_kind or self.caret.place is None else clipboard.as_ratings(rows)
        if block is not None:
            self._paste_ratings(block)
        elif rows:
            self._paste_records(self.caret.header_kind or EVIDENCE, rows)
        else:
            self.say(_("There is no text on the clipboard."))

    def _paste_ratings(self, block: clipboard.PastedRatings) -> None:
        if block.misread:
            row, column, text = block.misread[0]
            shown = text if len(text) <= 40 else text[:39] + "…"
            message = ngettext(
                "Nothing was pasted: {count} cell is no rating (row {row}, column {column}: “{text}”).",
                "Nothing was pasted: {count} cells are no ratings (the first: row {row}, column {column}, “{text}”).",
                len(block.misread),
            )
            self.say(message.format(count=len(block.misread), row=row, column=column, text=shown))
            return
        bounds = self.caret.bounds()
        if bounds is None:
            return
        (top, left), (bottom, right) = bounds
        values = block.values
        if len(values) == 1 and len(values[0]) == 1:
            rows, columns = self._lines(top, bottom + 1, left, right + 1)
            values = [values[0] * len(columns)] * len(rows)
        self._put_ratings((top, left), values)

    def _put_ratings(self, first: Place, values: Sequence[Sequence[RatingValue | None]]) -> None:
        axes, session = self.model.axes, self.session
        rows, columns = self._lines(first[0], axes.shape[0], first[1], axes.shape[1])
        rows, columns = rows[: len(values)], columns[: len(values[0])]
        block = {
            axes.cell(row, column): value
            for row, line in zip(rows, values, strict=False)
            for column, value in zip(columns, line, strict=False)
        }
        wanted = [(cell, block[cell]) for cell in self.model.family.ratable(block)]
        text = ngettext("Paste {count} rating", "Paste {count} ratings", len(wanted)).format(count=len(wanted))
        session.rate_each(wanted, text)
        if session.read_only:
            return
        self.caret.select_block(first, (rows[-1], columns[-1]))
        left_out = len(values) * len(values[0]) - len(block)
        said = ngettext("{count} cell pasted.", "{count} cells pasted.", len(wanted)).format(count=len(wanted))
        if left_out:
            more = ngettext(
                "{count} cell lay beyond the matrix and was left out.",
                "{count} cells lay beyond the matrix and were left out.",
                left_out,
            )
            said += " " + more.format(count=left_out)
        self.say(" ".join(filter(None, (said, self.model.family.refusal_of(block)))))

    def _paste_records(self, kind: str, rows: clipboard.Rows) -> None:
        records = clipboard.as_records(rows)
        fields = [
            {"title": title, _DETAIL_FIELDS[kind]: detail} if detail else {"title": title} for title, detail in records
        ]
        if not fields:
            self.say(_("There is no text on the clipboard."))
            return
        added = self.edits.add(kind, fields, at=self._after_header(kind))
        if added:
            self.caret.select_ids(kind, added)
            self.say(self.edits.added_text(kind, added))

    def _after_header(self, kind: str) -> int | None:
        if self.caret.header_kind != kind or not self.caret.header_ids:
            return None
        order = self.edits.order(kind)
        return 1 + max(order.index(entry) for entry in self.caret.header_ids)

    def _to_clipboard(self, rows: clipboard.Rows) -> None:
        marking = self.session.analysis.marking
        rows = marked.marked_rows(rows, marking)
        data = QMimeData()
        data.setText(clipboard.as_text(rows))
        data.setHtml(clipboard.as_html(rows))
        marked.sign(data, marking)
        QGuiApplication.clipboard().setMimeData(data)
