"""What can be printed, by name. Plain data and one door to what lays it out, which is imported on use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.conclusions import conclusion_on
from ach_desk.reporting.chart_names import chart_name
from ach_desk.reporting.chart_options import EVERY_KIND, kinds_for
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.report.preset_names import ONE_PAGE, PRESETS, REVIEWER, SHORT
from ach_desk.reporting.typesetting import PrintJob

COMPOSED, DOCUMENT, WALL, FORM = "composed", "document", "wall", "form"
REPORTS = (ONE_PAGE, SHORT, REVIEWER, COMPOSED)
PRODUCTS = (*REPORTS, DOCUMENT, WALL, FORM, *EVERY_KIND)


class NothingToPrintError(Exception):
    """There is nothing yet that could be printed; the text is a sentence."""


def product_name(product: str) -> str:
    """Return what a product is called; raises KeyError for another one."""
    own = {
        ONE_PAGE: _("One-page report"),
        SHORT: _("Short report"),
        REVIEWER: _("Reviewer report"),
        COMPOSED: _("Report, own choice"),
        DOCUMENT: _("Whole analysis"),
        WALL: _("Matrix for the wall"),
        FORM: _("Rating form"),
    }
    return own[product] if product in own else _("Chart: {name}").format(name=chart_name(product))


def first_product(analysis: Analysis, matrix_id: str) -> str:
    """Return what the print dialog shows first: one page where the question is answered, else everything."""
    conclusion = conclusion_on(analysis, matrix_id)
    return ONE_PAGE if conclusion is not None and conclusion.answer.strip() else DOCUMENT


def offered(analysis: Analysis, matrix_id: str) -> tuple[str, ...]:
    """Return what the print dialog offers: the own choice only where sections were chosen that are no preset's."""
    chosen = analysis.report
    has_own = chosen is not None and chosen.sections not in PRESETS.values()
    left_out = {*([] if has_own else [COMPOSED]), *EVERY_KIND} - set(kinds_for(analysis.matrix(matrix_id)))
    return tuple(product for product in PRODUCTS if product not in left_out)


def print_job(
    product: str,
    analysis: Analysis,
    matrix_id: str,
    analyst: str,
    options: PrintOptions,
    cancelled: Callable[[], bool] = lambda: False,
) -> PrintJob:
    """Return a product ready to be set.

    Raises NothingToPrintError, KeyError for an unknown matrix or analyst, and TypesettingCancelledError once
    `cancelled`, which is asked between the long steps of a report, returns true.
    """
    from ach_desk.reporting import document, print_sheets

    if product in REPORTS:
        return _report(product, analysis, matrix_id, analyst, options, cancelled)
    matrix = analysis.matrix(matrix_id)
    if product == DOCUMENT:
        return document.print_document(analysis, matrix, analyst, options)
    if product == WALL:
        return print_sheets.wall_document(analysis, matrix, analyst, options)
    if product == FORM:
        return print_sheets.rating_form(analysis, matrix, analyst, options)
    job = print_sheets.chart_document(product, analysis, matrix, analyst, options)
    if job is None:
        raise NothingToPrintError(_("There is nothing yet that this chart could show."))
    return job


def _report(
    product: str,
    analysis: Analysis,
    matrix_id: str,
    analyst: str,
    options: PrintOptions,
    cancelled: Callable[[], bool],
) -> PrintJob:
    from ach_desk.reporting.report import check, pdf, presets
    from ach_desk.reporting.report.compose import file_options, material, pictures, report
    from ach_desk.reporting.report.model import CancelledError
    from ach_desk.reporting.typesetting import TypesettingCancelledError

    made = material(analysis, matrix_id, analyst, options, cancelled)
    plan = presets.kept_plan(analysis, matrix_id) if product == COMPOSED else presets.plan_of(product)
    try:
        job = pdf.print_job(report(made, plan), pictures(made), file_options(made), for_screen=True)
        return replace(job, points=tuple(point.text for point in check.check(made, plan)))
    except CancelledError:
        raise TypesettingCancelledError from None
