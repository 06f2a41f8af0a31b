"""Each file keeps the method that it was made with; another choice of the program is for new analyses alone."""

from __future__ import annotations

import pytest

from ach_desk import paths
from ach_desk.commands import matrices
from ach_desk.model import method_settings, new_analysis
from ach_desk.model.method_settings import Method, MethodSettings, kept, to_keep
from ach_desk.storage.codec import decode, encode
from ach_desk.storage.files import read_document


def test_a_file_without_a_record_goes_by_weighted_inconsistency_for_ever() -> None:
    assert kept(None).method is method_settings.UNRECORDED is Method.WEIGHTED


def test_today_new_analyses_go_by_what_files_without_a_record_do() -> None:
    assert new_analysis().matrices[0].method_settings is None
    assert kept(new_analysis().matrices[0].method_settings).method is method_settings.DEFAULT_METHOD


def test_another_default_is_recorded_in_new_analyses_and_changes_no_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(method_settings, "DEFAULT_METHOD", Method.BAYES_SOURCES)
    old = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis.matrices[0]
    assert kept(old.method_settings).method is Method.WEIGHTED
    analysis = new_analysis()
    assert kept(analysis.matrices[0].method_settings).method is Method.BAYES_SOURCES
    matrices.add(analysis, "Another", analysis.matrices[0]).apply(analysis)
    content = encode(analysis)
    monkeypatch.undo()
    found = decode(content, "kept").analysis.matrices
    assert [kept(matrix.method_settings).method for matrix in found] == [Method.BAYES_SOURCES] * 2


def test_what_no_record_means_is_not_recorded() -> None:
    assert to_keep(MethodSettings()) is None
    assert to_keep(MethodSettings(seed=2)) == MethodSettings(seed=2)
