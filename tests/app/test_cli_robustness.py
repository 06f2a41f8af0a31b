"""``ach robustness`` and ``ach score --json --all``: the published shapes, key by key, and what people read."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from ach_desk import paths
from ach_desk.app.cli import main
from ach_desk.model.method_settings import Method, MethodSettings, settings_of_new
from ach_desk.scoring.methods import SUMS
from ach_desk.storage.codec import decode, encode

RUSSIA = str(paths.seeds() / "russia-june-2023.ach.json")
IRAQ = str(paths.seeds() / "heuer-iraq-1993.ach.json")
UNRATED = str(paths.seeds() / "russia-june-2023-unrated.ach.json")
LABELS = {"H1", "H2", "H3", "H4"}


def run(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main([*args]) == 0
    return capsys.readouterr().out


def robustness(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    return json.loads(run(capsys, "robustness", *args, "--json"))


def test_the_shape_of_robustness(capsys: pytest.CaptureFixture[str]) -> None:
    found = robustness(capsys, RUSSIA)
    assert set(found) == {
        *("format", "method", "leaders", "leave_one_out", "removals", "rating_steps"),
        *("rank_acceptability", "sentences"),
        *("trials", "fewest_parts", "tornado", "deception", "replay", "clones", "analysts", "uncertain"),
        "find_out_next",
    }
    assert (found["format"], found["method"], found["leaders"]) == (1, "weighted_inconsistency", ["H4"])
    assert found["leave_one_out"] == [{"item": "E8", "leaders": ["H3"]}, {"item": "E10", "leaders": ["H3"]}]
    assert set(found["removals"]) == set(found["rating_steps"]) == LABELS - {"H4"}
    assert found["removals"]["H3"] == {
        "to_tie": 1,
        "to_overtake": 1,
        "sets": [["E8"], ["E10"]],
        "sets_total": 2,
    }
    assert found["rating_steps"]["H3"] == {"to_tie": 1, "to_overtake": 1}
    acceptability = found["rank_acceptability"]
    assert set(acceptability) == {"seed", "draws", "share"}
    assert (acceptability["seed"], acceptability["draws"]) == (1, 10_000)
    assert set(acceptability["share"]) == LABELS
    assert all(sum(row) == pytest.approx(1) and len(row) == 4 for row in acceptability["share"].values())
    assert 3 <= len(found["sentences"]) <= 5


def test_the_shape_of_the_further_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = robustness(capsys, RUSSIA)
    assert {
        "kind": "source",
        "hypothesis": "H3",
        "to_tie": 3,
        "to_overtake": 3,
        "parts": ["S1", "S7", "S8"],
    } in found["fewest_parts"]["found"]
    assert {entry["kind"] for entry in found["fewest_parts"]["found"]} == {"source", "group", "assumption"}
    pairs = found["trials"]["pairwise"]
    assert all(set(row) == LABELS - {label} for label, row in pairs.items())
    assert all(pairs[one][other] + pairs[other][one] == pytest.approx(1) for one in pairs for other in pairs[one])
    first = [row[0] for row in found["rank_acceptability"]["share"].values()]
    assert found["trials"]["entropy_bits"] == pytest.approx(-sum(share * math.log2(share) for share in first if share))
    assert found["trials"]["margin"] == pytest.approx(0.0098)
    made = found["tornado"]
    assert (made["leader"], made["rival"]) == ("H4", "H3")
    assert made["margin"] == pytest.approx(0.5857864376)
    assert made["swings"][0] == {
        "kind": "item",
        "label": "E7",
        "low": {"margin": pytest.approx(-1.4142135624), "condition": "if E7 were II under H4"},
        "high": {"margin": pytest.approx(2.5857864376), "condition": "if E7 were N under H4"},
    }
    assert [entry["label"] for entry in found["deception"]] == ["S1", "S15", "S16"]
    assert found["deception"][0]["left_out"] == ["E11", "E14", "E15"]
    assert found["deception"][0]["rank"] == {"H1": 4, "H2": 3, "H3": 2, "H4": 1}
    steps = found["replay"]["learned"]
    assert (steps[0]["date"], steps[0]["new"], steps[0]["leaders"]) == ("2023-06-10", ["E2"], ["H1", "H3", "H4"])
    assert steps[-1]["leaders"] == found["leaders"]
    assert found["clones"]["items"][0] == {"items": ["E8", "E10"], "nearly": False, "grouped": True}
    assert found["analysts"] == []
    assert found["uncertain"] == {"weights": False, "priors": False}


def test_bayes_replays_probabilities(capsys: pytest.CaptureFixture[str]) -> None:
    steps = robustness(capsys, RUSSIA, "--method", "bayes")["replay"]["event"]
    assert all(sum(step["posterior"].values()) == pytest.approx(1) for step in steps)


def test_seed_draws_and_method_are_taken(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--draws", "500", "--seed", "9", "--method", "bayes")
    first, second = robustness(capsys, RUSSIA, *options), robustness(capsys, RUSSIA, *options)
    assert first == second
    assert first["method"] == "bayes"
    assert (first["rank_acceptability"]["seed"], first["rank_acceptability"]["draws"]) == (9, 500)
    other = robustness(capsys, RUSSIA, "--draws", "500", "--seed", "10", "--method", "bayes")
    assert other["rank_acceptability"]["share"] != first["rank_acceptability"]["share"]


@pytest.mark.parametrize("method", SUMS)
def test_every_way_that_has_a_robustness_is_taken_in_the_same_shape(
    capsys: pytest.CaptureFixture[str], method: Method
) -> None:
    found = robustness(capsys, RUSSIA, "--method", method.value, "--draws", "50")
    assert found["method"] == method.value
    assert found.keys() == robustness(capsys, RUSSIA, "--draws", "50").keys()
    every = json.loads(run(capsys, "score", RUSSIA, "--json", "--all"))["methods"]
    assert found["leaders"] == every[method.value]["leaders"]


def test_a_new_analysis_is_scored_and_looked_at_as_any_other_unless_a_method_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "new.ach.json"
    analysis = decode(Path(RUSSIA).read_bytes(), "russia").analysis
    analysis.matrices[0].method_settings = settings_of_new()
    file.write_bytes(encode(analysis))
    assert json.loads(run(capsys, "score", str(file), "--json")) == json.loads(run(capsys, "score", RUSSIA, "--json"))
    found = robustness(capsys, str(file), "--draws", "50")
    assert (found["method"], found["leaders"]) == ("weighted_inconsistency", ["H4"])
    assert found == robustness(capsys, RUSSIA, "--draws", "50")
    made = tmp_path / "made.ach.json"
    assert main(["new", "-o", str(made)]) == 0
    assert decode(made.read_bytes(), "made").analysis.matrices[0].method_settings == settings_of_new()


def test_what_lacks_a_rating_is_said_to_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "partly.ach.json"
    analysis = decode(Path(RUSSIA).read_bytes(), "russia").analysis
    matrix = analysis.matrices[0]
    del next(iter(matrix.sheets.values()))[matrix.evidence[0]][matrix.hypotheses[1]]
    file.write_bytes(encode(analysis))
    said = "By Bayes an item counts once it is rated under every hypothesis. Left out: E1 (not rated under H2)."
    assert any(line.startswith(said) for line in run(capsys, "robustness", str(file), "--method", "bayes").splitlines())
    assert not any(line.startswith(said) for line in run(capsys, "robustness", str(file)).splitlines())


def test_the_seed_is_that_of_the_file_and_the_draws_are_not(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    analysis = decode(Path(IRAQ).read_bytes(), "iraq").analysis
    analysis.matrices[0].method_settings = MethodSettings(draws=300, seed=7)
    kept = tmp_path / "kept.ach.json"
    kept.write_bytes(encode(analysis))
    found = robustness(capsys, str(kept))["rank_acceptability"]
    assert (found["seed"], found["draws"]) == (7, 10_000)


def test_what_is_impossible_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    found = robustness(capsys, IRAQ, "--draws", "10")
    assert found["removals"]["H3"] == {"to_tie": 2, "to_overtake": None, "sets": [["E2", "E3"]], "sets_total": 1}
    assert found["leave_one_out"] == []


def test_nothing_rated_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    found = robustness(capsys, UNRATED)
    assert (found["leaders"], found["removals"], found["rating_steps"]) == ([], {}, {})
    assert found["rank_acceptability"]["share"] == {}
    assert found["sentences"] == ["Nothing is rated yet, so there is no order that could be overturned."]


def test_what_to_find_out_next(capsys: pytest.CaptureFixture[str]) -> None:
    found = robustness(capsys, RUSSIA, "--draws", "10")["find_out_next"]
    assert set(found) == {"frame", "prior", "ranked", "missing"}
    assert sum(found["prior"].values()) == pytest.approx(1)
    ranked = found["ranked"]
    assert [entry["kind"] for entry in ranked[:2]] == ["indicator", "reported item"]
    assert (ranked[0]["label"], ranked[1]["label"]) == (None, "E7")
    assert ranked[1]["tells_apart"] == ["H3", "H4"]
    gains = [entry["information_gain_bits"] for entry in ranked]
    assert gains == sorted(gains, reverse=True)
    assert all(sum(entry[after].values()) == pytest.approx(1) for entry in ranked for after in ("if_so", "if_not"))
    assert {entry["cost"] for entry in ranked} == {entry["bits_per_cost"] for entry in ranked} == {None}
    missing = robustness(capsys, UNRATED, "--draws", "10")["find_out_next"]["missing"]
    assert missing[0]["label"] == "E1"
    assert set(missing[0]["unrated"]) == LABELS


def test_robustness_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "robustness", RUSSIA).splitlines()
    assert lines[0] == "By weighted inconsistency and the present ratings H4 leads."
    assert any("seed 1, give or take 1.0%" in line for line in lines)
    assert any(line.startswith("Finding out whether ") for line in lines)


def test_an_unknown_method_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["robustness", RUSSIA, "--method", "fuzzy"]) == 2
    assert "fuzzy" in capsys.readouterr().err


def test_the_shape_of_every_method(capsys: pytest.CaptureFixture[str]) -> None:
    plain = json.loads(run(capsys, "score", RUSSIA, "--json"))
    found = json.loads(run(capsys, "score", RUSSIA, "--json", "--all"))
    methods, said = found.pop("methods"), found.pop("agreement")
    assert found == plain
    assert methods.keys() >= {
        *("inconsistency", "weighted_inconsistency", "inconsistency_per_rated"),
        *("net_consistency", "bayes", "bayes_sources"),
    }
    for name, entry in methods.items():
        assert set(entry) == {"scores", "rank", "leaders"}, name
        assert set(entry["scores"]) == set(entry["rank"]) == LABELS
        assert entry["leaders"] == [label for label, rank in entry["rank"].items() if rank == 1]
    scores = {entry["label"]: entry["weighted_inconsistency"] for entry in found["hypotheses"]}
    assert methods["weighted_inconsistency"]["scores"] == pytest.approx(scores)
    for name in ("bayes", "bayes_sources"):
        assert sum(methods[name]["scores"].values()) == pytest.approx(1)
    assert said.startswith("The ways of adding up disagree: ")


def test_what_bayes_leaves_out_has_the_posterior_of_neutral_cells_beside_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shape = json.loads(Path(RUSSIA).read_text(encoding="utf-8"))
    (sheet,) = shape["matrices"][0]["sheets"]
    item = next(iter(sheet["ratings"]))
    label = next(entry["label"] for entry in shape["evidence"] if entry["id"] == item)
    sheet["ratings"][item].popitem()
    file = tmp_path / "case.ach.json"
    file.write_text(json.dumps(shape), encoding="utf-8")
    methods = json.loads(run(capsys, "score", str(file), "--json", "--all"))["methods"]
    for name, entry in methods.items():
        assert set(entry) == {"scores", "rank", "leaders"} | (
            {"not_comparable", "neutral"} if name.startswith("bayes") else set()
        )
    for way in (methods["bayes"], methods["bayes_sources"]):
        assert way["not_comparable"] == [label]
        assert set(way["neutral"]) == {"scores", "rank", "leaders"}
        assert sum(way["neutral"]["scores"].values()) == pytest.approx(1)
        assert way["neutral"]["scores"] != pytest.approx(way["scores"])


def test_score_names_the_causes_of_a_matrix_in_which_several_may_act_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = json.loads(run(capsys, "score", RUSSIA, "--json", "--all"))
    assert "causes" not in first
    second = json.loads(run(capsys, "score", RUSSIA, "--json", "--all", "--matrix", "Causes"))
    assert set(second) - {"causes"} == set(first) - {"conclusion"}  # which is one of the first matrix
    found = second["causes"]
    assert set(found) == {"frame", "prior", "bayes", "bayes_sources"}
    assert (found["frame"], found["prior"]) == ("independent causes", {"H1": 0.1, "H2": 0.3, "H3": 0.5})
    for way in ("bayes", "bayes_sources"):
        shares = found[way]["combinations"]
        assert len(shares) == 8
        assert sum(entry["probability"] for entry in shares) == pytest.approx(1)
        assert shares[0]["causes"] == ["H2", "H3"]
        for label, probability in found[way]["at_work"].items():
            summed = sum(entry["probability"] for entry in shares if label in entry["causes"])
            assert summed == pytest.approx(probability)
        assert found[way]["not_comparable"] == []


def test_belief_always_comes_with_its_conflict(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "score", RUSSIA, "--json", "--belief"))["belief"]
    assert set(found) == {"belief", "plausibility", "conflict", "can_rank", "not_comparable"}
    assert found["conflict"] == pytest.approx(0.944, abs=0.001)
    assert found["can_rank"] is False
    assert all(found["belief"][label] <= found["plausibility"][label] for label in LABELS)
    text = run(capsys, "score", RUSSIA, "--belief")
    assert "(conflict K = 0.94)" in text
    assert "the hypotheses are not ranked by it" in text


def test_robustness_in_words_says_what_the_causes_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert "The most probable combination is H2 with H3" in run(capsys, "robustness", RUSSIA, "--matrix", "Causes")
    assert "combination is" not in run(capsys, "robustness", RUSSIA)
