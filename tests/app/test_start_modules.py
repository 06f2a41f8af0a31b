"""The modules of a start come from one file as long as they are what they were, and from their own files otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_START = """
import inspect, os, sys, traceback
from pathlib import Path
from ach_desk.app.start_modules import StartModules
modules = StartModules(Path(sys.argv[1]))
modules.use()
sys.path_importer_cache.clear()
import food
import food.pasta as pasta
print(type(food.__spec__.loader).__name__, type(pasta.__spec__.loader).__name__, pasta.DISH)
print(Path(pasta.__file__).name, [Path(part).name for part in food.__path__], pasta.__package__, bool(pasta.__cached__))
print("DISH" in inspect.getsource(pasta))
try:
    pasta.cook()
except ValueError:
    print(traceback.format_exc().splitlines()[-2].strip())
modules.note()
modules.keep()
"""
_FROM_FILES, _KEPT = "SourceFileLoader SourceFileLoader", "_Loader _Loader"
_SEEN = ["pasta.py ['food'] food True", "True", 'raise ValueError("burnt")']


@pytest.fixture
def larder(tmp_path: Path) -> Path:
    food = tmp_path / "lib" / "food"
    food.mkdir(parents=True)
    (food / "__init__.py").write_text("")
    (food / "pasta.py").write_text('DISH = "spaghetti"\n\n\ndef cook():\n    raise ValueError("burnt")\n')
    return tmp_path


def _start(larder: Path, environment: Mapping[str, str] | None = None) -> list[str]:
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folders = os.pathsep.join([str(larder / "lib"), *sys.path[1:]])
    run = subprocess.run(
        [sys.executable, "-c", _START, str(_place(larder))],
        env={**plain, "PYTHONPATH": folders, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def _place(larder: Path) -> Path:
    return larder / "start.modules"


def test_a_second_start_finds_what_the_first_one_kept_and_the_modules_are_the_same(larder: Path) -> None:
    assert _start(larder) == [f"{_FROM_FILES} spaghetti", *_SEEN]
    kept = _place(larder).read_bytes()
    assert _start(larder) == [f"{_KEPT} spaghetti", *_SEEN]
    assert _place(larder).read_bytes() == kept


def test_a_source_that_was_changed_is_read_and_kept_anew(larder: Path) -> None:
    _start(larder)
    pasta = larder / "lib" / "food" / "pasta.py"
    pasta.write_text(pasta.read_text().replace("spaghetti", "linguine"))
    assert _start(larder)[0] == "_Loader SourceFileLoader linguine"
    assert _start(larder)[0] == f"{_KEPT} linguine"


def test_a_module_whose_source_is_gone_is_not_found(larder: Path) -> None:
    _start(larder)
    (larder / "lib" / "food" / "pasta.py").unlink()
    with pytest.raises(AssertionError, match=r"No module named 'food\.pasta'"):
        _start(larder)


def test_with_other_folders_to_look_in_nothing_of_it_is_used(larder: Path) -> None:
    _start(larder)
    other = larder / "other" / "food"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("")
    (other / "pasta.py").write_text('DISH = "soup"\n\n\ndef cook():\n    raise ValueError("burnt")\n')
    folders = os.pathsep.join([str(other.parent), str(larder / "lib"), *sys.path[1:]])
    assert _start(larder, {"PYTHONPATH": folders})[0] == f"{_FROM_FILES} soup"


@pytest.mark.parametrize("damage", ["empty", "cut", "longer", "noise"])
def test_a_damaged_file_counts_as_none_and_is_written_anew(larder: Path, damage: str) -> None:
    _start(larder)
    kept = _place(larder).read_bytes()
    damaged = {"empty": b"", "cut": kept[:-10], "longer": kept + b"!", "noise": b"not a file of ours" * 9}
    _place(larder).write_bytes(damaged[damage])
    assert _start(larder) == [f"{_FROM_FILES} spaghetti", *_SEEN]
    assert _start(larder)[0] == f"{_KEPT} spaghetti"


def test_where_no_compiled_files_are_wanted_nothing_is_kept(larder: Path) -> None:
    _start(larder, {"PYTHONDONTWRITEBYTECODE": "1"})
    assert not _place(larder).exists()
