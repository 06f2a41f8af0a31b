"""By which way a matrix adds up goes along where a format can hold it; what is lost of it is said, and nothing else."""

from __future__ import annotations

import json

import pytest
from helpers.analyses import small_case
from helpers.foreign import FOREIGN_STIX, MISP, OTHER_ACH_PROGRAMS, json_bytes

from ach_desk.exchange.formats import format_of
from ach_desk.exchange.stix_terms import EXTENSION
from ach_desk.model import Analysis
from ach_desk.model.method_settings import DEFAULT_METHOD, Method, MethodSettings, settings_of_new

OWN = ("case.stix.json", "case.xlsx", "case.ods")
LOST_NUMBERS = "the settings of the methods"


def case(settings: MethodSettings | None) -> Analysis:
    made = small_case(3, 4, rated=True)
    made.matrix.method_settings = settings
    return made.analysis


def there_and_back(analysis: Analysis, name: str) -> tuple[tuple[str, ...], MethodSettings | None]:
    """Return what a file of that name is said not to hold, and what is recorded in the matrix that it comes back as."""
    found = format_of(name)
    assert found is not None
    matrix = analysis.matrices[0]
    outgoing = found.writer()(analysis, matrix, next(iter(analysis.analysts)))
    incoming = found.reader()(outgoing.data, name)
    assert incoming.analysis is not None
    return tuple(outgoing.left_out), incoming.analysis.matrices[0].method_settings


def of_methods(lines: tuple[str, ...]) -> list[str]:
    return [line for line in lines if line == LOST_NUMBERS or "adding up" in line]


@pytest.mark.parametrize("settings", [None, settings_of_new(), MethodSettings(method=Method.BAYES)], ids=repr)
@pytest.mark.parametrize("name", OWN)
def test_formats_of_the_program_bring_the_way_back_and_have_nothing_to_say_of_it(
    name: str, settings: MethodSettings | None
) -> None:
    lost, back = there_and_back(case(settings), name)
    assert of_methods(lost) == []
    assert back == settings


@pytest.mark.parametrize("name", OWN)
def test_numbers_that_somebody_changed_are_lost_which_is_said(name: str) -> None:
    lost, back = there_and_back(case(MethodSettings(method=Method.BAYES, seed=7)), name)
    assert of_methods(lost) == [LOST_NUMBERS]
    assert back == MethodSettings(method=Method.BAYES)


def test_a_table_is_new_when_it_is_read_so_only_another_way_is_said_to_be_lost() -> None:
    lost, back = there_and_back(case(settings_of_new()), "case.csv")
    assert (of_methods(lost), back) == ([], settings_of_new())
    lost, back = there_and_back(case(None), "case.csv")
    assert of_methods(lost) == ["the way of adding up that the matrix goes by: weighted inconsistency"]
    assert back == settings_of_new()


def test_what_another_program_made_goes_by_weighted_inconsistency_as_that_program_does() -> None:
    lost, back = there_and_back(case(settings_of_new()), "case.achz")
    assert (of_methods(lost), back) == ([], None)
    lost, _back = there_and_back(case(MethodSettings(method=DEFAULT_METHOD, draws=500)), "case.achz")
    assert of_methods(lost) == [LOST_NUMBERS]


@pytest.mark.parametrize("said", [7, None, ["bayes"], "guessing", {"method": "bayes"}])
def test_a_bundle_with_no_such_way_is_read_as_one_without(said: object) -> None:
    found = format_of("case.stix.json")
    assert found is not None
    analysis = case(settings_of_new())
    bundle = json.loads(found.writer()(analysis, analysis.matrices[0], next(iter(analysis.analysts))).data)
    (grouping,) = [entry for entry in bundle["objects"] if entry["type"] == "grouping"]
    assert grouping["extensions"][EXTENSION]["method"] == "bayes_sources"
    grouping["extensions"][EXTENSION]["method"] = said
    incoming = found.reader()(json.dumps(bundle).encode(), "case.stix.json")
    assert incoming.analysis is not None
    assert incoming.analysis.matrices[0].method_settings is None


def recorded(name: str, data: bytes) -> MethodSettings | None:
    found = format_of(name)
    assert found is not None
    incoming = found.reader()(data, name)
    assert incoming.analysis is not None
    return incoming.analysis.matrices[0].method_settings


def test_a_list_and_what_holds_no_matrix_become_new_analyses() -> None:
    assert recorded("list.txt", b"- One report\n- Another report\n") == settings_of_new()
    assert recorded("event.json", json_bytes(MISP)) == settings_of_new()
    assert recorded("other.stix.json", json_bytes(FOREIGN_STIX)) == settings_of_new()


@pytest.mark.parametrize("data", OTHER_ACH_PROGRAMS)
def test_what_another_program_for_the_method_made_keeps_to_no_record(data: object) -> None:
    assert recorded("other.json", json_bytes(data)) is None
