"""Open points: remarks that nobody has resolved."""

from __future__ import annotations

from collections.abc import Iterator

from ach_desk.i18n import _
from ach_desk.model import Analysis, Matrix
from ach_desk.scoring.findings import Finding

OPEN_REMARK = "open_remark"


def remark_findings(analysis: Analysis, matrix: Matrix) -> Iterator[Finding]:
    """Yield a finding for each open remark that begins a thread, on the matrix, its records, or the whole."""
    for remark in analysis.remarks.values():
        begins = remark.answers is None or remark.answers not in analysis.remarks
        if remark.resolved is not None or not begins or remark.matrix not in (None, matrix.id):
            continue
        item = analysis.evidence.get(remark.evidence or "")
        hypothesis = analysis.hypotheses.get(remark.hypothesis or "")
        place = " / ".join(record.label for record in (item, hypothesis) if record is not None)
        text = _("A remark on {place} is open: {text}").format(place=place or _("the analysis"), text=remark.text)
        yield Finding(
            OPEN_REMARK,
            text,
            hypotheses=(hypothesis.id,) if hypothesis else (),
            evidence=(item.id,) if item else (),
            others=(remark.id,),
        )
