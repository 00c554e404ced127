"""Teams for machines (interfaces.md, Registers)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.web.machine.cursors import LARGEST_KEY, Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.reading import add_reason
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body
from fenghuo.standards.capabilities import CAPABILITIES

from . import selectors, services
from .messages import NewTeam, TeamSaid
from .models import Team, TeamKind, TeamState

PREFIX = "/registers/teams"
router = Router(tags=["registers"])
add_reason("nothing_said", lambda: _("say at least one field"))

# Where the services' fields stand in a message, when the name is another one.
FIELDS = {"latitude": "location.latitude", "longitude": "location.longitude", "reason": "state.reason"}
FIELDS |= {"until": "state.until"}


class PieceOut(Schema):
    name: str
    count: int
    measure: str


class ContactOut(Schema):
    """`person`: key in the registry, null for whoever has only a telephone."""

    person: int | None
    name: str
    phone: str
    title: str


class BaseOut(Schema):
    """`estimated`: that of its place, since nobody gave the base. Null: unknown."""

    latitude: float | None
    longitude: float | None
    crs: str = "wgs84"
    estimated: bool


class StateOut(Schema):
    """`reason` may be personal and is empty for those who may not read whom to call."""

    state: str
    reason: str
    since: datetime
    until: datetime | None


class TeamOut(Schema):
    """`contacts`: whom to call, the leader first; null when the token may not read them. `version`: for If-Match."""

    id: int
    number: str
    name: str
    kind: str
    unit: str | None
    region: str | None
    location: BaseOut
    people: int | None
    capabilities: list[str]
    equipment: list[PieceOut]
    note: str
    state: StateOut
    contacts: list[ContactOut] | None
    checked_at: datetime
    archived_at: datetime | None
    version: int
    demo: bool


class TeamsOut(Schema):
    items: list[TeamOut]
    next: str | None


class TeamsQuery(Schema):
    region: Annotated[str, Field(max_length=12)] = ""
    q: Annotated[str, Field(max_length=100)] = ""
    kind: str = ""
    capability: str = ""
    state: str = ""
    archived: bool = False
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


@router.get("", response={200: TeamsOut, **PROBLEMS}, operation_id="list_teams")
def list_teams(request: HttpRequest, query: Query[TeamsQuery]) -> dict[str, Any]:
    """Teams this token may see, in the order in which they were entered."""
    actor = actor_of(request)
    _known("kind", query.kind, TeamKind.values)
    _known("state", query.state, TeamState.values)
    _known("capability", query.capability, list(CAPABILITIES))
    found = selectors.teams(
        actor,
        text=query.q.replace("\x00", ""),
        kind=query.kind,
        region=query.region.replace("\x00", ""),
        capability=query.capability,
        state=query.state,
        archived=query.archived,
    )
    page: Page[Team] = page_of(found, query.cursor, query.limit)
    return {"items": documents(page.items, actor), "next": page.next}


@router.get("/{team}", response={200: TeamOut, **PROBLEMS}, operation_id="get_team")
def get_team(request: HttpRequest, response: HttpResponse, team: str) -> dict[str, Any]:
    """By its id or its number. The answer's ETag is what If-Match of a PATCH takes."""
    actor = actor_of(request)
    found = _team(actor, team)
    response["ETag"] = f'"{found.record.version}"'
    return documents([found], actor)[0]


@router.post(
    "",
    response={201: TeamOut, 200: TeamOut, **PROBLEMS},
    operation_id="create_team",
    openapi_extra=request_body(NewTeam),
)
def create_team(request: HttpRequest) -> HttpResponse:
    """Enter a team, with whom to call and, if it cannot go now, its state."""
    actor = actor_of(request)

    def do(said: NewTeam) -> tuple[int, dict[str, Any], int]:
        unit = unit_by_code(said.unit)
        if unit is None:
            raise Invalid(Fault("unit", _("there is no unit with this code"), said.unit[:64]))
        made = services.create_team(by=actor, unit=unit, **said.values())
        _more(made, said, actor)
        return 201, documents([selectors.team_by_key(actor, made.pk)], actor)[0], made.pk

    return carry_out(request, NewTeam, _in_its_words(do))


@router.patch(
    "/{team}", response={200: TeamOut, **PROBLEMS}, operation_id="change_team", openapi_extra=request_body(TeamSaid)
)
def change_team(request: HttpRequest, team: str) -> HttpResponse:
    """Change what is said. If-Match: the version that was read (409 when somebody changed it meanwhile)."""
    actor = actor_of(request)
    found, version = _team(actor, team), _version(request)

    def do(said: TeamSaid) -> tuple[int, dict[str, Any], int]:
        services.change_team(found, by=actor, version=version, **said.values())
        _more(found, said, actor)
        return 200, documents([selectors.team_by_key(actor, found.pk)], actor)[0], found.pk

    return carry_out(request, TeamSaid, _in_its_words(do))


def documents(teams: list[Team], actor: Actor) -> list[dict[str, Any]]:
    """Teams as machines get them, each with whom to call where the actor may read that. 1 query."""
    called = selectors.contacts_of(actor, teams) if actor.may("teams.call") else None
    now = timezone.now()
    return [_document(team, None if called is None else called.get(team.pk, []), now) for team in teams]


def _document(team: Team, called: list[selectors.Reachable] | None, now: datetime) -> dict[str, Any]:
    state = team.state_at(now)
    changed = state != team.state  # its rest is over
    return {
        "id": team.pk,
        "number": team.record.number,
        "name": team.name,
        "kind": team.kind,
        "unit": team.record.unit.code if team.record.unit else None,
        "region": team.record.region.code if team.record.region else None,
        "location": {
            "latitude": team.latitude,
            "longitude": team.longitude,
            "crs": "wgs84",
            "estimated": team.position_estimated,
        },
        "people": team.people,
        "capabilities": sorted(row.slug for row in team.capability_rows.all()),
        "equipment": [
            {"name": row.name, "count": row.count, "measure": row.measure} for row in team.equipment_rows.all()
        ],
        "note": team.note,
        "state": {
            "state": str(state),
            "reason": "" if called is None or changed else team.state_reason,
            "since": team.state_until if changed else team.state_since,
            "until": None if changed else team.state_until,
        },
        "contacts": None
        if called is None
        else [{"person": one.person_id, "name": one.name, "phone": one.phone, "title": one.title} for one in called],
        "checked_at": team.record.checked_at,
        "archived_at": team.record.archived_at,
        "version": team.record.version,
        "demo": team.record.demo,
    }


def _more(team: Team, said: TeamSaid, actor: Actor) -> None:
    """What other services than those of the team itself store."""
    if "contacts" in said.model_fields_set:
        services.set_contacts(team, by=actor, contacts=said.on_call())
    ready = said.state is not None and said.state.state == team.state_at(timezone.now()) == TeamState.READY
    if said.state is not None and not ready:
        services.set_team_state(
            team,
            by=actor,
            state=said.state.state,
            reason=said.state.reason,
            until=said.state.until,
            happened_at=said.state.since,
        )


def _in_its_words[M: TeamSaid](
    do: Callable[[M], tuple[int, dict[str, Any], int]],
) -> Callable[[M], tuple[int, dict[str, Any], int]]:
    """Refuse fields that nobody knows, since they would be dropped; name faults by the fields of the message."""

    def done(said: M) -> tuple[int, dict[str, Any], int]:
        if unknown := list(_unknown(said)):
            raise Invalid(*unknown)
        try:
            return do(said)
        except Invalid as refused:
            raise Invalid(*map(_renamed, refused.faults), message=refused.message) from refused

    return done


def _renamed(fault: Fault) -> Fault:
    return Fault(FIELDS.get(fault.field, fault.field), fault.message, fault.given)


def _unknown(said: BaseModel, path: str = "") -> Iterator[Fault]:
    for name in said.model_extra or {}:
        known = " ".join(type(said).model_fields)
        yield Fault(f"{path}{name}", _("is not a known field; known are: %(known)s") % {"known": known})
    for name in type(said).model_fields:
        value = getattr(said, name)
        rows = value if isinstance(value, list) else [value]
        for place, row in enumerate(rows):
            if isinstance(row, BaseModel):
                yield from _unknown(row, f"{path}{name}." + (f"{place}." if isinstance(value, list) else ""))


def _known(field: str, given: str, known: list[str]) -> None:
    if given and given not in known:
        raise Invalid(Fault(field, _("must be one of: %(known)s") % {"known": " ".join(known)}, given[:50]))


def _team(actor: Actor, named: str) -> Team:
    """By key or by number. Raises: NotFound."""
    if named.isascii() and named.isdigit() and int(named[:20]) <= LARGEST_KEY:
        return selectors.team_by_key(actor, int(named))
    return selectors.team(actor, named)


def _version(request: HttpRequest) -> int:
    """Raises: Invalid."""
    said = request.headers.get("If-Match", "").strip().strip('"')
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise Invalid(Fault("If-Match", _("is required: the version that was read, as in the ETag"), said[:50]))
    return int(said)
