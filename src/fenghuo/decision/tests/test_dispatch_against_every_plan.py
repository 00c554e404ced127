"""Dispatch beside a plain look at every plan there is: none is better, and the engine has proven it."""

from dataclasses import replace
from math import inf

from hypothesis import HealthCheck, given, settings

from fenghuo.decision.dispatch import Level, Question, propose_for_many

from .dispatch_questions import Look, Worth, questions

patient = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def worth(asked: Question) -> Worth:
    """Of what is proposed; it must be proven, and agree with what the proposals name."""
    found = propose_for_many(asked)
    assert found.outcome.proven
    unmet = 0
    for incident, part in found.parts:
        unmet += incident.weight * sum(one.missing + one.cut for one in part.unmet if one.need.must)
    assert unmet == found.outcome.worth[Level.UNMET_MUST]
    assert sum(len(part.choices) for _incident, part in found.parts) == found.outcome.worth[Level.TEAMS]
    return tuple(found.outcome.worth[level] for level in Level)


@patient
@given(questions())
def test_no_plan_is_better(asked: Question) -> None:
    assert worth(asked) == Look(asked).best()


@patient
@given(questions(limits=True))
def test_no_plan_is_better_within_limits(asked: Question) -> None:
    assert worth(asked) == Look(asked).best()


@patient
@given(questions(going=True))
def test_no_plan_is_better_when_teams_are_on_the_way(asked: Question) -> None:
    assert worth(asked) == Look(asked).best()


@patient
@given(questions(weights=(1, 1_000_000)))
def test_no_plan_is_better_where_one_outweighs_a_million(asked: Question) -> None:
    assert worth(asked) == Look(asked).best()


@patient
@given(questions(limits=True, going=True))
def test_without_each_choice_no_plan_is_better(asked: Question) -> None:
    found = propose_for_many(replace(asked, without=True))
    assert len(found.without) == found.outcome.worth[Level.TEAMS]
    for one in found.without:
        row = [team.id for team in asked.teams].index(one.team.id)
        column = [incident.id for incident in asked.incidents].index(one.incident.id)
        seconds = [list(times) for times in asked.seconds]
        seconds[row][column] = inf
        best = Look(replace(asked, seconds=seconds)).best()
        assert [one.worth[level] for level in Level if level is not Level.MOVED] == [*best[:1], *best[2:]]
    if found.without:
        assert found.runner_up in found.without
        assert all(
            [found.runner_up.worth[level] for level in Level] <= [one.worth[level] for level in Level]
            for one in found.without
            if found.runner_up
        )
