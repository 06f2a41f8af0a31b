"""Who a process is, and whether it still runs: shared by the lock file and the recovery journal."""

from __future__ import annotations

import getpass
import hashlib
import os
import platform
import sys
import time
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ach_desk.storage.system import user_number

_PROC = Path("/proc")
_HIGHEST_PROCESS = 2**31 - 1
# What Windows calls SYNCHRONIZE, ERROR_ACCESS_DENIED and WAIT_TIMEOUT.
_SYNCHRONIZE = 0x0010_0000
_ACCESS_DENIED = 5
_STILL_RUNNING = 0x102


class ProcessState(Enum):
    """What can be said of a process from here."""

    ALIVE = "alive"
    DEAD = "dead"
    ELSEWHERE = "elsewhere"
    """On another machine, in a container whose processes cannot be seen, or on a system that does not say when a
    process started, so that another one may have its number by now: nobody can say from here."""


class ProcessIdentity(NamedTuple):
    """A process, told apart from a later one that was given the same number."""

    host: str
    machine: str
    boot: str
    namespace: str
    process: int
    start: int
    """Clock ticks from the machine's start to the process' start; 0 on a system without /proc."""

    @classmethod
    def of_this_process(cls) -> ProcessIdentity:
        """Return the identity of the running process."""
        return cls(*_surroundings(), os.getpid(), _start_ticks(os.getpid()) or 0)

    @classmethod
    def from_json(cls, data: Any) -> ProcessIdentity:
        """Return the identity that `to_json` wrote; raises ValueError for anything else."""
        if not isinstance(data, dict) or not data.keys() >= set(cls._fields):
            raise ValueError("not the identity of a process")
        texts = [data[name] for name in ("host", "machine", "boot", "namespace")]
        numbers = [data[name] for name in ("process", "start")]
        if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
            raise ValueError("not the identity of a process")
        if not 0 < data["process"] <= _HIGHEST_PROCESS:
            raise ValueError("not the number of a process")
        return cls(*texts, *numbers)

    def to_json(self) -> dict[str, Any]:
        """Return what a file holds."""
        return self._asdict()

    @property
    def state(self) -> ProcessState:
        """Return whether the process still runs, as far as it can be seen from this one."""
        host, machine, boot, namespace = _surroundings()
        if (self.host, self.machine) != (host, machine):
            return ProcessState.ELSEWHERE
        if self.boot != boot:
            return ProcessState.DEAD
        if self.namespace != namespace:
            return ProcessState.ELSEWHERE
        ticks = _start_ticks(self.process)
        if ticks is not None:
            return ProcessState.ALIVE if ticks == self.start else ProcessState.DEAD
        if not _hidden_but_there(self.process):
            return ProcessState.DEAD
        if not self.start and self.process != os.getpid():
            return ProcessState.ELSEWHERE  # No start is known here: it may be a later process of the same number.
        return ProcessState.ALIVE

    @property
    def started(self) -> str:
        """Return when a process of this machine started, in UTC; "" when that cannot be known."""
        try:
            uptime = float((_PROC / "uptime").read_text("ascii").split()[0])
        except (OSError, ValueError):
            return ""
        if not self.start:
            return ""
        moment = time.time() - uptime + self.start / os.sysconf("SC_CLK_TCK")
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user_name() -> str:
    """Return the login name, or the user's number when there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return user_number()


@cache
def _surroundings() -> tuple[str, str, str, str]:
    """Return host name, machine, its present run and the process namespace."""
    machine = _content(Path("/etc/machine-id"))
    # The machine's own number is not for others to read; its hash tells machines of one name apart as well.
    hashed = hashlib.sha256(f"ach-desk {machine}".encode()).hexdigest()[:16] if machine else ""
    try:
        namespace = os.readlink(_PROC / "self" / "ns" / "pid")
    except OSError:
        namespace = ""
    return platform.node(), hashed, _content(_PROC / "sys" / "kernel" / "random" / "boot_id"), namespace


def _content(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _start_ticks(process: int) -> int | None:
    """Return when the process started; None when there is no such process or it is dead and only not buried."""
    try:
        text = (_PROC / str(process) / "stat").read_text("ascii", errors="replace")
    except OSError:
        return None
    # The second field is the program's name in parentheses and may hold spaces and parentheses itself.
    fields = text[text.rfind(")") + 1 :].split()
    return None if fields[0] in ("Z", "X") else int(fields[19])


def runs_on_windows(process: int) -> bool:
    """Return whether Windows has a running process of that number; call it on Windows only."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle = kernel.OpenProcess(_SYNCHRONIZE, False, process)
    if not handle:
        return ctypes.get_last_error() == _ACCESS_DENIED  # there, but another person's
    try:
        return kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING
    finally:
        kernel.CloseHandle(handle)


def _hidden_but_there(process: int) -> bool:
    """Return whether a process runs that /proc does not show (hidepid, or a system without /proc)."""
    if (_PROC / str(process)).exists():
        return False
    if sys.platform == "win32":
        return runs_on_windows(process)  # os.kill would send the signal 0, which there is Ctrl+C
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not (_PROC / "self").exists()
