"""Re-planning: who is on the way stays, unless something that must be there would else be missing."""

from dataclasses import replace

from fenghuo.decision.dispatch import Incident, Need, Proposals, Question, Reason, Team, Why, propose_for_many

FIRE = Incident(1, "余下街道火灾", [Need("firefighting", 1, must=True, why="fire-fight")])
CRASH = Incident(2, "环山路事故", [Need("rescue_cutting", 1, must=True, why="rt-trapped")])
BOTH = Team(7, "消防一中队", frozenset({"firefighting", "rescue_cutting"}), going_to=1)


def team(key: int, *capabilities: str) -> Team:
    return Team(key, f"队{key}", frozenset(capabilities))


def sent(found: Proposals) -> dict[int, int]:
    return {one.team.id: incident.id for incident, part in found.parts for one in part.choices}


def test_a_nearer_team_that_becomes_free_turns_nobody_back() -> None:
    found = propose_for_many(Question([FIRE], [BOTH, team(8, "firefighting")], [[1500], [120]]))
    assert sent(found) == {7: 1}
    (choice,) = found.parts[0][1].choices
    assert choice.stays
    assert choice.why[0] == Reason(Why.STAYS)
    assert found.moves == ()


def test_for_what_must_be_there_and_nobody_else_has_a_team_is_turned_and_said_to_be() -> None:
    teams = [BOTH, team(8, "firefighting")]
    found = propose_for_many(Question([FIRE, CRASH], teams, [[300, 300], [900, None]]))
    assert sent(found) == {7: 2, 8: 1}
    (move,) = found.moves
    assert (move.team, move.origin.id, move.to and move.to.id) == (BOTH, 1, 2)
    (turned,) = found.parts[1][1].choices
    assert Reason(Why.MOVED, text="余下街道火灾") in turned.why


def test_nobody_is_turned_when_somebody_else_can_go_however_late() -> None:
    found = propose_for_many(Question([FIRE, CRASH], [BOTH, team(8, "rescue_cutting")], [[300, 60], [None, 7000]]))
    assert sent(found) == {7: 1, 8: 2}


def test_only_one_of_two_is_turned() -> None:
    second = replace(BOTH, id=9, name="消防二中队")
    fires = replace(FIRE, needs=[Need("firefighting", 2, must=True, why="fire-fight")])
    found = propose_for_many(
        Question([fires, CRASH], [BOTH, second, team(8, "firefighting")], [[300, 300], [300, 240], [900, None]])
    )
    assert sent(found) == {7: 1, 8: 1, 9: 2}
    assert [one.team.id for one in found.moves] == [9]


def test_whom_nothing_asks_for_any_more_is_named_and_free_for_others() -> None:
    over = replace(FIRE, needs=[])
    found = propose_for_many(Question([over, CRASH], [BOTH], [[300, 600]]))
    assert sent(found) == {7: 2}
    alone = propose_for_many(Question([over], [BOTH], [[300]]))
    assert [(one.team, one.origin.id, one.to) for one in alone.moves] == [(BOTH, 1, None)]
