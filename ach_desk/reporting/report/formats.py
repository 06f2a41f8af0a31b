"""The formats that a report is saved in, by ending. Renderers are imported when the first report asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from ach_desk.i18n import _
from ach_desk.reporting.report.file_options import FileOptions
from ach_desk.reporting.report.model import Pictures, Report

Renderer = Callable[[Report, Pictures, FileOptions], bytes]
"""Makes the file of a report; what it draws, it has drawn by the second argument."""


@dataclass(frozen=True)
class Format:
    """A format by its name, which is also its ending, and the module of this package that has its `render`."""

    name: str
    module: str

    @property
    def ending(self) -> str:
        """Return the ending of its files with the dot."""
        return f".{self.name}"

    @property
    def takes_template(self) -> bool:
        """Return whether its look can be that of another file."""
        return self.name == "docx"

    @property
    def embeds_fonts(self) -> bool:
        """Return whether it shows texts in the fonts of this machine, so that one may be missing."""
        return self.name == "pdf"

    @property
    def title(self) -> str:
        """Return its name for people."""
        return _titles()[self.name]

    def render(self, report: Report, pictures: Pictures, options: FileOptions | None = None) -> bytes:
        """Return the file of a report; what does it is imported now.

        Raises what `pictures` raises, `CancelledError` once the options ask to stop, and `FileError` where the file
        cannot be made.
        """
        renderer = cast(Renderer, import_module(f"{__package__}.{self.module}").render)
        return renderer(report, pictures, options or FileOptions())


FORMATS: tuple[Format, ...] = (
    Format("pdf", "pdf"),
    Format("docx", "word"),
    Format("html", "html"),
    Format("pptx", "slides"),
    Format("md", "markdown"),
    Format("txt", "plain"),
)
"""In the order in which they are offered."""


def format_of(ending: str) -> Format | None:
    """Return the format with an ending, with or without its dot, in any case; None for another one."""
    wanted = ending.lower().removeprefix(".")
    return next((entry for entry in FORMATS if entry.name == wanted), None)


def _titles() -> dict[str, str]:
    return {
        "pdf": _("PDF"),
        "docx": _("Word"),
        "html": _("Web page"),
        "pptx": _("PowerPoint"),
        "md": _("Markdown"),
        "txt": _("Plain text"),
    }
