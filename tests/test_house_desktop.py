"""The program among the others of a desktop: menu entry, type of its files, icon, and what software centres show."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from helpers.screen import wait_until
from helpers.tools import needs_tool
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ach_desk import __version__, paths
from ach_desk.model import new_analysis
from ach_desk.reporting.palette import DARK, LIGHT
from ach_desk.storage.codec import encode

_ROOT = Path(__file__).parents[1]
_FILES = paths.resources() / "desktop"
_MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
_TYPES = {"application/vnd.ach-desk+json", "application/vnd.ach-desk.pack+zip"}
_PLACES = {
    "applications/ach-desk.desktop",
    "mime/packages/ach-desk.xml",
    "metainfo/internal.ach_desk.AchDesk.metainfo.xml",
    "icons/hicolor/scalable/apps/ach-desk.svg",
    "icons/hicolor/scalable/mimetypes/ach-desk-document.svg",
}


def _do(action: str, home: Path, **more: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home), "LC_ALL": "C.UTF-8"}
    command = ["sh", str(_ROOT / "scripts" / "desktop_files.sh"), action]
    subprocess.run(command, env={**environment, **more}, check=True, capture_output=True)


class _KeysAsWritten(configparser.RawConfigParser):
    def optionxform(self, optionstr: str) -> str:
        return optionstr


def _entry(path: Path) -> configparser.SectionProxy:
    parser = _KeysAsWritten(strict=True)
    parser.read(path, "utf-8")
    return parser["Desktop Entry"]


def _present(home: Path) -> set[str]:
    return {name for name in _PLACES if (home / name).is_file()}


def test_the_entry_opens_files_of_the_types_that_are_declared() -> None:
    entry = _entry(_FILES / "ach-desk.desktop")
    assert entry["Type"] == "Application"
    assert entry["Exec"] == "ach-desk %F"
    assert entry["Icon"] == "ach-desk"
    assert set(entry["MimeType"].strip(";").split(";")) == _TYPES
    assert {element.get("type") for element in ElementTree.parse(_FILES / "ach-desk-mime.xml").getroot()} == _TYPES
    assert all(entry[key].endswith(";") for key in entry if key.partition("[")[0] in ("Keywords", "Categories"))
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", _FILES / "ach-desk.desktop"], check=True)


def test_the_window_belongs_to_the_entry() -> None:
    source = (_ROOT / "ach_desk" / "app" / "desktop.py").read_text("utf-8")
    assert 'setDesktopFileName("ach-desk")' in source


@pytest.mark.parametrize("notice", ["", "Teaching example. " * 20])
def test_a_file_is_known_by_its_beginning_as_well(notice: str) -> None:
    analysis = new_analysis("Who did it?")
    analysis.notice = notice
    data = encode(analysis)
    root = ElementTree.parse(_FILES / "ach-desk-mime.xml").getroot()
    outer = root.find(f"{_MIME}mime-type/{_MIME}magic/{_MIME}match")
    assert outer is not None
    inner = outer.find(f"{_MIME}match")
    assert inner is not None
    assert data.startswith(str(outer.get("value")).encode())
    first, last = map(int, str(inner.get("offset")).split(":"))
    assert first <= data.find(str(inner.get("value")).encode()) <= last


def test_what_is_installed_is_found_and_can_be_taken_away_again(tmp_path: Path) -> None:
    _do("install", tmp_path)
    assert _present(tmp_path) == _PLACES
    _do("uninstall", tmp_path)
    assert _present(tmp_path) == set()


def test_a_double_click_finds_the_program(tmp_path: Path) -> None:
    needs_tool("gio", "update-mime-database")
    _do("install", tmp_path / "share", PROGRAM="/bin/true")
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "share")}
    for seed, name in (("russia-june-2023.ach.json", "case.ach.json"), ("heuer-iraq-1993.ach.json", "renamed")):
        case = tmp_path / name
        shutil.copy(paths.seeds() / seed, case)
        command = ["gio", "info", "--attributes=standard::content-type", str(case)]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        assert "standard::content-type: application/vnd.ach-desk+json" in said
    command = ["gio", "mime", "application/vnd.ach-desk+json"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert "ach-desk.desktop" in said


def test_where_nothing_keeps_the_list_of_types_other_programs_stay_in_it(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "sed", "awk", "tr", "cat", "mkdir", "cp", "chmod", "rm", "dirname"):
        (tools / name).symlink_to(str(shutil.which(name)))
    others = tmp_path / "applications" / "mimeinfo.cache"
    others.parent.mkdir()
    others.write_text("[MIME Cache]\ntext/plain=editor.desktop;\n")
    _do("install", tmp_path, PATH=str(tools))
    lines = others.read_text().splitlines()
    assert lines[:2] == ["[MIME Cache]", "text/plain=editor.desktop;"]
    assert set(lines[2:]) == {f"{name}=ach-desk.desktop;" for name in _TYPES}
    _do("uninstall", tmp_path, PATH=str(tools))
    assert others.read_text() == "[MIME Cache]\ntext/plain=editor.desktop;\n"


@pytest.mark.parametrize("folder", ["plain", "with space", 'quote " dollar $ tick `', "back\\slash"])
def test_a_program_in_any_folder_is_started_on_the_file(folder: str, tmp_path: Path) -> None:
    needs_tool("gio")
    program = tmp_path / folder / "ach-desk"
    program.parent.mkdir()
    heard = tmp_path / "heard"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$*" >{heard}.new && mv {heard}.new {heard}\n')
    program.chmod(0o755)
    _do("install", tmp_path / "share", PROGRAM=str(program))
    case = tmp_path / "my case.ach.json"
    shutil.copy(paths.seeds() / "heuer-iraq-1993.ach.json", case)
    entry = tmp_path / "share" / "applications" / "ach-desk.desktop"
    subprocess.run(["gio", "launch", str(entry), str(case)], check=True, capture_output=True)
    wait_until(heard.exists, "the program was started")
    assert heard.read_text() == str(case)
    assert _entry(entry)["TryExec"].replace("\\\\", "\\") == str(program)


def test_what_software_centres_show_is_complete() -> None:
    root = ElementTree.parse(_FILES / "ach-desk.metainfo.xml").getroot()
    assert root.tag == "component"
    assert root.get("type") == "desktop-application"
    entry = _entry(_FILES / "ach-desk.desktop")
    assert (root.findtext("name"), root.findtext("summary")) == (entry["Name"], entry["Comment"])
    assert root.findtext("launchable") == "ach-desk.desktop"
    assert root.findtext("project_license") == "MIT"
    assert {element.text for element in root.iterfind("provides/mediatype")} == _TYPES
    assert len(root.findall("description/p")) >= 2
    assert root.find("content_rating") is not None
    newest = root.find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__
    if shutil.which("appstreamcli"):
        command = ["appstreamcli", "validate", "--no-net", str(_FILES / "ach-desk.metainfo.xml")]
        subprocess.run(command, check=True, capture_output=True)


def _drawn(name: str, size: int, ground: str) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.fillRect(image.rect(), ground)
    QSvgRenderer(str(_FILES / name)).render(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ground", [LIGHT.window, DARK.window])
@pytest.mark.parametrize("size", [16, 32, 48, 128])
def test_the_icon_is_sharp_at_every_size_and_stands_out(size: int, ground: str, qapp: QApplication) -> None:
    image = _drawn("ach-desk.svg", size, ground)
    across = [image.pixelColor(column, size * 4 // 16).name() for column in range(size)]
    line = [column for column in range(size) if across[column] == "#ffffff"]
    assert line == list(range(size // 2, size // 2 + size // 16)), "the strong line has no blurred edge"
    assert {"#f0a04b", "#86b8ea"} <= set(across)
    below = image.pixelColor(size // 2, size - max(2, size // 20))
    assert below.name() != ground
