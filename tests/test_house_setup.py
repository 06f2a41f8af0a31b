"""Set-up on machines that are not this one: made of small stand-ins for dpkg, apt-get, id and Python."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_SCRIPTS = _ROOT / "scripts"


class Machine:
    """A PATH with stand-ins in front of the few plain tools that the scripts use."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "apt.log"
        for tool in ("sh", "awk", "tail", "rm", "mktemp", "dirname", "cat"):
            found = next(path for place in os.get_exec_path() if (path := Path(place) / tool).exists())
            (self.bin / tool).symlink_to(found)

    def add(self, name: str, script: str) -> None:
        """Put a program into the machine."""
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def debian(self, installed: str = "", user: int = 0, apt: str = "") -> None:
        """Make it a Debian with these lines as its package database and this user number."""
        self.add("dpkg-query", f"cat <<'END'\n{installed}\nEND")
        self.add("id", f"echo {user}")
        self.add("apt-get", f'echo "$@" >>{self.log}\n{apt}')

    def python(self, name: str, version: str, complete: bool = True) -> None:
        """Put a Python of that version into the machine; an incomplete one lacks the module ensurepip."""
        modern = int(tuple(map(int, version.split("."))) >= (3, 11))
        self.add(name, f'case "$2" in *ensurepip*) exit {int(not complete)};; *) echo {version} {modern};; esac')

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the scripts with nothing but this machine's programs."""
        command = [self.bin / "sh", _SCRIPTS / script, *arguments]
        return subprocess.run(
            command, cwd=self.bin, env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine without packages and without Python."""
    return Machine(tmp_path)


def _names(purpose: str) -> list[str]:
    command = ["sh", _SCRIPTS / "system_packages.sh", "--list", purpose]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def _installed(names: list[str]) -> str:
    return "\n".join(f"installed {name} " for name in names)


def test_root_installs_what_is_missing_and_nothing_else(machine: Machine) -> None:
    run = _names("run")
    machine.debian(installed=_installed(run[2:]))
    result = machine.run("system_packages.sh", "run")
    assert result.returncode == 0, result.stderr
    assert machine.log.read_text().splitlines() == [
        "update",
        f"install --yes --no-install-recommends {run[0]} {run[1]}",
    ]


def test_anybody_else_is_told_the_one_line(machine: Machine) -> None:
    machine.debian(user=1000)
    result = machine.run("system_packages.sh", "test", "python3-venv")
    assert result.returncode == 1
    assert not machine.log.exists()
    (line,) = [line.strip() for line in result.stderr.splitlines() if "apt-get" in line]
    assert line.split() == [
        "sudo",
        "apt-get",
        "install",
        "--yes",
        "--no-install-recommends",
        *_names("test"),
        "python3-venv",
    ]


def test_nothing_is_said_when_nothing_is_missing(machine: Machine) -> None:
    machine.debian(installed=_installed(_names("test")), user=1000)
    result = machine.run("system_packages.sh", "test")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_package_under_its_newer_name_counts(machine: Machine) -> None:
    names = [name for name in _names("run") if name != "libglib2.0-0"]
    renamed = "installed libglib2.0-0t64 libglib2.0-0 (= 2.84.4-3), libgio-fam"
    machine.debian(installed=_installed(names) + "\n" + renamed, user=1000)
    assert machine.run("system_packages.sh", "run").returncode == 0


def test_a_removed_package_does_not_count(machine: Machine) -> None:
    names = _names("run")
    machine.debian(installed=_installed(names[1:]) + f"\nconfig-files {names[0]} ", user=1000)
    assert names[0] in machine.run("system_packages.sh", "run").stderr


def test_an_install_that_fails_says_what_apt_said(machine: Machine) -> None:
    machine.debian(apt="echo 'E: no space left'; exit 100")
    result = machine.run("system_packages.sh", "run")
    assert result.returncode == 1
    assert "E: no space left" in result.stderr


def test_another_system_is_named_its_libraries_and_goes_on(machine: Machine) -> None:
    result = machine.run("system_packages.sh", "run")
    assert result.returncode == 0
    assert "libegl1" in result.stdout


def test_the_newest_python_is_taken(machine: Machine) -> None:
    machine.python("python3", "3.9")
    machine.python("python3.11", "3.11")
    machine.python("python3.12", "3.12")
    assert machine.run("find_python.sh").stdout.split() == ["python3.12"]


def test_a_plain_python3_serves_when_it_is_new_enough(machine: Machine) -> None:
    machine.python("python3", "3.14")
    assert machine.run("find_python.sh").stdout.split() == ["python3"]


def test_a_complete_python_goes_before_a_newer_one_that_is_not(machine: Machine) -> None:
    machine.python("python3.13", "3.13", complete=False)
    machine.python("python3.11", "3.11")
    assert machine.run("find_python.sh").stdout.split() == ["python3.11"]


def test_debians_incomplete_python_comes_with_the_package_it_lacks(machine: Machine) -> None:
    machine.python("python3", "3.11", complete=False)
    assert machine.run("find_python.sh").stdout.split() == ["python3", "python3.11-venv"]


def test_without_a_python_there_is_a_sentence(machine: Machine) -> None:
    machine.python("python3", "3.10")
    result = machine.run("find_python.sh")
    assert result.returncode == 1
    assert "Python 3.11 or newer" in result.stderr


def test_the_readme_shows_the_whole_apt_line() -> None:
    readme = (_ROOT / "README.md").read_text().replace("\\\n", " ")
    (line,) = re.findall(r"sudo apt-get install .*libgl1.*", readme)
    assert set(_names("test")) | {"make", "git", "python3", "python3-venv"} == set(line.split()[5:])


def test_the_two_commands_of_the_readme_are_in_the_makefile() -> None:
    makefile = (_ROOT / "Makefile").read_text()
    for target in ("run", "test", "lint", "bench", "screenshots", "clean"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert "make test" in (_ROOT / ".ci" / "run").read_text()
