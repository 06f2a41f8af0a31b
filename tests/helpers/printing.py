"""Made-up analyses for the printed document, and its pages read back with poppler."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ach_desk.model import Analysis, EvidenceItem, Hypothesis, Matrix, Rating, RatingValue, new_analysis
from ach_desk.reporting.print_options import PrintOptions

MOMENT = datetime(2023, 7, 3, 12, 0, tzinfo=UTC)
NOTICE = "Teaching example. Not an assessment of the events."
MARKING = "FOR TRAINING ONLY"


@dataclass(frozen=True)
class Case:
    """An analysis with the one matrix and analyst to print."""

    analysis: Analysis
    matrix: Matrix
    analyst: str

    @property
    def arguments(self) -> tuple[Analysis, Matrix, str]:
        """Return the first arguments of `print_document`."""
        return self.analysis, self.matrix, self.analyst

    def change_item(self, number: int, **fields: Any) -> None:
        """Exchange fields of the item at `number` (from 0)."""
        item = self.matrix.evidence[number]
        self.analysis.evidence[item] = self.analysis.evidence[item].model_copy(update=fields)

    def change_hypothesis(self, number: int, **fields: Any) -> None:
        """Exchange fields of the hypothesis at `number` (from 0)."""
        entry = self.matrix.hypotheses[number]
        self.analysis.hypotheses[entry] = self.analysis.hypotheses[entry].model_copy(update=fields)


def case(items: int, hypotheses: int, *, rationale: str = "", question: str = "What explains the march?") -> Case:
    """Return a rated analysis: items "Report number N on the matter", hypotheses "Explanation N", no level set."""
    analysis = new_analysis(question, "M. Keller")
    analysis.notice, analysis.marking = NOTICE, MARKING
    analysis.authors, analysis.as_of, analysis.created = ("M. Keller", "J. Osei"), "2023-06-30", "2023-07-01T08:00:00Z"
    matrix = analysis.matrices[0]
    analyst = next(iter(analysis.analysts))
    for number in range(1, hypotheses + 1):
        entry = Hypothesis(
            id=f"h{number}", label=f"H{number}", title=f"Explanation {number}", statement=f"It was {number}."
        )
        analysis.hypotheses[entry.id] = entry
        matrix.hypotheses.append(entry.id)
    values = list(RatingValue)
    for number in range(1, items + 1):
        item = EvidenceItem(id=f"e{number}", label=f"E{number}", title=f"Report number {number} on the matter")
        analysis.evidence[item.id] = item
        matrix.evidence.append(item.id)
        for column, entry in enumerate(matrix.hypotheses):
            rating = Rating(values[(number * 5 + column * column) % len(values)], rationale=rationale)
            matrix.set_rating(analyst, item.id, entry, rating)
    return Case(analysis, matrix, analyst)


def options(**fields: Any) -> PrintOptions:
    """Return print options with the tests' date."""
    return PrintOptions(printed=MOMENT, **fields)


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, laid out as on the page, without the invisible places to wrap."""
    command = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return text.replace("\u200b", "").replace("\u00ad", "").split("\f")[:-1]


def facts(pdf: bytes) -> dict[str, str]:
    """Return what pdfinfo says of the file."""
    output = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in output.splitlines())}


def page_pictures(pdf: bytes, folder: Path, resolution: int) -> list[Path]:
    """Return the pages drawn by poppler as PNG files in `folder`."""
    command = ["pdftoppm", "-r", str(resolution), "-png", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True)
    return sorted(folder.glob("page-*.png"))


def grey(source: Path | bytes) -> Image.Image:
    """Return a picture file, or its bytes, in grey."""
    return Image.open(io.BytesIO(source) if isinstance(source, bytes) else source).convert("L")


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return the mean difference, 0 to 1, of two grey pictures of a page.

    Renderers smooth the edges of letters each in its way: squares of four pixels are compared. One pixel more or less
    in size is rounding; any other size counts as entirely different.
    """
    if abs(first.width - second.width) > 1 or abs(first.height - second.height) > 1:
        return 1.0
    size = min(first.width, second.width), min(first.height, second.height)
    arrays = [np.asarray(picture.crop((0, 0, *size)).reduce(4), float) for picture in (first, second)]
    return float(np.abs(arrays[0] - arrays[1]).mean()) / 255
