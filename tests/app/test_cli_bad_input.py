"""Every kind of bad input through the real command: a sentence with file and remedy, exit code 2, nothing changed."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ach_desk.app.cli import main
from ach_desk.model import EvidenceItem, Hypothesis, Rating, RatingValue, new_analysis
from ach_desk.storage.codec import MAX_BYTES, encode


def sound() -> dict[str, Any]:
    analysis = new_analysis("Who?")
    analyst, matrix = next(iter(analysis.analysts)), analysis.matrices[0]
    for number in (1, 2):
        analysis.hypotheses[f"h{number}"] = Hypothesis(id=f"h{number}", label=f"H{number}", title=f"title {number}")
        analysis.evidence[f"e{number}"] = EvidenceItem(id=f"e{number}", label=f"E{number}", title=f"item {number}")
        matrix.set_rating(analyst, f"e{number}", f"h{number}", Rating(RatingValue.INCONSISTENT))
    matrix.hypotheses.extend(analysis.hypotheses)
    matrix.evidence.extend(analysis.evidence)
    return json.loads(encode(analysis))


def with_change(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = sound()
    change(document)
    return json.dumps(document).encode()


WHOLE = json.dumps(sound(), indent=1).encode()
UNREADABLE: dict[str, bytes] = {
    "truncated": WHOLE[: len(WHOLE) // 2],
    "truncated by one byte": WHOLE[:-1],
    "binary": bytes(range(256)) * 20,
    "zeros": bytes(5000),
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "empty": b"",
    "blank": b" \n\t ",
    "deep lists": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "deep unknown key": with_change(lambda found: found.update(later=json.loads("[" * 500 + "]" * 500))),
    "duplicate key": WHOLE.replace(b'"question":', b'"question": "x", "question":', 1),
    "NaN": WHOLE.replace(b'"Who?"', b"NaN", 1),
    "infinity": with_change(lambda found: found.update(later=float("inf"))),
    "number too large": WHOLE.replace(b'"Who?"', b"1e999", 1),
    "no version": with_change(lambda found: found.pop("version")),
    "version of words": with_change(lambda found: found.update(version="one")),
    "version zero": with_change(lambda found: found.update(version=0)),
    "another format": with_change(lambda found: found.update(format="other")),
    "newer and not understood": with_change(lambda found: found.update(version=99, hypotheses="moved")),
    "two hypotheses with one id": with_change(lambda found: found["hypotheses"].append(found["hypotheses"][0])),
    "a list for an object": b"[]",
    "a text for a list": with_change(lambda found: found.update(hypotheses="none")),
    "a number for a text": with_change(lambda found: found["hypotheses"][0].update(title=5)),
    "an unknown kind": with_change(lambda found: found["evidence"][0].update(kind="rumour")),
    "an impossible date": with_change(lambda found: found["evidence"][0].update(event_date="2023-02-30")),
    "an unknown rating": WHOLE.replace(b'"value": "I"', b'"value": "X"'),
    "a missing title": with_change(lambda found: found["hypotheses"][0].pop("title")),
    "latin-1": WHOLE.replace(b"Who?", "Wér?".encode("latin-1")),
    "utf-16": WHOLE.decode().encode("utf-16"),
    "something after the end": WHOLE + b"{}",
    "csv": b"Evidence,A\nx,C\n",
}


def run(*args: str | Path) -> int:
    return main([str(arg) for arg in args])


def one_sentence(text: str, *parts: str) -> None:
    """Assert that `text` is a single line without traceback that names each of `parts` and ends as a sentence."""
    assert text.count("\n") == 1, text
    assert text.rstrip("\n").endswith((".", "?")), text
    assert "Traceback" not in text
    assert "defect of the program" not in text
    for part in parts:
        assert part in text, text


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_unreadable_file_is_refused_by_every_command(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.ach.json"
    file.write_bytes(UNREADABLE[kind])
    for args in (
        ["score", file],
        ["score", file, "--json"],
        ["validate", file],
        ["validate", file, "--findings"],
        ["export", file, "-o", tmp_path / "o.csv"],
        ["chart", file, "-o", tmp_path / "o.svg"],
        ["print", file, "-o", tmp_path / "o.pdf"],
    ):
        assert run(*args) == 2, args
        captured = capsys.readouterr()
        assert captured.out == ""
        one_sentence(captured.err, "case.ach.json")
    assert file.read_bytes() == UNREADABLE[kind]
    assert [path.name for path in tmp_path.iterdir()] == ["case.ach.json"]


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("duplicate key", "line "),
        ("NaN", "line "),
        ("truncated", "line "),
        ("latin-1", "line "),
        ("two hypotheses with one id", "H1"),
        ("an unknown kind", "E1"),
        ("an impossible date", "E1"),
        ("a missing title", "H1"),
        ("an unknown rating", "e1"),
    ],
)
def test_the_place_of_the_defect_is_named(
    kind: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.ach.json"
    file.write_bytes(UNREADABLE[kind])
    assert run("validate", file) == 2
    assert place in capsys.readouterr().err


DAMAGED = {
    "an item that does not exist": lambda found: found["matrices"][0]["evidence"].append("gone"),
    "a hypothesis that does not exist": lambda found: found["matrices"][0]["hypotheses"].append("gone"),
    "a rating of nothing": lambda found: found["matrices"][0]["sheets"][0]["ratings"].update(
        gone={"h1": {"value": "C"}}
    ),
    "a part that does not exist": lambda found: found["hypotheses"][0].update(combines=["gone"]),
    "a source that does not exist": lambda found: found["evidence"][0].update(citations=[{"source": "gone"}]),
    "a label given twice": lambda found: found["evidence"][1].update(label="E1"),
    "a newer version": lambda found: found.update(version=99, novelty=[1, 2]),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_readable_file_with_problems_is_used_and_the_problems_are_reported(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.ach.json"
    file.write_bytes(with_change(DAMAGED[kind]))
    assert run("validate", file) == 1
    one_sentence(capsys.readouterr().err, "case.ach.json")
    assert run("score", file, "--json") == 1
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert [one["title"] for one in found["hypotheses"]] == ["title 1", "title 2"]
    one_sentence(captured.err, "case.ach.json")
    assert run("export", file, "-o", tmp_path / "o.csv") == 1
    assert (tmp_path / "o.csv").exists()


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.ach.json"
    with file.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    assert run("score", file) == 2
    one_sentence(capsys.readouterr().err, "case.ach.json", "256 MB")


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "gone.ach.json", tmp_path, tmp_path / "gone" / "x.json", Path(os.devnull)):
        for args in (["score", path], ["validate", path]):
            assert run(*args) == 2
            one_sentence(capsys.readouterr().err, path.name)
    for path in (tmp_path / "gone.csv", tmp_path):
        assert run("import", path, "-o", tmp_path / "o.ach.json") == 2
        one_sentence(capsys.readouterr().err, path.name)
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    assert run("score", fifo) == 2
    one_sentence(capsys.readouterr().err, "pipe")


def test_a_file_without_permission_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_args: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    file, table = tmp_path / "case.ach.json", tmp_path / "m.csv"
    file.write_bytes(WHOLE)
    table.write_text("Evidence,A\n")
    run("validate", file)  # whatever is imported on use has been imported now
    run("import", table, "-o", tmp_path / "first.ach.json")
    capsys.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", forbidden)
        patch.setattr(Path, "open", forbidden)
        assert run("score", file) == 2
        one_sentence(capsys.readouterr().err, "case.ach.json", "no permission")
        assert run("import", table, "-o", tmp_path / "o.ach.json") == 2
        one_sentence(capsys.readouterr().err, "m.csv", "no permission")


def outputs(folder: Path, file: Path, table: Path) -> list[list[str | Path]]:
    return [
        ["new", "-o", folder / "n.ach.json", "--force"],
        ["import", table, "-o", folder / "i.ach.json", "--force"],
        ["export", file, "-o", folder / "e.csv", "--force"],
        ["chart", file, "-o", folder / "c.svg", "--force"],
        ["print", file, "-o", folder / "p.pdf", "--force"],
    ]


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    file, table = tmp_path / "case.ach.json", tmp_path / "m.csv"
    file.write_bytes(WHOLE)
    table.write_text("Evidence,A\nx,C\n")
    return file, table


def test_a_folder_that_has_vanished_is_said(
    tmp_path: Path, inputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for args in outputs(tmp_path / "vanished", *inputs):
        assert run(*args) == 2
        assert "vanished" in capsys.readouterr().err.splitlines()[-1]
    assert not (tmp_path / "vanished").exists()


def test_a_folder_where_a_file_should_go_is_said(
    tmp_path: Path, inputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    for args in outputs(tmp_path / "out", *inputs):
        target = next(arg for arg in args if isinstance(arg, Path) and arg.parent.name == "out")
        target.mkdir()
        assert run(*args) == 2
        assert target.name in capsys.readouterr().err.splitlines()[-1]
        assert target.is_dir()


def test_a_read_only_file_is_not_replaced(
    tmp_path: Path, inputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    for args in outputs(tmp_path / "out", *inputs):
        target = next(arg for arg in args if isinstance(arg, Path) and arg.parent.name == "out")
        target.write_bytes(b"old")
        target.chmod(0o444)
        assert run(*args) == 2
        assert target.name in capsys.readouterr().err.splitlines()[-1]
        assert target.read_bytes() == b"old"


def test_a_full_disk_keeps_the_old_file(
    tmp_path: Path,
    inputs: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "out").mkdir()
    for args in outputs(tmp_path / "out", *inputs):
        target = next(arg for arg in args if isinstance(arg, Path) and arg.parent.name == "out")
        target.write_bytes(b"old")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            assert run(*args) == 2
        last = capsys.readouterr().err.splitlines()[-1]
        assert "disk is full" in last
        assert target.name in last
        assert target.read_bytes() == b"old"
    assert len(list((tmp_path / "out").iterdir())) == 5


BAD_TABLES = {
    "binary": (bytes(range(256)) * 4, 2),
    "latin-1": ("Evidence,Café\n".encode("latin-1"), 2),
    "workbook": (b"PK\x03\x04" + bytes(30), 2),
    "unbalanced": (b'Evidence,A\n"x,C\n', 2),
    "too many columns": (b"Evidence" + b",A" * 1001, 2),
    "empty": (b"", 1),
    "zeros": (bytes(4000), 1),
    "no evidence column": (b"Item,A\nx,C\n", 1),
}


@pytest.mark.parametrize("kind", BAD_TABLES)
@pytest.mark.parametrize("options", [[], ["--skip-bad"]])
def test_a_table_that_is_none_is_refused(
    kind: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, code = BAD_TABLES[kind]
    table, out = tmp_path / "m.csv", tmp_path / "o.ach.json"
    table.write_bytes(data)
    out.write_bytes(b"old")
    assert run("import", table, "-o", out, "--force", *options) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
    assert "Traceback" not in captured.err
    assert out.read_bytes() == b"old"


def test_a_table_over_the_limit_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "m.csv"
    with table.open("wb") as handle:
        handle.truncate(300 * 1024 * 1024)
    assert run("import", table, "-o", tmp_path / "o.ach.json") == 2
    one_sentence(capsys.readouterr().err, "m.csv", "64 MB")


@pytest.mark.parametrize("kind", ["truncated", "deep objects", "binary"])
def test_the_real_program_says_a_sentence_and_ends_with_2(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "case.ach.json"
    file.write_bytes(UNREADABLE[kind])
    done = subprocess.run(
        [sys.executable, "-m", "ach_desk.app.cli", "score", file],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    one_sentence(done.stderr, "case.ach.json")
