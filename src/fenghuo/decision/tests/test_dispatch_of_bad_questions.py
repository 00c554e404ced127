"""What cannot be used is refused by field, value and way out; what cannot be met is proposed as far as can be."""

from dataclasses import replace
from math import nan
from typing import Any

import pytest

from fenghuo.decision.dispatch import Cover, Incident, Need, Of, Question, Rules, Team, Why, propose, propose_for_many
from fenghuo.decision.questions import BadQuestion

NEED = Need("medical", 1, must=True, why="injured")
ASKED = Question(
    [Incident(1, "甲", [NEED]), Incident(2, "乙", [NEED])],
    [Team(1, "一队", frozenset({"medical"})), Team(2, "二队", frozenset({"medical"}))],
    [[60, 120], [300, None]],
)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"seconds": [[60, nan], [1, 2]]}, "seconds[0][1]"),
        ({"seconds": [[60, 1], [1, -2]]}, "seconds[1][1]"),
        ({"seconds": [[60, 1], [1, 1e12]]}, "seconds[1][1]"),
        ({"seconds": [[60, 1]]}, "seconds"),
        ({"seconds": [[60, 1], [1]]}, "seconds[1]"),
        ({"teams": [ASKED.teams[0]] * 2}, "teams[1].id"),
        ({"teams": [replace(ASKED.teams[0], called_today=-1), ASKED.teams[1]]}, "teams[0].called_today"),
        ({"teams": [replace(ASKED.teams[0], going_to=9), ASKED.teams[1]]}, "teams[0].going_to"),
        ({"incidents": [ASKED.incidents[0]] * 2}, "incidents[1].id"),
        ({"incidents": [replace(ASKED.incidents[0], weight=0), ASKED.incidents[1]]}, "incidents[0].weight"),
        ({"incidents": [replace(ASKED.incidents[0], weight=10**7), ASKED.incidents[1]]}, "incidents[0].weight"),
        ({"incidents": [replace(ASKED.incidents[0], most=-1), ASKED.incidents[1]]}, "incidents[0].most"),
        (
            {"incidents": [replace(ASKED.incidents[0], needs=[replace(NEED, count=-1)]), ASKED.incidents[1]]},
            "incidents[0].needs[0].count",
        ),
        ({"cover": [Cover("a", "村", -5, frozenset())]}, "cover[0].people"),
        ({"cover": [Cover("a", "村", 5, frozenset())] * 2}, "cover[1].id"),
        ({"rules": Rules(step_seconds=nan)}, "rules.step_seconds"),
        ({"rules": Rules(tired_seconds=-1)}, "rules.tired_seconds"),
        ({"rules": Rules(tired_from=0)}, "rules.tired_from"),
        ({"effort": 0}, "effort"),
    ],
)
def test_a_bad_question_is_refused_by_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        propose_for_many(replace(ASKED, **wrong))
    (fault,) = refused.value.faults
    assert fault.field == field
    assert fault.zh
    assert fault.en


def test_not_a_number_of_one_incident_is_named_at_its_team() -> None:
    with pytest.raises(BadQuestion, match=r"teams\[0\]\.seconds"):
        propose([NEED], [Team(1, "一队", frozenset({"medical"}), nan)])


@pytest.mark.parametrize(
    "empty",
    [
        {"incidents": [], "seconds": [[], []]},
        {"teams": [], "seconds": []},
        {"incidents": [], "teams": [], "seconds": []},
    ],
)
def test_empty_lists_have_an_answer(empty: dict[str, Any]) -> None:
    found = propose_for_many(replace(ASKED, **empty))
    assert found.outcome.proven
    assert all(not part.choices for _incident, part in found.parts)
    assert len(found.parts) == len(replace(ASKED, **empty).incidents)


def test_whom_no_road_leads_there_is_not_sent_and_is_named() -> None:
    found = propose([NEED], [Team(1, "一队", frozenset({"medical"}), cut_off=True)])
    assert found.choices == ()
    assert found.unmet[0].missing == 1
    assert found.unmet[0].best is not None
    assert [one.code for one in found.unmet[0].best.why] == [Why.CUT_OFF]


def test_what_stays_unmet_names_who_could_be_asked_nearest_first() -> None:
    teams = [
        Team(1, "一队", frozenset({"medical"}), 60),
        Team(2, "邻县急救", frozenset({"medical"}), 2100, of=Of.NEIGHBOUR),
        Team(3, "蓝天救援", frozenset({"medical"}), 1200, of=Of.VOLUNTEER),
        Team(4, "矿山医院", frozenset({"medical"}), cut_off=True, of=Of.LINE),
    ]
    (unmet,) = propose([replace(NEED, count=2)], teams).unmet
    assert [team.id for team in unmet.could_ask] == [3, 2]
    assert [one.code for one in unmet.why] == [Why.NO_MORE, Why.COULD_ASK, Why.COULD_ASK]


def test_a_limit_below_what_must_be_there_gives_way() -> None:
    teams = [Team(key, f"队{key}", frozenset({"medical"}), 60.0 * key) for key in range(1, 5)]
    found = propose([replace(NEED, count=3), replace(NEED, must=False)], teams, most=1)
    assert [one.team.id for one in found.choices] == [1, 2, 3]
    assert [(one.need.must, one.missing, one.cut) for one in found.unmet] == [(False, 0, 1)]


def test_an_effort_that_is_too_small_is_never_called_a_proof() -> None:
    slugs = ("medical", "search", "hazmat", "pumping")
    teams = [Team(key, "", frozenset(slugs[(key + n) % 4] for n in range(1 + key % 3))) for key in range(24)]
    needs = [Need(slug, 2 + place % 2, must=place < 2, why="a") for place, slug in enumerate(slugs)]
    incidents = [Incident(key, "", needs, most=4) for key in range(5)]
    seconds = [[60.0 * (1 + (7 * key + 3 * at) % 9) for at in range(5)] for key in range(24)]
    asked = Question(incidents, teams, seconds, without=False)
    little, much = propose_for_many(replace(asked, effort=1)).outcome, propose_for_many(asked).outcome
    assert list(much.worth.values()) <= list(little.worth.values())
    if little.proven:
        assert little.worth == much.worth
    for level, bound in little.bounds.items():
        if (
            list(little.worth.values())[: list(little.worth).index(level)]
            == list(much.worth.values())[: list(little.worth).index(level)]
        ):
            assert bound <= much.worth[level]
