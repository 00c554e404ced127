"""Whom to send: what the incident asks for, who could go and how soon, and the proposal of `decision.dispatch`."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.decision.dispatch import Incident as Asked
from fenghuo.decision.dispatch import Proposal, Proposals, Question, propose, propose_for_many
from fenghuo.decision.dispatch import Team as Candidate
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.assignments.models import Assignment, State
from fenghuo.kernel.assignments.selectors import standing_orders, times_ordered
from fenghuo.kernel.maps.travel import Travel, travel_times
from fenghuo.readiness.teams.models import Team, TeamState
from fenghuo.readiness.teams.selectors import abilities, teams
from fenghuo.response.incidents.figures import by_source, standing, with_merged, worst
from fenghuo.response.incidents.models import Incident
from fenghuo.standards.needs import Need, Needs, needs_for

from .covering import covered_towns

TODAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Proposed:
    """`asked`: everything the incident asks for; `proposal`: for what those ordered already do not cover.

    `teams`: the register's rows by key, for names and telephones.
    """

    asked: Needs
    proposal: Proposal
    teams: Mapping[int, Team]


@dataclass(frozen=True, slots=True)
class ProposedTogether:
    """`each`: by the incident's key; `plan`: of all of them, with the runner-up and what it is worth."""

    each: Mapping[int, Proposed]
    plan: Proposals


def propose_teams(incident: Incident, actor: Actor, *, most: int | None = None) -> Proposed:
    """Commits nothing. At most 11 queries, however many teams there are. Raises: NotFound, NotAllowed."""
    require(actor, "proposals.read", incident)
    known, able = _register(actor)
    asking = _asking(incident, known, able, actor)
    free = [team for team in known.values() if team.pk not in asking.sent]
    candidates = _candidates(free, able, asking.declined, _times(incident, free), actor)
    here = {team.pk for team in free}
    cover = covered_towns(list(known.values()), here, exercise=incident.record.exercise)
    return Proposed(asking.asked, propose(asking.left, candidates, most=most, cover=cover), known)


def propose_for_incidents(
    incidents: Sequence[Incident], actor: Actor, *, weights: Mapping[int, int] | None = None
) -> ProposedTogether:
    """For several incidents together, so that none takes what another needs more. Commits nothing.

    `weights`: by the incident's key, whole, from 1; 1 when not said. Teams ordered to one of them count there and go
    nowhere else; who declined one of them is asked for none. Queries grow with the incidents, not with the teams.
    Raises: NotFound, NotAllowed, BadQuestion (an incident twice, a weight that is none).
    """
    for incident in incidents:
        require(actor, "proposals.read", incident)
    known, able = _register(actor)
    asking = {incident.pk: _asking(incident, known, able, actor) for incident in incidents}
    sent = {key for one in asking.values() for key in one.sent}
    declined = {key for one in asking.values() for key in one.declined}
    free = [team for team in known.values() if team.pk not in sent]
    candidates = _candidates(free, able, declined, {}, actor)
    times = [_times(incident, free) for incident in incidents]
    estimates = {key for found in times for key, time in found.items() if time.estimate}
    weighed = weights or {}
    question = Question(
        [Asked(one.pk, one.record.title, asking[one.pk].left, weighed.get(one.pk, 1)) for one in incidents],
        [replace(one, estimate=one.id in estimates) for one in candidates],
        [[_seconds(found.get(team.pk)) for found in times] for team in free],
        covered_towns(list(known.values()), {team.pk for team in free}),
    )
    plan = propose_for_many(question)
    each = {one.id: Proposed(asking[one.id].asked, proposal, known) for one, proposal in plan.parts}
    return ProposedTogether(each, plan)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What an incident asks for, what is left of it, and the keys of teams that were ordered there or declined."""

    asked: Needs
    left: list[Need]
    sent: list[int]
    declined: set[int]


def _register(actor: Actor) -> tuple[dict[int, Team], Mapping[int, frozenset[str]]]:
    register = teams(actor).select_related(None).select_related("record").prefetch_related(None)
    return {team.pk: team for team in register}, abilities(register)


def _asking(incident: Incident, known: Mapping[int, Team], able: Mapping[int, frozenset[str]], actor: Actor) -> _Asking:
    ids = with_merged(incident)
    asked = needs_for(incident.kind, worst(by_source(standing(incident, ids))), own=settings.OWN_NEEDS)
    here = _ordered_here(ids, actor)
    declined = {key for key, state in here.items() if state == State.DECLINED}
    sent = [key for key in here if key in known and key not in declined]
    return _Asking(asked, _still_needed(asked.needs, [able.get(key, frozenset()) for key in sent]), sent, declined)


def _seconds(way: Travel | None) -> float | None:
    """None: unknown; infinite: no road."""
    if way is None:
        return None
    return inf if way.seconds is None else way.seconds


def _ordered_here(ids: Iterable[int], actor: Actor) -> dict[int, str]:
    """Team key → the state of its newest order about this incident, without what was withdrawn."""
    seen = Assignment.objects.visible_to(actor).filter(about__in=list(ids), to__kind="team")
    rows = seen.exclude(state=State.WITHDRAWN)
    return dict(rows.order_by("pk").values_list("to", "state"))


def _candidates(
    found: list[Team],
    able: Mapping[int, frozenset[str]],
    declined: Container[int],
    times: Mapping[int, Travel],
    actor: Actor,
) -> list[Candidate]:
    """Those that could be asked; who has said that it cannot come is not asked again."""
    now = timezone.now()
    keys = [team.pk for team in found]
    busy = standing_orders(keys)
    titles = _titles(busy.values(), actor)
    called = times_ordered(keys, now - TODAY)
    return [
        Candidate(
            id=team.pk,
            name=team.name,
            capabilities=able.get(team.pk, frozenset()),
            seconds=times[team.pk].seconds if team.pk in times else None,
            estimate=team.pk in times and times[team.pk].estimate,
            cut_off=team.pk in times and times[team.pk].seconds is None,
            state=TeamState.UNAVAILABLE if team.pk in declined else team.state_at(now),
            busy_with=_doing(busy.get(team.pk, []), titles),
            called_today=called.get(team.pk, 0),
            people=team.people,
        )
        for team in found
    ]


def _titles(busy: Iterable[list[Assignment]], actor: Actor) -> Mapping[int, str]:
    """Of what the teams are dealing with, as far as the actor may see it."""
    keys = {orders[0].about_id for orders in busy}
    return dict(Record.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", "title")) if keys else {}


def _doing(orders: list[Assignment], titles: Mapping[int, str]) -> str:
    return titles.get(orders[0].about_id) or _("another order") if orders else ""


def _times(incident: Incident, found: list[Team]) -> dict[int, Travel]:
    """Team key → the way to the place, for those whose base and whose destination are known."""
    if incident.latitude is None or incident.longitude is None:
        return {}
    based = [(team.pk, (team.latitude, team.longitude)) for team in found if team.latitude is not None]
    origins = [(latitude or 0.0, longitude or 0.0) for _key, (latitude, longitude) in based]
    times = travel_times(origins, (incident.latitude, incident.longitude), exercise=incident.record.exercise)
    return {key: time for (key, _origin), time in zip(based, times, strict=True)}


def _still_needed(needs: Iterable[Need], sent: Iterable[frozenset[str]]) -> list[Need]:
    """What is left when each team that was ordered counts once for each capability it has."""
    able = Counter(slug for slugs in sent for slug in slugs)
    left = []
    for need in sorted(needs, key=lambda need: not need.must):
        covered = min(need.count, able[need.capability])
        able[need.capability] -= covered
        if need.count > covered:
            left.append(replace(need, count=need.count - covered))
    return left


def minutes(seconds: float | None) -> int | None:
    """Whole minutes, at least one: nobody is there at once."""
    return None if seconds is None else max(1, round(seconds / 60))
