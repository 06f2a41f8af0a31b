"""`ach merge` and `ach diff`, as a script uses them, and the first of them as a merge driver of git."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.analyses import Case, small_case
from helpers.private import NAMES, private_round, secret
from helpers.tools import needs_tool

from ach_desk.app.cli import main
from ach_desk.commands import Command, edits, trail
from ach_desk.commands.handing_out import hand_out
from ach_desk.model import Analysis, RatingValue, new_analysis
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document

I, N, II = RatingValue.INCONSISTENT, RatingValue.NEUTRAL, RatingValue.VERY_INCONSISTENT  # noqa: E741


class Versions:
    """A base and two versions of it in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case: Case = small_case(3, 4, rated=True)
        self.ours, self.theirs = self.case.analysis.snapshot(), self.case.analysis.snapshot()

    def do(self, analysis: Analysis, command: Command) -> None:
        trail.run(analysis, command, "do", self.case.analyst)

    def rate(self, analysis: Analysis, item: int, hypothesis: int, value: RatingValue, time: str = "") -> None:
        cells = [(self.case.e(item), self.case.h(hypothesis))]
        command = edits.rate(analysis, analysis.matrices[0], self.case.analyst, cells, value)
        if time:
            cell = command.cells[0]
            assert cell.new is not None
            new = type(cell.new)(cell.new.value, time=time)
            command = command.model_copy(update={"time": time, "cells": (cell._replace(new=new),)})
        self.do(analysis, command)

    def write(self) -> list[str]:
        names = []
        for name, analysis in (("base", self.case.analysis), ("ours", self.ours), ("theirs", self.theirs)):
            path = self.folder / f"{name}.ach.json"
            path.write_bytes(encode(analysis))
            names.append(str(path))
        return names

    def read(self, name: str = "out") -> Analysis:
        return read_document(self.folder / f"{name}.ach.json").loaded.analysis

    def value(self, analysis: Analysis, item: int, hypothesis: int) -> RatingValue | None:
        found = analysis.matrices[0].rating(self.case.analyst, self.case.e(item), self.case.h(hypothesis))
        return found.value if found else None

    @property
    def out(self) -> list[str]:
        return ["-o", str(self.folder / "out.ach.json")]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path)


def test_what_does_not_collide_merges_in_silence(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    versions.rate(versions.ours, 1, 1, I)
    versions.rate(versions.theirs, 1, 2, I)
    versions.do(versions.theirs, edits.set_field(versions.theirs, "evidence", [versions.case.e(2)], "note", "seen"))
    assert main(["merge", *versions.write(), *versions.out]) == 0
    merged = versions.read()
    assert (versions.value(merged, 1, 1), versions.value(merged, 1, 2)) == (I, I)
    assert merged.evidence[versions.case.e(2)].note == "seen"
    assert len(merged.trail) == 3
    printed = capsys.readouterr()
    assert printed.out.endswith("out.ach.json was written.\n")
    assert printed.err == ""


def test_a_conflict_is_named_and_ours_is_written(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    versions.rate(versions.ours, 1, 1, I)
    versions.rate(versions.theirs, 1, 1, II)
    assert main(["merge", *versions.write(), *versions.out]) == 1
    assert versions.value(versions.read(), 1, 1) is I
    said = capsys.readouterr().err
    assert "1 conflict was not decided" in said
    assert "E1 under H1" in said
    assert "ours: I" in said
    assert "theirs: II" in said


@pytest.mark.parametrize(("rule", "wins"), [("ours", I), ("theirs", II), ("newer", II)])
def test_a_rule_decides(versions: Versions, rule: str, wins: RatingValue, capsys: pytest.CaptureFixture[str]) -> None:
    versions.rate(versions.ours, 1, 1, I, "2026-11-01T10:00:00Z")
    versions.rate(versions.theirs, 1, 1, II, "2026-11-02T10:00:00Z")
    assert main(["merge", *versions.write(), *versions.out, "--rule", rule]) == 0
    merged = versions.read()
    assert versions.value(merged, 1, 1) is wins
    assert "E1 under H1" in capsys.readouterr().out
    decision = merged.trail[-1]
    loser = "II" if wins is I else "I"
    assert decision.what == "rate"
    assert loser in str(decision.body)


def test_newer_leaves_open_what_the_times_do_not_tell(versions: Versions) -> None:
    versions.rate(versions.ours, 1, 1, I, "2026-11-01T10:00:00Z")
    versions.rate(versions.theirs, 1, 1, II, "2026-11-01T10:00:00Z")
    assert main(["merge", *versions.write(), *versions.out, "--rule", "newer"]) == 1


def test_conflicts_as_json(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    versions.do(versions.ours, edits.remove(versions.ours, "evidence", [versions.case.e(3)]))
    versions.rate(versions.theirs, 3, 1, I)
    assert main(["merge", *versions.write(), *versions.out, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["open"] == 1
    assert (found["conflicts"][0]["sort"], found["conflicts"][0]["kind"]) == ("deletion", "evidence")
    assert found["conflicts"][0]["decided"] is None


def test_the_base_is_found_in_the_histories(versions: Versions) -> None:
    versions.do(versions.ours, edits.remove(versions.ours, "evidence", [versions.case.e(3)]))
    versions.do(versions.theirs, edits.set_field(versions.theirs, "evidence", [versions.case.e(1)], "note", "x"))
    for side in (versions.ours, versions.theirs):  # an act before the two parted, so that the histories begin alike
        side.trail.insert(
            0, side.trail[0]._replace(id="shared", what="set", body=["analysis", side.id, "notice", "", ""])
        )
    _base, ours, theirs = versions.write()
    assert main(["merge", "-", ours, theirs, *versions.out]) == 0
    merged = versions.read()
    assert versions.case.e(3) not in merged.evidence
    assert merged.evidence[versions.case.e(1)].note == "x"


def test_without_any_common_history_nothing_goes(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    versions.do(versions.ours, edits.remove(versions.ours, "evidence", [versions.case.e(3)]))
    versions.ours.trail.clear()
    _base, ours, theirs = versions.write()
    assert main(["merge", "-", ours, theirs, *versions.out]) == 0
    assert versions.case.e(3) in versions.read().evidence
    assert "no version that both began from" in capsys.readouterr().err


def test_other_analyses_are_refused(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    versions.theirs = new_analysis("Another question")
    assert main(["merge", *versions.write(), *versions.out]) == 1
    assert not (versions.folder / "out.ach.json").exists()
    assert "not versions of one analysis" in capsys.readouterr().err


def test_the_output_is_not_overwritten_unasked(versions: Versions) -> None:
    base, ours, theirs = versions.write()
    assert main(["merge", base, ours, theirs, "-o", ours]) == 2
    assert main(["merge", base, ours, theirs, "-o", ours, "--force"]) == 0


def test_both_made_the_same_label(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    for side, title in ((versions.ours, "Mine"), (versions.theirs, "Yours")):
        versions.do(side, edits.add_items(side, side.matrices[0], [{"title": title}]))
    assert main(["merge", *versions.write(), *versions.out]) == 0
    labels = {item.title: item.label for item in versions.read().evidence.values()}
    assert {labels["Mine"], labels["Yours"]} == {"E5", "E6"}
    assert "E5 was given twice" in capsys.readouterr().out


def test_diff_in_words_and_json(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    versions.rate(versions.ours, 1, 1, I)
    base, ours, _theirs = versions.write()
    assert main(["diff", base, ours]) == 0
    assert "E1 under H1" in capsys.readouterr().out
    assert main(["diff", base, ours, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["same_analysis"] is True
    (change,) = found["changes"]
    assert (change["kind"], change["item"], change["after"]["value"]) == ("rating", versions.case.e(1), "I")


def _git(folder: Path, *args: str, code: int = 0) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(["git", *names, *args], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_git_merges_with_it(versions: Versions) -> None:
    needs_tool("git")
    folder, file = versions.folder, versions.folder / "case.ach.json"
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "config", "merge.ach.driver", f"{sys.executable} -m ach_desk.app.cli merge %O %A %B -o %A --force")
    (folder / ".gitattributes").write_text("*.ach.json merge=ach\n")
    _commit(folder, file, versions.case.analysis)
    _git(folder, "checkout", "-q", "-b", "theirs")
    versions.rate(versions.theirs, 2, 2, I)
    _commit(folder, file, versions.theirs)
    _git(folder, "checkout", "-q", "main")
    versions.rate(versions.ours, 2, 1, II)
    _commit(folder, file, versions.ours)
    _git(folder, "merge", "-q", "theirs", "-m", "merged")
    merged = versions.read("case")
    assert (versions.value(merged, 2, 1), versions.value(merged, 2, 2)) == (II, I)
    _git(folder, "checkout", "-q", "theirs")
    versions.rate(versions.theirs, 3, 3, N)
    _commit(folder, file, versions.theirs)
    _git(folder, "checkout", "-q", "main")
    versions.rate(merged, 3, 3, II)
    _commit(folder, file, merged)
    said = _git(folder, "merge", "theirs", "-m", "again", code=1)
    assert "E3 under H3" in said
    assert "case.ach.json" in _git(folder, "diff", "--name-only", "--diff-filter=U")
    assert versions.value(versions.read("case"), 3, 3) is II


def _commit(folder: Path, file: Path, analysis: Analysis) -> None:
    file.write_bytes(encode(analysis))
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "work")


@pytest.mark.parametrize("newer", ["base", "ours", "theirs"])
def test_a_file_of_a_newer_version_is_not_merged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], newer: str
) -> None:
    case = small_case(2, 2)
    files = {}
    for name in ("base", "ours", "theirs"):
        files[name] = tmp_path / f"{name}.ach.json"
        data = json.loads(encode(case.analysis))
        data["version"] += 95 if name == newer else 0
        files[name].write_text(json.dumps(data))
    output = tmp_path / "merged.ach.json"
    assert main(["merge", *map(str, files.values()), "-o", str(output)]) == 1
    assert "was written by a newer version of ACH Desk, and is not merged" in capsys.readouterr().err
    assert not output.exists()


def test_in_a_private_round_ratings_are_told_to_whom_they_belong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name of nobody, in words and JSON; with --revealed of everybody."""
    made = private_round()
    sides = [made.version("Berta", value, text) for value, text in ((I, "here"), (N, "there"))]
    files = [tmp_path / f"{name}.ach.json" for name in ("base", "ours", "theirs")]
    for file, analysis in zip(files, (made.analysis, *sides), strict=True):
        file.write_bytes(encode(analysis))
    base, ours, theirs = map(str, files)
    merging = ["merge", base, ours, theirs, "-o", str(tmp_path / "out.ach.json"), "--force"]
    for more, shown in (([], False), (["--analyst", "Ann"], False), (["--analyst", "Berta"], True)):
        assert main([*merging, *more]) == 1
        said = capsys.readouterr().err
        assert "E2 under H2, rated by Berta" in said
        assert (secret("Berta") in said) is shown
        assert main(["diff", base, ours, "--json", *more]) == 0
        assert (secret("Berta") in capsys.readouterr().out) is shown
    assert main([*merging, "--revealed", "--json"]) == 1
    assert secret("Berta") in capsys.readouterr().out
    assert main(["diff", base, ours, "--json", "--revealed"]) == 0
    assert secret("Berta") in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["score"],
        ["diff", "{file}"],
        ["robustness"],
        ["report", "-o", "{out}.html"],
        ["export", "-o", "{out}.csv"],
        ["convert", "{out}.xlsx"],
        ["chart", "-o", "{out}.svg"],
    ],
)
def test_in_a_private_round_it_is_asked_whose_ratings_are_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    file = tmp_path / "case.ach.json"
    file.write_bytes(encode(private_round().analysis))
    command, *rest = (word.format(file=file, out=tmp_path / "out") for word in words)
    assert main([command, str(file), *rest]) == 1
    assert "Say whose ratings are meant: --analyst NAME" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == [file]


def test_a_file_that_was_handed_out_needs_no_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is one analyst in it, and a round that is still private."""
    made = private_round()
    given = hand_out(made.analysis, made.case.matrix, made.analysis.analysts[made.ids["Cem"]])
    cell = (made.case.e(1), made.case.h(1))
    edits.rate(given, given.matrices[0], made.ids["Cem"], [cell], I).apply(given)
    file, clean = tmp_path / "case.ach.json", tmp_path / "clean.ach.json"
    file.write_bytes(encode(given))
    assert main(["score", str(file)]) == 0
    main(["clean", str(file), "-o", str(clean)])
    assert len(list(read_document(clean).loaded.analysis.rating_cells())) == 1
    assert "private" not in capsys.readouterr().err


def test_a_clean_copy_made_without_a_name_holds_nothing_of_a_private_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, clean = tmp_path / "case.ach.json", tmp_path / "clean.ach.json"
    file.write_bytes(encode(private_round().analysis))
    main(["clean", str(file), "-o", str(clean)])
    assert "what was rated and stated in it is left out" in capsys.readouterr().err
    assert not any(secret(name) in clean.read_text() for name in NAMES)
    bundle = tmp_path / "out.stix.json"
    assert main(["convert", str(file), str(bundle), "--analyst", "Cem"]) == 0
    assert [name for name in NAMES if secret(name) in bundle.read_text()] == ["Cem"]
