"""Priors of a matrix: the same for each hypothesis, one for each, or one per single cause.

With a prior per cause, p_k is how probable it is that cause k is at work, whatever the others do. Where hypotheses
exclude each other, the column of a set S of causes gets a share proportional to the product of p_k over S and of
1 - p_k over the causes outside S; so a combination that is added takes what follows from its parts, and no share of its
own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ach_desk.i18n import _, join_words
from ach_desk.model import Hypothesis, Matrix
from ach_desk.model.method_settings import Frame
from ach_desk.scoring.assessment import Assessment
from ach_desk.scoring.bayes import equal_prior

if TYPE_CHECKING:
    from numpy.typing import NDArray


def cause_columns(assessment: Assessment) -> tuple[int, ...]:
    """Return the columns of the single causes: active, no heading, no combination."""
    active = assessment.table.active
    return tuple(
        column for column, entry in enumerate(assessment.hypotheses) if active[column] and not entry.is_combination
    )


def combination_columns(assessment: Assessment) -> tuple[int, ...]:
    """Return the columns of the active combinations."""
    active = assessment.table.active
    return tuple(
        column for column, entry in enumerate(assessment.hypotheses) if active[column] and entry.is_combination
    )


def column_priors(matrix: Matrix, assessment: Assessment) -> NDArray[np.float64]:
    """Return the prior per column over the active ones, summing to 1; one that is not set gets an equal share."""
    active = assessment.table.active
    equal = equal_prior(active)
    if matrix.priors_per_cause:
        prior = np.where(active, _from_causes(matrix, assessment), 0.0)
    else:
        given = by_column(matrix.priors, assessment.hypotheses)
        if np.isnan(given[active]).all():
            return equal
        prior = np.where(active, np.where(np.isnan(given), equal, given), 0.0)
    total = prior.sum()
    return prior / total if total > 0 else equal


def _from_causes(matrix: Matrix, assessment: Assessment) -> NDArray[np.float64]:
    """Return what the priors of the causes make of each column, before it is scaled."""
    hypotheses, causes = assessment.hypotheses, cause_columns(assessment)
    usual = usual_cause_prior(len(causes))
    at_work = {hypotheses[column].id: matrix.priors.get(hypotheses[column].id, usual) for column in causes}
    result = np.ones(len(hypotheses))
    for column, entry in enumerate(hypotheses):
        parts = set(entry.combines) if entry.is_combination else {entry.id}
        for cause, prior in at_work.items():
            result[column] *= prior if cause in parts else 1 - prior
        for gone in parts - at_work.keys():
            result[column] *= matrix.priors.get(gone, usual)
    return result


def usual_cause_prior(count: int) -> float:
    """Return the prior of a cause of which nothing is said: its share if they excluded each other, at most a half.

    So one cause is expected to be at work, and to look at the same explanations as causes raises none of them.
    """
    return 1 / max(count, 2)


def cause_priors(matrix: Matrix, assessment: Assessment) -> NDArray[np.float64]:
    """Return per single cause how probable it is that it is at work, `usual_cause_prior` where nothing is said of it.

    Priors of columns are passed over: they are of explanations that exclude each other.
    """
    columns = cause_columns(assessment)
    given, usual = matrix.priors if matrix.priors_per_cause else {}, usual_cause_prior(len(columns))
    return np.array([given.get(assessment.hypotheses[column].id, usual) for column in columns], np.float64)


def by_column(values: Mapping[str, float], hypotheses: Sequence[Hypothesis]) -> NDArray[np.float64]:
    """Return the value of each hypothesis, NaN where there is none."""
    return np.array([values.get(hypothesis.id, np.nan) for hypothesis in hypotheses], np.float64)


def raised_parts(matrix: Matrix, assessment: Assessment) -> list[tuple[int, float]]:
    """Return the causes that a combination raises with equal priors: (column, prior that it is true in any column).

    None where priors are set, where causes may act together anyway, and where there is no combination.
    """
    joint = combination_columns(assessment)
    if matrix.priors or matrix.priors_per_cause or matrix.frame is Frame.CAUSES or not joint:
        return []
    share = float(equal_prior(assessment.table.active).max())
    found = []
    for column in cause_columns(assessment):
        entry = assessment.hypotheses[column].id
        number = sum(entry in assessment.hypotheses[other].combines for other in joint)
        if number:
            found.append((column, share * (1 + number)))
    return found


def raised_sentence(matrix: Matrix, assessment: Assessment) -> str:
    """Return in words that equal priors per column raise the parts of combinations; "" where they do not."""
    raised = raised_parts(matrix, assessment)
    if not raised:
        return ""
    hypotheses = assessment.hypotheses
    joint = join_words([hypotheses[column].label for column in combination_columns(assessment)])
    parts = join_words(
        [
            _("{name} with {percent} %").format(name=hypotheses[column].label, percent=round(100 * prior))
            for column, prior in raised
        ]
    )
    single = round(100 * float(equal_prior(assessment.table.active).max()))
    text = _(
        "Bayes begins with the same prior for each column. Counting {joint} in, {parts} then begin true, against "
        "{single} % for an explanation that is in one column alone. A prior per cause avoids that."
    )
    return text.format(joint=joint, parts=parts, single=single)


def sum_sentence(matrix: Matrix, assessment: Assessment) -> str:
    """Return in words what the priors that are set add up to and what becomes of it; "" where nothing is set."""
    if not matrix.priors and not matrix.priors_per_cause:
        return ""
    if matrix.priors_per_cause:
        return _per_cause_sentence(matrix, assessment)
    active = [entry for entry, on in zip(assessment.hypotheses, assessment.table.active, strict=True) if on]
    missing = [entry.label for entry in active if entry.id not in matrix.priors]
    total = sum(matrix.priors[entry.id] for entry in active if entry.id in matrix.priors)
    if missing:
        text = _("Nothing is set for {names}: an equal share is taken, and all of them are scaled to 100 %.")
        return text.format(names=join_words(missing))
    if total == 0:
        return _("All are 0, so that the same prior is taken for each.")
    if abs(total - 1) < 0.005:
        return _("Together they make 100 %.")
    text = _("Together they make {percent} %. They are scaled to 100 %.")
    return text.format(percent=round(100 * total))


def _per_cause_sentence(matrix: Matrix, assessment: Assessment) -> str:
    columns = cause_columns(assessment)
    if matrix.frame is Frame.CAUSES:
        none = float(np.prod(1 - cause_priors(matrix, assessment)))
        text = _("They need not add up to 100 %. That none of them is at work begins with {percent} %.")
        return text.format(percent=round(100 * none))
    shares = column_priors(matrix, assessment)
    named = [
        _("{name} {percent} %").format(name=assessment.hypotheses[column].label, percent=round(100 * shares[column]))
        for column in (*columns, *combination_columns(assessment))
    ]
    return _("They need not add up to 100 %. The columns begin with {shares}.").format(shares=join_words(named))
