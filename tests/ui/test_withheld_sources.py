"""A withheld source leaves the program by its public description alone, in whatever way it leaves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers import needs_tool
from helpers.analyses import Case
from helpers.desktop import running_desktop
from helpers.printing import options, page_texts
from helpers.sourced import cite, cited_as, rated_case
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.app.cli import main
from ach_desk.commands import edits, groups, sources
from ach_desk.exchange.csv_matrix import write_matrix
from ach_desk.model import Analysis, Directness, InformationCredibility, Reliability
from ach_desk.model.public import public, public_source
from ach_desk.reporting import charts
from ach_desk.reporting.chart_material import material
from ach_desk.reporting.chart_options import ALL_KINDS, FROM_MATERIAL, ChartOptions
from ach_desk.reporting.comparison import compare
from ach_desk.reporting.document import changes_document, print_document
from ach_desk.reporting.typesetting import pdf
from ach_desk.scoring import all_findings, assess
from ach_desk.storage.codec import encode
from ach_desk.ui.application import Desktop
from ach_desk.ui.steps import EVIDENCE, step_of

PUBLIC = "A person with access"
SECRET_FIELDS = {
    "name": "Ferdinand Geheim",
    "kind": "walk-in agent",
    "link": "https://secret.example/ferdinand",
    "date": "1907-05-03",
    "grade_reason": "met him twice in Lisbon",
    "access": "his brother is the courier",
    "motive": "owes the harbour master",
    "track_record": "right about the barges",
    "suspect_reason": "seen with the cipher clerk",
    "retracted_reason": "signed a false receipt",
    "note": "call only on Tuesdays",
}
SECRETS = (*SECRET_FIELDS.values(), "Ferdinand", "Geheim", "secret.example")


@pytest.fixture
def before() -> Analysis:
    """Return the state before the source was graded, renamed and withheld."""
    return _case().analysis.snapshot()


def _case() -> Case:
    case = rated_case()
    agent = cite(case, "Ferdinand the earlier", 1, 2)
    cite(case, "Reuters", 2, reliability=Reliability.B)
    cited_as(case, 1, agent, credibility=InformationCredibility.IMPROBABLE, directness=Directness.SECOND_HAND)
    return case


@pytest.fixture
def case() -> Case:
    return withhold(_case(), PUBLIC)


def withhold(case: Case, description: str) -> Case:
    """Give S1 every secret there is, withhold and retract it, and let one of its items count again."""
    agent = next(iter(case.analysis.sources))
    fields = {**SECRET_FIELDS, "reliability": Reliability.A, "suspect": True, "withheld": True}
    fields["public_description"] = description
    del fields["retracted_reason"]
    edits.set_fields(case.analysis, "source", agent, fields, "").apply(case.analysis)
    sources.retract(case.analysis, agent, SECRET_FIELDS["retracted_reason"]).apply(case.analysis)
    edits.take_back(case.analysis, [case.e(1)]).apply(case.analysis)
    return case


def leaks(text: str) -> list[str]:
    """Return the secrets that stand in a text."""
    return [secret for secret in SECRETS if secret in text]


def test_the_file_keeps_everything(case: Case) -> None:
    assert set(leaks(encode(case.analysis).decode())) == set(SECRETS)


def test_what_is_public_keeps_label_and_grade_only(case: Case) -> None:
    shown = next(iter(public(case.analysis).sources.values()))
    assert (shown.label, shown.name, shown.reliability) == ("S1", PUBLIC, Reliability.A)
    assert leaks(repr(shown)) == []
    assert next(iter(case.analysis.sources.values())).name == SECRET_FIELDS["name"]


def test_without_a_description_it_is_a_withheld_source() -> None:
    case = withhold(_case(), "  ")
    assert public_source(next(iter(case.analysis.sources.values()))).name == "a withheld source"


def test_an_analysis_that_withholds_nothing_is_shown_as_it_is() -> None:
    case = rated_case()
    cite(case, "Reuters", 1)
    assert public(case.analysis) is case.analysis


def test_printed_pages(case: Case) -> None:
    needs_tool("pdftotext")
    assert leaks(print_document(case.analysis, case.matrix, case.analyst, options()).data) == []
    text = "\n".join(page_texts(pdf(print_document(case.analysis, case.matrix, case.analyst, options()))))
    assert leaks(text) == []
    assert PUBLIC in text
    assert "A – Completely reliable, suspect, retracted" in " ".join(text.split())


def test_the_document_and_the_text_of_what_changed(case: Case, before: Analysis) -> None:
    # The earlier state is of another analysis with the same source.
    old = before.sources.pop(next(iter(before.sources)))
    agent = next(iter(case.analysis.sources))
    before.sources = {agent: old.model_copy(update={"id": agent}), **before.sources}
    for was, present in ((before, case.analysis), (case.analysis, before)):
        matrix, analyst = present.matrices[0], next(iter(present.analysts))
        compared = compare(was, present, matrix, analyst)
        assert leaks(compared.as_text("Changes")) == []
        assert leaks(changes_document(present, matrix, analyst, "", compared, options()).data) == []


def test_charts_and_tables(case: Case) -> None:
    assessment = assess(case.analysis, case.matrix, case.analyst)
    found = material(case.analysis, case.matrix, case.analyst)
    for kind in ALL_KINDS:
        for fmt in ("svg", "csv"):
            subject = found if kind in FROM_MATERIAL else assessment
            assert leaks(charts.save(kind, subject, ChartOptions(), fmt).decode()) == []
    exported = write_matrix(case.analysis, case.matrix, case.analyst)
    assert leaks(exported.data.decode()) == []
    assert PUBLIC in exported.data.decode()
    assert leaks(" ".join(exported.left_out)) == []
    assert "the name of S1, which is withheld" in exported.left_out


@pytest.mark.parametrize(
    "command",
    [
        lambda file, _out: ["score", file],
        lambda file, _out: ["score", "--json", file],
        lambda file, _out: ["validate", "--findings", file],
        lambda file, out: ["export", file, "-o", f"{out}/a.csv"],
        lambda file, out: ["chart", file, "-o", f"{out}/a.svg"],
        lambda file, out: ["chart", file, "--kind", "heatmap", "-o", f"{out}/a.csv"],
    ],
)
def test_the_command_line(
    case: Case, command: Callable[[str, Path], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.ach.json"
    file.write_bytes(encode(case.analysis))
    out = tmp_path / "out"
    out.mkdir()
    main(command(str(file), out))
    said = capsys.readouterr()
    assert said.out
    assert leaks(said.out + said.err) == []
    for written in out.iterdir():
        assert leaks(written.read_text(encoding="utf-8")) == []


def test_a_group_named_after_a_source_that_is_withheld_later(case: Case) -> None:
    name = SECRET_FIELDS["name"]
    groups.make(case.analysis, [case.e(1), case.e(2)], name).apply(case.analysis)
    assert leaks(print_document(case.analysis, case.matrix, case.analyst, options()).data) == []
    assert [group.name for group in public(case.analysis).groups.values()] == [PUBLIC]
    assert [group.name for group in case.analysis.groups.values()] == [name]


def test_that_its_name_stands_in_other_texts_is_pointed_out_without_saying_it(case: Case) -> None:
    def told() -> list[str]:
        assessment = assess(case.analysis, case.matrix, case.analyst)
        found = all_findings(case.analysis, case.matrix, case.analyst, assessment)
        return [finding.text for finding in found if finding.code == "source_still_named"]

    name = SECRET_FIELDS["name"]
    edits.set_field(case.analysis, "evidence", [case.e(3)], "note", f"{name}sson was not there.").apply(case.analysis)
    assert told() == []
    edits.set_field(case.analysis, "evidence", [case.e(3)], "quotation", f"So {name}, who").apply(case.analysis)
    edits.set_field(case.analysis, "hypothesis", [case.h(1)], "statement", name).apply(case.analysis)
    groups.make(case.analysis, [case.e(1), case.e(2)], f"All of {name}").apply(case.analysis)
    cell = case.matrix.rating(case.analyst, case.e(4), case.h(2))
    assert cell is not None
    case.matrix.set_rating(case.analyst, case.e(4), case.h(2), dataclasses.replace(cell, rationale=f"({name})"))
    places = "a dependence group, H1, E3 and E4"
    assert told() == [f"S1 is withheld, but its name stands in the texts of {places}, which leave the program."]
    assert step_of("source_still_named") == EVIDENCE


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


def test_the_clipboard(desktop: Desktop, case: Case, qtbot: QtBot) -> None:
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.actions_registry.refresh()
    window.actions_registry["edit.copy_matrix"].trigger()
    copied = QGuiApplication.clipboard().mimeData()
    assert PUBLIC in copied.text()
    assert leaks(copied.text() + copied.html()) == []
