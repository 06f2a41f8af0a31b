"""Each file keeps the method that it was made with; another choice of the program is for new analyses alone."""

from __future__ import annotations

import pytest

from ach_desk import paths
from ach_desk.commands import matrices
from ach_desk.model import RatingValue, method_settings, new_analysis
from ach_desk.model.method_settings import Method, MethodSettings, has_own_numbers, kept, to_keep
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.files import read_document

SEED = paths.seeds() / "russia-june-2023.ach.json"


def test_a_file_without_a_record_goes_by_weighted_inconsistency_for_ever() -> None:
    assert kept(None).method is method_settings.UNRECORDED is Method.WEIGHTED


def test_a_new_analysis_records_its_method_and_nothing_else() -> None:
    analysis = new_analysis()
    (line,) = [line for line in encode(analysis).decode().splitlines() if "method" in line]
    assert line.strip() == '"method_settings": {"method": "bayes_sources"},'
    assert kept(analysis.matrices[0].method_settings).method is method_settings.DEFAULT_METHOD


def test_a_file_holds_what_differs_from_the_programs_own_and_keeps_what_it_does_not_know() -> None:
    analysis = new_analysis()
    own = MethodSettings(method=Method.BAYES, seed=7, keeps={**MethodSettings().keeps, "high": 0.95})
    analysis.matrices[0].method_settings = own
    content = encode(analysis).replace(b'"method": "bayes"', b'"method": "bayes", "tomorrow": {"a": 1}')
    found = decode(content, "kept").analysis
    held = found.matrices[0].method_settings
    assert held is not None
    assert (held.seed, held.keeps["high"], held.likelihoods) == (7, 0.95, MethodSettings().likelihoods)
    assert held.model_extra == {"tomorrow": {"a": 1}}
    assert has_own_numbers(held)
    (line,) = [line for line in encode(found).decode().splitlines() if "method_settings" in line]
    assert ("likelihoods" in line, "reports" in line, "keeps" in line, "tomorrow" in line) == (False, False, True, True)


def test_tables_that_an_earlier_version_wrote_in_full_are_read_as_they_are() -> None:
    analysis = new_analysis()
    content = encode(analysis).replace(b'"bayes_sources"}', b'"bayes_sources", "likelihoods": {"CC": 0.9, "II": 0.1}}')
    held = decode(content, "full").analysis.matrices[0].method_settings
    assert held is not None
    assert held.likelihoods == {RatingValue.VERY_CONSISTENT: 0.9, RatingValue.VERY_INCONSISTENT: 0.1}


def test_nobodys_tables_are_shared() -> None:
    MethodSettings().likelihoods[RatingValue.NEUTRAL] = 0.7
    MethodSettings().reports.clear()
    assert MethodSettings().likelihoods[RatingValue.NEUTRAL] == 0.1
    assert MethodSettings().reports["high"].hit == 0.95


def test_another_default_is_recorded_in_new_analyses_and_changes_no_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(method_settings, "DEFAULT_METHOD", Method.BAYES)
    old = read_document(SEED).loaded.analysis.matrices[0]
    assert kept(old.method_settings).method is Method.WEIGHTED
    assert b"method_settings" not in encode(read_document(SEED).loaded.analysis)
    analysis = new_analysis()
    assert kept(analysis.matrices[0].method_settings).method is Method.BAYES
    matrices.add(analysis, "Another", analysis.matrices[0]).apply(analysis)
    content = encode(analysis)
    monkeypatch.undo()
    found = decode(content, "kept").analysis.matrices
    assert [kept(matrix.method_settings).method for matrix in found] == [Method.BAYES] * 2


def test_what_no_record_means_is_not_recorded() -> None:
    assert to_keep(MethodSettings()) is None
    assert to_keep(MethodSettings(seed=2)) == MethodSettings(seed=2)
