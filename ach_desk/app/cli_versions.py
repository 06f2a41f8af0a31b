"""``ach merge`` and ``ach diff``: two versions of one analysis made one, and what tells two states apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ach_desk.app.cli_files import check_output, choose_analyst, choose_matrix, open_analysis, save_analysis, who_reads
from ach_desk.app.cli_terminal import CommandError, complain, say
from ach_desk.commands.private import Veil
from ach_desk.commands.versions import Conflict, Merged, OtherAnalysisError, Rule, Side, by_rule, common_base
from ach_desk.commands.versions import merge as merged_versions
from ach_desk.commands.versions.base import has_common_trail
from ach_desk.commands.versions.conflicts import nobody
from ach_desk.commands.versions.differences import differences
from ach_desk.commands.versions.words import ConflictSpeaker
from ach_desk.i18n import _, ngettext
from ach_desk.model import Analysis, now
from ach_desk.reporting.comparison import compare

FORMAT = 1
NO_BASE = "-"


def merge(
    base: Path,
    ours: Path,
    theirs: Path,
    output: Path,
    force: bool,
    rule: str | None,
    as_json: bool,
    analyst: str | None,
    revealed: bool,
) -> int:
    """Write the two versions as one; conflicts that nothing decides are named, and the exit code is then 1.

    While a round is private, ratings are told of the analyst named alone, unless `revealed`.
    """
    check_output(output, force=force)
    mine, other = (open_analysis(side, may_be_newer=False)[0] for side in (ours, theirs))
    me = who_reads(mine, ours, analyst)
    began = _base(base, mine, other)
    decide = by_rule(Rule(rule)) if rule else nobody
    try:
        merged = merged_versions(began, mine, other, decide, by=me, time=now())
    except OtherAnalysisError as error:
        raise CommandError(_("{file}: {problem}").format(file=theirs, problem=error), 1) from None
    save_analysis(output, merged.analysis, force=force)
    speaker = ConflictSpeaker(mine, other, me, revealed=revealed)
    if as_json:
        _say_lines(_as_json(merged, speaker))
    else:
        _tell(merged, speaker)
        say(_("{file} was written.").format(file=output))
    return 1 if merged.open else 0


def _base(file: Path, ours: Analysis, theirs: Analysis) -> Analysis:
    """Return the common ancestor: from the file, or for "-" and an empty file from the trails of both versions."""
    if str(file) != NO_BASE and not _is_empty(file):
        return open_analysis(file, may_be_newer=False)[0]
    if not has_common_trail(ours, theirs):
        complain(_("There is no version that both began from: what only one of them has is kept."))
    return common_base(ours, theirs)


def _is_empty(file: Path) -> bool:
    """Return whether the file holds nothing, which is how git passes an ancestor that there is not."""
    try:
        return file.stat().st_size == 0
    except OSError:
        return False  # reading it says what is wrong


def _tell(merged: Merged, speaker: ConflictSpeaker) -> None:
    for note in merged.notes:
        say(note)
    decided = [conflict for conflict in merged.conflicts if conflict.decided is not None]
    for conflict in decided:
        say(_decided_line(conflict, speaker))
    if not merged.open:
        return
    count = len(merged.open)
    text = ngettext(
        "{count} conflict was not decided; the output holds what the second file (ours) says:",
        "{count} conflicts were not decided; the output holds what the second file (ours) says:",
        count,
    )
    complain(text.format(count=count))
    for conflict in merged.open:
        for line in _open_lines(conflict, speaker):
            complain(line)


def _decided_line(conflict: Conflict, speaker: ConflictSpeaker) -> str:
    words = speaker.words(conflict)
    assert conflict.decided is not None
    other = Side.THEIRS if conflict.decided is Side.OURS else Side.OURS
    if not words.side(conflict.decided):
        return _("{place}: {side} taken").format(place=words.place, side=conflict.decided.value)
    text = _("{place}: {taken} ({side}), not {other}")
    return text.format(
        place=words.place, taken=words.side(conflict.decided), side=conflict.decided.value, other=words.side(other)
    )


def _open_lines(conflict: Conflict, speaker: ConflictSpeaker) -> Iterator[str]:
    words = speaker.words(conflict)
    yield _("- {place}").format(place=words.place)
    if words.ours or words.theirs:
        yield _("    ours: {text}").format(text=words.ours)
        yield _("    theirs: {text}").format(text=words.theirs)


def _as_json(merged: Merged, speaker: ConflictSpeaker) -> str:
    conflicts = []
    for conflict in merged.conflicts:
        words = speaker.words(conflict)
        conflicts.append(
            {
                "sort": conflict.sort.value,
                "kind": conflict.kind,
                "id": conflict.id,
                "fields": list(conflict.fields),
                "part": list(conflict.part),
                "place": words.place,
                "ours": words.ours,
                "theirs": words.theirs,
                "base": words.before,
                "hidden": speaker.hides(conflict),
                "ours_time": conflict.ours_time or None,
                "theirs_time": conflict.theirs_time or None,
                "decided": conflict.decided.value if conflict.decided else None,
            }
        )
    data = {"format": FORMAT, "open": len(merged.open), "conflicts": conflicts, "notes": list(merged.notes)}
    return json.dumps(data, ensure_ascii=False, indent=2)


def diff(before: Path, after: Path, as_json: bool, revealed: bool, matrix: str | None, analyst: str | None) -> int:
    """Print what changed from one file to the other, in words or as JSON.

    While a round is private, without what others than the analyst named rate and state, unless `revealed`.
    """
    old, code = open_analysis(before)
    new, other_code = open_analysis(after)
    by = None if as_json else choose_analyst(new, after, analyst)
    veil = Veil.over(by.id if by else who_reads(new, after, analyst), new)
    if veil and not revealed:
        if len(new.analysts) > 1:
            complain(_("A round is private at the moment: what others rate and state is left out."))
        old, new = veil.lifted(old), veil.lifted(new)
    if as_json:
        found = {"format": FORMAT, "same_analysis": old.id == new.id, "changes": differences(old, new)}
        _say_lines(json.dumps(found, ensure_ascii=False, indent=2))
        return max(code, other_code)
    if old.id != new.id:
        complain(_("These are not versions of one analysis: they do not carry the same id."))
    shown = choose_matrix(new, after, matrix)
    title = _("Changes from {before} to {after}").format(before=before.name, after=after.name)
    comparison = compare(old, new, shown, by.id if by else "")
    _say_lines(comparison.as_text(title))
    return max(code, other_code)


def _say_lines(text: str) -> None:
    for line in text.rstrip("\n").split("\n"):
        say(line)
