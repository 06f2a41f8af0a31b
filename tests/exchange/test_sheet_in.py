"""Sheets as people make them: what is guessed, how ratings are read, and what the report says with which places."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.sheets import inline_rows, sheet, xlsx

from ach_desk.exchange.book import Sheet
from ach_desk.exchange.formats import Report
from ach_desk.exchange.sheet_analysis import built, report_of
from ach_desk.exchange.sheet_draft import SheetDraft, read_draft
from ach_desk.exchange.sheet_files import best_sheet, guesses, read_book, read_sheet_file
from ach_desk.exchange.sheet_guess import guess
from ach_desk.exchange.sheet_look import RATING_COLOURS
from ach_desk.exchange.sheet_mapping import Role, Scheme, SheetMapping, role_words, signature
from ach_desk.exchange.sheet_words import spellings, word_of
from ach_desk.model import Analysis, Level, RatingValue
from ach_desk.reporting.palette import LIGHT

R = Role


def ratings(analysis: Analysis) -> list[list[str | None]]:
    """Return what stands in the cells, row by row."""
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    cells = [[matrix.rating(analyst, item, one) for one in matrix.hypotheses] for item in matrix.evidence]
    return [[cell.value.value if cell and cell.value else None for cell in row] for row in cells]


def understood(made: Sheet, mapping: SheetMapping | None = None) -> tuple[SheetDraft, Analysis, Report]:
    draft = read_draft(made, mapping or guess(made.rows).mapping)
    analysis, changed = built(draft, "A")
    return draft, analysis, report_of(draft, (), changed)


GERMAN = sheet(
    ["ACH Hafen, Stand 3. Mai"],
    [],
    ["Nr.", "Hinweis", "Quelle", "Glaubwürdigkeit", "Datum", "H1: Unfall", "H2: Sabotage", "Summe", "Bemerkung"],
    ["1", "Kran traf den Pier", "Hafenlog", "hoch", "2024-05-01", "+", "0", "-1", ""],
    ["2", "Log gelöscht", "IT", "mittel", "Anfang Mai 2024", "--", "++", "0", "wer?"],
    ["3", "Zwei Männer im Boot", "Zeuge", "dubios", "demnächst", "-", "vielleicht", "2", ""],
    ["", "Summe", "", "", "", "7", "9", "", ""],
)


ENGLISH_WORDS = [
    "Very Consistent",
    "consistent",
    "Neutral",
    "INCONSISTENT",
    "very  inconsistent",
    "not applicable",
    "tbd",
]
GERMAN_WORDS = [
    "sehr konsistent",
    "spricht dafür",
    "neutral",
    "Widerspricht",
    "stark inkonsistent",
    "entfällt",
    "offen",
]


def test_a_sheet_with_a_title_german_headings_and_signs_is_recognised() -> None:
    found = guess(GERMAN.rows).mapping
    assert found.header == 2
    assert found.scheme is Scheme.SIGNS
    assert found.roles == (
        *(R.LABEL, R.TEXT, R.SOURCE, R.CREDIBILITY, R.DATE, R.HYPOTHESIS, R.HYPOTHESIS, R.UNUSED, R.NOTE),
    )


def test_the_report_names_the_cells() -> None:
    _draft, analysis, report = understood(GERMAN)
    assert report.taken == (*("2 hypotheses, from F3 to G3", "3 items, from B4 to B6", "5 ratings"),)
    assert [line.partition(":")[0] for line in report.skipped] == ["D6", "G6", "B7", "H3"]
    assert [line.partition(":")[0] for line in report.changed] == ["E6", "Ratings were read as"]
    assert ratings(analysis) == [["C", "N"], ["II", "CC"], ["I", None]]
    assert [item.label for item in analysis.evidence.values()] == ["E1", "E2", "E3"]
    assert [one.title for one in analysis.hypotheses.values()] == ["Unfall", "Sabotage"]
    item = list(analysis.evidence.values())[1]
    assert (item.event_date, item.event_end, item.note, item.credibility) == (
        *("2024-05-01", "2024-05-10", "wer?", Level.MEDIUM),
    )
    assert list(analysis.evidence.values())[2].event_words == "demnächst"


def test_hypotheses_may_stand_in_rows() -> None:
    turned = sheet(
        ["", "E1", "E2", "E3"],
        ["Evidence", "Tanks", "Silence", "Calls"],
        ["H1 Coup", "C", "I", "N"],
        ["H2 Bluff", "II", "C", "CC"],
    )
    mapping = guess(turned.rows).mapping
    assert mapping.transposed
    _draft, analysis, report = understood(turned, mapping)
    assert [one.title for one in analysis.hypotheses.values()] == ["Coup", "Bluff"]
    assert ratings(analysis) == [["C", "II"], ["I", "C"], ["N", "CC"]]
    assert "from A3 to A4" in report.taken[0]
    assert "from B2 to D2" in report.taken[1]


ODD_WORDS = Scheme.LETTERS, "CC II ! ! II C I"
PARC_WORDS = Scheme.LETTERS, "CC II C CC N N/A -"


@pytest.mark.parametrize(
    ("cells", "scheme", "read"),
    [
        (["CC", "C", "N", "I", "II", "n/a", ""], Scheme.LETTERS, "CC C N I II N/A -"),
        (["++", "+", "0", "-", "--", "", ""], Scheme.SIGNS, "CC C N I II - -"),
        (["++", "+", "o", "−", "––", "?", "x"], Scheme.SIGNS, "CC C N I II - !"),
        (["2", "1", "0", "-1", "−2", "+1", ""], Scheme.MINUS_TWO_TO_TWO, "CC C N I II C -"),
        (["5", "4", "3", "2", "1", "6", "0"], Scheme.FIVE_IS_CONSISTENT, "CC C N I II ! !"),
        (["2.0", "1.0", "0.0", "-1.0", "-2,0", "+1.0", ""], Scheme.MINUS_TWO_TO_TWO, "CC C N I II C -"),
        (["C C", "I I", "Consistent (C)", "CC - very consistent", "n: neutral", "N/A", ""], *PARC_WORDS),
        (["+ +", "- -", "+", "-", "0", "", ""], Scheme.SIGNS, "CC II C I N - -"),
        (
            ["VC", "VI", "inconsistent (II)", "C)", "ii – Sehr Inkonsistent", "C", "I"],
            Scheme.LETTERS,
            "CC II ! ! II C I",
        ),
        (["-3", "3", "1", "-1", "2", "0", ""], Scheme.MINUS_TWO_TO_TWO, "! ! C I CC N -"),
        (ENGLISH_WORDS, Scheme.LETTERS, "CC C N I II N/A -"),
        (GERMAN_WORDS, Scheme.LETTERS, "CC C N I II N/A -"),
    ],
)
def test_ratings_in_the_spellings_people_use(cells: list[str], scheme: Scheme, read: str) -> None:
    made = sheet(["Evidence", "Coup"], *[[f"Item {number}", cell] for number, cell in enumerate(cells)])
    mapping = SheetMapping(0, (R.TEXT, R.HYPOTHESIS), scheme)
    if not {"x", "6", "C)"} & set(cells):
        assert guess(made.rows).mapping.scheme is scheme
    draft = read_draft(made, mapping)
    signs = {line[1:].partition(":")[0] for line in draft.skipped}
    shown = [
        "!" if str(row) in signs else (item.ratings[0].value if item.ratings[0] else "-")
        for row, item in enumerate(draft.items, 2)
    ]
    assert " ".join(shown) == read


def test_numbers_from_one_to_five_can_be_read_the_other_way_round() -> None:
    made = sheet(["Evidence", "Coup"], ["Tanks", "5"], ["Silence", "1"])
    mapping = guess(made.rows).mapping
    assert mapping.scheme is Scheme.FIVE_IS_CONSISTENT
    other = read_draft(made, replace(mapping, scheme=Scheme.ONE_IS_CONSISTENT))
    assert [item.ratings for item in other.items] == [["II"], ["CC"]]


def test_what_the_analyst_says_of_a_spelling_counts() -> None:
    made = sheet(["Evidence", "Coup"], ["Tanks", "perhaps"], ["Silence", "C"], ["Calls", "perhaps"], ["Fire", "C"])
    mapping = replace(guess(made.rows).mapping, roles=(R.TEXT, R.HYPOTHESIS), spellings={"perhaps": "N", "c": ""})
    assert [item.ratings for item in read_draft(made, mapping).items] == [["N"], [None], ["N"], [None]]
    found = spellings(["perhaps", "C", "perhaps ", ""], mapping)
    assert [(one.written, one.count, one.value, one.is_known) for one in found] == [
        *[("perhaps", 2, RatingValue.NEUTRAL, True), ("C", 1, None, True)],
    ]


def test_a_matrix_that_is_not_rated_yet_comes_in_too() -> None:
    _draft, analysis, _report = understood(sheet(["Evidence", "Source", "Coup", "Bluff"], ["Tanks", "Radio"]))
    assert [one.title for one in analysis.hypotheses.values()] == ["Coup", "Bluff"]


def test_a_sheet_without_headings_still_has_texts_and_links() -> None:
    rows = [["1", f"A longer text on what was seen {number}", f"https://example.org/{number}"] for number in range(3)]
    rows = [[str(number), *row[1:]] for number, row in enumerate(rows, 1)]
    mapping = guess(rows).mapping
    assert mapping.roles[1] is R.TEXT


def test_a_foreign_label_is_kept_as_the_code_and_a_double_one_is_renewed() -> None:
    made = sheet(["Label", "Evidence", "Coup"], ["A-12/x", "Tanks", "C"], ["E7", "Silence", "I"], ["E7", "Calls", "N"])
    _draft, analysis, report = understood(made)
    assert [(item.label, item.code) for item in analysis.evidence.values()] == [
        *[("E1", "A-12/x"), ("E7", ""), ("E2", "")],
    ]
    assert [line.partition(":")[0] for line in report.changed] == ["B2", "B4"]
    assert analysis.next_numbers.evidence == 8


def test_the_sheet_that_looks_most_like_a_matrix_is_taken_and_the_others_are_named() -> None:
    data = xlsx(
        ("Notes", inline_rows(["just words"])),
        ("The matrix", inline_rows(["Evidence", "Coup"], ["Tanks", "C"])),
        ("Hidden", inline_rows(["Evidence"])),
    )
    book = read_book(data, "m.xlsx")
    assert best_sheet(guesses(book)) == 1
    incoming = read_sheet_file(data, "m.xlsx")
    assert "“The matrix”" in incoming.report.changed[0]
    assert "Notes and Hidden" in incoming.report.changed[0]
    assert read_sheet_file(xlsx(("Notes", inline_rows(["just words"]))), "m.xlsx").analysis is None


def test_dates_of_excel_are_days() -> None:
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>'
        '<numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy"/>'
        '<numFmt numFmtId="171" formatCode="0.00&quot; days&quot;"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
        "</styleSheet>"
    )
    cells = "".join(f'<c s="{style}"><v>45101.5</v></c>' for style in range(4))
    book = read_book(xlsx(("A", f"<row>{cells}</row>"), more={"xl/styles.xml": styles}), "m.xlsx")
    assert book.sheets[0].rows == [["45101.5", "2023-06-24", "2023-06-24", "45101.5"]]


def test_excel_in_a_german_office_writes_semicolons_and_old_letters() -> None:
    data = "Beleg;Quelle;Täuschung;Unfall\nPanzer;Küstenfunk;C;I\n".encode("cp1252")
    incoming = read_sheet_file(data, "m.csv")
    assert incoming.analysis is not None
    assert [one.title for one in incoming.analysis.hypotheses.values()] == ["Täuschung", "Unfall"]
    assert "Windows-1252" in incoming.report.changed[0]


def test_a_mapping_is_remembered_as_plain_data_and_found_by_its_headings() -> None:
    mapping = replace(guess(GERMAN.rows).mapping, spellings={"vielleicht": "N"}, transposed=True)
    assert SheetMapping.from_json(mapping.to_json()) == mapping
    assert SheetMapping.from_json({"roles": ["nonsense"]}) is None
    assert SheetMapping.from_json({**mapping.to_json(), "spellings": 3}) is None
    assert signature([" Evidence ", "COUP", ""]) == signature(["evidence", "Coup"])
    assert signature(["Evidence", "Coup"]) != signature(["Coup", "Evidence"])


def test_every_role_has_a_name_and_every_word_is_compared_alike() -> None:
    assert set(role_words()) == set(Role)
    assert word_of("  Very   Consistent ") == "very consistent"


def test_the_colours_are_those_of_the_screen() -> None:
    tones = {value: LIGHT.ratings[value] for value in RATING_COLOURS}
    assert {value: (tone.fill, tone.text) for value, tone in tones.items()} == RATING_COLOURS


def test_a_line_that_adds_up_is_no_item_wherever_its_word_stands() -> None:
    for words in (["Total", ""], ["", "Summe"]):
        made = sheet(["Label", "Evidence", "Coup"], ["E1", "Tanks", "C"], ["E2", "Calls", "I"], [*words, "7"])
        draft = read_draft(made, SheetMapping(0, (R.LABEL, R.TEXT, R.HYPOTHESIS)))
        assert [item.title for item in draft.items] == ["Tanks", "Calls"]
        assert any("line without an item" in line for line in draft.skipped)
