"""Make the three-person exercise on the June 2023 case: ``python -m scripts.exercise [FOLDER]``.

What a lead hands out, what three people send back, and what becomes of it when it is collected. Always the same bytes,
so that a test can tell whether the files in the repository are what this program makes. Everybody in it is invented.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ach_desk import paths
from ach_desk.app.cli_agree import agree_text, pool_text
from ach_desk.commands import Command, edits
from ach_desk.commands.additions import additions
from ach_desk.commands.collecting import Ask, Collected, Collecting
from ach_desk.commands.collecting_words import lines_of, summary
from ach_desk.commands.command import combined
from ach_desk.commands.handing_out import analyst_named, hand_out
from ach_desk.commands.trail import run
from ach_desk.model import Analysis, Analyst, Estimate, Level, Rating, RatingValue, Remark, Round, RoundState, replace
from ach_desk.model.ids import derived_id
from ach_desk.model.method_settings import Frame
from ach_desk.scoring.compared import compare_analysts, with_interval
from ach_desk.scoring.pooled import pool_estimates
from ach_desk.storage.codec import encode
from ach_desk.storage.files import read_document
from scripts.exercise_people import PEOPLE, PIOTR, THANDI, Person

FOLDER = "june-2023-exercise"
SEED = 24
_HANDED, _RATED, _COLLECTED = "2023-07-01T08:00:00Z", "2023-07-03T09:00:00Z", "2023-07-05T10:00:00Z"
_REVEALED, _DRAWS = "2023-07-05T10:30:00Z", 1000
_NAME = "june 2023 exercise"


def write(folder: Path) -> list[Path]:
    """Write the exercise into `folder`, which is made; return the paths of its files."""
    written = []
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def files() -> dict[str, bytes]:
    """Return the files of the exercise by their names in its folder."""
    lead = lead_analysis()
    given = {person.name: handed_to(lead, person) for person in PEOPLE}
    back = {person.name: returned(given[person.name], person) for person in PEOPLE}
    collected, merged = collect(lead, back)
    reveal(merged)
    return {
        "lead.ach.json": encode(lead),
        **{f"handed-out/{name}.ach.json": encode(entry) for name, entry in given.items()},
        **{f"returned/{name}.ach.json": encode(entry) for name, entry in back.items()},
        "collected.ach.json": encode(merged),
        "collected.txt": "\n".join([*_report(collected), ""]).encode(),
        "report.md": "\n".join([*_pooled_report(merged), ""]).encode(),
    }


def lead_analysis() -> Analysis:
    """Return what the lead begins with: the practice case, a private round, and nobody's ratings."""
    analysis = read_document(paths.seeds() / "russia-june-2023-unrated.ach.json").loaded.analysis
    analysis.id = derived_id(_NAME, "lead")
    analysis.notice += " The three analysts of the exercise are invented."
    (lead,) = analysis.analysts
    analysis.analysts = {lead: Analyst(id=lead, name="Lead")}
    matrix = analysis.matrices[0]
    matrix.frame, matrix.sheets = Frame.EXCLUSIVE, {}
    first = derived_id(_NAME, "round")
    analysis.rounds = {
        first: Round(id=first, matrix=matrix.id, name="First round", state=RoundState.PRIVATE, opened=_HANDED)
    }
    return analysis


def handed_to(lead: Analysis, person: Person) -> Analysis:
    """Return the file for one person, in an order of their own."""
    analyst = replace(analyst_named(lead, person.name), initials=person.initials)
    return hand_out(lead, lead.matrices[0], analyst, seed=SEED, time=_HANDED)


def returned(given: Analysis, person: Person) -> Analysis:
    """Return the file as the person sends it back: rated with reasons, estimates and a remark.

    Without its history, to stay small: what differs is told by what stands in it.
    """
    analysis = given.snapshot()
    _rate(analysis, person)
    _estimate(analysis, person)
    item, hypothesis, text = person.remark
    remark = Remark(
        id=derived_id(_NAME, person.name, "remark"),
        matrix=analysis.matrices[0].id,
        evidence=_ids(analysis)[item],
        hypothesis=_ids(analysis)[hypothesis],
        text=text,
        by=_analyst(analysis),
        time=_RATED,
    )
    analysis.remarks[remark.id] = remark
    if person is PIOTR:
        _add_item(analysis)
    if person is THANDI:
        item = analysis.evidence[_ids(analysis)["E6"]]
        new = "23 June: Wagner takes the headquarters in Rostov without a fight, and sends thousands toward Moscow"
        analysis.evidence[item.id] = replace(item, title=new, wording=item.wording + 1)
    return analysis


def collect(lead: Analysis, back: dict[str, Analysis]) -> tuple[Collected, Analysis]:
    """Return the report, and the lead's analysis with what came back: new items taken in, other words not."""
    merged = lead.snapshot()
    collecting = Collecting(merged, lambda proposal: proposal.ask is Ask.NEW)
    for name, theirs in back.items():
        collecting.add(f"{name}.ach.json", theirs)
    collected = collecting.collected()
    _do(merged, collected.command, _COLLECTED)
    return collected, merged


def reveal(merged: Analysis) -> None:
    """Reveal the round, as the lead does once everybody has sent their file back."""
    (under_way,) = merged.rounds
    values = {"state": RoundState.REVEALED, "revealed": _REVEALED, "revealed_by": next(iter(merged.analysts))}
    _do(merged, edits.set_fields(merged, "round", under_way, values, ""), _REVEALED)


def _do(merged: Analysis, command: Command, time: str) -> None:
    """Do a step of the lead's, under ids and a time that are always the same."""
    first = len(merged.trail)
    run(merged, command, "do", next(iter(merged.analysts)))
    merged.trail[first:] = [
        entry._replace(id=derived_id(_NAME, "trail", str(number)), time=time)
        for number, entry in enumerate(merged.trail[first:], first)
    ]


def _report(collected: Collected) -> Iterator[str]:
    for found in collected.files:
        yield summary(found)
        yield from lines_of(found, declined=True)


def _pooled_report(merged: Analysis) -> Iterator[str]:
    """Yield the lines of the report on all three: how far they agree, and what they hold likely, as `ach` prints it."""
    matrix = merged.matrices[0]
    agreed = with_interval(compare_analysts(merged, matrix), draws=_DRAWS, seed=1)
    yield "# Three analysts, one question"
    yield from ("", f"> {merged.notice}", "", merged.question, "", "## How far they agree", "")
    yield from agree_text(merged, agreed)
    yield from ("", "## How likely they hold it", "", "```text")
    yield from pool_text(merged, pool_estimates(merged, matrix))
    yield "```"


def _ids(analysis: Analysis) -> dict[str, str]:
    return {entry.label: entry.id for entry in (*analysis.evidence.values(), *analysis.hypotheses.values())}


def _analyst(analysis: Analysis) -> str:
    (analyst,) = analysis.analysts
    return analyst


def _rate(analysis: Analysis, person: Person) -> None:
    for item, values in person.ratings.items():
        _rate_row(analysis, _analyst(analysis), person, item, values)


def _rate_row(analysis: Analysis, by: str, person: Person, item: str, values: str) -> None:
    ids, matrix = _ids(analysis), analysis.matrices[0]
    for hypothesis, value in zip(("H1", "H2", "H3", "H4"), values.split(), strict=True):
        rating = Rating(
            RatingValue(value),
            person.reasons.get((item, hypothesis), ""),
            Level.LOW if (item, hypothesis) in person.unsure else None,
            _RATED,
            item_wording=analysis.evidence[ids[item]].wording,
            hypothesis_wording=analysis.hypotheses[ids[hypothesis]].wording,
        )
        matrix.set_rating(by, ids[item], ids[hypothesis], rating)


def _estimate(analysis: Analysis, person: Person) -> None:
    (under_way,) = analysis.rounds
    for hypothesis, (probability, complement) in person.likely.items():
        estimate = Estimate(
            id=derived_id(_NAME, person.name, hypothesis),
            matrix=analysis.matrices[0].id,
            analyst=_analyst(analysis),
            hypothesis=_ids(analysis)[hypothesis],
            round=under_way,
            probability=probability,
            complement=complement,
            time=_RATED,
        )
        analysis.estimates[estimate.id] = estimate


def _add_item(analysis: Analysis) -> None:
    """Add the item that one of the three missed, with their ratings of it."""
    matrix, by = analysis.matrices[0], _analyst(analysis)
    source = derived_id(_NAME, "source")
    fields = {
        "id": derived_id(_NAME, "item"),
        "title": "27 June: the security service says that the case of armed mutiny is closed",
        "event_date": "2023-06-27",
        "learned_date": "2023-06-27",
        "entered": _RATED,
        "credibility": "high",
        "relevance": "medium",
        "citations": [{"source": source}],
    }
    sources = {"id": source, "name": "Russian news agencies, 27 June 2023, on the closing of the case"}
    added = additions(analysis, matrix, {"source": [sources], "evidence": [fields]})
    combined(added.commands, "").apply(analysis)
    _rate_row(analysis, by, PIOTR, "E21", "I C I C")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the exercise and print the paths; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for path in write(Path(given[0]) if given else paths.seeds() / FOLDER):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
