"""What an editor does to a text, undone: everything the person did not touch stays exactly as it was.

Qt's text document knows no carriage return, no NUL and no paragraph separator of its own; it shows them as line
ends. Taking its text over whole would change characters that nobody edited. So only the stretch that differs is
carried over, at the place in the raw text that it was shown for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ach_desk.i18n import _

_MOST_EDITED = 100_000
"""Characters of a text that can be edited in the window: with millions of them Qt stops it for minutes."""
_LONGEST_WORD = 10_000
"""Characters without a blank among them, for which Qt's time grows with the square."""
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029\ufdd0\ufdd1]")
_TYPED_LINE_END = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")


def shown_text(raw: str) -> str:
    """Return `raw` as a text document holds it: each kind of line end as one ``\\n``."""
    return _LINE_END.sub("\n", raw)


def edited_text(raw: str, after: str) -> str:
    """Return `raw` with the edit in it that turned `shown_text(raw)` into `after`."""
    before = shown_text(raw)
    if before == after:
        return raw
    shortest = min(len(before), len(after))
    start = _common_start(before, after, shortest)
    end = _common_start(before[::-1], after[::-1], shortest - start)
    places = _places(raw)
    typed = _TYPED_LINE_END.sub("\n", after[start : len(after) - end])
    head, tail = raw[: places[start]], raw[places[len(before) - end] :]
    if head.endswith("\r") and (typed + tail).startswith("\n"):
        # Two line ends that came to stand together are still two.
        bare = head.rstrip("\r")
        head = bare + "\n" * (len(head) - len(bare))
    return head + typed + tail


def _common_start(first: str, second: str, most: int) -> int:
    """Return how many characters, at most `most`, both texts begin with; by halving, as texts may be long."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _places(raw: str) -> Sequence[int]:
    """Return where in `raw` each character of its shown text begins, and its end."""
    if "\r\n" not in raw:
        return range(len(raw) + 1)
    return [index for index in range(len(raw)) if raw[index - 1 : index + 1] != "\r\n"] + [len(raw)]


def beginning_of(text: str) -> str:
    """Return as much of `text` as can be laid out and edited without stopping the window; mostly all of it."""
    beginning = text[:_MOST_EDITED]
    if len(text) > _LONGEST_WORD and max(map(len, beginning.split()), default=0) > _LONGEST_WORD:
        return text[:_LONGEST_WORD]
    return beginning


def with_note(beginning: str) -> str:
    """Return the beginning of a text with a note that it is no more than that."""
    note = _("(This text is too long to be edited here; only its beginning is shown. In the file it stays whole.)")
    return f"{note}\n{beginning} …"
