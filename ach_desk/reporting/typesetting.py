"""From a print job to a PDF and to page pictures, with typst and nothing else.

One layout serves all: the PDF and the page pictures are two exports of the same document, set from the same data with
the same fonts. The data reach typst as a JSON string in ``sys.inputs``, never as markup, and never touch the disk. No
package, no network, no file outside ``resources/typst`` is read.

The functions are plain and re-entrant; typst lets other Python threads run while it works, but it cannot be
interrupted. A caller who wants to be able to stop passes `cancelled`: the work is then done in a child process, asked
about every 50 ms and killed when the answer is yes.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Literal, overload
from xml.etree import ElementTree

from ach_desk import paths
from ach_desk.i18n import _

if TYPE_CHECKING:
    import typst

_log = logging.getLogger(__name__)

Kind = Literal["pdf", "svg", "png"]
PdfStandard = Literal["ua-1", "a-2b"]
POINTS_PER_INCH = 72
CHILD_OPTION = "--typeset"
"""What a frozen build, which has no plain Python, gives its command-line program to make it the child process."""
_POLL_SECONDS = 0.05
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_DRAWN = frozenset(f"{{{_SVG}}}{tag}" for tag in ("defs", "g", "path"))
_SVG_IMAGE = re.compile(
    rb'<image(?: transform="(?P<transform>[^"]*)")? xlink:href="data:image/svg\+xml;base64,(?P<data>[^"]*)"'
    rb' width="(?P<width>[^"]*)" height="(?P<height>[^"]*)"[^>]*/>'
)
_STANDARD_MISSED = re.compile(r"PDF/[^:]* error: ")
_LENGTH = struct.Struct(">Q")
_HEAD = 512
"""So many bytes of a page picture say how large it is."""
_SVG_SIZE = re.compile(rb'<svg [^>]*?\bwidth="([\d.]+)[a-z]*" height="([\d.]+)')


ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


class TypesettingError(Exception):
    """The document could not be set; the text is a sentence for the person who prints, with typst's reason."""

    def __init__(self, reason: str) -> None:
        """`reason`: what stopped typst, in its words."""
        super().__init__(_("The document could not be laid out for printing: {reason}.").format(reason=reason))
        self.reason = reason


class TypesettingCancelledError(Exception):
    """The caller asked to stop."""


@dataclass(frozen=True)
class PrintJob:
    """A document ready to be set: `data` is the JSON that the template reads, `moment` the PDF's date in Unix seconds.

    template: the name of a file of ``resources/typst`` without its ending. standards: what the PDF is to keep. points:
    what to look at before it leaves the program, in sentences; they are not in it.
    Holds only text, so it can be handed to another thread or process.
    """

    title: str
    data: str
    moment: int
    template: str = "document"
    standards: tuple[PdfStandard, ...] = ("ua-1",)
    points: tuple[str, ...] = ()


class Pages(Sequence[bytes]):
    """The pictures of the pages, in order; kept compressed, since a long document has hundreds of megabytes of them."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        """`packed`: zlib-compressed pictures."""
        self._packed = tuple(packed)

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> Pages: ...
    def __getitem__(self, index: int | slice) -> bytes | Pages:
        if isinstance(index, slice):
            return Pages(self._packed[index])
        return zlib.decompress(self._packed[index])

    def heads(self) -> Iterator[bytes]:
        """Yield the beginning of each."""
        return (zlib.decompressobj().decompress(packed, _HEAD) for packed in self._packed)


def pdf(job: PrintJob, cancelled: Callable[[], bool] | None = None) -> bytes:
    """Return the document as a tagged file with embedded fonts that keeps the job's standards (see `typeset_here`).

    Raises TypesettingError, or TypesettingCancelledError once `cancelled` returns true (see the module's text).
    """
    return zlib.decompress(_typeset(job, "pdf", 0.0, cancelled)[0])


def pages(job: PrintJob, scale: float = 1.0, kind: Kind = "svg", cancelled: Callable[[], bool] | None = None) -> Pages:
    """Return a picture of each page, laid out exactly as in the PDF.

    `kind` is "svg" (vectors, sized in points; `scale` plays no part) or "png" with `scale` pixels to the point, that
    is 72 x `scale` dots per inch. Raises as `pdf` does, and ValueError for another kind.
    """
    if kind not in ("svg", "png"):
        raise ValueError(kind)
    return Pages(_typeset(job, kind, scale * POINTS_PER_INCH, cancelled))


def sizes_of(pages: Sequence[bytes]) -> list[tuple[float, float]]:
    """Return width and height in points of each page picture (SVG); no page is unpacked for it but its beginning."""
    heads = pages.heads() if isinstance(pages, Pages) else (page[:_HEAD] for page in pages)
    found = [_SVG_SIZE.search(head) for head in heads]
    return [(float(size[1]), float(size[2])) if size is not None else (595.0, 842.0) for size in found]


def chosen_pages(whole: bytes, numbers: Sequence[int], job: PrintJob) -> bytes:
    """Return a PDF of these pages (from 0, in their order) of a job's PDF, and nothing of the others.

    Texts and fonts stay what they are; tags and bookmarks, which are about the whole, are not in it. Raises
    TypesettingError.
    """
    import typst

    pages = json.dumps([number + 1 for number in numbers])
    # typst takes text only, and the other pages are not to touch the disk.
    inputs = {"pages": pages, "title": job.title, "whole": json.dumps(list(whole))}
    root = str(template().parent)
    try:
        compiler = typst.Compiler(str(template("pages")), root, sys_inputs=inputs)
        made = compiler.compile(format="pdf", timestamp=job.moment, pdf_tags=False)
    except typst.TypstError as error:
        raise TypesettingError(error.message) from error
    assert isinstance(made, bytes)  # a PDF is one file
    return made


def page_count(job: PrintJob, cancelled: Callable[[], bool] | None = None) -> int:
    """Return the number of pages by setting the document; `estimate_pages` is the cheap guess."""
    return len(_typeset(job, "svg", 0.0, cancelled))


def _typeset(job: PrintJob, kind: Kind, resolution: float, cancelled: Callable[[], bool] | None) -> list[bytes]:
    if cancelled is None:
        return list(typeset_here(job, kind, resolution))
    return _in_child(job, kind, resolution, cancelled)


def typeset_here(job: PrintJob, kind: Kind, resolution: float) -> Iterator[bytes]:
    """Yield the zlib-compressed files ("pdf": one; "svg", "png": one a page), set in this process and thread.

    What PDF/UA does not take stops no print: glyphs that stand for no single character, as scripts such as
    Devanagari have them, or a character without a glyph that got past the substitution (the page shows an empty box).
    The PDF is tagged all the same then, but does not claim the standard that it misses. Raises TypesettingError.
    """
    import typst

    compiler = typst.Compiler(
        input=str(template(job.template)),
        root=str(template().parent),
        font_paths=fonts(),
        sys_inputs={"data": job.data, "kind": kind},
    )
    try:
        made = _compile_as_allowed(compiler, job, kind, resolution)
    except typst.TypstError as error:
        # The diagnostic quotes the template only, but the message may quote the analysis: keep it out of the log.
        _log.error("typst could not set the document: %s", error.diagnostic.splitlines()[1:2])
        raise TypesettingError(error.message) from error
    for content in made if isinstance(made, list) else [made]:
        yield zlib.compress(_with_charts_inside(content) if kind == "svg" else content, 1)


def _compile_as_allowed(compiler: typst.Compiler, job: PrintJob, kind: Kind, resolution: float) -> bytes | list[bytes]:
    """Return what typst makes under as many of the job's standards, from the first on, as it allows."""
    import typst

    for count in range(len(job.standards) if kind == "pdf" else 0, 0, -1):
        try:
            return _compile(compiler, job, kind, resolution, job.standards[:count])
        except typst.TypstError as error:
            if not _STANDARD_MISSED.match(error.message):
                raise
            _log.warning(
                "the document holds what PDF/%s does not take; the PDF does not claim it",
                job.standards[count - 1].upper(),
            )
    return _compile(compiler, job, kind, resolution, [])


def _compile(
    compiler: typst.Compiler, job: PrintJob, kind: Kind, resolution: float, standards: Sequence[PdfStandard]
) -> bytes | list[bytes]:
    made, warnings = compiler.compile_with_warnings(
        format=kind, ppi=resolution or None, pdf_standards=list(standards), timestamp=job.moment
    )
    for warning in warnings:
        _log.warning("typst: %s", warning.message)
    assert made is not None  # None only when an output path is given
    return made


def _with_charts_inside(page: bytes) -> bytes:
    """Return the SVG page with the drawings that typst puts into it as images made part of it.

    Qt, which shows and prints the pages, would turn an image into pixels.
    """
    return _SVG_IMAGE.sub(_as_group, page)


def _as_group(image: re.Match[bytes]) -> bytes:
    drawing = ElementTree.fromstring(base64.b64decode(image["data"]))
    _left, _top, width, height = (float(number) for number in drawing.attrib["viewBox"].split())
    scale = f"scale({float(image['width']) / width:.6f} {float(image['height']) / height:.6f})"
    transform = f"{(image['transform'] or b'').decode()} {scale}".strip()
    # What matplotlib says in a style sheet for all shapes.
    group = ElementTree.Element(
        f"{{{_SVG}}}g", {"transform": transform, "stroke-linejoin": "round", "stroke-linecap": "butt"}
    )
    group.extend(child for child in drawing if child.tag in _DRAWN)
    _drop_blanks(group)
    return ElementTree.tostring(group)


def _drop_blanks(group: ElementTree.Element) -> None:
    """Take out shapes without an outline, such as the glyph of a blank, and their uses; Qt complains about them.

    The style sheet goes too: it would hold for the whole page.
    """
    blank = {path.get("id") for path in group.iter(f"{{{_SVG}}}path") if not path.get("d")}
    for parent in list(group.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}style" or child.get("id", "") in blank or child.get(_LINK, "#")[1:] in blank:
                parent.remove(child)


def template(name: str = "document") -> Path:
    """Return the path of a document's typst template."""
    return paths.resources() / "typst" / f"{name}.typ"


@cache
def fonts() -> typst.Fonts:
    """Return the fonts the document may use: DejaVu Sans Condensed, shipped, and every font installed in the system.

    typst's own embedded text fonts are left out, so that the pages do not depend on its version.
    """
    import typst

    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(paths.resources() / "fonts")]
    )


def font_files() -> list[tuple[str, int]]:
    """Return (path, index in a collection) of every font that the document can draw with."""
    return sorted({(font.path, font.index) for font in fonts().fonts() if font.path is not None})


def child_command() -> list[str]:
    """Return what starts the process that sets a document, also in a frozen build, where there is no plain Python."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "ach_desk.reporting.typesetting_child"]
    program = Path(sys.executable)
    return [str(program.with_name("ach").with_suffix(program.suffix)), CHILD_OPTION]


def _in_child(job: PrintJob, kind: Kind, resolution: float, cancelled: Callable[[], bool]) -> list[bytes]:
    request = json.dumps({"job": asdict(job), "kind": kind, "resolution": resolution}).encode()
    with subprocess.Popen(
        child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(paths.__file__).parent.parent), *sys.path])},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        # communicate() in short steps would lose the rest of a long request, so a thread hands that over.
        pipe, child.stdin = child.stdin, None
        feeder = Thread(target=_feed, args=(pipe, request), name="print request")
        feeder.start()
        try:
            answer, complaint = _wait_for(child, cancelled)
        finally:
            child.kill()
            feeder.join()
    if child.returncode != 0:
        reason = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        _log.error("the typesetting process ended with %s", child.returncode)
        raise TypesettingError(reason or _("its process was ended from outside"))
    return unframed(answer)


def _feed(pipe: IO[bytes] | None, request: bytes) -> None:
    assert pipe is not None
    with suppress(BrokenPipeError), pipe:  # a child that was killed or has failed says so itself
        pipe.write(request)


def _wait_for(child: subprocess.Popen[bytes], cancelled: Callable[[], bool]) -> tuple[bytes, bytes]:
    while True:
        try:
            return child.communicate(timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if cancelled():
                raise TypesettingCancelledError from None


def framed(content: bytes) -> bytes:
    """Return `content` behind its length, as the child process writes each file."""
    return _LENGTH.pack(len(content)) + content


def unframed(stream: bytes) -> list[bytes]:
    """Return the contents that `framed` put one after another."""
    contents: list[bytes] = []
    at = 0
    while at < len(stream):
        (length,) = _LENGTH.unpack_from(stream, at)
        at += _LENGTH.size
        contents.append(stream[at : at + length])
        at += length
    return contents
