"""What is handed out besides the wheel: the one-dir build, the folder of wheels, and the licences of all parts."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image
from PySide6.QtWidgets import QApplication

from ach_desk import paths
from ach_desk.app import frozen
from ach_desk.reporting import typesetting
from ach_desk.ui.dialogs.about import PARTS
from scripts import licences
from scripts.bundle import icons, parts
from scripts.runtime_lock import runtime_lock, runtime_names

_ROOT = Path(__file__).parents[1]
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
_ASKED = {canonicalize_name(Requirement(entry).name) for entry in _PROJECT["dependencies"]}
_FOR_TESTS = {canonicalize_name(Requirement(entry).name) for entry in _PROJECT["optional-dependencies"]["dev"]}


def test_every_requirement_is_looked_for_in_the_build() -> None:
    assert {canonicalize_name(name) for name in parts.IMPORTED.values()} == _ASKED


def test_the_build_carries_what_the_wheel_carries() -> None:
    wheel = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["force-include"].items()) <= set(parts.DATA)
    assert all((_ROOT / source).exists() for source, _target in parts.DATA)


@pytest.mark.parametrize("package", parts.WITH_DATA)
def test_a_folder_from_which_a_library_looks_for_its_files_is_in_the_build(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    top = Path(spec.origin).parent
    upwards = {path.parent for path in top.rglob("*.py") if re.search(r'"\.\.", "templates"', path.read_text("utf-8"))}
    kept = {target for _source, target in parts.folders()}
    assert upwards, "the library finds its files in another way now: what LOOKED_PAST says is not needed"
    assert {folder.relative_to(top.parent).as_posix() for folder in upwards} <= kept


def test_the_recipe_is_python_and_names_files_that_are_there() -> None:
    spec = (_ROOT / "scripts" / "bundle" / "ach-desk.spec").read_text("utf-8")
    called = {
        node.func.id for node in ast.walk(ast.parse(spec)) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    }
    assert {"Analysis", "PYZ", "EXE", "COLLECT"} <= called
    assert (_ROOT / "scripts" / "bundle" / "start.py").exists()
    assert "--onefile" not in (_ROOT / "scripts" / "bundle" / "build.sh").read_text("utf-8")


def test_nothing_that_the_program_imports_is_excluded() -> None:
    imported = set()
    for path in (_ROOT / "ach_desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert imported & set(parts.EXCLUDED) == set()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Svg.so.6", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", True),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6\\Qt\\translations\\qtbase_de.qm", True),
        ("ach_desk/_data/resources/fonts/DejaVuSansCondensed.ttf", True),
        ("libcups.so.2", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/qml/QtQuick/qmldir", False),
        ("PySide6/Qt/translations/designer_de.qm", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("libgtk-3.so.0", False),
        ("numpy/_core/tests/data.csv", False),
    ],
)
def test_only_what_is_used_is_kept(name: str, wanted: bool) -> None:
    assert parts.wanted(name) is wanted


def test_a_frozen_build_sets_pages_with_the_program_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert typesetting.child_command()[:2] == [sys.executable, "-m"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/stick/ACH Desk/ach-desk")
    assert typesetting.child_command() == ["/stick/ACH Desk/ach", typesetting.CHILD_OPTION]
    monkeypatch.setattr(sys, "executable", "/stick/ach-desk.exe")
    assert typesetting.child_command()[0] == "/stick/ach.exe"


@pytest.mark.parametrize(
    ("program", "given", "started"),
    [
        ("ach-desk", ["case.ach.json"], "ach_desk.app.desktop"),
        ("ach", ["score", "case.ach.json"], "ach_desk.app.cli"),
        ("ach", [typesetting.CHILD_OPTION], "ach_desk.reporting.typesetting_child"),
        ("ach-desk", [typesetting.CHILD_OPTION], "ach_desk.reporting.typesetting_child"),
    ],
)
def test_one_entry_starts_what_the_program_is_called(
    program: str, given: list[str], started: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    for name in ("ach_desk.app.desktop", "ach_desk.app.cli", "ach_desk.reporting.typesetting_child"):
        monkeypatch.setattr(f"{name}.main", lambda name=name: calls.append(name) or 0)
    monkeypatch.setattr(sys, "executable", f"/stick/{program}")
    monkeypatch.setattr(sys, "argv", [program, *given])
    monkeypatch.setenv("MPLCONFIGDIR", os.environ["MPLCONFIGDIR"])
    assert frozen.main() == 0
    assert calls == [started]


def test_a_new_build_says_which_module_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert frozen.try_imports(["json", "click"]) == 0
    assert frozen.try_imports(["json", "no_such_module"]) == 1
    assert "no_such_module" in capsys.readouterr().err


def test_data_of_a_frozen_build_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _source, target in parts.DATA:
        (tmp_path / target).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "ach_desk" / "_data" / "resources"
    assert paths.seeds() == tmp_path / "ach_desk" / "_data" / "seeds"
    assert paths.manual() == tmp_path / "ach_desk" / "_data" / "manual"


def test_the_wheels_are_what_running_needs_and_no_more() -> None:
    lock = runtime_lock()
    pinned = {
        canonicalize_name(Requirement(line.rstrip(" \\")).name) for line in lock.splitlines() if re.match(r"\w", line)
    }
    assert pinned == runtime_names()
    assert pinned >= _ASKED
    only_tests = _FOR_TESTS - {"pillow"}  # charts and presentations need that one as well
    assert pinned & only_tests == set()
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_the_folder_of_wheels_is_installed_without_an_index() -> None:
    scripts = _ROOT / "scripts" / "wheelhouse"
    for name in ("install.sh", "install.bat"):
        text = (scripts / name).read_text("utf-8")
        assert "--no-index" in text
        assert "://" not in text
    for path in (*_ROOT.glob("scripts/*.sh"), *_ROOT.glob("scripts/*/*.sh")):
        subprocess.run(["sh", "-n", str(path)], check=True)


@pytest.mark.parametrize(("ending", "kind", "size"), [(".ico", "ICO", (256, 256)), (".icns", "ICNS", (1024, 1024))])
def test_windows_and_macos_get_the_icon_in_their_form(
    ending: str, kind: str, size: tuple[int, int], tmp_path: Path, qapp: QApplication
) -> None:
    with Image.open(icons.write(tmp_path / "icons", ending)) as picture:
        assert picture.format == kind
        assert picture.info["sizes"]
        picture.load()
        assert picture.size == size
        assert picture.convert("RGBA").getpixel((size[0] // 2 + 1, size[1] // 2)) == (255, 255, 255, 255)


def test_what_is_built_is_never_committed() -> None:
    ignored = (_ROOT / ".gitignore").read_text("utf-8").split()
    assert {"build/", "dist/"} <= set(ignored)


@pytest.mark.parametrize("name", sorted(runtime_names()))
def test_a_part_may_be_used_under_a_permissive_licence_or_as_a_library(name: str) -> None:
    assert licences.chosen(name) is not None, f"{name}: {licences.choices(name)}"
    assert not re.search(r"(?<![L])GPL(?!-3\.0-only$)|Affero", str(licences.chosen(name)))


def test_a_strong_copyleft_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for offered, taken in (
        (["GPL-3.0-or-later"], None),
        (["GPL-3.0-only", "MIT"], "MIT"),
        (["MIT AND GPL-2.0-only"], None),
        (["GNU General Public License (GPL)"], None),
        (["AGPL-3.0-only"], None),
        (["Proprietary"], None),
        ([], None),
        (["LGPL-3.0-only"], "LGPL-3.0-only"),
    ):
        monkeypatch.setattr(licences, "choices", lambda _name, offered=offered: offered)
        assert licences.chosen("part") == taken, offered


def test_the_list_of_licences_is_the_present_one() -> None:
    text = (_ROOT / "docs" / "licences.md").read_text("utf-8")
    assert licences.table() in text, "python -m scripts.licences prints the table"


def test_the_about_page_names_every_requirement() -> None:
    assert {canonicalize_name(distribution) for _name, distribution, _licence in PARTS if distribution} >= _ASKED


def test_the_build_carries_the_licences_of_all_parts() -> None:
    named = {folder.removeprefix("licences/") for _path, folder in parts.licences()}
    without = runtime_names() - named
    # These put no text into their wheels; Qt's are among our own, the others are named in docs/licences.md.
    assert without <= {"pyside6-essentials", "shiboken6", "antlr4-python3-runtime", "odfpy", "simplejson", "kiwisolver"}
