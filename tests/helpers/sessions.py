"""Small analyses in a session, for tests of the window."""

from __future__ import annotations

from ach_desk.commands import edits
from ach_desk.model import Analysis, EvidenceItem, Hypothesis, RatingValue, new_analysis
from ach_desk.ui.selection import Selection
from ach_desk.ui.session import Session


def small_analysis(items: int = 3, hypotheses: int = 2) -> Analysis:
    """Return an unrated analysis with a question, titled "Item 1" ... and "Hypothesis 1" ..."""
    analysis = new_analysis("What happened?")
    matrix = analysis.matrices[0]
    titles = [{"title": f"Hypothesis {number}"} for number in range(1, hypotheses + 1)]
    edits.add_hypotheses(analysis, matrix, titles).apply(analysis)
    titles = [{"title": f"Item {number}"} for number in range(1, items + 1)]
    edits.add_items(analysis, matrix, titles).apply(analysis)
    return analysis


def small_session(items: int = 3, hypotheses: int = 2) -> Session:
    """Return a session with `small_analysis`."""
    return Session(small_analysis(items, hypotheses))


def item(session: Session, number: int) -> EvidenceItem:
    """Return the item in row `number`, counted from 1."""
    return session.analysis.evidence[session.matrix.evidence[number - 1]]


def hypothesis(session: Session, number: int) -> Hypothesis:
    """Return the hypothesis in column `number`, counted from 1."""
    return session.analysis.hypotheses[session.matrix.hypotheses[number - 1]]


def on_item(session: Session, *numbers: int) -> Selection:
    """Return the selection of whole rows, with the keyboard on the first."""
    ids = tuple(item(session, number).id for number in numbers)
    return Selection("evidence", ids[0], None, (), ids)


def on_hypothesis(session: Session, number: int) -> Selection:
    """Return the selection of a column."""
    entry = hypothesis(session, number).id
    return Selection("hypothesis", None, entry, (), (), (entry,))


def on_cell(session: Session, row: int, column: int) -> Selection:
    """Return the selection of one cell."""
    evidence, under = item(session, row).id, hypothesis(session, column).id
    return Selection("cell", evidence, under, ((evidence, under),), (evidence,), (under,))


def rate(session: Session, row: int, column: int, value: RatingValue | None) -> None:
    """Rate a cell as a person would."""
    cell = (item(session, row).id, hypothesis(session, column).id)
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, [cell], value))


def stored_rating(session: Session, row: int, column: int) -> RatingValue | None:
    """Return what is stored in a cell."""
    rating = session.matrix.rating(session.analyst, item(session, row).id, hypothesis(session, column).id)
    return rating.value if rating else None
