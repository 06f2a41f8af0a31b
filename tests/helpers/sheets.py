"""Analyses for spreadsheets, and the spreadsheets of other people, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from ach_desk.exchange.book import Sheet
from ach_desk.model import (
    Analysis,
    Citation,
    EvidenceItem,
    Hypothesis,
    Level,
    Matrix,
    Rating,
    RatingValue,
    Source,
    new_analysis,
)

ANALYST = "Ada Beispiel"


@dataclass(frozen=True)
class Case:
    """An analysis, its matrix and who rated it."""

    analysis: Analysis
    matrix: Matrix
    analyst: str
    analyst_name: str = ANALYST

    @property
    def titles(self) -> list[str]:
        """Return the texts of the items in the order of the matrix."""
        return [self.analysis.evidence[entry].title for entry in self.matrix.evidence]


def full_case(items: int = 4, hypotheses: int = 3) -> Case:
    """Return a rated case with a source, texts and rationales."""
    analysis = new_analysis("Who did it?", analyst_name=ANALYST)
    matrix, analyst = analysis.matrices[0], next(iter(analysis.analysts))
    analysis.sources["s1"] = Source(id="s1", label="S1", name="Radio", kind="broadcast")
    for number in range(1, hypotheses + 1):
        entry = Hypothesis(id=f"h{number}", label=f"H{number}", title=f"Cause {number}", statement=f"Because {number}.")
        analysis.hypotheses[entry.id] = entry
        matrix.hypotheses.append(entry.id)
    values, levels = list(RatingValue), [None, *Level]
    for number in range(1, items + 1):
        item = EvidenceItem(
            id=f"e{number}",
            label=f"E{number}",
            title=f"Report {number}",
            detail=f"Detail {number}",
            credibility=levels[number % 4],
            relevance=levels[(number // 2) % 4],
            citations=(Citation(source="s1"),),
        )
        analysis.evidence[item.id] = item
        matrix.evidence.append(item.id)
        for place, hypothesis in enumerate(matrix.hypotheses):
            rating = Rating(values[(3 * number + 2 * place) % len(values)], rationale=f"Since {number}/{place}")
            matrix.set_rating(analyst, item.id, hypothesis, rating)
    return Case(analysis, matrix, analyst)


def sheet(*rows: Sequence[str], name: str = "Sheet1") -> Sheet:
    """Return a sheet of these cells."""
    return Sheet(name, [list(row) for row in rows])


def xlsx(*sheets: tuple[str, str], more: dict[str, str] | None = None) -> bytes:
    """Return an Excel workbook of (name, XML inside sheetData), made by hand; `more` parts by name."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    entries = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>' for number, (name, _rows) in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{kind}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        **{
            f"xl/worksheets/sheet{number}.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
            for number, (_name, rows) in enumerate(sheets, 1)
        },
        **(more or {}),
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """Return an archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def inline_rows(*rows: Sequence[str]) -> str:
    """Return rows of texts as the XML of a sheet."""
    lines = []
    for row in rows:
        cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "<c/>" for cell in row)
        lines.append(f"<row>{cells}</row>")
    return "".join(lines)
