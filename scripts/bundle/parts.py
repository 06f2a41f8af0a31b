"""What goes into the one-dir build and what stays out: plain data for the recipe, and for the test that reads it."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from scripts.runtime_lock import runtime_names

ROOT = Path(__file__).resolve().parents[2]

DATA: tuple[tuple[str, str], ...] = (
    ("resources", "ach_desk/_data/resources"),
    ("seeds", "ach_desk/_data/seeds"),
    ("docs/manual", "ach_desk/_data/manual"),
    ("LICENSE", "licences/ach-desk"),
    ("scripts/bundle/licences", "licences"),
    ("scripts/desktop_files.sh", "."),
)
"""(folder of the source tree, folder of the build): as in the wheel, so that `ach_desk.paths` finds them."""

WHOLE: tuple[str, ...] = ("ach_desk",)
"""Packages that load their own modules by name."""

WITH_DATA: tuple[str, ...] = ("docx", "pptx")
"""Packages whose templates and tables are files."""

LOOKED_PAST: tuple[str, ...] = ("docx.parts", "pptx.oxml", "pptx.shapes")
"""Packages whose modules look for those files from their own folder (``parts/../templates``): it must be there."""

IMPORTED: dict[str, str] = {
    "PySide6.QtSvg": "PySide6-Essentials",
    "pydantic": "pydantic",
    "numpy": "numpy",
    "scipy.optimize": "scipy",
    "matplotlib.backends.backend_svg": "matplotlib",
    "matplotlib.backends.backend_pdf": "matplotlib",
    "matplotlib.backends.backend_agg": "matplotlib",
    "typst": "typst",
    "fontTools.ttLib": "fonttools",
    "platformdirs": "platformdirs",
    "click": "click",
    "jinja2": "jinja2",
    "docx": "python-docx",
    "pptx": "python-pptx",
    "xlsxwriter": "xlsxwriter",
    "defusedxml.ElementTree": "defusedxml",
}
"""Module that the build must be able to import -> the requirement of pyproject.toml that brings it."""

EXCLUDED: tuple[str, ...] = (
    # What only tests and developers use.
    *("pytest", "_pytest", "pytestqt", "xdist", "hypothesis", "coverage", "jsonschema", "stix2validator", "babel"),
    *("pyright", "nodeenv", "PyInstaller", "ruff", "importlinter", "grimp", "build", "hatchling", "pip", "setuptools"),
    *("wheel", "pkg_resources", "_distutils_hack", "rich", "pygments", "IPython"),
    # Other windows than ours.
    *("tkinter", "_tkinter", "matplotlib.pyplot", "matplotlib.backends.backend_qtagg", "PyQt5", "PyQt6", "PySide2"),
    # Parts of PySide6 that the program never asks for.
    *(f"PySide6.{name}" for name in ("QtQml", "QtQuick", "QtQuickWidgets", "QtQuickControls2", "QtOpenGL", "QtSql")),
    *(f"PySide6.{name}" for name in ("QtOpenGLWidgets", "QtTest", "QtDesigner", "QtUiTools", "QtHelp", "QtConcurrent")),
)

_UNWANTED = re.compile(
    r"""
    (^|/)PySide6/Qt/(qml|metatypes|translations/(?!qtbase_))      # for programs written in QML; Qt's other texts
    | (^|/)libQt6(Qml|Quick|VirtualKeyboard|OpenGL|EglF|Sql|Test|Designer|Help|Pdf)\w*\.so
    | /plugins/(platforminputcontexts/libqtvirtualkeyboard|sqldrivers|qmltooling|generic|egldeviceintegrations|tls)
    | /plugins/(networkinformation|platformthemes/libqgtk3)       # GTK's dialogs come through the portal
    | ^lib(gtk|gdk|gdk_pixbuf|pango|cairo|pixman|atk|atspi|epoxy|thai|datrie|fribidi)[-_\w]*[.]
    | /plugins/platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)
    | /plugins/imageformats/libq(pdf|tga|tiff|wbmp|icns)
    | matplotlib/mpl-data/(sample_data|plot_directive)
    | (^|/)(numpy|scipy|matplotlib|pandas)/.*tests/
    """,
    re.VERBOSE,
)


def wanted(name: str) -> bool:
    """Return whether a file that PyInstaller found by itself is for this program, by its place in the build."""
    return _UNWANTED.search(name.replace("\\", "/")) is None


def folders() -> list[tuple[str, str]]:
    """Return (file, folder of the build) of one file for each folder of `LOOKED_PAST`, so that it is made."""
    found = []
    for package in LOOKED_PAST:
        origin = find_spec(package)
        assert origin is not None
        assert origin.origin is not None
        found.append((origin.origin, package.replace(".", "/")))
    return found


def licences() -> list[tuple[str, str]]:
    """Return (file, folder of the build) of the licence texts of all parts, as their makers gave them."""
    entries = []
    for name in sorted(runtime_names()):
        for path in distribution(name).files or []:
            if re.match(r"(?i)(licen[cs]e|copying|notice|authors)", path.name) and ".dist-info" in path.parts[0]:
                entries.append((str(path.locate()), f"licences/{name}"))
    return entries
