"""A machine that edits as a person does, at random, and after every step compares what must always agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import numpy as np
from helpers.analyses import state_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ach_desk.commands import (
    CellRef,
    Change,
    Command,
    assumptions,
    capture,
    cases,
    cells,
    challenges,
    conclusions,
    duplicates,
    edits,
    findings,
    frames,
    groups,
    item_fields,
    matrices,
    people,
    readings,
    remarks,
    replacing,
    reports,
    restoring,
    rounds,
    scenarios,
    snapshots,
    sources,
    splitting,
    stating,
    trail,
    watching,
)
from ach_desk.commands.capture import Captured
from ach_desk.commands.collecting import Collecting
from ach_desk.commands.handing_out import hand_out
from ach_desk.model import (
    Analysis,
    EvidenceItem,
    Hypothesis,
    InformationCredibility,
    Level,
    LikelihoodScale,
    Numbers,
    Rating,
    RatingValue,
    Reading,
    RelationKind,
    Reliability,
    RoundState,
    Scale,
    SnapshotKind,
    Stance,
    new_analysis,
)
from ach_desk.model.conclusions import conclusion_on, outcome_of
from ach_desk.model.integrity import problems
from ach_desk.model.likelihood_words import terms_in
from ach_desk.model.marking import covers
from ach_desk.model.method_settings import Frame
from ach_desk.model.report_plan import ReportPlan
from ach_desk.model.resting import in_rings
from ach_desk.model.tree import may_be_parent
from ach_desk.model.values import SCALE_STEPS, Dependence, range_of
from ach_desk.scoring import assess, headline, points
from ach_desk.scoring.estimates import Question
from ach_desk.scoring.marking_findings import marking_gap
from ach_desk.scoring.round_states import is_private, running_round
from ach_desk.scoring.whatif import assess_under
from ach_desk.storage.codec import decode, encode
from ach_desk.ui.opening import replayed
from ach_desk.ui.session import Session

_VALUES = st.sampled_from([None, *RatingValue])
_LEVELS = st.sampled_from([None, *Level])
_TEXTS = st.sampled_from(["", "see E1 and H2", "E3, E10; not XE1", "=1+1", "漢字 עברית 😀", "a\nb\tc\x00"])
_DATES = st.sampled_from(["", "2023-06", "mid-June 2023", "2021..2023", "some day"])
_MARKINGS = st.sampled_from(["", "TLP:RED", "TLP:GREEN", "SECRET//NOFORN", "CONFIDENTIAL//ORCON", "internal"])
_PLACES = st.integers(0, 12)
_STEPS = st.sampled_from(SCALE_STEPS[Scale.SEVEN])
_BROUGHT_BACK = ("evidence", "hypothesis", "source", "challenge", "scenario", "group")
_PERCENT = st.sampled_from([0, 5, 20, 33, 55, 80, 100])
_MOST = 7
_MOST_MATRICES = 3
_MOST_ANALYSTS = 3
_MOST_ROUNDS = 3
TODAY = date(2026, 11, 26)


class Editing(RuleBasedStateMachine):
    """A session, its journal, and per step that can be undone what the analysis was and which labels were retired."""

    @initialize(hypotheses=st.integers(0, 3), items=st.integers(0, 3))
    def begin(self, hypotheses: int, items: int) -> None:
        self.session = Session(new_analysis("What happened?"), today=lambda: TODAY)
        self.base = self.session.analysis.snapshot()
        self.journal: list[dict] = []
        self.changes: list[Change] = []
        self.past = [(state_of(self.session.analysis), frozenset[str]())]
        self.future: list[tuple[bytes, frozenset[str]]] = []
        self.copy = self.session.analysis.snapshot(), self.past[0][0]
        self.session.recorded.connect(self._keep)
        self.session.changed.connect(self.changes.append)
        self.moments: dict[int, bytes] = {}
        self.ratings: dict[CellRef, Rating] = {}
        self.steps: list[tuple[CellRef, Rating | None, Rating | None]] = []
        self.session.changed.connect(self._note_ratings)
        self._do(edits.add_hypotheses(*self._place, [{"title": f"Explanation {n}"} for n in range(hypotheses)]))
        self._do(edits.add_items(*self._place, [{"title": f"Report {n}"} for n in range(items)]))

    @rule(title=_TEXTS, at=_PLACES, parts=st.integers(0, 2))
    def add_hypothesis(self, title: str, at: int, parts: int) -> None:
        if len(self.matrix.hypotheses) < _MOST:
            fields = {"title": title, "combines": self.matrix.hypotheses[:parts]}
            self._do(edits.add_hypotheses(*self._place, [fields], min(at, len(self.matrix.hypotheses))))

    @rule(titles=st.lists(_TEXTS, min_size=1, max_size=3), at=_PLACES)
    def paste_lines_as_items(self, titles: list[str], at: int) -> None:
        if len(self.matrix.evidence) < _MOST:
            lines = [{"title": title} for title in titles]
            self._do(edits.add_items(*self._place, lines, min(at, len(self.matrix.evidence))))

    @rule(name=_TEXTS, rows=st.sets(_PLACES, max_size=2))
    def add_source(self, name: str, rows: set[int]) -> None:
        command, _source = edits.add_source(self.session.analysis, name, self._pick(self.matrix.evidence, rows))
        self._do(command)

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=2))
    def delete_items(self, rows: set[int]) -> None:
        self._delete("evidence", self._pick(self.matrix.evidence, rows))

    @rule(columns=st.sets(_PLACES, min_size=1, max_size=2))
    def delete_hypotheses(self, columns: set[int]) -> None:
        self._delete("hypothesis", self._pick(self.matrix.hypotheses, columns))

    @rule(place=_PLACES)
    def delete_source(self, place: int) -> None:
        self._delete("source", self._pick(list(self.session.analysis.sources), {place}))

    @rule(
        row=_PLACES,
        place=_PLACES,
        stance=st.sampled_from(Stance),
        credibility=st.sampled_from([None, *InformationCredibility]),
    )
    def cite(self, row: int, place: int, stance: Stance, credibility: InformationCredibility | None) -> None:
        analysis = self.session.analysis
        for source in self._pick(list(analysis.sources), {place}):
            for item in self._pick(self.matrix.evidence, {row}):
                cited = [citation.source for citation in analysis.evidence[item].citations]
                self._do(edits.set_citations(analysis, item, list(dict.fromkeys([*cited, source]))))
                self._do(sources.set_citation(analysis, item, source, stance=stance, credibility=credibility))

    @rule(place=_PLACES, reliability=st.sampled_from([None, *Reliability]))
    def grade_a_source(self, place: int, reliability: Reliability | None) -> None:
        self._set("source", self._pick(list(self.session.analysis.sources), {place}), "reliability", reliability)

    @rule(place=_PLACES, reason=_TEXTS)
    def retract_or_believe(self, place: int, reason: str) -> None:
        analysis = self.session.analysis
        for source in self._pick(list(analysis.sources), {place}):
            retracted = analysis.sources[source].retracted
            self._do(sources.unretract(analysis, source) if retracted else sources.retract(analysis, source, reason))

    @rule(places=st.sets(_PLACES, min_size=2, max_size=3))
    def merge_sources(self, places: set[int]) -> None:
        first, *others = self._pick(list(self.session.analysis.sources), places) or [""]
        if others:
            self._do(sources.merge(self.session.analysis, first, others))

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=3))
    def take_the_proposed_credibility(self, rows: set[int]) -> None:
        self._do(sources.take_proposals(self.session.analysis, self._pick(self.matrix.evidence, rows)))

    @rule(sections=st.permutations(["answer", "chart", "of a later version"]), number=st.integers(0, 3))
    def compose_a_report(self, sections: list[str], number: int) -> None:
        plan = ReportPlan(preset="short", sections=tuple(sections[:number]))
        self._do(reports.choose(self.session.analysis, plan))

    @rule(row=_PLACES, column=_PLACES, value=_VALUES)
    def rate(self, row: int, column: int, value: RatingValue | None) -> None:
        cells = self._cells({row}, {column})
        self._do(edits.rate(self.session.analysis, self.matrix, self.session.analyst, cells, value))

    @rule(rows=st.sets(_PLACES, max_size=3), columns=st.sets(_PLACES, max_size=3), values=st.lists(_VALUES, min_size=1))
    def paste_block(self, rows: set[int], columns: set[int], values: list[RatingValue | None]) -> None:
        cells = self._cells(rows, columns)
        wanted = [(cell, values[number % len(values)]) for number, cell in enumerate(cells)]
        self._do(edits.rate_each(self.session.analysis, self.matrix, self.session.analyst, wanted, "Paste"))

    @rule(row=_PLACES, column=_PLACES, text=_TEXTS, confidence=_LEVELS)
    def annotate(self, row: int, column: int, text: str, confidence: Level | None) -> None:
        cells = self._cells({row}, {column})
        notes = {"rationale": text, "confidence": confidence}
        self._do(edits.annotate(self.matrix, self.session.analyst, cells, **notes))

    @rule(row=_PLACES, column=_PLACES, chance=st.sampled_from([None, (0.3, 0.3), (0.2, 0.6)]))
    def enter_a_likelihood(self, row: int, column: int, chance: tuple[float, float] | None) -> None:
        self._do(cells.set_likelihood(self.matrix, self.session.analyst, self._cells({row}, {column}), chance))

    @rule(frame=st.sampled_from([None, *Frame]), columns=st.sets(_PLACES, max_size=3), per_cause=st.booleans())
    def say_how_hypotheses_stand(self, frame: Frame | None, columns: set[int], per_cause: bool) -> None:
        self._do(frames.set_frame(*self._place, frame))
        given = dict.fromkeys(self._pick(self.matrix.hypotheses, columns), 0.4)
        self._do(frames.set_priors(*self._place, given, per_cause=per_cause))

    @rule(row=_PLACES, text=_TEXTS)
    def rename_item(self, row: int, text: str) -> None:
        self._set("evidence", self._pick(self.matrix.evidence, {row}), "title", text)

    @rule(row=_PLACES, words=_DATES)
    def date_item(self, row: int, words: str) -> None:
        for entry in self._pick(self.matrix.evidence, {row}):
            self._do(item_fields.set_event_date(self.session.analysis, entry, words))

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=3), tags=st.lists(st.sampled_from("abc"), max_size=2))
    def tag_items(self, rows: set[int], tags: list[str]) -> None:
        items = self._pick(self.matrix.evidence, rows)
        self._do(item_fields.set_shared_tags(self.session.analysis, items, tags))
        if items:
            assert set(tags) <= set(item_fields.shared_tags(self.session.analysis, items))

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=3), marking=_MARKINGS)
    def mark_items(self, rows: set[int], marking: str) -> None:
        items = self._pick(self.matrix.evidence, rows)
        if items:
            self._do(item_fields.set_of_items(self.session.analysis, items, "marking", marking, "Mark"))
            gap = marking_gap(self.session.analysis)
            assert not gap.above or all(covers(gap.proposal, item.marking) for item in gap.above)

    @rule(column=_PLACES, text=_TEXTS)
    def reword_hypothesis(self, column: int, text: str) -> None:
        self._set("hypothesis", self._pick(self.matrix.hypotheses, {column}), "statement", text)

    @rule(row=_PLACES, texts=st.lists(_TEXTS, min_size=2, max_size=4))
    def type_a_note(self, row: int, texts: list[str]) -> None:
        self.session.history.end_merging()
        items = self._pick(self.matrix.evidence, {row})
        typing = False
        for text in texts if items else ():
            command = edits.set_field(self.session.analysis, "evidence", items, "note", text)
            if self._do(command, merge_key="note"):
                if typing:
                    del self.past[-2]
                typing = self.past[-1][0] != self.past[-2][0]
                if not typing:
                    del self.past[-1]

    @rule(rows=st.sets(_PLACES, max_size=2), column=_PLACES, ends=st.tuples(_STEPS, _STEPS))
    def mark_as_undecided(self, rows: set[int], column: int, ends: tuple[RatingValue, RatingValue]) -> None:
        cells = self._cells(rows, {column})
        self._do(edits.rate_range(*self._place, self.session.analyst, cells, range_of(ends)))

    @rule(rows=st.sets(_PLACES, max_size=2), column=_PLACES)
    def decide(self, rows: set[int], column: int) -> None:
        self._do(edits.rate_range(*self._place, self.session.analyst, self._cells(rows, {column}), None))

    @rule(row=_PLACES, column=_PLACES, ends=st.tuples(_STEPS, _STEPS))
    def suggest(self, row: int, column: int, ends: tuple[RatingValue, RatingValue]) -> None:
        wanted = [(cell, range_of(ends)) for cell in self._cells({row}, {column})]
        self._do(edits.suggest(self.matrix, self.session.analyst, wanted, "Suggest"))

    @rule(rows=st.sets(_PLACES, max_size=3), columns=st.sets(_PLACES, max_size=3))
    def confirm(self, rows: set[int], columns: set[int]) -> None:
        self._do(edits.confirm(*self._place, self.session.analyst, self._cells(rows, columns)))

    @rule(row=_PLACES)
    def call_the_change_minor(self, row: int) -> None:
        for item in self._pick(self.matrix.evidence, {row}):
            self._do(edits.declare_minor(self.session.analysis, "evidence", item))

    @rule(column=_PLACES, over=_PLACES)
    def make_a_form_of(self, column: int, over: int) -> None:
        analysis = self.session.analysis
        for child in self._pick(self.matrix.hypotheses, {column}):
            for parent in self._pick(self.matrix.hypotheses, {over}):
                if may_be_parent(analysis.hypotheses, child, parent):
                    self._set("hypothesis", [child], "parent", parent)

    @rule(column=_PLACES, other=_PLACES, kind=st.sampled_from(RelationKind))
    def relate(self, column: int, other: int, kind: RelationKind) -> None:
        for chosen in self._pick(self.matrix.hypotheses, {column}):
            relations = [{"kind": kind, "other": entry} for entry in self._pick(self.matrix.hypotheses, {other})]
            self._set("hypothesis", [chosen], "relations", relations)

    @rule(scale=st.sampled_from(Scale))
    def rate_on_another_scale(self, scale: Scale) -> None:
        self._set("matrix", [self.matrix.id], "scale", scale)

    @rule(text=_TEXTS, row=_PLACES, column=_PLACES, whole=st.booleans(), value=_VALUES)
    def challenge(self, text: str, row: int, column: int, whole: bool, value: RatingValue | None) -> None:
        for item, hypothesis in self._cells({row}, {column}):
            place = {"evidence": item} if whole else {"matrix": self.matrix.id, "evidence": item}
            place |= {} if whole else {"hypothesis": hypothesis}
            self._do(challenges.challenge(self.session.analysis, text, "Ann", value=value, **place))

    @rule(place=_PLACES, text=_TEXTS, act=st.sampled_from(["answer", "accept", "reopen", "delete"]))
    def deal_with_a_challenge(self, place: int, text: str, act: str) -> None:
        analysis = self.session.analysis
        for found in self._pick(list(analysis.challenges), {place}):
            dealt_with = {
                "answer": partial(challenges.answer, text=text, by="Bob"),
                "accept": partial(challenges.accept, by="Bob"),
                "reopen": challenges.reopen,
                "delete": challenges.delete,
            }
            self._do(dealt_with[act](analysis, found))

    @rule(titles=st.lists(_TEXTS, min_size=2, max_size=2), place=_PLACES, heading=st.booleans(), items=st.booleans())
    def split(self, titles: list[str], place: int, heading: bool, items: bool) -> None:
        analysis = self.session.analysis
        order = self.matrix.evidence if items else self.matrix.hypotheses
        for chosen in self._pick(order, {place}) if len(order) < _MOST else ():
            if items:
                self._do(splitting.split_item(analysis, chosen, titles).command)
            else:
                self._do(splitting.split_hypothesis(analysis, chosen, titles, as_heading=heading).command)

    @rule(title=_TEXTS, places=st.sets(_PLACES, min_size=2, max_size=3), items=st.booleans())
    def merge(self, title: str, places: set[int], items: bool) -> None:
        order = self.matrix.evidence if items else self.matrix.hypotheses
        chosen = self._pick(order, places)
        if len(chosen) >= 2 and len(order) < _MOST:
            build = splitting.merge_items if items else splitting.merge_hypotheses
            self._do(build(self.session.analysis, chosen, title).command)

    @rule(places=st.sets(_PLACES, min_size=1, max_size=2), items=st.booleans(), ratings=st.booleans())
    def duplicate(self, places: set[int], items: bool, ratings: bool) -> None:
        kind, order = ("evidence", self.matrix.evidence) if items else ("hypothesis", self.matrix.hypotheses)
        if order and len(order) < _MOST:
            where = (*self._place, self.session.analyst, kind, self._pick(order, places))
            self._do(duplicates.duplicate(*where, with_ratings=ratings)[0])

    @rule(wanted=st.sampled_from(["E1", "e", "see", "a"]), by=_TEXTS)
    def replace_everywhere(self, wanted: str, by: str) -> None:
        place = (*self._place, self.session.analyst)
        self._do(replacing.replace_hits(*place, replacing.hits(*place, replacing.Wanted(wanted)), by).command)

    @rule(name=_TEXTS, kind=st.sampled_from(SnapshotKind))
    def freeze(self, name: str, kind: SnapshotKind) -> None:
        snapshot = snapshots.snapshot_of(*self._place, self.session.analyst, kind, name=name)
        self._do(snapshots.keep(self.session.analysis, snapshot))

    @rule(place=_PLACES)
    def restore_a_rating(self, place: int) -> None:
        analysis = self.session.analysis
        steps = trail.rating_steps(analysis.trail, analysis)
        steps = [step for step in steps if step.cell.analyst == self.session.me]
        for step in steps[place % len(steps) :][:1] if steps else ():
            command = restoring.restore_rating(analysis, step.cell, step.before)
            if command is not None:
                self._do(command)

    @rule(place=_PLACES)
    def restore_what_was_deleted(self, place: int) -> None:
        removed = [entry.body for entry in self.session.analysis.trail if entry.what == "remove"]
        removed = [body for body in removed if body[0] in _BROUGHT_BACK]
        for kind, placed in removed[place % len(removed) :][:1] if removed else ():
            command = restoring.restore_records(self.session.analysis, kind, placed)
            if command is not None:
                self._do(command, back=True)

    @rule(rows=st.sets(_PLACES, min_size=2, max_size=3), strength=st.sampled_from(Dependence))
    def group_as_dependent(self, rows: set[int], strength: Dependence) -> None:
        items = self._pick(self.matrix.evidence, rows)
        if len(items) > 1:
            self._do(groups.make(self.session.analysis, items, "see E1", strength=strength))

    @rule(
        place=_PLACES,
        rows=st.sets(_PLACES, min_size=1, max_size=2),
        act=st.sampled_from(["in", "out", "joint", "dissolve"]),
    )
    def regroup(self, place: int, rows: set[int], act: str) -> None:
        analysis, items = self.session.analysis, self._pick(self.matrix.evidence, rows)
        for group in self._pick(list(analysis.groups), {place}):
            if act == "in":
                self._do(groups.put_in(analysis, group, items))
            elif act == "out":
                self._do(groups.take_out(analysis, items))
            elif act == "joint":
                joint = dict.fromkeys(self.matrix.hypotheses, 0.2) if not analysis.groups[group].joint else {}
                self._do(groups.set_joint(analysis, group, joint))
            else:
                self._do(groups.dissolve(analysis, [group]))

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=2), on=_PLACES, column=_PLACES, whole=st.booleans())
    def let_hold_only_if(self, rows: set[int], on: int, column: int, whole: bool) -> None:
        items, cells = self._pick(self.matrix.evidence, rows), self._cells(rows, {column})
        for assumption in self._pick(self.matrix.evidence, {on}):
            free = assumptions.free_items(self.session.analysis, items, assumption)
            rest = assumptions.rest_items(self.session.analysis, items, assumption)
            if not whole:
                place = (*self._place, self.session.analyst, cells, assumption)
                free, rest = assumptions.free_cells(*place), assumptions.rest_cells(*place)
            self._do(rest if free.is_no_op else free)
            assert in_rings(self.session.analysis.evidence) == []

    @rule(title=_TEXTS, rows=st.sets(_PLACES, max_size=2), column=_PLACES, items=st.booleans())
    def rest_on_a_new_assumption(self, title: str, rows: set[int], column: int, items: bool) -> None:
        if len(self.matrix.evidence) >= _MOST:
            return
        chosen, cells = self._pick(self.matrix.evidence, rows), self._cells(rows, {column})
        if items:
            self._do(assumptions.new_for_items(*self._place, title, chosen))
        else:
            self._do(assumptions.new_for_cells(*self._place, self.session.analyst, title, cells))

    @rule(row=_PLACES, other=_PLACES, act=st.sampled_from(["twin", "count", "link", "unlink", "read"]))
    def read_both_ways(self, row: int, other: int, act: str) -> None:
        analysis, matrix = self.session.analysis, self.matrix
        for one, two in zip(self._pick(matrix.evidence, {row}), self._pick(matrix.evidence, {other}), strict=True):
            if act == "twin" and analysis.evidence[one].twin is None and len(matrix.evidence) < _MOST:
                self._do(readings.duplicate_as_deceptive(analysis, one).command)
            elif act == "link" and one != two:
                self._do(readings.link(analysis, one, two))
            elif act == "read":
                self._do(readings.read(analysis, one, Reading.DECEPTIVE))
            elif act in ("count", "unlink"):
                self._do(readings.count(analysis, one) if act == "count" else readings.unlink(analysis, one))

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=2), on=st.booleans())
    def suspect(self, rows: set[int], on: bool) -> None:
        items = self._pick(self.matrix.evidence, rows)
        self._do(assumptions.suspect(self.session.analysis, "evidence", items, on=on))

    @rule(place=_PLACES, reason=_TEXTS)
    def set_a_point_aside(self, place: int, reason: str) -> None:
        session, found = self.session, self.session.points.open
        if found:
            point = found[place % len(found)]
            self._do(findings.set_aside(session.analysis, self.matrix.id, point, reason, "Ann"))
            assert point not in session.points.open
            assert point in [entry.finding for entry in session.points.aside]

    @rule(place=_PLACES)
    def take_a_point_up(self, place: int) -> None:
        records = list(self.session.analysis.findings_set_aside.values())
        for record in records[place % len(records) :][:1] if records else ():
            self._do(findings.take_up(self.session.analysis, record))

    @rule(column=_PLACES, text=_TEXTS)
    def expect(self, column: int, text: str) -> None:
        for hypothesis in self._pick(self.matrix.hypotheses, {column}):
            self._do(watching.expect(self.session.analysis, hypothesis, text))

    @rule(place=_PLACES, act=st.sampled_from(["item", "absence", "indicator", "delete"]))
    def deal_with_an_expectation(self, place: int, act: str) -> None:
        analysis = self.session.analysis
        for found in self._pick(list(analysis.expectations), {place}) if len(self.matrix.evidence) < _MOST else ():
            dealt_with = {
                "item": partial(watching.make_item, analysis, self.matrix, found),
                "absence": partial(watching.make_absence, analysis, self.matrix, found),
                "indicator": partial(watching.make_indicator, analysis, found),
                "delete": partial(watching.delete, analysis, "expectation", found),
            }
            self._do(dealt_with[act]())

    @rule(text=_TEXTS, by=st.sampled_from([None, "2023-07", "2099"]))
    def watch_for(self, text: str, by: str | None) -> None:
        self._do(watching.watch(self.session.analysis, text, expected_by=by))

    @rule(place=_PLACES, column=_PLACES, value=_VALUES)
    def say_what_an_indicator_would_tell(self, place: int, column: int, value: RatingValue | None) -> None:
        for found in self._pick(list(self.session.analysis.indicators), {place}):
            for hypothesis in self._pick(self.matrix.hypotheses, {column}):
                self._do(watching.set_bearing(self.session.analysis, found, hypothesis, value))

    @rule(place=_PLACES, act=st.sampled_from(["observe", "miss", "reopen", "absence", "delete"]))
    def deal_with_an_indicator(self, place: int, act: str) -> None:
        analysis = self.session.analysis
        for found in self._pick(list(analysis.indicators), {place}) if len(self.matrix.evidence) < _MOST else ():
            dealt_with = {
                "observe": partial(watching.observe, *self._place, self.session.analyst, found, "2023-06-24"),
                "miss": partial(watching.not_observed, analysis, found, "2023-06-24"),
                "reopen": partial(watching.reopen, analysis, found),
                "absence": partial(watching.note_absence, analysis, self.matrix, found),
                "delete": partial(watching.delete, analysis, "indicator", found),
            }
            self._do(dealt_with[act]())

    @rule(text=_TEXTS)
    def reword_question(self, text: str) -> None:
        self._set("analysis", [self.session.analysis.id], "question", text)

    @rule(
        rows=st.sets(_PLACES, min_size=1, max_size=3), field=st.sampled_from(["credibility", "relevance"]), to=_LEVELS
    )
    def grade(self, rows: set[int], field: str, to: Level | None) -> None:
        self._set("evidence", self._pick(self.matrix.evidence, rows), field, to)

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=3), reason=_TEXTS)
    def set_aside_or_take_back(self, rows: set[int], reason: str) -> None:
        items = self._pick(self.matrix.evidence, rows)
        aside = [item for item in items if not self.session.analysis.evidence[item].is_counted]
        build = edits.take_back(self.session.analysis, aside) if aside else None
        self._do(build or edits.set_aside(self.session.analysis, items, reason))

    @rule(column=_PLACES, reason=_TEXTS)
    def reject_or_reinstate(self, column: int, reason: str) -> None:
        chosen = self._pick(self.matrix.hypotheses, {column})
        active = all(self.session.analysis.hypotheses[entry].is_active for entry in chosen)
        build = edits.reject(self.session.analysis, chosen, reason) if active else None
        self._do(build or edits.reinstate(self.session.analysis, chosen))

    @rule(axis=st.sampled_from(["evidence", "hypothesis"]), places=st.sets(_PLACES, min_size=1, max_size=2), to=_PLACES)
    def move(self, axis: str, places: set[int], to: int) -> None:
        order = self.matrix.evidence if axis == "evidence" else self.matrix.hypotheses
        self._do(edits.move(self.matrix, axis, self._pick(order, places), min(to, len(order))))

    @rule()
    def renumber(self) -> None:
        if self._do(edits.renumber_everything(*self._place)):
            self.past[-1] = (self.past[-1][0], frozenset())

    @rule(ratings=st.booleans())
    def duplicate_the_matrix(self, ratings: bool) -> None:
        if len(self.session.analysis.matrices) < _MOST_MATRICES:
            command = matrices.duplicate(*self._place, "Branch", ratings=ratings, me=self.session.me)
            self._do(command)
            self.session.show_matrix(command.content["id"])

    @rule(place=_PLACES)
    def show_another_matrix(self, place: int) -> None:
        found = self.session.analysis.matrices
        self.session.show_matrix(found[place % len(found)].id)

    @rule(to=_PLACES)
    def move_the_matrix(self, to: int) -> None:
        self._do(matrices.move(*self._place, to % len(self.session.analysis.matrices)))

    @rule()
    def delete_the_matrix(self) -> None:
        self._do(matrices.remove(*self._place))

    @rule(axis=st.sampled_from(["evidence", "hypothesis"]), places=st.sets(_PLACES, min_size=1, max_size=3))
    def leave_out_of_the_matrix(self, axis: str, places: set[int]) -> None:
        order = self.matrix.evidence if axis == "evidence" else self.matrix.hypotheses
        self._do(matrices.leave_out(*self._place, axis, self._pick(order, places)))

    @rule(axis=st.sampled_from(["evidence", "hypothesis"]), places=st.sets(_PLACES, min_size=1, max_size=3))
    def take_into_the_matrix(self, axis: str, places: set[int]) -> None:
        others = matrices.not_in(*self._place, axis)
        self._do(matrices.take_in(*self._place, axis, self._pick(others, places)))

    @rule(texts=st.lists(_TEXTS, min_size=1, max_size=2), domain=st.sampled_from(["", "example.org"]))
    def capture(self, texts: list[str], domain: str) -> None:
        if len(self.session.analysis.evidence) < 2 * _MOST:
            captured = [Captured({"title": text, "quotation": text}, domain=domain) for text in texts]
            self._do(capture.capture(self.session.analysis, captured)[0])

    @rule(places=st.sets(_PLACES, min_size=1, max_size=2), at=_PLACES, thrown=st.booleans())
    def sort(self, places: set[int], at: int, thrown: bool) -> None:
        analysis = self.session.analysis
        chosen = self._pick([item.id for item in capture.waiting(analysis)], places)
        if thrown:
            self._do(capture.throw_away(analysis, chosen))
        else:
            self._do(capture.take_in(*self._place, chosen, min(at, len(self.matrix.evidence))))

    @rule(rows=st.sets(_PLACES, min_size=1, max_size=2))
    def put_back_among_the_unsorted(self, rows: set[int]) -> None:
        self._do(capture.put_back(self.session.analysis, self._pick(self.matrix.evidence, rows)))

    @rule(rows=st.sets(_PLACES, max_size=2), column=_PLACES, value=_VALUES)
    def ask_what_if(self, rows: set[int], column: int, value: RatingValue | None) -> None:
        session, sheets = self.session, [matrix.copy_of().sheets for matrix in self.session.analysis.matrices]
        present = scenarios.of_matrix(session.analysis, self.matrix.id)
        if not present:
            self._do(scenarios.add(*self._place, "see E1", distrusted=tuple(session.analysis.sources)))
            present = scenarios.of_matrix(session.analysis, self.matrix.id)
        session.show_scenario(present[0].id)
        items = self._pick(self.matrix.evidence, rows)
        self._do(scenarios.leave_out(session.analysis, present[0], items))
        assert session.scenario is not None
        self._do(scenarios.assume_false(session.analysis, session.scenario, items[:1], on=value is not None))
        assert session.scenario is not None
        wanted = [(cell, value) for cell in self._cells(rows, {column})]
        self._do(scenarios.rate(session.scenario, self.matrix, session.analyst, wanted, ""))
        self.the_assessment_is_the_one_made_anew()
        session.show_scenario("")
        assert [matrix.sheets for matrix in session.analysis.matrices] == sheets

    @rule(column=_PLACES, ends=st.tuples(_PERCENT, _PERCENT), text=_TEXTS, scale=st.sampled_from(LikelihoodScale))
    def conclude(self, column: int, ends: tuple[int, int], text: str, scale: LikelihoodScale) -> None:
        analysis = self.session.analysis
        if conclusion_on(*self._at) is None:
            self._do(conclusions.begin(*self._place, self.session.analyst, scale))
        self._do(conclusions.set_scale(analysis, self._conclusion, scale))
        for chosen in self._pick(self.matrix.hypotheses, {column}):
            self._do(conclusions.set_numbers(analysis, self._conclusion, chosen, (min(ends), max(ends))))
            self._do(conclusions.fit_word(analysis, self._conclusion, chosen))
            self._do(conclusions.set_reason(analysis, self._conclusion, chosen, text))
            for term in terms_in(self._conclusion)[column % 7 :][:1]:
                self._do(conclusions.set_word(analysis, self._conclusion, chosen, term.word))
        self._do(conclusions.answer_prompt(analysis, self._conclusion, "premortem", text))

    @rule(columns=st.sets(_PLACES, max_size=2), text=_TEXTS, none=st.booleans())
    def say_what_came(self, columns: set[int], text: str, none: bool) -> None:
        analysis = self.session.analysis
        if outcome_of(*self._at) is None:
            self._do(conclusions.begin_outcome(*self._place, self.session.analyst))
        found = outcome_of(*self._at)
        assert found is not None
        true = tuple(self._pick(self.matrix.hypotheses, columns))
        for name, value in (("true", true), ("none_of_them", none), ("lessons", text)):
            self._do(conclusions.set_field(analysis, "outcome", found.id, name, value))

    @rule(outcome=st.booleans())
    def delete_conclusion_or_outcome(self, outcome: bool) -> None:
        kind, found = ("outcome", outcome_of(*self._at)) if outcome else ("conclusion", conclusion_on(*self._at))
        if found is not None:
            self._do(conclusions.delete(self.session.analysis, kind, found.id))

    @rule(name=_TEXTS)
    def add_an_analyst(self, name: str) -> None:
        if len(self.session.analysis.analysts) < _MOST_ANALYSTS:
            self._do(people.add(self.session.analysis, name))

    @rule(place=_PLACES)
    def work_as(self, place: int) -> None:
        """Undo begins anew with another person."""
        (analyst,) = self._pick(list(self.session.analysis.analysts), {place})
        if analyst != self.session.me:
            self.session.be(analyst)
            self.past, self.future = self.past[-1:], []

    @rule(place=_PLACES, whole=st.booleans())
    def remove_an_analyst(self, place: int, whole: bool) -> None:
        remove = people.remove_with_ratings if whole else people.forget_person
        others = [entry for entry in self.session.analysis.analysts if entry != self.session.me]
        for analyst in self._pick(others, {place}):
            self._do(remove(self.session.analysis, analyst), every_sheet=True)

    @rule()
    def go_on_with_the_round(self) -> None:
        analysis, running = self.session.analysis, running_round(*self._at)
        if running is None and len(analysis.rounds) < _MOST_ROUNDS:
            self._do(rounds.start(*self._place))
        elif running is not None and running.state is RoundState.PRIVATE:
            self._do(rounds.reveal(analysis, running.id, self.session.me))
        elif running is not None:
            self._do(rounds.close(analysis, running.id))

    @rule(columns=st.sets(_PLACES, max_size=2), percent=_PERCENT, opposite=st.booleans())
    def state_how_probable(self, columns: set[int], percent: int, opposite: bool) -> None:
        chosen = self._pick(self.matrix.hypotheses, columns)
        answers = {Question(entry, complement=opposite): percent / 100 for entry in chosen}
        running = running_round(*self._at)
        if answers:
            self._do(stating.state(*self._place, self.session.me, running.id if running else None, answers, None))

    @rule(text=_TEXTS, row=_PLACES, column=_PLACES, whole=st.booleans())
    def remark(self, text: str, row: int, column: int, whole: bool) -> None:
        for item, hypothesis in self._cells({row}, {column}):
            place = {} if whole else {"matrix": self.matrix.id, "evidence": item, "hypothesis": hypothesis}
            self._do(remarks.remark(self.session.analysis, text, self.session.me, **place))

    @rule(place=_PLACES, text=_TEXTS, act=st.sampled_from(["answer", "resolve", "reopen", "delete"]))
    def deal_with_a_remark(self, place: int, text: str, act: str) -> None:
        analysis, me = self.session.analysis, self.session.me
        acts: dict[str, Callable[[str], Command]] = {
            "answer": lambda entry: remarks.answer(analysis, entry, text, me),
            "resolve": lambda entry: remarks.resolve(analysis, entry, me),
            "reopen": lambda entry: remarks.reopen(analysis, entry),
            "delete": lambda entry: remarks.delete(analysis, entry),
        }
        for entry in self._pick(list(analysis.remarks), {place}):
            self._do(acts[act](entry))

    @rule(column=_PLACES, text=_TEXTS, mark=st.integers(1, 5), act=st.sampled_from(["write", "mark", "delete"]))
    def make_the_best_case(self, column: int, text: str, mark: int, act: str) -> None:
        analysis, me = self.session.analysis, self.session.me
        if act == "write":
            for hypothesis in self._pick(self.matrix.hypotheses, {column}):
                self._do(cases.write(analysis, hypothesis, text, me))
        for entry in self._pick(list(analysis.cases), {column}):
            if act == "delete":
                self._do(cases.delete(analysis, entry))
            elif analysis.cases[entry].by == me:
                self._do(cases.rewrite(analysis, entry, text))
            else:
                self._do(cases.mark(analysis, entry, me, mark, text))

    @rule(place=_PLACES, row=_PLACES, column=_PLACES, value=st.sampled_from(RatingValue), title=_TEXTS)
    def hand_out_and_collect(self, place: int, row: int, column: int, value: RatingValue, title: str) -> None:
        """A file goes out shuffled, comes back with a rating and perhaps an item, and coming twice changes nothing."""
        analysis = self.session.analysis
        (who,) = self._pick(list(analysis.analysts), {place})
        given = hand_out(*self._place, analysis.analysts[who], seed=place)
        matrix = given.matrices[0]
        items, hypotheses = self._pick(matrix.evidence, {row}), self._pick(matrix.hypotheses, {column})
        cells = [(item, hypothesis) for item in items for hypothesis in hypotheses]
        trail.run(given, edits.rate(given, matrix, who, cells, value), "do", who)
        if len(self.matrix.evidence) < _MOST:
            trail.run(given, edits.add_items(given, matrix, [{"title": title}]), "do", who)
        for again in (False, True):
            collecting = Collecting(analysis, lambda _proposal: True)
            assert not collecting.add("returned.ach.json", given).refusal
            assert collecting.collected().command.is_no_op or not again
            self._do(collecting.collected().command, every_sheet=True)

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.session.undo()
        self.session.show_scenario("")
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.session.redo()
        self.session.show_scenario("")
        self.past.append(self.future.pop())

    @rule()
    def save_and_load(self) -> None:
        data = encode(self.session.analysis)
        loaded = decode(data, "case.ach.json")
        assert len(loaded.analysis.trail) == len(self.session.analysis.trail)
        assert not loaded.problems
        assert loaded.analysis == self.session.analysis
        assert encode(loaded.analysis) == data

    @invariant()
    def the_analysis_is_what_it_was_here_before(self) -> None:
        assert state_of(self.session.analysis) == self.past[-1][0]
        stack = self.session.history.stack
        assert (stack.index(), stack.count()) == (len(self.past) - 1, len(self.past) - 1 + len(self.future))

    @invariant()
    def a_copy_from_before_stays_as_it_was(self) -> None:
        copy, state = self.copy
        assert state_of(copy) == state
        self.copy = self.session.analysis.snapshot(), self.past[-1][0]

    @invariant()
    def the_analysis_survives_its_file(self) -> None:
        again = decode(encode(self.session.analysis), "case.ach.json").analysis
        assert state_of(again) == self.past[-1][0]
        assert again == self.session.analysis

    @invariant()
    def the_journal_brings_the_analysis_back(self) -> None:
        entries = json.loads(json.dumps(self.journal))
        assert state_of(replayed(self.base.snapshot(), entries)) == self.past[-1][0]

    @invariant()
    def the_trail_leads_back_to_every_moment(self) -> None:
        analysis = decode(encode(self.session.analysis), "case.ach.json").analysis
        self.moments[len(analysis.trail)] = _without_numbers(analysis)
        for count in list(self.moments)[:: max(len(self.moments) // 4, 1)]:
            earlier = trail.before_entries(analysis, count)
            assert earlier.problems == ()
            assert _without_numbers(earlier.analysis) == self.moments[count]

    @invariant()
    def the_trail_knows_every_change_of_a_rating(self) -> None:
        analysis = self.session.analysis
        found = [(step.cell, step.before, step.after) for step in trail.rating_steps(analysis.trail, analysis)]
        assert found == self.steps

    @invariant()
    def the_assessment_is_the_one_made_anew(self) -> None:
        assert self.matrix in self.session.analysis.matrices
        kept, place = self.session.assessment, (self.session.analysis, self.matrix, self.session.analyst)
        scenario = self.session.scenario
        fresh = assess(*place) if scenario is None else assess_under(*place, scenario)
        assert (kept.items, kept.hypotheses) == (fresh.items, fresh.hypotheses)
        for part in ("table", "standing"):
            left, right = vars(getattr(kept, part)), vars(getattr(fresh, part))
            assert left.keys() == right.keys()
            for name in left:
                np.testing.assert_array_equal(left[name], right[name], err_msg=name)
        assert self.session.points == points(*place, fresh, TODAY)
        assert headline(kept) == headline(fresh)
        for row, item in enumerate(kept.items):
            assert self.session.row_of(item.id) == row
        for column, hypothesis in enumerate(kept.hypotheses):
            assert self.session.column_of(hypothesis.id) == column

    @invariant()
    def nobody_sees_the_others_in_a_private_round(self) -> None:
        session = self.session
        private = {matrix.id for matrix in session.analysis.matrices if is_private(session.analysis, matrix.id)}
        if not private:
            return
        shown = session.front_copy()
        assert session.analyst == session.me or session.matrix.id not in private
        assert all(matrix.sheets.keys() <= {session.me} for matrix in shown.matrices if matrix.id in private)
        assert all(entry.analyst == session.me for entry in shown.estimates.values() if entry.matrix in private)
        assert trail.before_entries(shown, 0).problems == ()

    @invariant()
    def an_item_is_in_one_group_at_most(self) -> None:
        every = [entry for group in self.session.analysis.groups.values() for entry in group.items]
        assert len(every) == len(set(every))
        assert all(len(group.items) >= 2 for group in self.session.analysis.groups.values())

    @invariant()
    def nothing_points_at_nothing(self) -> None:
        assert problems(self.session.analysis) == []
        records = [*self._records(Hypothesis), *self._records(EvidenceItem), *self.session.analysis.sources.values()]
        labels = [record.label for record in records]
        assert len(labels) == len(set(labels))

    @property
    def matrix(self):
        return self.session.matrix

    @property
    def _place(self):
        return self.session.analysis, self.session.matrix

    @property
    def _at(self):
        return self.session.analysis, self.session.matrix.id

    @property
    def _conclusion(self):
        found = conclusion_on(*self._at)
        assert found is not None
        return found

    def _records(self, kind: type) -> list:
        both = [*self.session.analysis.hypotheses.values(), *self.session.analysis.evidence.values()]
        return [record for record in both if isinstance(record, kind)]

    def _note_ratings(self, change: Change) -> None:
        before, self.ratings = self.ratings, dict(_all_ratings(self.session.analysis))
        self.steps += [(cell, before.get(cell), self.ratings.get(cell)) for cell in change.cells]

    def _keep(self, how: str, command: Command) -> None:
        self.journal.append({how: command.to_json()})

    def _do(
        self, command: Command, merge_key: str | None = None, *, back: bool = False, every_sheet: bool = False
    ) -> bool:
        """Execute and note what a person could undo; return whether there was anything to do.

        With `back` it brings deleted records back, under the labels that they had.
        """
        known = self._labels()
        changes, entries = len(self.changes), len(self.journal)
        change = self.session.execute(command, merge_key, every_sheet=every_sheet)
        assert not change.skipped
        assert change.is_empty == command.is_no_op
        if command.is_no_op:
            assert (len(self.changes), len(self.journal)) == (changes, entries)
            return False
        assert self.changes[-1] == change
        assert (len(self.changes), len(self.journal)) == (changes + 1, entries + 1)
        retired = self.past[-1][1]
        if command.text != "Renumber" and not back:
            assert not (self._labels() - known) & retired, "a label was given again"
        self.past.append((state_of(self.session.analysis), retired))
        self.future.clear()
        return True

    def _delete(self, kind: str, ids: list[str]) -> None:
        labels = {edits.find(self.session.analysis, kind, entry).label for entry in ids}
        if self._do(edits.remove(self.session.analysis, kind, ids)):
            self.past[-1] = (self.past[-1][0], self.past[-1][1] | labels)

    def _set(self, kind: str, ids: list[str], field: str, value: object) -> None:
        if ids:
            self._do(edits.set_field(self.session.analysis, kind, ids, field, value))

    def _labels(self) -> set[str]:
        analysis = self.session.analysis
        return {
            record.label
            for each in (analysis.hypotheses, analysis.evidence, analysis.sources)
            for record in each.values()
        }

    def _cells(self, rows: set[int], columns: set[int]) -> list[tuple[str, str]]:
        items, hypotheses = self._pick(self.matrix.evidence, rows), self._pick(self.matrix.hypotheses, columns)
        return [(item, hypothesis) for item in items for hypothesis in hypotheses]

    @staticmethod
    def _pick(order: list[str], places: set[int]) -> list[str]:
        return list(dict.fromkeys(order[place % len(order)] for place in sorted(places))) if order else []


def _all_ratings(analysis: Analysis) -> Iterator[tuple[CellRef, Rating]]:
    for matrix, analyst, evidence, hypothesis, rating in analysis.rating_cells():
        yield CellRef(matrix.id, analyst, evidence, hypothesis), rating


def _without_numbers(analysis: Analysis) -> bytes:
    """Return the state without what the trail does not keep.

    That is snapshots, counters of labels, which only rise, and what a closed round keeps of the ratings.
    """
    bare = {key: entry.model_copy(update={"sheets": {}}) for key, entry in analysis.rounds.items()}
    return state_of(analysis.model_copy(update={"next_numbers": Numbers(), "snapshots": {}, "rounds": bare}))


def test_a_person_editing_at_random(qapp: object) -> None:
    run: Callable[[], None] = Editing.TestCase("runTest").runTest
    Editing.TestCase.settings = settings(
        max_examples=40,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run()
