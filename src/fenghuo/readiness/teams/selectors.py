"""What may be asked of teams; always of one actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.scoped import ABOVE_DIGITS

from .models import Contact, Equipment, Team, TeamCapability, TeamState


def teams(
    actor: Actor,
    *,
    text: str = "",
    kind: str = "",
    region: str = "",
    capability: str = "",
    state: str = "",
    archived: bool = False,
) -> QuerySet[Team]:
    """The teams this actor may see, with record, unit, region, capabilities and equipment, by number. 3 queries.

    `text`: name in characters, pinyin or initials, number, or unit; who may call them also finds by the names and
    telephones of their contacts. `region`: a code, that place and all below. `state`: that at this moment.
    """
    require(actor, "teams.read")
    found = Team.objects.visible_to(actor).filter(record__archived_at__isnull=not archived)
    found = found.select_related("record__region", "record__unit")
    found = found.prefetch_related("capability_rows", "equipment_rows").order_by("record__number")
    if words := text.strip():
        found = found.filter(worded(actor, words))
    if kind:
        found = found.filter(kind=kind)
    if region:
        path = Region.objects.filter(code=region).values_list("path", flat=True).first()
        inside = Q(record__block__gte=path, record__block__lt=path + ABOVE_DIGITS) if path else Q(pk__in=[])
        found = found.filter(inside)
    if capability:
        found = found.filter(capability_rows__slug=capability)
    if state:
        found = found.filter(in_state(state, timezone.now()))
    return found


def ready_teams(actor: Actor) -> QuerySet[Team]:
    """Those that can go now as far as this register knows; whether orders keep them busy it does not know."""
    return teams(actor, state=TeamState.READY)


def team(actor: Actor, number: str) -> Team:
    """One team by its number (T-0001), archived or not. Raises: NotFound, also for what the actor may not see."""
    return _one(actor, Q(record__kind="team", record__number=number.replace("\x00", "")))


def team_by_key(actor: Actor, pk: int) -> Team:
    """Raises: NotFound, also for what the actor may not see."""
    return _one(actor, Q(pk=pk))


def _one(actor: Actor, which: Q) -> Team:
    require(actor, "teams.read")
    found = Team.objects.visible_to(actor).select_related("record__region", "record__unit__region")
    one = found.prefetch_related("capability_rows", "equipment_rows").filter(which).first()
    if one is None:
        raise NotFound(_("There is no such team, or you may not see it."))
    return one


def abilities(found: QuerySet[Team]) -> dict[int, frozenset[str]]:
    """Team key → slugs of what it can do; 1 query, without making a row for each."""
    able: dict[int, set[str]] = {}
    rows = TeamCapability.objects.filter(team__in=found.order_by().values("pk"))
    for team_id, slug in rows.values_list("team_id", "slug"):
        able.setdefault(team_id, set()).add(slug)
    return {team_id: frozenset(slugs) for team_id, slugs in able.items()}


def gear(keys: Iterable[int]) -> dict[int, list[str]]:
    """Team key → its equipment in words (水罐消防车 3), for teams that were found through `teams`. 1 query."""
    found: dict[int, list[str]] = {}
    rows = Equipment.objects.filter(team__in=list(keys)).order_by("team", "place")
    for team_id, name, count in rows.values_list("team_id", "name", "count"):
        found.setdefault(team_id, []).append(f"{name} {count}")
    return found


@dataclass(frozen=True, slots=True)
class Reachable:
    """Who is called for a team, as they can be called now. `person_id`: of the registry; None has only a telephone."""

    team_id: int
    place: int
    name: str
    phone: str
    title: str
    person_id: int | None


def contacts(actor: Actor, of: Team) -> list[Reachable]:
    """Whom to call, the leader first. 1 query. Raises: NotAllowed."""
    return contacts_of(actor, [of]).get(of.pk, [])


def contacts_of(actor: Actor, of: Iterable[Team]) -> dict[int, list[Reachable]]:
    """Team key → its contacts, for those teams that the actor may see. 1 query. Raises: NotAllowed."""
    require(actor, "teams.call")
    seen = Team.objects.visible_to(actor).filter(pk__in=[one.pk for one in of]).values("pk")
    found: dict[int, list[Reachable]] = {}
    for row in Contact.objects.filter(team__in=seen).select_related("person").order_by("team", "place"):
        person = row.person
        name, phone = (person.name, person.mobile) if person else (row.name, row.phone)
        reachable = Reachable(row.team_id, row.place, name, phone, row.title, row.person_id)
        found.setdefault(row.team_id, []).append(reachable)
    return found


def in_state(state: str, moment: datetime) -> Q:
    """The twin of Team.state_at as a condition."""
    over = Q(state=TeamState.RESTING, state_until__lte=moment)
    if state == TeamState.READY:
        return Q(state=TeamState.READY) | over
    return Q(state=state) & ~over if state == TeamState.RESTING else Q(state=state)


def worded(actor: Actor, words: str) -> Q:
    key = words.lower().replace(" ", "")
    named = Q(pk__in=_named(key)) | Q(record__number__icontains=words) | Q(record__unit__name__contains=words)
    if actor.may("teams.call"):
        called = Q(name__contains=words) | Q(phone__contains=words)
        called |= Q(person__name__contains=words) | Q(person__mobile__contains=words)
        named |= Q(pk__in=Contact.objects.filter(called).values("team"))
    return named


def _named(key: str) -> QuerySet[Team]:
    return Team.objects.filter(record__names__keys__contains=key).values("pk")  # type: ignore[return-value]
