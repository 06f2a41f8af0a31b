"""Builders for how the hypotheses of a matrix stand to each other, and how probable each is before any item."""

from __future__ import annotations

from collections.abc import Mapping

from ach_desk.commands import edits
from ach_desk.commands.command import SetFields
from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.model.method_settings import Frame


def set_frame(analysis: Analysis, matrix: Matrix, frame: Frame | None) -> SetFields:
    """Return the command that says whether several hypotheses of a matrix can be true at once (None: not asked)."""
    text = _("Say whether several can be true at once")
    return edits.set_field(analysis, "matrix", [matrix.id], "frame", frame, text)


def set_priors(
    analysis: Analysis, matrix: Matrix, priors: Mapping[str, float], *, per_cause: bool = False
) -> SetFields:
    """Return the command that sets the priors by hypothesis (ids; none: the same for each), as one step.

    per_cause: they are those of single hypotheses to be at work, whatever the others do.
    """
    values = {"priors": dict(priors), "priors_per_cause": per_cause}
    return edits.set_fields(analysis, "matrix", matrix.id, values, _("Set the priors"))
