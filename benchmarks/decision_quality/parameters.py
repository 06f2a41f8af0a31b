"""The worlds of the simulation. Every number was fixed before any result was looked at, and none was changed since.

The generator was mended once, after a trial of 60 cases: planted items entered more often than their stated share, as
they alone were never turned away. The seeds of that trial (from 500,000 on) are used for nothing.

Where the literature gives no number that we have read, the choice is ours and says so. The sources and what they were
read for are named in docs/manual/methods.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

DEVELOPMENT = range(1_000, 3_000)
"""Seeds on which scales are fitted (one temperature per method). No result is reported from them."""
HELD_OUT = range(700_000, 702_000)
"""Seeds from which the reported table comes."""
ANALYSTS = (1, 3, 5)


@dataclass(frozen=True)
class World:
    """How one family of cases comes about.

    hypotheses, items: least and greatest number (Heuer 1999 speaks of a handful of hypotheses; matrices in use have
        some six to twenty rows).
    likelihoods: how P(e|H) and rating belong together. "table": as the table that Bayes uses says. "smooth": by a curve
        that has nothing to do with that table. "heavy": the rating gives the direction and little of the strength.
    shares: how common CC, C, N, I and II are before any noise (ours).
    source_shares: how common sources of high, medium and low quality are (ours).
    hits, false_alarms: how these really report (Schum & DuCharme 1971 for the form; numbers ours, and the low ones
        worse than the program assumes).
    graded_right: how often an analyst gives a source the level it deserves; else one of the others (ours; Baker,
        McKendry & Mace 1968 found such grades poorly applied).
    deceptive: share of items planted for one wrong hypothesis (ours; Whitesmith 2018 found suspicion to decide).
    copies: mean number of further reports of the same event (ours). grouped: whether the analyst notices.
    slip: chance that a cell is rated one step off (ours; that judgements vary is Kelly et al. 2025).
    lean: chance that a cell of the first impression is rated a step too well. impression_right: how often that first
        impression is the truth (ours; that matching evidence gets more weight is Lehner et al. 2008).
    unrated: share of cells left empty (ours).
    """

    name: str
    hypotheses: tuple[int, int] = (3, 6)
    items: tuple[int, int] = (6, 20)
    likelihoods: str = "table"
    shares: tuple[float, ...] = (0.1, 0.3, 0.3, 0.2, 0.1)
    source_shares: tuple[float, ...] = (0.4, 0.4, 0.2)
    hits: tuple[float, ...] = (0.95, 0.85, 0.6)
    false_alarms: tuple[float, ...] = (0.05, 0.15, 0.4)
    graded_right: float = 0.7
    deceptive: float = 0.05
    copies: float = 0.0
    grouped: bool = False
    slip: float = 0.2
    lean: float = 0.15
    impression_right: float = 0.4
    unrated: float = 0.03


_PLAIN = World("as the table of Bayes says")
WORLDS = (
    _PLAIN,
    replace(_PLAIN, name="another link of rating and likelihood", likelihoods="smooth"),
    replace(_PLAIN, name="ratings tell little of the strength", likelihoods="heavy"),
    replace(_PLAIN, name="copied reports, not grouped", copies=1.0),
    replace(_PLAIN, name="copied reports, grouped", copies=1.0, grouped=True),
    replace(_PLAIN, name="one item in five planted", deceptive=0.2),
)
