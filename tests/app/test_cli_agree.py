"""`ach agree`, `ach pool`, and the group as an analyst, on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from helpers.analyses import Case
from helpers.together import open_round, rated_by, state

from ach_desk.app.cli import main
from ach_desk.model.values import RoundState
from ach_desk.reporting.chart_subjects import EVERY_KIND
from ach_desk.storage.files import read_document, write_document

SHEETS = {
    "Ada": ["C I II", "C N -", "N/A C N", "C C C"],
    "Ben": ["C I II", "II N -", "C C N", "C C C"],
    "Cem": ["C II II", "C N C", "- C N", "- - -"],
}


def saved(case: Case, folder: Path) -> Path:
    file = folder / "case.ach.json"
    write_document(file, case.analysis, expected=None, overwrite=False)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    case = rated_by(SHEETS)
    state(case, "Ada", (0.6, 0.5, 0.4))
    state(case, "Ben", (0.5, 0.3, 0.2), (0.5, 0.7, 0.8))
    state(case, "Cem", (0.9, 0.5, 0.1))
    return saved(case, tmp_path)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    return json.loads(said(capsys, *arguments, "--json"))


def test_agreement_in_the_published_shape(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "agree", str(file))
    assert found["format"] == 1
    alpha = found["alpha"]
    assert alpha["low"] < alpha["ordinal"] < alpha["high"]
    assert 0 < found["kendall_w"] <= 1
    assert len(found["cells"]) == 12
    first, single = found["cells"][0], found["cells"][5]
    assert (first["item"], first["hypothesis"], first["n"], first["spread"]) == ("E1", "H1", 3, 0)
    assert (single["n"], single["spread"], single["state"]) == (1, None, "rated by one")
    disputed = found["cells"][6]
    assert (disputed["n"], disputed["not_applicable"], disputed["ratings"]) == (1, 1, {"Ada": "N/A", "Ben": "C"})
    assert [entry["name"] for entry in found["analysts"]] == ["Ada", "Ben", "Cem"]
    assert (found["talk"][0]["item"], found["talk"][0]["hypothesis"]) == ("E2", "H1")
    assert found["group"]["leaders"] == ["H1"]
    assert set(found["group"]["without"]) == {"Ada", "Ben", "Cem"}


def test_seed_and_draws_are_taken(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = as_json(capsys, "agree", str(file), "--seed", "5", "--draws", "300")["alpha"]
    assert as_json(capsys, "agree", str(file), "--seed", "5", "--draws", "300")["alpha"] == first
    assert (first["seed"], first["draws"]) == (5, 300)


def test_agreement_for_people(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "agree", str(file))
    assert "Under the median of the group H1 leads by Bayes with sources and groups." in text
    assert "Krippendorff" in text
    assert "that is no consensus" in text
    assert "E2 under H1: A C, B II, C C." in text
    assert "No round of private rating was held" in text


def test_one_analyst_is_nothing_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = saved(rated_by({"Ada": ["C I"]}), tmp_path)
    assert "nothing to compare" in said(capsys, "agree", str(one))
    found = as_json(capsys, "agree", str(one))
    assert (found["alpha"]["ordinal"], found["alpha"]["low"], found["kendall_w"]) == (None, None, None)
    assert "Nobody has stated" in said(capsys, "pool", str(one))
    assert as_json(capsys, "pool", str(one))["pools"] == {}
    assert main(["score", str(one), "--analyst", "group"]) == 1
    assert "no group" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["agree", "pool"])
def test_while_they_rate_in_private_it_is_refused_unless_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    case = rated_by(SHEETS)
    open_round(case)
    private = saved(case, tmp_path)
    assert main([command, str(private), "--json"]) == 1
    refused = capsys.readouterr()
    assert not refused.out
    assert "--revealed" in refused.err
    assert main([command, str(private), "--json", "--revealed"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["format"] == 1
    assert "still private" in shown.err
    assert main(["score", str(private), "--analyst", "group"]) == 1


def test_a_revealed_round_hides_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = rated_by(SHEETS)
    open_round(case, RoundState.REVEALED)
    found = as_json(capsys, "agree", str(saved(case, tmp_path)))
    assert found["analysts"][0]["in_private"] == found["analysts"][0]["rated"] == 11


def test_pools_in_the_published_shape(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "pool", str(file))
    assert next(iter(found["pools"])) == "linear"
    assert set(found["pools"]) == {"linear", "logarithmic", "median", "odds", "extremised", "coherence"}
    assert all(sum(pool.values()) == pytest.approx(1) for pool in found["pools"].values())
    assert found["people"][0]["sum"] == pytest.approx(1.5)
    assert found["people"][0]["incoherence"] == pytest.approx(0.28867513)
    assert found["people"][1]["incoherence"] == pytest.approx(0)
    assert found["people"][2]["projected"]["H3"] == 0
    assert found["people"][2]["zeros_of_projection"] == ["H3"]
    assert found["coherence_weights"]["beta"] == 1
    equal = as_json(capsys, "pool", str(file), "--beta", "0")
    assert equal["pools"]["coherence"] == pytest.approx(equal["pools"]["linear"])


def test_pools_for_people_are_rounded_and_say_what_to_beware_of(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "pool", str(file))
    assert "What Ben stated adds up." in text
    assert "What Ada stated sums to 150 %" in text
    assert "It puts H3 at zero, which was not stated" in text
    assert text.index("Mean (linear pool)") < text.index("Logarithmic pool")
    assert "Every way of pooling 3 statements puts H1 first." in text


def test_the_group_is_scored_drawn_and_reported_as_an_analyst(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = as_json(capsys, "score", str(file), "--analyst", "group")
    assert found["leaders"] == ["H1"]
    assert found["analyst"] == "the group, median of 3 sheets"
    assert as_json(capsys, "robustness", str(file), "--analyst", "group", "--draws", "50")["leaders"] == ["H1"]
    for name, ending in {"chart": "svg", "report": "md", "export": "csv", "print": "pdf"}.items():
        output = tmp_path / f"out.{ending}"
        assert main([name, str(file), "--analyst", "group", "-o", str(output)]) in (0, 1)
        assert output.exists()
    assert "median of 3" in (tmp_path / "out.md").read_text("utf-8")
    drawn = " ".join((tmp_path / "out.svg").read_text("utf-8").split())
    assert "Ratings: the group, median of 3 sheets" in drawn
    assert "one analyst" not in drawn
    for kind in EVERY_KIND:
        output = tmp_path / f"{kind}.csv"
        assert main(["chart", str(file), "--kind", kind, "--analyst", "group", "-o", str(output)]) == 0, kind
        assert output.stat().st_size
    assert "group-median" not in file.read_text("utf-8")
    assert len(read_document(file).loaded.analysis.analysts) == 3


def test_the_group_s_ratings_are_converted_and_its_id_is_nowhere(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, back = tmp_path / "out.xlsx", tmp_path / "back.ach.json"
    assert main(["convert", str(file), str(sheet), "--analyst", "group"]) == 0
    assert main(["convert", str(sheet), str(back)]) in (0, 1)
    capsys.readouterr()
    group, taken = (
        as_json(capsys, "score", *arguments) for arguments in ((str(file), "--analyst", "group"), (str(back),))
    )
    scores = [[entry["inconsistency"] for entry in one["hypotheses"]] for one in (taken, group)]
    assert scores[0] == scores[1]
    assert any(scores[0])
    assert "group-median" not in back.read_text("utf-8")
    bundle, of_all = tmp_path / "group.stix.json", tmp_path / "all.stix.json"
    assert main(["convert", str(file), str(bundle), "--analyst", "group"]) in (0, 1)
    assert main(["convert", str(file), str(of_all)]) in (0, 1)
    assert bundle.read_bytes() == of_all.read_bytes()


def test_nobody_is_ranked_or_scored(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agreed, pooled = as_json(capsys, "agree", str(file)), as_json(capsys, "pool", str(file))
    in_the_file = [entry.name for entry in read_document(file).loaded.analysis.analysts.values()]
    assert [entry["name"] for entry in agreed["analysts"]] == in_the_file
    assert [entry["name"] for entry in pooled["people"]] == in_the_file
    misses = [entry["incoherence"] for entry in pooled["people"]]
    assert misses != sorted(misses)
    text = said(capsys, "pool", str(file)) + said(capsys, "agree", str(file))
    for word in ("best", "worst", "score", "reliab", "accura", "expert"):
        assert not re.search(rf"(Ada|Ben|Cem)[^.\n]*{word}", text, re.IGNORECASE), word
    assert re.findall(r"(Ada|Ben|Cem), made to add up", text) == in_the_file
