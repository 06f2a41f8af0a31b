"""The case that is compared, as from a page of notes: a question, 4 hypotheses, 20 items, a rating in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

QUESTION = "Why did the harbour lose its power on 14 March?"
HYPOTHESES = (
    "A transformer failed of age",
    "A contractor cut the cable by mistake",
    "Somebody damaged it on purpose",
    "The operator shed load and says nothing",
)
EVIDENCE = (
    "All cranes stopped within one second",
    "The transformer was inspected in January and found sound",
    "A trench was open beside the cable that week",
    "Two men left the fenced yard at 02:10",
    "The control room logged no order",
    "Power came back after 40 minutes without any repair crew",
    "Three neighbouring districts had low voltage before",
    "No smoke and no oil were found",
    "The contractor had the cable plan of 2019",
    "A letter with threats came in February",
    "The breaker tripped at the substation, not in the yard",
    "Demand that evening was the highest of the month",
    "The cable shows no fresh joint",
    "The lock of the yard was intact",
    "Cameras at the gate were off for maintenance",
    "The operator cancelled its press briefing",
    "Spare parts for the transformer were ordered in March",
    "An engineer speaks of a planned outage",
    "Insurance was not asked to pay",
    "The same happened on 2 April at the same hour",
)
_NOTES = """
    C  C  C  C
    I  N  C  C
    N  CC N  N
    N  I  CC I
    C  CC C  I
    II I  N  CC
    N  N  I  CC
    I  C  C  C
    N  C  N  N
    N  N  C  N
    I  I  N  CC
    C  N  N  CC
    N  II N  C
    N  N  I  N
    N  N  C  N
    N  N  N  C
    CC N  N  I
    I  I  I  CC
    I  II II C
    II II N  CC
"""
RATINGS = tuple(tuple(line.split()) for line in _NOTES.strip().splitlines())

MOVED_FROM, MOVED_TO = 18, 3
"""The places of the item that is moved, counted from 1."""


def moved(entries: Sequence[T]) -> list[T]:
    """Return one entry per item in the order that they have after the move."""
    rest = list(entries)
    rest.insert(MOVED_TO - 1, rest.pop(MOVED_FROM - 1))
    return rest
