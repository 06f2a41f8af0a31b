"""The panel on robustness: its sentences and links, the figures below, stale and stopped answers, the settings."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import Case, small_case, state_of
from helpers.desktop import running_desktop
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.commands import edits, groups
from ach_desk.commands.trail import as_of_entry
from ach_desk.commands.trail_words import TrailWords, rows_of
from ach_desk.model import Rating, RatingValue, method_settings
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring import Finding
from ach_desk.storage.files import read_document
from ach_desk.ui import help as manual_help
from ach_desk.ui.application import Desktop
from ach_desk.ui.background import Cancel
from ach_desk.ui.manual import anchor_of
from ach_desk.ui.robustness import panel as panel_module
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.kept import KeptMethods
from ach_desk.ui.robustness.method_note import MethodNote
from ach_desk.ui.robustness.panel import RobustnessPanel
from ach_desk.ui.robustness.settings import MethodSettingsDialog
from ach_desk.ui.settings import SettingsStore
from ach_desk.ui.widgets.foldsection import FoldSection
from ach_desk.ui.window import AnalysisWindow

PATIENCE = 20_000


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    """Return a window on the worked example of June 2023."""
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    window = desktop.open_untitled(analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


@pytest.fixture
def panel(qtbot: QtBot, window: AnalysisWindow) -> RobustnessPanel:
    window.actions_registry["robustness.show"].trigger()
    panel = window.robust.dock.panel
    settle(qtbot, panel)
    return panel


def settle(qtbot: QtBot, panel: RobustnessPanel) -> None:
    """Wait until all that was asked is shown."""
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.complete and panel.is_settled, timeout=PATIENCE)


def label_of(window: AnalysisWindow, item: str | None) -> str:
    return window.session.analysis.evidence[item].label if item else ""


def test_nothing_is_there_before_it_is_opened(window: AnalysisWindow) -> None:
    assert not window.robust.dock.is_built
    assert window.robust.dock.isHidden()


def test_it_opens_as_at_most_five_sentences(panel: RobustnessPanel) -> None:
    found = panel.sentences.texts
    assert found[0] == "By weighted inconsistency and the present ratings H4 leads."
    assert found[1] == "Decides the result today: E8 and E10."
    assert found[2] == "If E8 were left out, H3 would pass H4."
    assert found[3] == "If E7 were rated II instead of I under H4, H3 would pass it."
    assert "Its lead is unresolved. This is not the probability that H4 is true." in found[4]
    assert len(found) == 5
    assert not any(fold.is_open for fold in panel.folds)
    assert not nameless_controls(panel)


def test_what_has_no_room_among_the_sentences_stands_below_two_headings(panel: RobustnessPanel) -> None:
    said = {fold.switch.text(): fold.summary for fold in panel.folds if fold.summary.text()}
    assert said["Ways of adding up beside each other"].text() == ("First: H3 and H4 (three ways), H4 (two), H3 (one)")
    assert said["Find out next"].text().endswith("comes about would tell H4 from H3 best.")
    assert len(said) == 2
    assert all(summary.isVisible() for summary in said.values())
    panel.folds[0].switch.click()
    assert said["Ways of adding up beside each other"].isHidden()


def test_every_figure_has_its_formula_source_and_limits_one_click_away(
    panel: RobustnessPanel, window: AnalysisWindow
) -> None:
    folds = window.robust.dock.panel.findChildren(FoldSection)
    assert len(folds) >= 12
    asked: list[str] = []
    manual_help.door.asked.connect(asked.append)
    for fold in folds:
        assert fold.how is not None, fold.switch.text()
        assert fold.how.isHidden() is not fold.is_open
        fold.how.click()
        assert manual_help.page_for(fold.switch) == asked[-1]  # F1 leads there too
    panel.how.click()
    for method in (Method.WEIGHTED, Method.BAYES, Method.BAYES_SOURCES):
        panel.method.show_value(method)
        panel.method.chosen.emit(method)
        panel.method_how.click()
    manual_help.door.asked.disconnect(asked.append)
    assert len(asked) == len(folds) + 4
    assert [page.partition("#")[2] for page in asked[-3:]] == [
        "inconsistency",
        "bayes",
        "bayes-with-sources-and-groups",
    ]
    for page in asked:
        name, _hash, anchor = page.partition("#")
        text = (paths.manual() / name).read_text(encoding="utf-8")
        headings = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
        places = [place for place, entry in enumerate(headings) if not anchor or anchor_of(entry) == anchor]
        assert places, page
        chapter = text.partition(f"# {headings[places[0]]}")[2].partition("\n## ")[0] if anchor else text
        assert "**Limit" in chapter or "**do not**" in chapter, page


def test_a_link_selects_the_row(panel: RobustnessPanel, window: AnalysisWindow) -> None:
    label = next(entry for entry in panel.sentences.findChildren(QLabel) if entry.accessibleName().startswith("If E8"))
    item = next(entry.id for entry in window.session.analysis.evidence.values() if entry.label == "E8")
    assert f'<a href="{item}">E8</a>' in label.text()
    label.linkActivated.emit(item)
    assert label_of(window, window.matrix.selection().evidence) == "E8"


def test_a_link_of_a_rating_selects_its_cell(panel: RobustnessPanel, window: AnalysisWindow) -> None:
    label = next(entry for entry in panel.sentences.findChildren(QLabel) if entry.accessibleName().startswith("If E7"))
    item = next(entry.id for entry in window.session.analysis.evidence.values() if entry.label == "E7")
    label.linkActivated.emit(item)
    selection = window.matrix.selection()
    assert (label_of(window, selection.evidence), selection.focus) == ("E7", "cell")
    assert selection.hypothesis is not None
    assert window.session.analysis.hypotheses[selection.hypothesis].label == "H4"


def test_a_title_is_never_taken_for_markup(panel: RobustnessPanel, window: AnalysisWindow) -> None:
    panel.sentences.show_texts(["<b>E8</b> & E10"], window.session.analysis)
    (label,) = [entry for entry in panel.sentences.findChildren(QLabel) if not entry.isHidden()]
    assert label.text().startswith("&lt;b&gt;<a href=")
    assert " &amp; " in label.text()


def test_the_methods_stand_beside_each_other(panel: RobustnessPanel) -> None:
    table = panel.table
    names = [text_at(panel, row, 0) for row in range(table.rowCount())]
    assert "Net consistency (as a contrast only)" in names
    weighted = names.index("Weighted inconsistency")
    assert [text_at(panel, weighted, column) for column in range(1, 5)] == [
        "4. −7.12",
        "3. −6.00",
        "2. −4.00",
        "1. −3.41",
    ]
    assert text_at(panel, names.index("Bayes"), 1) == "4. under 5 %"
    assert panel.agreement.texts[0].startswith("The ways of adding up disagree: ")


def text_at(panel: RobustnessPanel, row: int, column: int) -> str:
    item = panel.table.item(row, column)
    assert item is not None
    return item.text()


def test_what_bayes_leaves_out_has_a_row_with_its_cells_as_neutral(
    panel: RobustnessPanel, window: AnalysisWindow, qtbot: QtBot
) -> None:
    names = [text_at(panel, row, 0) for row in range(panel.table.rowCount())]
    assert not any("neutral" in name for name in names)
    session = window.session
    item, hypothesis = session.matrix.evidence[0], session.matrix.hypotheses[0]
    session.rate([(item, hypothesis)], None)
    settle(qtbot, panel)
    names = [text_at(panel, row, 0) for row in range(panel.table.rowCount())]
    beside = names.index("Bayes, missing cells as neutral")
    assert names[beside - 1] == "Bayes"
    assert text_at(panel, beside, 1) == "4. under 5 %"
    assert "Bayes with sources and groups, missing cells as neutral" in names


def test_what_each_challenger_needs_and_what_whole_parts_do(panel: RobustnessPanel) -> None:
    said = panel.changes.texts
    assert said[said.index("H3 Personal grievance") + 1 :] == [
        "If E8 were left out, H3 would pass H4.",
        "The same holds without E10.",
        "If E7 were rated II instead of I under H4, H3 would pass it.",
    ]
    assert "Leaving out any one of 3 sources changes nothing in front." in panel.parts.texts


def test_shares_are_bars_with_margin_and_seed(panel: RobustnessPanel) -> None:
    assert panel.bars.texts[0] == ("H4  Grievance, and Putin let it run", "50 %")
    assert panel.trials.texts[0] == "10,000 trials with seed 1; each share is give or take 1.0 points."
    assert panel.trials.texts[1].startswith("The lead is unresolved")
    assert panel.trials.texts[-1].endswith("No share is the probability of a hypothesis.")


_ALIKE = ("E11", "E14", "E15", "E17", "E19", "E20")


def test_bayes_names_items_that_may_depend(panel: RobustnessPanel, window: AnalysisWindow, qtbot: QtBot) -> None:
    assert panel.warning.isHidden()
    choose(qtbot, panel, Method.BAYES)
    assert panel.sentences.texts[0].startswith("By Bayes and the present ratings ")
    assert panel.warning.text().startswith(
        "E11, E14, E15, E17, E19 and E20 may depend on each other and are in no group."
    )
    analysis = window.session.analysis
    items = [entry.id for entry in analysis.evidence.values() if entry.label in _ALIKE]
    window.session.execute(groups.make(analysis, items, "One author"))
    settle(qtbot, panel)
    assert panel.warning.isHidden()


def choose(qtbot: QtBot, panel: RobustnessPanel, method: Method) -> None:
    panel.method.show_value(method)
    panel.method.chosen.emit(method)
    settle(qtbot, panel)


def test_an_edit_is_answered_anew(panel: RobustnessPanel, window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    item = next(entry.id for entry in session.analysis.evidence.values() if entry.label == "E8")
    session.execute(edits.set_aside(session.analysis, [item], "No longer believed"))
    settle(qtbot, panel)
    assert panel.sentences.texts[0] == "By weighted inconsistency and the present ratings H3 leads."


def test_a_slow_answer_to_what_was_edited_meanwhile_is_ended_and_dropped(
    window: AnalysisWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, full = threading.Event(), threading.Event(), panel_module.full_answer
    asked: list[Cancel] = []

    def slow(answer: Answer, cancel: Cancel) -> Answer:
        asked.append(cancel)
        begun.set()
        assert go_on.wait(PATIENCE / 1000)
        return full(answer, Cancel())

    monkeypatch.setattr(panel_module, "full_answer", slow)
    window.actions_registry["robustness.show"].trigger()
    panel = window.robust.dock.panel
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    session = window.session
    answered: list[bool] = []
    panel.answered.connect(lambda: answered.append(panel.answer.question.assessment is session.assessment))
    item = next(entry.id for entry in session.analysis.evidence.values() if entry.label == "E8")
    session.execute(edits.set_aside(session.analysis, [item], "No longer believed"))
    assert bool(asked[0])
    go_on.set()
    settle(qtbot, panel)
    assert answered == [True]
    assert len(asked) == 2
    assert panel.sentences.texts[0] == "By weighted inconsistency and the present ratings H3 leads."


def test_a_stopped_answer_says_so_and_goes_on(
    window: AnalysisWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RobustnessPanel, "PAUSE_MS", 3_600_000)
    window.actions_registry["robustness.show"].trigger()
    panel = window.robust.dock.panel
    qtbot.waitUntil(lambda: panel.answer is not None, timeout=PATIENCE)
    assert panel.state.text().startswith("The trials are running.")
    assert panel.stop_button.isVisible()
    panel.stop_button.click()
    assert panel.state.text() == "The trials have not run, so the lead counts as unresolved."
    assert not panel.bars.texts
    panel.go_on_button.click()
    settle(qtbot, panel)
    assert panel.state.isHidden()
    assert panel.bars.texts


def test_a_hidden_panel_asks_nothing(panel: RobustnessPanel, window: AnalysisWindow, qtbot: QtBot) -> None:
    window.robust.dock.hide()
    before = panel.answer
    session = window.session
    item = next(entry.id for entry in session.analysis.evidence.values() if entry.label == "E8")
    session.execute(edits.set_aside(session.analysis, [item], "No longer believed"))
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=PATIENCE)
    assert panel.answer is before
    window.robust.dock.show()
    window.robust.dock.raise_()
    qtbot.waitUntil(lambda: panel.answer is not before, timeout=PATIENCE)
    settle(qtbot, panel)
    assert "H3 leads" in panel.sentences.texts[0]


def test_nothing_gives_the_standing_away_while_scores_are_hidden(
    panel: RobustnessPanel, window: AnalysisWindow
) -> None:
    window.matrix.set_scores_hidden(True)
    assert not panel.body.isVisible()
    assert panel.hidden.isVisible()


def test_an_unrated_matrix_has_no_order(desktop: Desktop, qtbot: QtBot) -> None:
    window = desktop.open_untitled(small_case().analysis, dirty=False)
    qtbot.waitExposed(window)
    window.robust.show()
    panel = window.robust.dock.panel
    panel.set_scores_shown(True)
    qtbot.waitUntil(lambda: panel.answer is not None, timeout=PATIENCE)
    assert panel.sentences.texts == ["Nothing is rated yet, so there is no order that could be overturned."]
    assert all(fold.isHidden() for fold in panel.folds)
    assert panel.state.isHidden()


def test_the_rail_leads_to_it(window: AnalysisWindow) -> None:
    window.go_to(Finding("robustness", ""))
    assert window.robust.dock.isVisible()


def test_a_newer_default_is_said_in_one_line_and_taken_over_only_on_request(
    panel: RobustnessPanel, window: AnalysisWindow, qtbot: QtBot
) -> None:
    note, session = panel.method_note, window.session
    assert not note.isHidden()
    assert note.words.text() == (
        "This matrix goes by weighted inconsistency. New analyses go by Bayes with sources and groups."
    )
    assert panel.method.value is Method.WEIGHTED
    note.change_over.click()
    assert session.matrix.method_settings == MethodSettings(method=Method.BAYES_SOURCES)
    assert panel.method.value is Method.BAYES_SOURCES
    assert note.isHidden()
    settle(qtbot, panel)
    assert panel.sentences.texts[0].startswith("By Bayes with sources and groups")
    session.undo()
    assert (session.matrix.method_settings, panel.method.value) == (None, Method.WEIGHTED)
    assert not note.isHidden()


def test_who_keeps_the_method_is_not_told_again_of_the_same_default(
    panel: RobustnessPanel, window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, session = panel.method_note, window.session
    before = state_of(session.analysis)
    note.keep.click()
    assert note.isHidden()
    assert state_of(session.analysis) == before
    again = MethodNote(session, KeptMethods(SettingsStore(), session), panel)
    assert again.isHidden()
    monkeypatch.setattr(method_settings, "DEFAULT_METHOD", Method.BAYES)
    again.refresh()
    assert not again.isHidden()
    assert again.words.text() == "This matrix goes by weighted inconsistency. New analyses go by Bayes."
    panel.method.chosen.emit(Method.INCONSISTENCY)
    monkeypatch.setattr(method_settings, "DEFAULT_METHOD", Method.BAYES_SOURCES)
    again.refresh()
    assert again.isHidden(), "looking by another way keeps what was told"


def opened(qtbot: QtBot, desktop: Desktop, lines: tuple[str, ...]) -> tuple[AnalysisWindow, RobustnessPanel]:
    """Return a window on a new analysis that is rated so far, and its panel, which is the first thing shown of it."""
    case = small_case(3, len(lines))
    rate(case, lines)
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.robust.show()
    panel = window.robust.dock.panel
    panel.set_scores_shown(True)
    qtbot.waitUntil(lambda: panel.answer is not None and panel.is_settled, timeout=PATIENCE)
    return window, panel


def rate(case: Case, lines: tuple[str, ...]) -> None:
    for item, line in enumerate(lines, 1):
        for column, value in enumerate(line.split(), 1):
            if value != ".":
                case.matrix.set_rating(case.analyst, case.e(item), case.h(column), Rating(RatingValue(value)))


def test_a_new_analysis_is_looked_at_by_what_new_ones_go_by_and_told_what_that_asks(
    qtbot: QtBot, desktop: Desktop
) -> None:
    _window, panel = opened(qtbot, desktop, ("CC I II", "C I I", "N C I"))
    assert panel.method.value is Method.BAYES_SOURCES
    assert panel.gloss.text().startswith("Asks how likely each item would be under each hypothesis;")
    assert panel.method_note.isHidden()
    assert panel.sentences.texts[0] == "By Bayes with sources and groups, on the present ratings, H1 leads."
    assert len(panel.sentences.texts) <= 5
    assert panel.missing.isHidden()
    choose(qtbot, panel, Method.INCONSISTENCY)
    assert panel.gloss.text() == "Counts what speaks against a hypothesis, every item alike."


def test_what_a_beginner_has_not_rated_yet_is_named_and_leads_to_its_row(qtbot: QtBot, desktop: Desktop) -> None:
    window, panel = opened(qtbot, desktop, ("CC I II", "C I .", "N . I"))
    assert panel.missing.isVisible()
    assert panel.missing.texts == [
        "By Bayes an item counts once it is rated under every hypothesis. "
        "Left out: E2 (not rated under H3) and E3 (not rated under H2)."
    ]
    (label,) = [entry for entry in panel.missing.findChildren(QLabel) if not entry.isHidden()]
    label.linkActivated.emit(window.session.matrix.evidence[1])
    assert label_of(window, window.matrix.selection().evidence) == "E2"
    choose(qtbot, panel, Method.WEIGHTED)
    assert panel.missing.isHidden()


def test_a_column_that_is_not_rated_yet_is_what_is_missing(qtbot: QtBot, desktop: Desktop) -> None:
    _window, panel = opened(qtbot, desktop, ("CC I .", "C I .", "N C ."))
    assert panel.sentences.texts == [
        "By Bayes an item counts once it is rated under every hypothesis. "
        "Nothing is rated under H3 yet, so there is no order."
    ]
    assert panel.missing.isHidden()
    shown = [fold.switch.text() for fold in panel.folds if not fold.isHidden()]
    assert shown == ["Ways of adding up beside each other"], "counting has an order already"


def test_the_panel_says_at_once_where_the_matrix_ranks_otherwise(qtbot: QtBot, desktop: Desktop) -> None:
    _window, panel = opened(qtbot, desktop, ("I N II", "CC N II", "CC N II"))
    assert panel.sentences.texts[0] == (
        "By Bayes with sources and groups, on the present ratings, H1 leads. "
        "The ranking in the matrix counts what contradicts (weighted inconsistency): there H2 is first."
    )


def test_practice_goes_by_what_new_analyses_go_by_and_the_worked_example_by_its_own(desktop: Desktop) -> None:
    desktop.open_practice()
    desktop.open_example("june-2023")
    practice, example = desktop.windows
    assert practice.session.matrix.method_settings == method_settings.settings_of_new()
    assert example.session.matrix.method_settings is None


def test_what_a_matrix_goes_by_is_chosen_in_the_settings_and_outlives_other_numbers(
    window: AnalysisWindow, qtbot: QtBot
) -> None:
    session = window.session
    dialog = MethodSettingsDialog(session, window)
    qtbot.addWidget(dialog)
    assert dialog.method.value is Method.WEIGHTED
    dialog.method.setCurrentIndex(2)
    dialog.method.activated.emit(2)
    assert session.matrix.method_settings == MethodSettings(method=Method.BAYES)
    assert not dialog.reset.isEnabled()
    dialog.fields["seed", ""].setValue(7)
    dialog.reset.click()
    assert session.matrix.method_settings == MethodSettings(method=Method.BAYES)
    window.robust.show()
    assert window.robust.dock.panel.method.value is Method.BAYES


def test_settings_are_undone_and_given_back(panel: RobustnessPanel, window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    dialog = MethodSettingsDialog(session, window)
    qtbot.addWidget(dialog)
    assert not nameless_controls(dialog)
    assert dialog.minimumSizeHint().height() <= 700
    assert not dialog.reset.isEnabled()
    dialog.fields["likelihoods", RatingValue.VERY_INCONSISTENT].setValue(0.02)
    dialog.fields["hit", "high"].setValue(0.99)
    dialog.fields["keeps", "low"].setValue(0.5)
    dialog.fields["seed", ""].setValue(7)
    held = session.matrix.method_settings
    assert held is not None
    assert held.likelihoods[RatingValue.VERY_INCONSISTENT] == 0.02
    assert (held.reports["high"].hit, held.reports["high"].false_alarm) == (0.99, 0.05)
    assert (held.keeps["low"], held.seed, held.draws) == (0.5, 7, 10_000)
    settle(qtbot, panel)
    assert panel.trials.texts[0].startswith("10,000 trials with seed 7;")
    session.undo()
    assert session.matrix.method_settings is not None
    assert session.matrix.method_settings.seed == 1
    assert dialog.fields["seed", ""].value() == 1
    dialog.reset.click()
    assert session.matrix.method_settings is None
    assert dialog.fields["keeps", "low"].value() == 0.6
    words = TrailWords(session.analysis)
    said = [words.sentence(row) for row in rows_of(session.analysis, session.analysis.trail)]
    assert (
        said[-1] == "Matrix, way of adding up: weighted inconsistency, with numbers of its own → weighted inconsistency"
    )


def test_settings_are_led_back_by_the_trail(window: AnalysisWindow) -> None:
    session = window.session
    before = len(session.analysis.trail)
    for wanted in (MethodSettings(seed=3), None):
        session.execute(
            edits.set_field(session.analysis, "matrix", [session.matrix.id], "method_settings", wanted, "x")
        )
    assert len(session.analysis.trail) == before + 2
    found = as_of_entry(session.analysis, session.analysis.trail[-2].id)
    assert not found.problems
    assert found.analysis.matrices[0].method_settings == MethodSettings(seed=3)
