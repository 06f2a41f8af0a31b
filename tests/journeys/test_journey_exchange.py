"""Somebody is handed a file of PARC ACH, takes it into the open case, reads what became of it, and hands STIX on."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.foreign import ParcItem, parc_file, parc_matrix
from helpers.running import Person, Running
from helpers.screen import Screen, wait_until
from stix2validator import ValidationOptions, validate_string

from ach_desk.exchange.json_files import read_json

CLEAN, DIRTY = r"june\.ach\.json – ACH Desk", r"june\.ach\.json\* – ACH Desk"


def test_a_parc_file_in_and_a_stix_bundle_out(screen: Screen, person: Person, june: Path, tmp_path: Path) -> None:
    item = ParcItem("A column turned back", ["I", ""], {"MOOD": "calm", "CREDIBILITY": "HIGH"})
    handed = tmp_path / "handed.achz"
    handed.write_bytes(parc_file(parc_matrix(["Putin-backed", "A bluff"], [item])))
    program = person.start(june)
    screen.wait_for_window(CLEAN)
    _action(screen, program, "file of another program")
    screen.wait_for_window("^Import$")
    screen.write(f"{handed}\n")
    program.wait_to_hear(r"^In the file: 1 matrix, 2 hypotheses, 1 item and 1 rating", role="label")
    program.wait_to_hear(r"^Into the matrix in front", role="radio button")
    screen.press("Return")
    screen.wait_for_window("^Imported from handed.achz$")
    program.wait_to_hear(r"1 new hypothesis, 1 new item and 1 cell rated", role="label")
    program.wait_to_hear("Places that need a look", role="text")
    screen.press("Escape")
    screen.wait_for_window(DIRTY)
    program.wait_to_hear(r"^H5", tables=True)
    screen.press("ctrl+z")
    screen.wait_for_window(CLEAN)

    bundle = tmp_path / "handed-on.stix.json"
    _action(screen, program, "stix 2.1")
    screen.wait_for_window("^Export$")
    screen.press("ctrl+a")
    screen.write(f"{bundle}\n")
    wait_until(bundle.exists, "the bundle is written")
    screen.wait_for_window(DIRTY)  # that it left the program is noted
    data = bundle.read_bytes()
    assert validate_string(data.decode(), ValidationOptions(version="2.1")).is_valid
    incoming = read_json(data, bundle.name)
    assert incoming.analysis is not None
    assert len(incoming.analysis.hypotheses) == len(json.loads(june.read_text())["hypotheses"]) == 4


def _action(screen: Screen, program: Running, words: str) -> None:
    """Choose an action in the searchable list of all of them."""
    screen.press("ctrl+shift+p")
    program.wait_for_keyboard("Search actions", "text")
    screen.write(words)
    screen.press("Return")
