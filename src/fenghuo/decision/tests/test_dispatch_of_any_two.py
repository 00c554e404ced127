"""What must hold of any two questions of dispatch that differ in one thing."""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.decision.dispatch import MEANT, Of, Question, Team, propose_for_many

from .dispatch_questions import SLUGS, TIMES, questions

patient = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def worth(asked: Question) -> list[int]:
    """Without what only tells equals apart."""
    found = propose_for_many(asked).outcome
    return [found.worth[level] for level in MEANT]


@patient
@given(questions(limits=True, going=True), st.data())
def test_one_more_team_never_makes_it_worse(asked: Question, data: st.DataObject) -> None:
    able = data.draw(st.frozensets(st.sampled_from(SLUGS)))
    key = data.draw(st.sampled_from([-1, 25, 99]).filter(lambda one: one not in {team.id for team in asked.teams}))
    more = Team(key, "新队", able, called_today=data.draw(st.sampled_from([0, 2])))
    times = [data.draw(TIMES) for _ in asked.incidents]
    assert worth(replace(asked, teams=[*asked.teams, more], seconds=[*asked.seconds, times])) <= worth(asked)


@patient
@given(questions(limits=True, going=True).filter(lambda one: any(it.needs for it in one.incidents)), st.data())
def test_a_wish_dropped_never_costs(asked: Question, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, one in enumerate(asked.incidents) if one.needs]))
    needs = list(asked.incidents[place].needs)
    needs.pop(data.draw(st.integers(0, len(needs) - 1)))
    fewer = [replace(one, needs=needs) if at == place else one for at, one in enumerate(asked.incidents)]
    assert worth(replace(asked, incidents=fewer)) <= worth(asked)


@patient
@given(questions(limits=True, going=True), st.data())
def test_nearer_is_never_worse(asked: Question, data: st.DataObject) -> None:
    nearer = [[time if time is None else time / 2 for time in row] for row in asked.seconds]
    assert worth(replace(asked, seconds=nearer)) <= worth(asked)


@patient
@given(questions(limits=True, going=True), st.randoms(use_true_random=False))
def test_the_order_of_the_question_decides_nothing(asked: Question, random: Random) -> None:
    rows, columns = list(range(len(asked.teams))), list(range(len(asked.incidents)))
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = replace(
        asked,
        incidents=[asked.incidents[one] for one in columns],
        teams=[asked.teams[one] for one in rows],
        seconds=[[asked.seconds[row][column] for column in columns] for row in rows],
        cover=list(reversed(asked.cover)),
        without=True,
    )
    one, other = propose_for_many(replace(asked, without=True)), propose_for_many(mixed)
    parts = {incident.id: part for incident, part in other.parts}
    assert all(parts[incident.id] == part for incident, part in one.parts)
    assert (one.outcome, one.without, one.moves) == (other.outcome, other.without, other.moves)


@patient
@given(questions())
def test_what_was_proposed_stays_when_it_is_on_the_way_and_nothing_has_changed(asked: Question) -> None:
    before = propose_for_many(asked)
    at = {one.team.id: incident.id for incident, part in before.parts for one in part.choices}
    under_way = [replace(team, going_to=at.get(team.id)) for team in asked.teams]
    after = propose_for_many(replace(asked, teams=under_way, cover=[]))
    assert after.moves == ()
    assert {one.team.id: incident.id for incident, part in after.parts for one in part.choices} == at


@given(questions())
def test_others_are_named_and_never_sent(asked: Question) -> None:
    for _incident, part in propose_for_many(asked).parts:
        assert all(one.team.of is Of.OWN for one in part.choices)
        assert all(team.of is not Of.OWN for one in part.unmet for team in one.could_ask)
