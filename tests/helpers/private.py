"""A round in private: three analysts who rated, stated and wrote things that tell whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ach_desk.commands import Command, cases, edits, people, retests, rounds, stating, trail
from ach_desk.model import Analysis, Rating, RatingValue, Retest, RetestCell, RoundState, new_id, now
from ach_desk.scoring.estimates import Question
from ach_desk.scoring.round_states import running_round
from helpers.analyses import Case, small_case

NAMES = ("Ann", "Berta", "Cem")
_VALUES = (RatingValue.CONSISTENT, RatingValue.VERY_INCONSISTENT, RatingValue.NEUTRAL)
_STATED = (0.1111, 0.7222, 0.3333)


@dataclass
class PrivateRound:
    """The case, and the ids of the three."""

    case: Case
    ids: dict[str, str]

    @property
    def analysis(self) -> Analysis:
        """Return the analysis in which the round runs."""
        return self.case.analysis

    def do(self, name: str, command: Command) -> None:
        """Let one of the three do something."""
        trail.run(self.analysis, command, "do", self.ids[name])

    def version(self, name: str, value: RatingValue, text: str) -> Analysis:
        """Return a copy in which one of the three rated E2 under H2 anew, with a reason that says whose it is."""
        copy = self.analysis.snapshot()
        command = _rating(copy, self.ids[name], self.case.e(2), self.case.h(2), value, f"{secret(name)} {text}")
        trail.run(copy, command, "do", self.ids[name])
        return copy

    def anew(self, analysis: Analysis) -> None:
        """Go on with a version of the analysis."""
        self.case = replace(self.case, analysis=analysis, matrix=analysis.matrices[0])

    def close_anew(self, state: RoundState) -> None:
        """Put the running round into another state."""
        running = running_round(self.analysis, self.case.matrix.id)
        assert running is not None
        self.do("Ann", edits.set_field(self.analysis, "round", [running.id], "state", state))


def secret(name: str) -> str:
    """Return what stands in every reason of one of the three."""
    return f"THOUGHT-OF-{name.upper()}"


def private_round() -> PrivateRound:
    """Return three sheets filled in private, each with estimates, a second look, and a best case with a mark."""
    case = small_case(3, 4)
    analysis = case.analysis
    made = PrivateRound(case, {"Ann": case.analyst})
    made.do("Ann", edits.set_field(analysis, "analyst", [case.analyst], "name", "Ann"))
    for name in NAMES[1:]:
        add = people.add(analysis, name)
        made.do("Ann", add)
        made.ids[name] = people.added_id(add)
    made.do("Ann", rounds.start(analysis, case.matrix))
    running = running_round(analysis, case.matrix.id)
    assert running is not None
    for name, value, stated in zip(NAMES, _VALUES, _STATED, strict=True):
        own = made.ids[name]
        for item in case.matrix.evidence:
            for hypothesis in case.matrix.hypotheses:
                made.do(name, _rating(analysis, own, item, hypothesis, value, secret(name)))
        answers = {Question(entry, complement=False): stated for entry in case.matrix.hypotheses}
        made.do(name, stating.state(analysis, case.matrix, own, running.id, answers, None))
        cell = RetestCell(evidence=case.e(1), hypothesis=case.h(1), first=value, second=value)
        retest = Retest(id=new_id(), matrix=case.matrix.id, analyst=own, time=now(), cells=(cell,))
        made.do(name, retests.add_retest(analysis, retest))
    made.do("Ann", cases.write(analysis, case.h(1), "The best case", made.ids["Ann"]))
    (written,) = analysis.cases
    made.do("Berta", cases.mark(analysis, written, made.ids["Berta"], 2, secret("Berta")))
    return made


def _rating(analysis: Analysis, analyst: str, item: str, hypothesis: str, value: RatingValue, reason: str) -> Command:
    command = edits.rate(analysis, analysis.matrices[0], analyst, [(item, hypothesis)], value)
    new = Rating(value, rationale=reason, time=now())
    return command.model_copy(update={"cells": tuple(cell._replace(new=new) for cell in command.cells)})
