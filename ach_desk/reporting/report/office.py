"""What Word and PowerPoint files have in common: properties that name no user and no machine, and stable bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from ach_desk.reporting.report.model import Report

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>ACH Desk</Application></Properties>"
)
_KEPT = ("/officeDocument", "/core-properties", "/extended-properties")


def sign(document: Any, report: Report) -> None:
    """Write the properties of a python-docx or python-pptx document: title, authors and day of the report alone."""
    core = document.core_properties
    for child in list(core._element):
        core._element.remove(child)
    core.title, core.subject, core.author = report.title[:255], report.subject[:255], ", ".join(report.authors)[:255]
    core.language, core.revision = report.language, 1
    core.created = core.modified = datetime.fromisoformat(report.created)
    package = document.part.package
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _PROPERTIES


def leaves_package(relationship: str) -> bool:
    """Return whether a part that the package itself names by this type of relationship is left out.

    That is all but the document and its properties: previews, and what others have put there.
    """
    return not relationship.endswith(_KEPT)


def sealed(data: bytes) -> bytes:
    """Return an Office file with no time in it, so that the same report gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return target.getvalue()
