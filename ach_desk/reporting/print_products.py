"""What can be printed, by name. Plain data and one door to what lays it out, which is imported on use."""

from __future__ import annotations

from ach_desk.i18n import _
from ach_desk.model import Analysis
from ach_desk.model.conclusions import conclusion_on
from ach_desk.reporting.chart_names import chart_name
from ach_desk.reporting.chart_options import ALL_KINDS, OF_RESULTS
from ach_desk.reporting.print_options import PrintOptions
from ach_desk.reporting.typesetting import PrintJob

ONE_PAGE, DOCUMENT, WALL, FORM = "one-page", "document", "wall", "form"
PRODUCTS = (ONE_PAGE, DOCUMENT, WALL, FORM, *ALL_KINDS, *OF_RESULTS)


class NothingToPrintError(Exception):
    """There is nothing yet that could be printed; the text is a sentence."""


def product_name(product: str) -> str:
    """Return what a product is called; raises KeyError for another one."""
    own = {
        ONE_PAGE: _("One-page report"),
        DOCUMENT: _("Whole analysis"),
        WALL: _("Matrix for the wall"),
        FORM: _("Rating form"),
    }
    return own[product] if product in own else _("Chart: {name}").format(name=chart_name(product))


def first_product(analysis: Analysis, matrix_id: str) -> str:
    """Return what the print dialog shows first: one page where the question is answered, else everything."""
    conclusion = conclusion_on(analysis, matrix_id)
    return ONE_PAGE if conclusion is not None and conclusion.answer.strip() else DOCUMENT


def print_job(product: str, analysis: Analysis, matrix_id: str, analyst: str, options: PrintOptions) -> PrintJob:
    """Return a product ready to be set; raises NothingToPrintError, and KeyError for an unknown matrix or analyst."""
    from ach_desk.reporting import document, print_sheets

    if product == ONE_PAGE:
        return _one_page(analysis, matrix_id, analyst, options)
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


def _one_page(analysis: Analysis, matrix_id: str, analyst: str, options: PrintOptions) -> PrintJob:
    from ach_desk.reporting.report import pdf, presets
    from ach_desk.reporting.report.compose import file_options, material, pictures, report

    made = material(analysis, matrix_id, analyst, options)
    composed = report(made, presets.plan_of(presets.ONE_PAGE))
    return pdf.print_job(composed, pictures(made), file_options(made, None, can_stop=False))
