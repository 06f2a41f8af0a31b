"""What a person installs: the wheel has everything, and its programs work far from the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from ach_desk import paths

_ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built without a network from this tree."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(_ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a new environment that holds the wheel and borrows its requirements from here.

    The borrowing is a path file, so that nothing is downloaded. A path file in a borrowed folder is not followed,
    so that this tree's own (editable) copy of the program stays out of reach.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    install = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "-qq", "--no-index"]
    subprocess.run([*install, "--no-deps", str(wheel)], check=True, capture_output=True)
    borrowed = [entry for entry in sys.path if entry.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    return folder / "bin"


def _run(program: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run([program, *arguments], cwd=cwd, env=clean, capture_output=True, text=True, check=False)


def test_the_wheel_carries_resources_seeds_and_manual(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, inside in ((paths.resources(), "resources"), (paths.seeds(), "seeds"), (paths.manual(), "manual")):
        files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        assert files, f"{folder} is empty"
        assert {f"ach_desk/_data/{inside}/{name}" for name in files} <= names


def test_every_seed_opens_from_the_installed_wheel(installed: Path, tmp_path: Path) -> None:
    code = "from ach_desk import paths; print(paths.seeds(), *sorted(paths.seeds().rglob('*.ach.json')), sep='\\n')"
    said = _run(installed / "python", "-c", code, cwd=tmp_path)
    folder, *seeds = said.stdout.split("\n")[:-1]
    assert folder.startswith(str(installed.parent)), said.stdout + said.stderr
    assert {Path(seed).name for seed in seeds} == {seed.name for seed in paths.seeds().rglob("*.ach.json")}
    for seed in seeds:
        run = _run(installed / "ach", "validate", seed, cwd=tmp_path)
        assert run.returncode == 0, f"{seed}: {run.stdout}{run.stderr}"


def test_the_window_program_of_the_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    run = _run(installed / "ach-desk", "--version", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    from ach_desk import __version__

    assert __version__ in run.stdout
