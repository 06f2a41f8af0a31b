"""The command line: each command as a script would use it."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from ach_desk import __version__, paths
from ach_desk.app.cli import main
from ach_desk.app.cli_terminal import visible
from ach_desk.commands import edits, findings, matrices
from ach_desk.model import (
    Analysis,
    Analyst,
    Attachment,
    EvidenceItem,
    EvidenceStatus,
    Hypothesis,
    HypothesisStatus,
    Level,
    Matrix,
    Rating,
    RatingValue,
)
from ach_desk.reporting.glyphs import bundled_font, installed_fonts
from ach_desk.scoring import all_findings, assess
from ach_desk.storage.attachments import home_of, keep_bytes
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document
from ach_desk.storage.lock import acquire, lock_path

COMMANDS = (
    *("score", "robustness", "import", "export", "convert", "chart", "print", "new", "validate", "record"),
    *("pack", "unpack"),
)
RUN = [sys.executable, "-m", "ach_desk.app.cli"]
RUSSIA = paths.seeds() / "russia-june-2023.ach.json"


def analysis() -> Analysis:
    """Two analysts, two matrices, a rejected hypothesis, one nobody rated, an item set aside."""
    found = Analysis(question="Who?", notice="Exercise only.\nSecond line.", marking="RESTRICTED")
    titles = ["Coup", "Bluff", "Accident", "Nobody rated this"]
    for number, title in enumerate(titles, 1):
        found.hypotheses[f"h{number}"] = Hypothesis(id=f"h{number}", label=f"H{number}", title=title)
    rejected = {"status": HypothesisStatus.REJECTED, "status_reason": "ruled out"}
    found.hypotheses["h3"] = found.hypotheses["h3"].model_copy(update=rejected)
    for number in (1, 2, 3):
        found.evidence[f"e{number}"] = EvidenceItem(
            id=f"e{number}", label=f"E{number}", title=f"Item {number}", credibility=Level.HIGH, relevance=Level.MEDIUM
        )
    aside = {"status": EvidenceStatus.SET_ASIDE, "status_reason": "counted twice"}
    found.evidence["e3"] = found.evidence["e3"].model_copy(update=aside)
    found.analysts = {"a": Analyst(id="a", name="Ada"), "b": Analyst(id="b", name="Ben")}
    matrix = Matrix(id="m", name="Main", hypotheses=["h2", "h1", "h3", "h4"], evidence=["e1", "e2", "e3"])
    for item, row in {"e1": "I C II", "e2": "C II C", "e3": "II II II"}.items():
        for hypothesis, sign in zip(["h1", "h2", "h3"], row.split(), strict=True):
            matrix.set_rating("a", item, hypothesis, Rating(RatingValue(sign), "because"))
    matrix.set_rating("b", "e1", "h2", Rating(RatingValue.NOT_APPLICABLE))
    found.matrices = [matrix, Matrix(id="n", name="Other", hypotheses=["h1"], evidence=["e1"])]
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.ach.json"
    path.write_bytes(encode(analysis()))
    return path


def run(*args: str | Path) -> int:
    return main([str(arg) for arg in args])


def scored(capsys: pytest.CaptureFixture[str], *args: str | Path) -> dict:
    assert run("score", *args, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_scores_have_the_published_shape(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = scored(capsys, file)
    assert list(found) == ["format", "matrix", "analyst", "hypotheses", "evidence", "leaders", "findings", "set_aside"]
    assert (found["format"], found["matrix"], found["analyst"], found["leaders"]) == (1, "Main", "Ada", ["H1"])
    assert found["hypotheses"][0] == {
        "id": "h2",
        "label": "H2",
        "title": "Bluff",
        "status": "active",
        "inconsistency": -2.0,
        "weighted_inconsistency": -2 * math.sqrt(2),
        "rank": 2,
        "tied": False,
        "rated": 2,
        "unrated": 0,
        "not_applicable": 0,
    }
    assert [one["label"] for one in found["hypotheses"]] == ["H2", "H1", "H3", "H4"]
    assert [(one["status"], one["rank"]) for one in found["hypotheses"][2:]] == [("rejected", None), ("active", None)]
    assert found["hypotheses"][3]["unrated"] == 2
    assert found["evidence"][0] == {
        "id": "e1",
        "label": "E1",
        "title": "Item 1",
        "status": "counted",
        "diagnosticity": 1.0,
        "rated": 2,
    }
    assert found["evidence"][2]["status"] == "set aside"
    assert {one["code"] for one in found["findings"]} == {"no_ratings", "unrated"}
    assert all(list(one) == ["code", "text", "hypotheses", "evidence"] for one in found["findings"])
    assert found["findings"][0]["hypotheses"] == ["h4"]
    assert found["set_aside"] == []


def test_what_was_set_aside_stands_apart_with_its_reason(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = analysis()
    matrix = found.matrices[0]
    first, *rest = all_findings(found, matrix, "a", assess(found, matrix, "a"))
    findings.set_aside(found, matrix.id, first, "H4 came late", "Ada").apply(found)
    file.write_bytes(encode(found))
    answer = scored(capsys, file)
    assert [one["code"] for one in answer["findings"]] == [one.code for one in rest]
    assert [(one["code"], one["reason"]) for one in answer["set_aside"]] == [(first.code, "H4 came late")]
    assert run("score", file) == 0
    printed = capsys.readouterr().out
    assert f"Set aside:\n- {first.text} Reason: H4 came late" in printed
    assert printed.count(first.text) == 1
    assert run("validate", file, "--findings") == 0
    printed = capsys.readouterr().out
    assert f"Set aside:\n- {first.text} Reason: H4 came late" in printed


def test_each_of_several_matrices_has_a_standing_of_its_own(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = analysis()
    branch = matrices.duplicate(found, found.matrices[0], "Branch", ratings=True)
    branch.apply(found)
    cells = [(item, "h1") for item in ("e1", "e2")]
    edits.rate(found, found.matrices[1], "a", cells, RatingValue.VERY_INCONSISTENT).apply(found)
    file.write_bytes(encode(found))
    standings = {name: scored(capsys, file, "--matrix", name) for name in ("Main", "Branch")}
    assert standings["Main"]["leaders"] == ["H1"]
    assert "H1" not in standings["Branch"]["leaders"]
    assert standings["Branch"]["matrix"] == "Branch"


def test_matrix_and_analyst_are_chosen_by_name_or_id(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for matrix, analyst in (("Other", "Ben"), ("n", "b")):
        found = scored(capsys, file, "--matrix", matrix, "--analyst", analyst)
        assert (found["matrix"], found["analyst"]) == ("Other", "Ben")
        assert found["leaders"] == []
        assert found["evidence"][0]["diagnosticity"] is None


def test_an_unrated_analysis_has_no_leaders_and_no_minus_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", paths.seeds() / "russia-june-2023-unrated.ach.json", "--json") == 0
    text = capsys.readouterr().out
    assert "-0.0" not in text
    assert "NaN" not in text
    found = json.loads(text)
    assert found["leaders"] == []
    assert {one["rank"] for one in found["hypotheses"]} == {None}
    assert {one["diagnosticity"] for one in found["evidence"]} == {None}


def test_an_analysis_without_analysts_is_scored_as_unrated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.ach.json"
    path.write_bytes(encode(Analysis(matrices=[Matrix(id="m")])))
    assert scored(capsys, path)["analyst"] is None
    assert run("score", path) == 0
    assert "m, rated by nobody" in capsys.readouterr().out
    assert run("print", path, "-o", tmp_path / "a.pdf") == 1


def test_ties_are_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.csv").write_text("Evidence,A,B,C\nx,C,C,I\n")
    assert run("import", tmp_path / "m.csv", "-o", tmp_path / "m.ach.json") == 0
    capsys.readouterr()
    found = scored(capsys, tmp_path / "m.ach.json")
    assert [(one["rank"], one["tied"]) for one in found["hypotheses"]] == [(1, True), (1, True), (3, False)]
    assert found["leaders"] == ["H1", "H2"]


def test_the_scores_can_be_read_by_people(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score", file) == 0
    out = capsys.readouterr().out
    assert (
        out
        == """\
Exercise only.
Second line.

RESTRICTED

Question: Who?
Main, rated by Ada

H1 has the least evidence against it.

Rank  Weighted  Unweighted   Rated  Hypothesis
   1     -1.41          -1  2 of 2  H1 Coup
   2     -2.83          -2  2 of 2  H2 Bluff
   -      0.00           0  0 of 2  H4 Nobody rated this (not rated)
   -     -2.83          -2  2 of 2  H3 Accident (rejected: ruled out)

Diagnosticity   Rated  Item
         1.00  2 of 3  E1 Item 1
         1.50  2 of 3  E2 Item 2
         0.00  2 of 3  E3 Item 3 (set aside: counted twice)

To keep in mind:
- H4 is not rated on any item and is not ranked.
- 2 cells are unrated (E1 and E2).
"""
    )


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--matrix", "Nope"), "has no matrix “Nope”; there is: Main, Other."),
        (("--analyst", "Eve"), "has no analyst “Eve”; there is: Ada, Ben."),
    ],
)
def test_unknown_names_are_answered_with_the_known_ones(
    file: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str], sentence: str
) -> None:
    assert run("score", file, *option) == 2
    assert sentence in capsys.readouterr().err


def test_a_name_that_several_have_is_answered_with_their_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analysis()
    found.matrices[1].name = "Main"
    found.analysts["b"] = Analyst(id="b", name="Ada")
    path = tmp_path / "a.ach.json"
    path.write_bytes(encode(found))
    assert run("score", path, "--matrix", "Main") == 2
    assert run("score", path, "--analyst", "Ada") == 2
    err = capsys.readouterr().err
    assert "give the id of one: m, n." in err
    assert "give the id of one: a, b." in err


def test_import_export_and_import_again_give_the_same_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, document, second = tmp_path / "1.csv", tmp_path / "1.ach.json", tmp_path / "2.csv"
    rows = [
        ["Evidence", "Kind", "Credibility", "Relevance", "Source", "Date", "Note", "=H", "Hypothesis: Note"],
        ["'-5", "assumption", "high", "low", "BBC | AP", "2023-06", "line\nbreak", "CC", ""],
        ["''quoted", "evidence", "", "", "", "", "", "N/A", "II"],
    ]
    with first.open("w", newline="", encoding="utf-16") as handle:
        csv.writer(handle, delimiter=";").writerows(rows)
    assert run("import", first, "-o", document, "--question", "Why?", "--analyst", "Ada") == 0
    imported = read_document(document).loaded.analysis
    assert imported.question == "Why?"
    assert [one.name for one in imported.analysts.values()] == ["Ada"]
    assert run("export", document, "-o", second) == 0
    rows[0][7] = "'=H"
    assert list(csv.reader(io.StringIO(second.read_bytes().decode("utf-8"), newline=""))) == rows
    assert "Left out: of the analysis: question." in capsys.readouterr().err


def test_export_takes_the_ratings_of_the_analyst_asked_for(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.csv"
    assert run("export", file, "-o", out, "--analyst", "Ben", "--bom") == 0
    with out.open(encoding="utf-8-sig", newline="") as handle:
        assert next(handle) == "# RESTRICTED\r\n"
        rows = list(csv.DictReader(handle))
    assert rows[0] | {"Bluff": "N/A", "Coup": ""} == rows[0]
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_export_says_what_it_leaves_out_and_reports_what_cannot_come_back(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analysis()
    found.hypotheses["h1"] = found.hypotheses["h1"].model_copy(update={"title": "Bluff"})
    file.write_bytes(encode(found))
    assert run("export", file, "-o", tmp_path / "o.csv") == 1
    err = capsys.readouterr().err
    assert "Left out: the rationales of 9 cells." in err
    assert "Left out: the rejection of H3 and its reason." in err
    assert "Left out: the setting aside of E3 and its reason." in err
    assert "H2 and H1 have the same title" in err


def test_bad_cells_are_listed_and_nothing_is_written_unless_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "m.csv", tmp_path / "m.ach.json"
    source.write_text("Evidence,Kind,A\nx,rumour,C\ny,,perhaps\nz,,II\n")
    assert run("import", source, "-o", out) == 1
    err = capsys.readouterr().err
    assert "Row 2, column 2 (B, “Kind”): “rumour” is not a kind" in err
    assert "Row 3, column 3 (C, “A”): “perhaps” is not a rating" in err
    assert not out.exists()
    assert run("import", source, "-o", out, "--skip-bad") == 1
    err = capsys.readouterr().err
    assert "Row 2, column 2" in err
    assert "2 cells were left empty." in err
    assert len(read_document(out).loaded.analysis.evidence) == 3


def test_equal_headings_are_refused_naming_both_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "m.csv", tmp_path / "m.ach.json"
    source.write_text("Evidence,A,B,A\nx,C,C,C\n")
    for options in ([], ["--skip-bad"]):
        assert run("import", source, "-o", out, *options) == 1
        assert "columns 2 (B, “A”) and 4 (D, “A”) have the same heading" in capsys.readouterr().err
    assert not out.exists()


def test_new_writes_an_empty_sound_analysis(tmp_path: Path) -> None:
    out = tmp_path / "n.ach.json"
    assert run("new", "-o", out, "--question", "Who did it?") == 0
    found = read_document(out).loaded.analysis
    assert found.question == "Who did it?"
    assert (len(found.matrices), len(found.analysts), len(found.hypotheses)) == (1, 1, 0)
    assert run("validate", out) == 0
    assert not lock_path(out).exists()


def test_validate_tells_sound_from_damaged_and_findings_never_change_the_code(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("validate", file) == 0
    assert "is sound." in capsys.readouterr().out
    assert run("validate", file, "--findings") == 0
    out = capsys.readouterr().out
    assert "Main, rated by Ada\n- H4 is not rated on any item" in out
    assert "Main, rated by Ben\n" in out
    assert "Other, rated by Ada\n" in out
    found = analysis()
    found.matrices[0].evidence.append("gone")
    file.write_bytes(encode(found))
    assert run("validate", file) == 1
    captured = capsys.readouterr()
    assert "there are problems in it" in captured.out
    assert "The matrix Main lists a missing evidence item (gone)." in captured.err


STARTS = {"svg": b"<?xml", "pdf": b"%PDF-", "png": b"\x89PNG"}


@pytest.mark.parametrize(("kind", "ending"), [("consistency", "svg"), ("ranking", "PDF"), ("heatmap", "png")])
def test_charts_are_written_in_the_format_of_their_ending(file: Path, tmp_path: Path, kind: str, ending: str) -> None:
    out = tmp_path / f"chart.{ending}"
    assert run("chart", file, "--kind", kind, "-o", out) == 0
    data = out.read_bytes()
    assert data.startswith(STARTS[ending.lower()])
    if ending == "svg":
        assert "RESTRICTED" in data.decode()


def test_a_chart_of_an_unknown_kind_or_format_is_wrong_usage(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for args in (["--kind", "pie", "-o", tmp_path / "c.svg"], ["-o", tmp_path / "c.jpg"], ["-o", tmp_path / "svg"]):
        assert run("chart", file, *args) == 2
    assert ".svg, .pdf or .png" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("options", [["--paper", "letter"], ["--black-and-white"]])
def test_the_document_is_printed_to_pdf(file: Path, tmp_path: Path, options: list[str]) -> None:
    out = tmp_path / "p.pdf"
    assert run("print", file, "-o", out, *options) == 0
    assert out.read_bytes().startswith(b"%PDF-")


def _in_no_font() -> str:
    """Return a private character that no font on this machine has; some programs bring fonts with many of them."""
    files = [bundled_font(), *installed_fonts()]
    taken: set[int] = set()
    for path in files:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            taken.update(font.getBestCmap() or ())
    return chr(next(code for code in (*range(0xE000, 0xF900), *range(0xF0000, 0xFFFFE)) if code not in taken))


def test_characters_that_no_font_has_are_named(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = analysis()
    nowhere = _in_no_font()
    name = f"U+{ord(nowhere):04X}"
    found.hypotheses["h1"] = found.hypotheses["h1"].model_copy(update={"title": f"private {nowhere} letter"})
    file.write_bytes(encode(found))
    assert run("chart", file, "-o", tmp_path / "c.svg") == 0
    assert f"No installed font has the private use characters {name}" in capsys.readouterr().err
    assert run("print", file, "-o", tmp_path / "p.pdf") == 0
    assert name in capsys.readouterr().err


def writers(file: Path, source: Path, out: str) -> list[list[str | Path]]:
    folder = file.parent
    return [
        ["import", source, "-o", folder / f"{out}.ach.json"],
        ["export", file, "-o", folder / f"{out}.csv"],
        ["chart", file, "-o", folder / f"{out}.svg"],
        ["print", file, "-o", folder / f"{out}.pdf"],
        ["new", "-o", folder / f"{out}.new.ach.json"],
    ]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.csv"
    path.write_text("Evidence,A\nx,C\n")
    return path


def test_nothing_existing_is_overwritten_without_force(
    file: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for args in writers(file, source, "out"):
        out = Path(args[-1])
        out.write_bytes(b"precious")
        assert run(*args) == 2
        assert f"{out} exists already and was not overwritten" in capsys.readouterr().err
        assert out.read_bytes() == b"precious"
        assert run(*args, "--force") == 0
        assert out.read_bytes() != b"precious"


def test_the_file_that_is_read_is_never_the_output(
    file: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = file.with_name("link.svg")
    link.symlink_to(file)
    before = file.read_bytes(), source.read_bytes()
    assert run("export", file, "-o", file, "--force") == 2
    assert run("chart", file, "-o", link, "--force") == 2
    assert run("print", file, "-o", file, "--force") == 2
    assert run("import", source, "-o", source, "--force") == 2
    assert capsys.readouterr().err.count("is the file that is read") == 4
    assert (file.read_bytes(), source.read_bytes()) == before


def test_a_file_that_somebody_has_open_is_not_written(
    file: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for args in writers(file, source, "locked"):
        out = Path(args[-1])
        out.write_bytes(b"open elsewhere")
        held = acquire(out).lock
        assert held is not None
        with held:
            assert run(*args, "--force") == 2
            assert f"{out} was not written: it is open by" in capsys.readouterr().err
            assert out.read_bytes() == b"open elsewhere"
    assert not list(file.parent.glob(".*.lock"))


def test_a_lock_of_another_machine_counts_too(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    lock_path(file).write_text("not understood")
    assert run("new", "-o", file, "--force") == 2
    assert "take it over" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert run("score", file) == 0


@pytest.mark.parametrize(
    "args", [[], ["dance"], ["score"], ["score", "a", "b"], ["score", "--dance", "a"], ["import", "a"]]
)
def test_wrong_usage_ends_with_2_and_says_where_help_is(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*args) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--help says more." in captured.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    out = capsys.readouterr().out
    assert "Usage: ach " + command in out
    options = out.partition("Options:")[2].strip("\n")
    assert options
    for line in options.splitlines():
        assert len(line.split("  ")) > 1, line
    assert run("-h") == 0
    assert command in capsys.readouterr().out


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"ach, version {__version__}\n"


NASTY = "\x1b[31mred\x07\r\n\x9b2J\u202egnp\u2066\x00\x7f"


def test_no_text_of_a_file_reaches_the_terminal_raw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = analysis()
    found.question, found.notice, found.marking = NASTY, NASTY, NASTY
    found.hypotheses["h1"] = Hypothesis(id="h1", label="H1\x1b", title=NASTY)
    found.hypotheses["h3"] = Hypothesis(id="h3", label="H3", title="", status="rejected", status_reason=NASTY)
    found.evidence["e1"] = EvidenceItem(id="e1", label="E1\x1b", title=NASTY)
    found.analysts["a"] = Analyst(id="a", name=NASTY)
    found.matrices[0].name = NASTY
    found.matrices[0].evidence.append("gone")
    path = tmp_path / "\x1b[2Jname.ach.json"
    path.write_bytes(encode(found))
    source = tmp_path / "\x1b.csv"
    source.write_text("Evidence,\x1b[31mA\n\x1b[2J,\x1b[2J\n")
    for args in (
        ["score", path],
        ["score", path, "--json"],
        ["score", path, "--matrix", "\x1b"],
        ["score", path, "--analyst", "\x1b"],
        ["score", tmp_path / "\x1bgone"],
        ["score", "--\x1b", path],
        ["validate", path, "--findings"],
        ["export", path, "-o", tmp_path / "\x1bo.csv"],
        ["import", source, "-o", tmp_path / "\x1bi.ach.json"],
        ["chart", path, "-o", tmp_path / "\x1bc.svg"],
    ):
        run(*args)
        captured = capsys.readouterr()
        text = captured.out + captured.err
        assert text
        assert not set(text) & set("\x1b\x07\r\x9b\u202e\u2066\x00\x7f"), args


def test_visible_text_is_left_alone_and_the_rest_is_numbered() -> None:
    assert visible("Zürich 東京 مرحبا 👩‍👩‍👧 \\x1b") == "Zürich 東京 مرحبا 👩‍👩‍👧 \\x1b"
    assert visible("a\x1bb\x85c\u202ed\ud800\n\t\r") == "a\\x1bb\\x85c\\u202ed\\ud800\\n\\t\\r"


def test_an_unexpected_error_is_a_sentence_and_not_a_traceback(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("\x1bno")

    monkeypatch.setattr("ach_desk.app.cli_commands.score_text", broken)
    assert run("score", file) == 2
    err = capsys.readouterr().err
    assert err.startswith("A defect of the program stopped it (RuntimeError in test_cli.py, line ")
    assert err.count("\n") == 1
    monkeypatch.setattr("ach_desk.app.cli_commands.score_text", lambda *_args: bytearray(1 << 62))
    assert run("score", file) == 2
    assert "not enough memory" in capsys.readouterr().err


def process(*args: str | Path, **options: object) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)} | options.pop("env", {})
    return subprocess.run([*RUN, *map(str, args)], env=environment, timeout=60, check=False, **options)


def test_the_real_program_writes_plain_text_whatever_the_terminal_can_show(file: Path) -> None:
    found = analysis()
    found.question = "Кто? 東京"
    file.write_bytes(encode(found))
    done = process("score", file, capture_output=True, env={"PYTHONIOENCODING": "ascii", "FORCE_COLOR": "1"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Question: \\u041a\\u0442\\u043e?" in done.stdout
    assert b"\x1b" not in done.stdout


def test_a_reader_who_stops_reading_is_no_error_to_shout_about(file: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as pipe:
        done = process("score", RUSSIA, "--json", stdout=pipe, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_output_that_takes_nothing_more_is_reported() -> None:
    with open("/dev/full", "wb") as full:
        done = process("score", RUSSIA, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.startswith(b"The output could not be written: ")
    assert done.stderr.count(b"\n") == 1


def test_scoring_loads_neither_qt_nor_anything_that_draws() -> None:
    code = (
        "import sys; from ach_desk.app.cli import main; code = main(['score', sys.argv[1]]);"
        "heavy = ('PySide6', 'shiboken6', 'matplotlib', 'scipy', 'typst', 'fontTools', 'platformdirs');"
        "sys.exit(code or str([name for name in heavy if name in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, RUSSIA],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.strip() == "[]"


def test_drawing_and_printing_load_no_qt(file: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from ach_desk.app.cli import main;"
        "main(['chart', sys.argv[1], '-o', sys.argv[2] + '.svg']);"
        "main(['print', sys.argv[1], '-o', sys.argv[2] + '.pdf']);"
        "sys.exit(str([name for name in ('PySide6', 'shiboken6') if name in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, file, tmp_path / "out"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr.strip() == "[]"
    assert sorted(path.name for path in tmp_path.glob("out.*")) == ["out.pdf", "out.svg"]


def test_pack_and_unpack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.ach.json"
    kept = keep_bytes(home_of(path), "report.pdf", b"%PDF")
    found = analysis()
    for key, attachment in zip(found.evidence, (kept, Attachment(path="../../etc/passwd")), strict=False):
        found.evidence[key] = found.evidence[key].model_copy(update={"attachments": (attachment,)})
    path.write_bytes(encode(found))
    archive = tmp_path / "case.ach.zip"
    assert main(["pack", str(path), "-o", str(archive)]) == 1
    said = capsys.readouterr()
    assert "was packed with 1 attached file." in said.out
    assert "missing or not to be followed: ../../etc/passwd" in said.err
    assert main(["pack", str(path), "-o", str(archive)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert main(["unpack", str(archive), "-o", str(tmp_path / "out")]) == 0
    assert "case.ach.json was written." in capsys.readouterr().out
    assert (tmp_path / "out" / "case.files" / "report.pdf").read_bytes() == b"%PDF"
    assert main(["unpack", str(archive), "-o", str(tmp_path / "out")]) == 2
    assert "exists already" in capsys.readouterr().err
    assert main(["unpack", str(archive)]) == 0
    assert (tmp_path / "case" / "case.ach.json").exists()
    assert main(["unpack", str(path), "-o", str(tmp_path / "none")]) == 2
    assert "was not unpacked" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
