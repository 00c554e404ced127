"""The proposal: for one incident and for several at once."""

from collections.abc import Iterable, Sequence
from math import inf

from fenghuo.standards.needs import Need

from .alternatives import alternatives, cheapest
from .answers import Move, Outcome, Proposal, Proposals, Without
from .asking import RULES, Cover, Incident, Question, Rules, Team, check
from .explaining import Scene
from .field import Field, read
from .one import One
from .plans import Plan, lost_cover, worth_of


def propose(
    needs: Iterable[Need],
    teams: Iterable[Team],
    *,
    most: int | None = None,
    cover: Iterable[Cover] = (),
    rules: Rules = RULES,
    without: bool = True,
) -> Proposal:
    """For one incident. `most`: how many teams at most; it cuts what should be there, never what must.

    Raises: BadQuestion (a ValueError).
    """
    listed = list(teams)
    incident = Incident(0, "", tuple(needs), most=most)
    times = [[inf if one.cut_off else one.seconds] for one in listed]
    asked = Question([incident], listed, times, tuple(cover), rules, without)
    return propose_for_many(asked).parts[0][1]


def propose_for_many(asked: Question) -> Proposals:
    """For all incidents of the question together. Raises: BadQuestion (a ValueError)."""
    check(asked)
    field = read(asked)
    plan, outcome = best(field)
    others = alternatives(field, plan, outcome.worth) if asked.without else ()
    moves = _moves(field, plan)
    lost = lost_cover(field, (team for team, _at in plan.sent))
    uncovered = tuple(field.cover[one] for one in lost)
    parts = {
        field.incidents[place].id: _part(field, plan, place, outcome, others, moves)
        for place in range(len(field.incidents))
    }
    return Proposals(
        tuple((incident, parts[incident.id]) for incident in asked.incidents),
        outcome,
        uncovered,
        tuple(moves),
        others,
        cheapest(others),
    )


def best(field: Field) -> tuple[Plan, Outcome]:
    """The best plan there is, and what is proven of it."""
    plan = One(field).plan()
    if plan is not None:
        worth = worth_of(field, plan)
        return plan, Outcome(worth, worth)
    from .climbing import climb  # brings the solver, which most proposals for one incident do without

    found = climb(field, field.asked.effort)
    return found.plan, Outcome(worth_of(field, found.plan), found.bounds)


def _part(
    field: Field, plan: Plan, place: int, outcome: Outcome, others: Sequence[Without], moves: Sequence[Move]
) -> Proposal:
    scene = Scene(field, plan, place)
    choices, unmet, passed = scene.choices(), scene.unmet(), scene.not_chosen()
    shown = [one.team for one in choices] + [one.team for one in passed] + [one.best.team for one in unmet if one.best]
    incident = field.incidents[place]
    mine = {one.team.id: one for one in others if one.incident.id == incident.id}
    without = tuple(mine[one.team.id] for one in choices if one.team.id in mine)
    away = {field.place[one.team.id] for one in choices}
    lost = [spot for spot in lost_cover(field, (team for team, _at in plan.sent)) if field.covering[spot] & away]
    return Proposal(
        tuple(unmet),
        tuple(choices),
        tuple(passed),
        any(team.estimate for team in shown),
        without,
        cheapest(without),
        tuple(field.cover[one] for one in lost),
        tuple(one for one in moves if incident.id in (one.origin.id, one.to.id if one.to else None)),
        outcome,
    )


def _moves(field: Field, plan: Plan) -> list[Move]:
    """Teams on the way that turn elsewhere or are needed nowhere any more."""
    at = dict(plan.sent)
    found = []
    for place, team in enumerate(field.teams):
        origin = int(field.going[place])
        if origin >= 0 and at.get(place) != origin:
            to = field.incidents[at[place]] if place in at else None
            found.append(Move(team, field.incidents[origin], to))
    return found
