"""The program's source as the architecture tests read it: parsed files with their dotted names."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "ach_desk"


@dataclass(frozen=True)
class Module:
    """A parsed source file; `name` is dotted, of a package without ``.__init__``."""

    name: str
    path: Path
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Return where `node` stands, for a message."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"

    def is_in(self, *rooms: str) -> bool:
        """Return whether the module is one of `rooms` ("model", "app.cli") or lies in one."""
        return any(f"{self.name}.".startswith(f"{PACKAGE}.{room}.") for room in rooms)

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Yield every absolute import, wherever it stands, as (node, dotted name)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the program."""
    found = []
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path, ast.parse(path.read_text("utf-8"), str(path))))
    return tuple(found)


@cache
def committed_texts() -> tuple[tuple[str, str], ...]:
    """Return (path, text) of every text file that git knows, changes not yet committed included."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = []
    for name in filter(None, listing.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            texts.append((name, content.decode("utf-8", "replace")))
    return tuple(texts)
