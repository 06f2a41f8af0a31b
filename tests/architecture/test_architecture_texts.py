"""Every text can be translated, every public name says what it does, and no file tells where it was made."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from helpers.source import Module, committed_texts, modules

_DOCUMENTED = ("model", "scoring", "commands", "storage", "exchange", "reporting")

# Each is written with a class of one letter somewhere, so that this file does not find itself.
_REGISTRIES = re.compile(r"pyp[i]\.(org|io)|python[h]osted\.org|deb\.[d]ebian\.org|registry\.[n]pmjs|[n]pmjs\.org")
_MACHINE_PATHS = re.compile(r"/[w]ork/(main|shared|\.library)|/tmp/(b)rief|/tmp/[b]ash_jobs|/[r]oot/|/[f]arm/")


@pytest.mark.parametrize(
    ("pattern", "what"), [(_REGISTRIES, "a registry"), (_MACHINE_PATHS, "a folder of one machine")]
)
def test_no_file_names(pattern: re.Pattern[str], what: str) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} names {what}: {match[0]}"
        for name, text in committed_texts()
        for match in pattern.finditer(text)
    ]
    assert not found


def test_the_lock_holds_no_address() -> None:
    lock = dict(committed_texts())["requirements.lock"]
    assert "://" not in lock
    assert "--hash=sha256:" in lock


def _translated(module: Module) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            yield node


def _message_arguments(call: ast.Call) -> list[ast.expr]:
    return call.args[:2] if isinstance(call.func, ast.Name) and call.func.id == "ngettext" else call.args[:1]


def test_every_translated_text_is_a_literal() -> None:
    astray = [
        module.at(call)
        for module in modules()
        for call in _translated(module)
        if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in _message_arguments(call))
    ]
    assert not astray, "gettext finds only literal texts; put values in with .format(name=...)"


def test_placeholders_of_translated_texts_have_names() -> None:
    astray = [
        f"{module.at(call)}: {text.value!r}"
        for module in modules()
        for call in _translated(module)
        for text in _message_arguments(call)
        if isinstance(text, ast.Constant) and re.search(r"\{[\d:!]*\}|%[sdif]", str(text.value))
    ]
    assert not astray


def test_no_text_is_translated_while_a_module_is_imported() -> None:
    astray = [module.at(call) for module in modules() for call in _at_import(module.tree) if _is_translation(call)]
    assert not astray, "the language is chosen later"


def _is_translation(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext")


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        yield child
        yield from _at_import(child)


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(module: Module) -> Iterator[tuple[str, Definition]]:
    """Yield the module's public functions and classes and the public methods of those classes."""
    for node in module.tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, Definition) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


def _inherited(module: Module, name: str) -> bool:
    """Return whether a documented method of the same name stands in a base class of the program."""
    if "." not in name:
        return False
    class_name, method = name.split(".")
    bases = {
        base.id
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and node.name == class_name
        for base in node.bases
        if isinstance(base, ast.Name)
    }
    return any(
        qualified == f"{base}.{method}" and ast.get_docstring(node)
        for other in modules()
        for base in bases
        for qualified, node in _public(other)
    )


def _is_setter(node: Definition) -> bool:
    return any(isinstance(entry, ast.Attribute) and entry.attr == "setter" for entry in node.decorator_list)


def test_public_names_have_docstrings() -> None:
    bare = [
        f"{module.at(node)} {name}"
        for module in modules()
        if module.is_in(*_DOCUMENTED)
        for name, node in _public(module)
        if not ast.get_docstring(node) and not _is_setter(node) and not _inherited(module, name)
    ]
    assert not bare


def test_public_functions_are_annotated() -> None:
    bare = [
        f"{module.at(node)} {name}"
        for module in modules()
        if module.is_in(*_DOCUMENTED)
        for name, node in _public(module)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _is_annotated(node, "." in name)
    ]
    assert not bare


def _is_annotated(node: ast.FunctionDef | ast.AsyncFunctionDef, is_method: bool) -> bool:
    static = any(isinstance(entry, ast.Name) and entry.id == "staticmethod" for entry in node.decorator_list)
    named = [*node.args.posonlyargs, *node.args.args][1 if is_method and not static else 0 :]
    rest = [extra for extra in (node.args.vararg, node.args.kwarg) if extra is not None]
    return node.returns is not None and all(entry.annotation for entry in [*named, *node.args.kwonlyargs, *rest])


def test_every_module_says_what_it_is() -> None:
    assert not [
        module.name for module in modules() if module.path.stat().st_size and not ast.get_docstring(module.tree)
    ]
