"""What leaves the window for other eyes: the projector, a clean copy, the chart gallery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import Person, person_at
from helpers.printing import MARKING, NOTICE, case
from helpers.source import ROOT
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.model import Analysis, RatingValue
from ach_desk.model.clean_copy import Part
from ach_desk.model.method_settings import MethodSettings
from ach_desk.reporting.palette import DARK, LIGHT
from ach_desk.storage.codec import decode, encode
from ach_desk.ui.background import Background
from ach_desk.ui.outgoing.clean_copy import CleanCopyDialog
from ach_desk.ui.outgoing.gallery import ChartGallery
from ach_desk.ui.outgoing.projector import Projector
from ach_desk.ui.session import Session

PATIENCE = 30_000


def _analysis(path: Path) -> Analysis:
    return decode(path.read_bytes(), path.name).analysis


def _june() -> Analysis:
    return _analysis(paths.seeds() / "russia-june-2023.ach.json")


def _sample() -> Analysis:
    return _analysis(ROOT / "tests" / "data" / "format-4-sample.ach.json")


@pytest.fixture
def background(qapp: QApplication, qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    qtbot.waitUntil(lambda: not made.is_busy, timeout=PATIENCE)
    made.shut_down()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


# The projector


@pytest.fixture
def projector(qtbot: QtBot) -> Projector:
    made = Projector(Session(case(5, 3).analysis), LIGHT)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    return made


def _press(projector: Projector, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(projector, key)


def test_ratings_are_hidden_until_a_key_reveals_them_and_again_at_the_next_item(projector: Projector) -> None:
    assert "H1 Explanation 1: hidden" in projector.stage.accessibleName()
    assert "yes, rather" not in projector.stage.accessibleName()
    _press(projector, Qt.Key.Key_Space)
    assert projector.is_revealed
    assert "hidden" not in projector.stage.accessibleName()
    assert "H1 Explanation 1: " in projector.stage.accessibleName()
    _press(projector, Qt.Key.Key_Right)
    assert (projector.row, projector.is_revealed) == (1, False)
    assert "E2  Report number 2" in projector.stage.accessibleName()


def test_hidden_ratings_are_not_in_the_picture(projector: Projector) -> None:
    hidden = projector.grab().toImage()
    rated = {LIGHT.ratings[value].fill for value in LIGHT.ratings if value is not None} - {LIGHT.base}

    def colours(image: QImage) -> set[str]:
        step = 3
        return {
            image.pixelColor(x, y).name() for x in range(0, image.width(), step) for y in range(0, image.height(), step)
        }

    assert not colours(hidden) & rated
    _press(projector, Qt.Key.Key_Return)
    assert colours(projector.grab().toImage()) & rated


def test_arrows_home_and_end_move_within_the_list(projector: Projector) -> None:
    _press(projector, Qt.Key.Key_Left)
    assert projector.row == 0
    _press(projector, Qt.Key.Key_End, Qt.Key.Key_Down)
    assert projector.row == 4
    _press(projector, Qt.Key.Key_Home, Qt.Key.Key_PageDown)
    assert projector.row == 1


def test_a_mouse_alone_goes_through_the_list(projector: Projector) -> None:
    for expected in ((0, True), (1, False), (1, True)):
        QTest.mouseClick(projector, Qt.MouseButton.LeftButton)
        assert (projector.row, projector.is_revealed) == expected


def test_escape_ends_it(projector: Projector, qtbot: QtBot) -> None:
    _press(projector, Qt.Key.Key_Right)
    with qtbot.waitSignal(projector.ended) as told:
        _press(projector, Qt.Key.Key_Escape)
    assert told.args == [1]
    assert not projector.isVisible()


def test_marking_and_notice_are_on_top_in_light_and_dark(projector: Projector) -> None:
    assert projector.stage.accessibleName().startswith(f"{MARKING}. ")
    assert NOTICE.rstrip(".") in projector.stage.accessibleName()
    assert projector.grab().toImage().pixelColor(5, 630).name() == LIGHT.base
    _press(projector, Qt.Key.Key_D)
    image = projector.grab().toImage()
    assert image.pixelColor(5, 630).name() == DARK.base
    assert image.pixelColor(5, 3).name() != DARK.base


def test_long_titles_and_many_hypotheses_stay_on_the_screen(qtbot: QtBot) -> None:
    printed = case(2, 12)
    long = "Die Rechtsschutzversicherungsgesellschaften und ihre Angestellten bestreiten jede Kenntnis davon. " * 3
    printed.change_item(0, title=long)
    for number in range(12):
        printed.change_hypothesis(number, title=long[:90])
    made = Projector(Session(printed.analysis), LIGHT)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    image = made.grab().toImage()
    above_the_foot = [image.pixelColor(x, 768 - 62).name() for x in range(70, 1300, 2)]
    assert set(above_the_foot) == {LIGHT.base}


# A clean copy


@pytest.fixture
def clean(background: Background, tmp_path: Path, qtbot: QtBot) -> CleanCopyDialog:
    made = CleanCopyDialog(_sample(), background, str(tmp_path / "x.ach.json"), tmp_path / "own.ach.json")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_dialog_shows_what_goes(clean: CleanCopyDialog, qtbot: QtBot) -> None:
    tops = [clean.tree.topLevelItem(row) for row in range(clean.tree.topLevelItemCount())]
    texts = {part: item for part, item in zip(Part, tops, strict=True) if item is not None}
    assert texts[Part.REJECTED].text(0) == "Rejected hypotheses – 1 entry"
    below = texts[Part.REJECTED].child(0)
    assert below is not None
    assert below.text(0) == "H3 There is no lamp"
    assert clean.cleaning.parts == frozenset(Part)
    assert nameless_controls(clean) == []
    qtbot.waitUntil(lambda: "Names that still stand in texts" in clean.note.text())
    assert "Ann" in clean.note.text()
    assert clean.height() <= 700


def test_space_keeps_a_part_and_the_history_goes_all_the_same(clean: CleanCopyDialog, qtbot: QtBot) -> None:
    clean.tree.setFocus()
    QTest.keyClick(clean.tree, Qt.Key.Key_Space)
    assert Part.HISTORY not in clean.cleaning.parts
    qtbot.waitUntil(lambda: "The history goes too" in clean.note.text())


def test_the_copy_is_written_and_the_own_file_never(
    clean: CleanCopyDialog, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    person.names = [tmp_path / "own.ach.json", tmp_path / "missing" / "x.ach.json", tmp_path / "clean.ach.json"]
    for told in ("another name", "missing"):
        with qtbot.waitSignal(clean.message, check_params_cb=lambda text, told=told: told in text):
            clean.save()
    clean.tick(Part.NAMES, False)
    with qtbot.waitSignal(clean.finished):
        clean.save()
    copy = _analysis(tmp_path / "clean.ach.json")
    assert [entry.name for entry in copy.analysts.values()] == ["Ann", "Bé"]
    assert "Was there." not in encode(copy).decode()
    assert not (tmp_path / "own.ach.json").exists()


# The gallery


@pytest.fixture
def gallery(background: Background, qtbot: QtBot) -> ChartGallery:
    analysis = _june()
    for matrix in analysis.matrices:
        matrix.method_settings = MethodSettings(draws=200)
    made = ChartGallery(Session(analysis), background, positive_scores=False)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.filled, timeout=PATIENCE):
        made.show()
    return made


def _chosen(gallery: ChartGallery, kind: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gallery.drawn, timeout=PATIENCE, check_params_cb=lambda drawn: drawn == kind):
        gallery.list.setCurrentRow(gallery.kinds.index(kind))


def test_every_chart_has_a_thumbnail_and_a_caption(gallery: ChartGallery, qtbot: QtBot) -> None:
    for row, kind in enumerate(gallery.kinds):
        item = gallery.list.item(row)
        assert item.toolTip(), kind
        assert not item.icon().pixmap(100, 60).toImage().allGray() or kind in ("margin", "scenarios", "rank-shares")
    _chosen(gallery, "tornado", qtbot)
    assert gallery._caption.text().startswith("How far the lead of H4 over H3 swings")
    assert "E7" in gallery.picture.accessibleDescription()
    assert nameless_controls(gallery) == []
    assert gallery.height() <= 700


def test_a_picture_has_the_size_and_resolution_that_were_chosen(
    gallery: ChartGallery, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    options = gallery.options
    options.unit.chosen.emit("mm")
    options.width_of.setValue(160)
    options.resolution.setValue(300)
    out = tmp_path / "chart.png"
    person.names = [out]
    with qtbot.waitSignal(gallery.message, timeout=PATIENCE):
        gallery.save_as()
    with Image.open(out) as picture:
        assert picture.width == pytest.approx(160 / 25.4 * 300, abs=2)
        assert picture.info["dpi"][0] == pytest.approx(300, abs=1)


def test_order_and_labels_change_the_chart(gallery: ChartGallery, qtbot: QtBot) -> None:
    def svg() -> str:
        from ach_desk.reporting import charts

        return charts.save(gallery.kind, gallery._subject, gallery._chosen(for_file=True), "svg").decode()

    ranked = svg()
    assert ranked.index(">H3<") < ranked.index(">H1<")
    gallery.options.order.show_value("matrix")
    gallery.options.labels.setChecked(False)
    other = svg()
    assert other.index(">H1<") < other.index(">H2<") < other.index(">H3<")
    assert "In the order of the matrix" in other
    assert ">E7<" in ranked
    assert ">E7<" not in other


def test_a_heat_map_has_pairs_of_colours_an_order_and_symbols(gallery: ChartGallery, qtbot: QtBot) -> None:
    def svg() -> str:
        from ach_desk.reporting import charts

        return charts.save(gallery.kind, gallery._subject, gallery._chosen(for_file=True), "svg").decode()

    _chosen(gallery, "heatmap", qtbot)
    options = gallery.options
    assert options.weights.isHidden()
    usual = svg()
    orange = LIGHT.ratings[RatingValue("II")].fill
    assert orange in usual
    assert usual.index(">E2<") < usual.index(">E7<")
    options.pair.show_value("teal-rust")
    options.order.show_value("longest")
    options.labels.setChecked(False)
    with qtbot.waitSignal(gallery.drawn, timeout=PATIENCE):
        options.pair.chosen.emit("teal-rust")
    assert "blue and yellow" in options._pair_note.text()
    other = svg()
    assert orange not in other
    assert other.index(">E7<") < other.index(">E2<")
    assert usual.count(">C<") > other.count(">C<")
    _chosen(gallery, "methods", qtbot)
    assert options.pair.isHidden()
    assert options.order.isHidden()
    gallery.copy_words()
    assert QApplication.clipboard().text().startswith("Where each hypothesis stands by each way of adding up")


def test_data_and_clipboard(gallery: ChartGallery, person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    _chosen(gallery, "trajectories", qtbot)
    person.names = [tmp_path / "data.csv"]
    with qtbot.waitSignal(gallery.message, timeout=PATIENCE):
        gallery.save_data()
    assert "2023-06-23" in (tmp_path / "data.csv").read_text(encoding="utf-8")
    with qtbot.waitSignal(gallery.message, timeout=PATIENCE) as said:
        gallery.copy()
    assert said.args == ["Chart copied."]
    assert "image/svg+xml" in QApplication.clipboard().mimeData().formats()


def test_a_chart_without_anything_to_show_is_said_and_cannot_be_saved(background: Background, qtbot: QtBot) -> None:
    made = ChartGallery(Session(case(3, 1).analysis), background, positive_scores=False)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.filled, timeout=PATIENCE):
        made.show()
    _chosen(made, "tornado", qtbot)
    assert made.picture.is_saying
    assert not [one for one in made.findChildren(QPushButton) if one.text() != "Close" and one.isEnabled()]
