"""A Word file whose styles, paper, head and foot a report takes over: looked at before anything of it is used.

What it may hold is refused or taken out: macros, embedded programs, links to elsewhere, what people wrote and who.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from ach_desk.i18n import _
from ach_desk.reporting.report.file_options import FileError
from ach_desk.reporting.report.office import leaves_package

MOST_BYTES = 20_000_000
_MOST_UNPACKED = 100_000_000
_MOST_PARTS = 2_000
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_TYPES = "[Content_Types].xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROGRAMS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/|\.bin\Z|\.exe\Z", re.IGNORECASE)
_RUNNING = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml\Z")
_FETCHING = re.compile(r"\b(?:DDE(?:AUTO)?|INCLUDE\w*|IMPORT|LINK|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
_DOCUMENT_KEEPS = ("styles", "settings", "numbering", "fontTable", "theme", "webSettings", "header", "footer")
_KEPT_NOTES = ("footnotes", "endnotes")
_SETTINGS_OUT = ("attachedTemplate", "mailMerge", "docVars", "rsids", "updateFields", "documentProtection")


def read_template(path: Path) -> bytes:
    """Return the file; raises FileError when it cannot be read or is too large. `opened` looks into it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        text = _("The template {file} could not be read: {reason}.")
        raise FileError(text.format(file=path, reason=error.strerror or error)) from None
    if len(data) > MOST_BYTES:
        raise FileError(_too_large())
    return data


def opened(template: bytes | None) -> Any:
    """Return an empty python-docx document: with what a template brings, or the library's own.

    Raises FileError with a sentence for a template that is no Word file, too large, or holds what is refused.
    """
    import docx

    if template is None:
        document = docx.Document()
    else:
        checked = _checked(template)
        try:
            document = docx.Document(io.BytesIO(checked))
        except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError, AttributeError):
            raise FileError(_not_word()) from None
        _empty(document)
    _clean(document)
    return document


def _too_large() -> str:
    return _("The template is too large: a Word file of up to 20 MB without much text in it will do.")


def _not_word() -> str:
    return _("The template is not a Word file (*.docx or *.dotx).")


def _checked(template: bytes) -> bytes:
    """Return the file as one that python-docx opens; raises FileError."""
    if len(template) > MOST_BYTES:
        raise FileError(_too_large())
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            return _looked_through(archive, template)
    except (zipfile.BadZipFile, KeyError, ParseError, UnicodeDecodeError, OSError):
        raise FileError(_not_word()) from None
    except (NotImplementedError, RuntimeError):  # zipfile's words for a way of packing it lacks, and for a password
        raise FileError(_not_word()) from None


def _looked_through(archive: zipfile.ZipFile, template: bytes) -> bytes:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise FileError(_too_large())
    names = [entry.filename for entry in entries]
    types = archive.read(_TYPES).decode()
    if any(map(_PROGRAMS.search, names)) or "macroEnabled" in types:
        raise FileError(_("The template holds macros or embedded programs. Save it without them as *.docx."))
    if _DOCUMENT not in types and _TEMPLATE not in types:
        raise FileError(_not_word())
    for name in names:
        if name.endswith((".xml", ".rels")):
            _look_into(name, archive.read(name))
    return _as_document(archive) if _TEMPLATE in types else template


def _look_into(name: str, data: bytes) -> None:
    root = _parsed(data)
    if name.endswith(".rels"):
        kinds = [entry.get("Type", "") for entry in root if entry.get("TargetMode") == "External"]
        # The template that a document was made from is forgotten; a link that is only followed on a click may stay.
        fetched = [kind for kind in kinds if not kind.endswith(("/hyperlink", "/attachedTemplate", "/mailMergeSource"))]
        if fetched:
            raise FileError(_("The template loads something from elsewhere. Put the pictures into it, and unlink it."))
    elif _RUNNING.match(name):
        codes = "".join(part.text or "" for part in root.iter(f"{_WORD}instrText"))
        codes += " ".join(part.get(f"{_WORD}instr", "") for part in root.iter(f"{_WORD}fldSimple"))
        if _FETCHING.search(codes):
            raise FileError(_("The template has fields that load something from elsewhere. Take them out of it."))


def _parsed(data: bytes) -> Element:
    """Return the root of an XML part; raises FileError where it declares entities."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise FileError(_not_word()) from None


def _as_document(archive: zipfile.ZipFile) -> bytes:
    """Return a Word template as an ordinary document."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, data.replace(_TEMPLATE.encode(), _DOCUMENT.encode()) if name == _TYPES else data)
    return target.getvalue()


def _empty(document: Any) -> None:
    """Take out all text; paper, head and foot are those of the last section."""
    body = document.element.body
    for child in list(body):
        if child.tag != f"{_WORD}sectPr":
            body.remove(child)
    if body.sectPr is None:
        document.add_section()


def _clean(document: Any) -> None:
    """Take out what is not needed: comments and their authors, previews, foreign data, the template's own template."""
    keeps = _DOCUMENT_KEEPS + _KEPT_NOTES
    _drop(document.part.rels, lambda kind: not kind.endswith(tuple(f"/{name}" for name in keeps)))
    _drop(document.part.package.rels, leaves_package)
    settings = document.settings.element
    for name in _SETTINGS_OUT:
        for found in settings.findall(f"{_WORD}{name}"):
            settings.remove(found)
    _drop(document.part._settings_part.rels, lambda _kind: True)
    for part in document.part.package.iter_parts():
        if _RUNNING.match(str(part.partname)[1:]):
            for changed in part.element.iter():  # who changed the head of the pages, and when
                for name in ("author", "date", "initials"):
                    changed.attrib.pop(f"{_WORD}{name}", None)


def _drop(relationships: Any, is_out: Any) -> None:
    for key in [key for key, entry in relationships.items() if is_out(entry.reltype)]:
        del relationships[key]
