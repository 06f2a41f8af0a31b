"""ACH Desk from Python: open an analysis, score it, draw its charts, save it or hand its cells to a table.

Made for notebooks and scripts; docs/manual/scripting.md shows it at work. ``import ach_desk`` loads nothing of it.

    case = ach_desk.open("case.ach.json")
    case.score()["leaders"]
    case.chart("consistency", "chart.svg")
"""

from __future__ import annotations

import builtins
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ach_desk.exchange.formats import RefusedFileError, Report, format_of, read_bytes
from ach_desk.exchange.refused_endings import OWN_ENDING, refusal
from ach_desk.i18n import _
from ach_desk.model import Analysis, Analyst, Matrix, new_analysis
from ach_desk.scoring import Assessment, assess, headline
from ach_desk.storage.errors import StorageError

if TYPE_CHECKING:
    from os import PathLike

    from ach_desk.scoring.robustness import Robustness

__all__ = ["AchError", "Case", "Chart", "new", "open"]


class AchError(Exception):
    """Something cannot be done. ``str()`` is a sentence that names what, and the remedy."""


def open(path: str | PathLike[str]) -> Case:
    """Return the case in a file: an analysis of this program, or any file that `ach convert` reads.

    What was changed or left out of another program's file is in the case's `report`. Raises AchError.
    """
    file = Path(path)
    found = format_of(file.name)
    try:
        if _is_own(file) or found is None or not found.read:
            from ach_desk.storage.files import read_document

            return Case(read_document(file).loaded.analysis)
        incoming = found.reader()(read_bytes(file), file.name)
    except (StorageError, RefusedFileError) as error:
        raise AchError(str(error)) from None
    if incoming.analysis is None:
        raise AchError(_("{file} holds nothing to analyse.").format(file=file))
    return Case(incoming.analysis, report=incoming.report)


def new(question: str = "") -> Case:
    """Return an empty case with one matrix and one analyst."""
    return Case(new_analysis(question))


def _is_own(file: Path) -> bool:
    return file.name.casefold().endswith(OWN_ENDING)


class Case:
    """An analysis seen through one of its matrices and one of its analysts: the first ones, unless chosen.

    analysis: the whole of it, as `ach_desk.model.Analysis`. report: what became of another program's file.
    """

    def __init__(
        self,
        analysis: Analysis,
        matrix: Matrix | None = None,
        analyst: Analyst | None = None,
        report: Report | None = None,
    ) -> None:
        self.analysis = analysis
        self.report = report or Report()
        if matrix is None and not analysis.matrices:
            raise AchError(_("The analysis has no matrix. Add one in the program."))
        self.matrix = matrix or analysis.matrices[0]
        rating = [analysis.analysts[entry] for entry in self.matrix.sheets if entry in analysis.analysts]
        self.analyst = analyst or next(iter([*rating, *analysis.analysts.values()]), None)

    def __repr__(self) -> str:
        items, hypotheses = len(self.matrix.evidence), len(self.matrix.hypotheses)
        return f"<Case {self.analysis.question!r}: {items} items x {hypotheses} hypotheses>"

    @property
    def matrices(self) -> list[str]:
        """Return the names of the matrices."""
        return [matrix.name for matrix in self.analysis.matrices]

    @property
    def analysts(self) -> list[str]:
        """Return the names of the analysts."""
        return [analyst.name for analyst in self.analysis.analysts.values()]

    def view(self, matrix: str | None = None, analyst: str | None = None) -> Case:
        """Return the case seen through another matrix or analyst, by name or id; raises AchError for unknown ones."""
        chosen = self.matrix if matrix is None else _named(self.analysis.matrices, matrix)
        by = self.analyst if analyst is None else _named(builtins.list(self.analysis.analysts.values()), analyst)
        return Case(self.analysis, chosen, by, self.report)

    @property
    def assessment(self) -> Assessment:
        """Return scores, ranks and diagnosticity as `ach_desk.scoring.Assessment`, reckoned anew at each call."""
        return assess(self.analysis, self.matrix, self._by)

    @property
    def _by(self) -> str:
        return self.analyst.id if self.analyst else ""

    @property
    def headline(self) -> str:
        """Return the sentence on who leads, as the window says it."""
        return headline(self.assessment)

    def score(self, *, every_method: bool = False) -> dict[str, Any]:
        """Return scores, ranks and findings in the published shape of ``ach score --json`` (docs/manual)."""
        from ach_desk.app.cli_score import score_json

        text = score_json(self.analysis, self.assessment, self.matrix, self.analyst, every_method=every_method)
        return json.loads(text)

    def robustness(
        self, method: str = "weighted_inconsistency", *, draws: int | None = None, seed: int | None = None
    ) -> dict[str, Any]:
        """Return what the order rests on in the published shape of ``ach robustness --json``.

        method: weighted_inconsistency, inconsistency, bayes or bayes_sources, whatever the matrix itself goes by.
        `draws` and `seed` are those kept with the matrix if not given. Raises AchError for an unknown method.
        """
        from ach_desk.app.cli_find_out import find_out_json
        from ach_desk.app.cli_further import further_json
        from ach_desk.app.cli_robustness import robustness_json
        from ach_desk.scoring.find_out import find_out

        found = self._robustness(method, draws, seed)
        next_steps = find_out(self.analysis, self.matrix, self._by, found.inputs)
        further = {
            **further_json(self.analysis, self.matrix, self._by, found),
            "find_out_next": find_out_json(next_steps),
        }
        return json.loads(robustness_json(found, further))

    def _robustness(self, method: str, draws: int | None, seed: int | None) -> Robustness:
        from ach_desk.model.method_settings import Method, MethodSettings
        from ach_desk.scoring import robustness as found
        from ach_desk.scoring.methods import SUMS, inputs

        if method not in [entry.value for entry in SUMS]:
            text = _("There is no robustness by “{method}”; there is: {known}.")
            raise AchError(text.format(method=method, known=", ".join(entry.value for entry in SUMS)))
        kept = self.matrix.method_settings or MethodSettings()
        quick = found.quick(inputs(self.analysis, self.matrix, self._by, self.assessment), Method(method))
        return found.with_shares(
            found.with_steps(quick),
            self.matrix,
            self._by,
            draws=kept.draws if draws is None else draws,
            seed=kept.seed if seed is None else seed,
        )

    def chart(self, kind: str = "consistency", path: str | PathLike[str] | None = None, **options: Any) -> Chart:
        """Return a chart; with a path it is written there too, as SVG, PDF or PNG by its ending.

        kind: one of `ach chart --kind`. options: fields of `ach_desk.reporting.chart_options.ChartOptions`, such as
        ``width_px=600`` or ``black_and_white=True``. Raises AchError for an unknown kind, ending or option.
        """
        from ach_desk.reporting.chart_options import ALL_KINDS, FORMATS, FROM_MATERIAL, ChartOptions

        ending = Path(path).suffix.lower().removeprefix(".") if path is not None else "svg"
        if kind not in ALL_KINDS:
            text = _("There is no chart “{kind}”; there is: {known}.")
            raise AchError(text.format(kind=kind, known=", ".join(ALL_KINDS)))
        if ending not in FORMATS:
            text = _("{file}: a chart is written as .svg, .pdf or .png; give the output one of these endings.")
            raise AchError(text.format(file=path))
        own = {
            "palette": "print",
            "marking": self.analysis.marking,
            "notice": self.analysis.notice,
            "analyst": self.analyst.name if self.analyst else "",
            "date": self.analysis.as_of or date.today().isoformat(),
        }
        try:
            chosen = ChartOptions(**{**own, **options})
        except TypeError:
            known = ", ".join(ChartOptions.__dataclass_fields__)
            raise AchError(_("A chart has these options: {known}.").format(known=known)) from None
        from ach_desk.reporting.chart_material import material
        from ach_desk.reporting.charts import save

        subject: Any = self.assessment
        if kind in FROM_MATERIAL:
            subject = material(self.analysis, self.matrix, self._by, subject)
        chart = Chart(save(kind, subject, chosen, ending), ending)
        if path is not None:
            _write(Path(path), chart.data)
        return chart

    def save(self, path: str | PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the case and return where: an analysis for ``.ach.json``, else what the ending stands for.

        The formats of other programs hold less; `ach convert` says what. A file that exists is not overwritten unless
        `overwrite`. Raises AchError.
        """
        file = Path(path)
        try:
            if _is_own(file):
                from ach_desk.storage.files import write_document

                write_document(file, self.analysis, expected=None, overwrite=overwrite)
                return file
        except StorageError as error:
            raise AchError(str(error)) from None
        found = format_of(file.name)
        if found is None or not found.write:
            raise AchError(refusal(file, written=True))
        if file.exists() and not overwrite:
            text = _("{file} exists already and was not overwritten. Choose another name, or say overwrite=True.")
            raise AchError(text.format(file=file))
        _write(file, found.writer()(self.analysis, self.matrix, self._by).data)
        return file

    def to_records(self) -> list[dict[str, Any]]:
        """Return one flat row per cell of the matrix, unrated ones included: made for ``pandas.DataFrame``.

        item, item_title, kind, status, date, credibility, relevance, diagnosticity, hypothesis, hypothesis_title,
        rating, rationale, confidence, time. Labels and words are those of the file; what is not set is None.
        """
        assessment = self.assessment
        rows = []
        for place, item in enumerate(assessment.items):
            spread = float(assessment.standing.diagnosticity[place])
            of_item = {
                "item": item.label,
                "item_title": item.title,
                "kind": item.kind.value,
                "status": item.status.value,
                "date": item.event_date,
                "credibility": item.credibility.value if item.credibility else None,
                "relevance": item.relevance.value if item.relevance else None,
                "diagnosticity": spread if spread == spread else None,  # undefined is not a number
            }
            for hypothesis in assessment.hypotheses:
                rating = self.matrix.rating(self._by, item.id, hypothesis.id)
                rows.append(
                    {
                        **of_item,
                        "hypothesis": hypothesis.label,
                        "hypothesis_title": hypothesis.title,
                        "rating": rating.value.value if rating and rating.value else None,
                        "rationale": rating.rationale if rating and rating.rationale else None,
                        "confidence": rating.confidence.value if rating and rating.confidence else None,
                        "time": rating.time if rating else None,
                    }
                )
        return rows


class Chart:
    """A chart as the bytes of a file; a notebook shows it. ending: svg, pdf or png."""

    def __init__(self, data: bytes, ending: str) -> None:
        self.data = data
        self.ending = ending

    def __repr__(self) -> str:
        return f"<Chart: {len(self.data)} bytes of {self.ending.upper()}>"

    def _repr_svg_(self) -> str | None:
        return self.data.decode() if self.ending == "svg" else None

    def _repr_png_(self) -> bytes | None:
        return self.data if self.ending == "png" else None


def _named(entries: list[Any], name: str) -> Any:
    """Return the one entry of that name, else of that id; raises AchError naming those that exist."""
    found = [entry for entry in entries if entry.name == name] or [entry for entry in entries if entry.id == name]
    if len(found) == 1:
        return found[0]
    known = ", ".join(entry.name or entry.id for entry in entries)
    text = _("There are several “{name}”; give the id.") if found else _("There is no “{name}”; there is: {known}.")
    raise AchError(text.format(name=name, known=known))


def _write(file: Path, data: bytes) -> None:
    from ach_desk.storage.files import write_bytes_atomically

    try:
        write_bytes_atomically(file, data)
    except StorageError as error:
        raise AchError(str(error)) from None
