"""Two versions of one analysis made one again, over the state that both began from; and what tells two states apart.

Files of other programs, and other analyses, come in by `commands.merging`; here the ids are the same on both sides.
"""

from ach_desk.commands.versions.base import common_base
from ach_desk.commands.versions.conflicts import Conflict, Rule, Side, by_rule, from_choices
from ach_desk.commands.versions.three_way import Merged, OtherAnalysisError, merge

__all__ = [
    "Conflict",
    "Merged",
    "OtherAnalysisError",
    "Rule",
    "Side",
    "by_rule",
    "common_base",
    "from_choices",
    "merge",
]
