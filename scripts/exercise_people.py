"""The three invented analysts of the exercise, and what each made of every item: for teaching, and of nobody real.

Each holds the same 17 items against the same four hypotheses and leans another way: towards a quarrel at home, towards
something arranged, towards help from abroad. Every row was thought over by the question of the method: suppose the
hypothesis were true, would one expect this?
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One analyst. ratings: item -> the values under H1 to H4; reasons: (item, hypothesis) -> why.

    unsure: cells of low confidence. likely: hypothesis -> stated probability of it, and, asked apart, of its opposite.
    """

    name: str
    initials: str
    leaning: str
    ratings: dict[str, str]
    reasons: dict[tuple[str, str], str]
    unsure: tuple[tuple[str, str], ...]
    likely: dict[str, tuple[float, float]]
    remark: tuple[str, str, str]


INES = Person(
    name="Ines Kovar",
    initials="IK",
    leaning="takes quarrels at face value, and rates mildly: much is N for her",
    ratings={
        "E1": "N N CC CC",
        "E2": "N I CC C",
        "E4": "N N C C",
        "E5": "C N C C",
        "E6": "C N C N",
        "E7": "C II C I",
        "E8": "I C N C",
        "E9": "I C C C",
        "E10": "I C I C",
        "E11": "I N N N",
        "E13": "N N N N",
        "E14": "N N C C",
        "E15": "N C N N",
        "E16": "N N N N",
        "E17": "I C C C",
        "E19": "N N N N",
        "E20": "N I C I",
    },
    reasons={
        ("E1", "H3"): "Without the quarrel there is no such march; not to find it would have astonished me.",
        ("E2", "H3"): "A day on which he loses his force is just the occasion that I would look for.",
        ("E4", "H1"): "He would say this whoever stood behind him, and if nobody did.",
        ("E7", "H2"): "I can think of no arrangement that includes aircrews shot down.",
        ("E8", "H3"): "He may have been promised enough, or have lost his nerve; a grievance can end in a bargain.",
        ("E10", "H3"): "Some penalty I would have expected, though a quick bargain was cheaper for both than a fight.",
        ("E16", "H1"): "A denial comes whether or not it is true.",
        ("E20", "H2"): "Everybody looked for it for a week. I would have expected a crack.",
    },
    unsure=(("E20", "H2"), ("E8", "H3"), ("E10", "H3")),
    likely={"H1": (0.05, 0.9), "H2": (0.15, 0.8), "H3": (0.65, 0.3), "H4": (0.2, 0.75)},
    remark=("E8", "H3", "Does turning round speak against a grievance at all, if a settlement was on offer?"),
)

PIOTR = Person(
    name="Piotr Lang",
    initials="PL",
    leaning="looks for what was arranged behind the scene",
    ratings={
        "E1": "N C C CC",
        "E2": "I N C C",
        "E4": "C C N C",
        "E5": "C C N C",
        "E6": "N C I C",
        "E7": "C I C I",
        "E8": "I CC I C",
        "E9": "II C N C",
        "E10": "I CC II C",
        "E11": "I C N C",
        "E13": "N N N N",
        "E14": "N N C C",
        "E15": "I CC I C",
        "E16": "C C C C",
        "E17": "II C C C",
        "E19": "N I N N",
        "E20": "N N C C",
    },
    reasons={
        ("E1", "H2"): "A quarrel held in public for months is what a staged march would need beforehand.",
        ("E2", "H1"): "The order gives him a reason at home; with a backer he would not have waited for one.",
        ("E2", "H2"): "It may be cover, it may be the ministry acting on its own. It could be either.",
        ("E6", "H3"): "He met next to no resistance on the way. A man on his own should have met some.",
        ("E7", "H2"): "Crews and fighters need not have known; it surprises me, and it can be explained.",
        ("E7", "H4"): "Let run or not, somebody gave orders to fly against it. That I did not expect.",
        ("E8", "H2"): "A show has to stop short of the capital. This is the strongest sign I see.",
        ("E10", "H3"): "Armed mutiny and no punishment: that needs an explanation of its own.",
        ("E19", "H2"): "Had it been arranged, I would expect the terms shown to be for show.",
        ("E20", "H2"): "Who arranges such a thing leaves no paper. The silence says nothing.",
    },
    unsure=(("E7", "H2"), ("E7", "H4"), ("E20", "H4"), ("E6", "H3")),
    likely={"H1": (0.05, 0.95), "H2": (0.4, 0.6), "H3": (0.25, 0.8), "H4": (0.5, 0.45)},
    remark=("E20", "H2", "We rate this silence in opposite ways. Should we say first who would have noticed?"),
)

THANDI = Person(
    name="Thandi Moyo",
    initials="TM",
    leaning="starts from who gains abroad, and uses the whole scale",
    ratings={
        "E1": "C N CC C",
        "E2": "C II CC C",
        "E4": "C I C N",
        "E5": "CC I C I",
        "E6": "CC I C II",
        "E7": "C II C II",
        "E8": "I C II N",
        "E9": "II C C C",
        "E10": "N C II C",
        "E11": "I C I N",
        "E13": "N N N N",
        "E14": "N I CC C",
        "E15": "I C I C",
        "E16": "C N N N",
        "E17": "I C C C",
        "E19": "N N N N",
        "E20": "C I C I",
    },
    reasons={
        ("E1", "H1"): "Whoever looks for a man to back looks for one with a quarrel.",
        ("E2", "H2"): "Nobody dissolves the force with which a show is planned.",
        ("E5", "H1"): "They knew days before. A backer must have; not to find that would speak against it.",
        ("E6", "H4"): "To let a city be taken is no longer to let something run.",
        ("E8", "H3"): "Two hundred kilometres from those he hated, he turns round. Hardly, if that drove him.",
        ("E10", "H1"): "Let go, so that no court asks who paid? Or let go for other reasons: either.",
        ("E13", "H1"): "A correction in the books. I looked for more in it and found nothing.",
        ("E17", "H1"): "A trace of help would have been shown to us; but a week is short.",
    },
    unsure=(("E17", "H1"), ("E10", "H1")),
    likely={"H1": (0.4, 0.65), "H2": (0.1, 0.9), "H3": (0.3, 0.6), "H4": (0.15, 0.85)},
    remark=("E5", "H1", "Is knowing beforehand more than knowing? I gave it CC and would like to hear why not."),
)

PEOPLE = (INES, PIOTR, THANDI)
