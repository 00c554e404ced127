"""Incidents for machines (interfaces.md, Incidents)."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.kernel.web.machine.cursors import LARGEST_KEY, Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Part, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from .. import selectors, services
from ..documents import change_document, incident_document, summary_document
from ..models import Incident, IncidentState, Report
from . import verbs

router = Router(tags=["incidents"])


class SummaryOut(Schema):
    id: int
    number: str
    title: str
    state: str
    kind: str | None
    level: int | None
    proposed_level: int | None
    response_level: int | None
    happened_at: datetime
    learned_at: datetime
    opened_at: datetime
    controlled_at: datetime | None
    closed_at: datetime | None
    location: dict[str, Any]
    exercise: bool
    demo: bool


class IncidentOut(SummaryOut):
    level_basis: str
    proposal: dict[str, Any] | None
    sensitive: dict[str, Any]
    response: dict[str, Any] | None
    figures: dict[str, Any] | None
    figures_by_source: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    merged: list[str]
    summary: str
    clocks: list[dict[str, Any]]
    destroyed_by: int | None  # number of the order that destroyed its personal information


class IncidentsOut(Schema):
    items: list[SummaryOut]
    next: str | None


class WhichOut(Schema):
    id: int
    number: str


class ChangeOut(Schema):
    """One entry of the journal about an incident. `text` says it in words, `public` in values; both hold nothing
    personal. What it changed is read anew with GET /incidents/{number}."""

    position: int
    verb: str
    incident: WhichOut
    happened_at: datetime | None
    recorded_at: datetime
    text: str
    public: dict[str, Any]


class ChangesOut(Schema):
    """`next`: the position to ask after next time; it stays the same when nothing is new."""

    model_config = example(
        items=[
            {
                "position": 4711,
                "verb": "incident.report_joined",
                "incident": {"id": 205, "number": "20260512-0003"},
                "happened_at": "2026-05-12T03:05:00+08:00",
                "recorded_at": "2026-05-12T03:05:00+08:00",
                "text": "接报 R20260512-0012(120)并入",
                "public": {"number": "20260512-0003", "report": "R20260512-0012", "source": "120"},
            }
        ],
        next=4711,
    )

    items: list[ChangeOut]
    next: int


class TimelineOut(Schema):
    items: list[dict[str, Any]]
    next: str | None


class IncidentsQuery(Schema):
    state: str = ""
    since: AwareDatetime | None = None
    region: Annotated[str, Field(max_length=12)] = ""
    kind: Annotated[str, Field(max_length=32)] = ""
    exercise: bool | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


class ChangesQuery(Schema):
    after: Annotated[int, Field(ge=0, le=LARGEST_KEY)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 200


@router.get("", response={200: IncidentsOut, **PROBLEMS}, operation_id="list_incidents")
def list_incidents(request: HttpRequest, query: Query[IncidentsQuery]) -> dict[str, Any]:
    """Incidents this token may see, oldest first, from `since` (opened_at) on."""
    if query.state and query.state not in IncidentState.values:
        known = " ".join(IncidentState.values)
        raise Invalid(Fault("state", _("must be one of: %(known)s") % {"known": known}, query.state[:50]))
    found = selectors.incidents(
        actor_of(request),
        state=query.state,
        since=query.since,
        region=query.region,
        kind=query.kind,
        exercise=query.exercise,
    )
    page: Page[Incident] = page_of(found, query.cursor, query.limit)
    return {"items": [summary_document(incident) for incident in page.items], "next": page.next}


@router.get("/changes", response={200: ChangesOut, **PROBLEMS}, operation_id="incident_changes")
def incident_changes(request: HttpRequest, query: Query[ChangesQuery]) -> dict[str, Any]:
    """What happened to incidents this token may see, in the order of the journal's positions: how 110, 119 and 120
    follow one incident. Ask again with `after` set to the last `next`; nothing is skipped, and an entry that comes
    twice has the same position."""
    found = selectors.changes(actor_of(request), after=query.after, limit=query.limit)
    return {
        "items": [change_document(change) for change in found],
        "next": found[-1].position if found else query.after,
    }


@router.post(
    "",
    response={201: IncidentOut, 200: IncidentOut, **PROBLEMS},
    operation_id="open_incident",
    openapi_extra=request_body(verbs.OpenMessage),
)
def open_incident(request: HttpRequest) -> HttpResponse:
    """One incident of these reports; what is not given is taken from them."""
    actor = actor_of(request)

    def do(said: verbs.OpenMessage) -> tuple[int, dict[str, Any], int]:
        made = services.open_incident(
            _reports(actor, said.reports),
            by=actor,
            title=said.title,
            kind=said.kind or "",
            location=said.location,
            happened_at=said.happened_at,
        )
        return 201, _document(actor, made.record.number), made.pk

    return carry_out(request, verbs.OpenMessage, do)


@router.get("/{number}", response={200: IncidentOut, **PROBLEMS}, operation_id="get_incident")
def get_incident(request: HttpRequest, number: str) -> dict[str, Any]:
    """By its number; that of an incident which was joined to another leads to that other."""
    return _document(actor_of(request), number)


@router.get("/{number}/timeline", response={200: TimelineOut, **PROBLEMS}, operation_id="incident_timeline")
def timeline(request: HttpRequest, number: str) -> dict[str, Any]:
    """Sentences of the journal, oldest first, with positions; the newest 500."""
    actor = actor_of(request)
    found = selectors.incident(actor, number)
    lines = entries_about(found.pk, actor, limit=500)
    return {
        "items": [
            {
                "position": line.position,
                "verb": line.verb,
                "happened_at": line.happened_at,
                "recorded_at": line.recorded_at,
                "actor": line.actor,
                "text": line.text,
                "destroyed_by": line.destroyed_by,
            }
            for line in reversed(lines)
        ],
        "next": None,
    }


def _report(actor: Actor, pk: int) -> Report:
    try:
        return selectors.report(actor, pk)
    except NotFound as unknown:
        raise Invalid(Fault("report", unknown.message, pk)) from unknown


def _reports(actor: Actor, keys: list[int]) -> list[Report]:
    found, faults = [], []
    for place, pk in enumerate(dict.fromkeys(keys)):
        try:
            found.append(selectors.report(actor, pk))
        except NotFound as unknown:
            faults.append(Fault(f"reports.{place}", unknown.message, pk))
    if faults:
        raise Invalid(*faults)
    return found


def _other(actor: Actor, number: str) -> Incident:
    try:
        return selectors.incident_itself(actor, number)
    except NotFound as unknown:
        raise Invalid(Fault("incident", unknown.message, number)) from unknown


def _document(actor: Actor, number: str) -> dict[str, Any]:
    return incident_document(selectors.incident(actor, number), actor)


type Act[M: Part] = Callable[[Incident, M, Actor], object]


def _verb[M: Part](name: str, model: type[M], act: Act[M], doc: str) -> None:
    """A door for one verb; it answers the incident as it is then."""

    def door(request: HttpRequest, number: str) -> HttpResponse:
        actor = actor_of(request)
        found = selectors.incident(actor, number)

        def do(said: M) -> tuple[int, dict[str, Any], int]:
            act(found, said, actor)
            return 200, _document(actor, found.record.number), found.pk

        return carry_out(request, model, do)

    door.__doc__ = doc
    router.add_api_operation(
        f"/{{number}}/{name}",
        ["POST"],
        door,
        response={200: IncidentOut, **PROBLEMS},
        operation_id=f"incident_{name}",
        openapi_extra=request_body(model),
    )


_verb(
    "join_report",
    verbs.JoinReport,
    lambda incident, said, by: services.join_report(
        incident, _report(by, said.report), by=by, happened_at=said.happened_at
    ),
    "This report tells of this incident.",
)
_verb(
    "separate_report",
    verbs.SeparateReport,
    lambda incident, said, by: services.separate_report(
        incident, _report(by, said.report), by=by, reason=said.reason, happened_at=said.happened_at
    ),
    "The report tells of something else after all: it waits again.",
)
_verb(
    "join_incident",
    verbs.JoinIncident,
    lambda incident, said, by: services.join_incident(
        incident, _other(by, said.incident), by=by, happened_at=said.happened_at
    ),
    "The other incident is the same event; its number leads here from now on.",
)
_verb(
    "separate_incident",
    verbs.SeparateIncident,
    lambda incident, said, by: services.separate_incident(
        incident, _other(by, said.incident), by=by, reason=said.reason, happened_at=said.happened_at
    ),
    "They are two events after all.",
)
_verb(
    "grade",
    verbs.Grade,
    lambda incident, said, by: services.grade_incident(
        incident, by=by, level=said.level, basis=said.basis, happened_at=said.happened_at
    ),
    "Confirm or set the level; `basis` is needed unless it is the proposed one.",
)
_verb(
    "change_kind",
    verbs.ChangeKind,
    lambda incident, said, by: services.change_kind(incident, by=by, kind=said.kind, happened_at=said.happened_at),
    "It is another kind of incident.",
)
_verb(
    "correct",
    verbs.Correct,
    lambda incident, said, by: services.correct_incident(
        incident,
        by=by,
        reason=said.reason,
        occurred_at=said.occurred_at,
        learned_at=said.learned_at,
        title=said.title,
        sensitive=said.sensitive,
        happened_at=said.happened_at,
    ),
    "Put times, title or sensitivity right; clocks move with the times.",
)
_verb(
    "set_figures",
    verbs.SetFigures,
    lambda incident, said, by: services.set_figures(
        incident, by=by, source=said.source, as_of=said.as_of, figures=said.given(), happened_at=said.happened_at
    ),
    "What one source says at one time; an absent figure keeps its older value, null makes it unknown again.",
)
_verb(
    "choose_figures",
    verbs.ChooseFigures,
    lambda incident, said, by: services.choose_figures(
        incident, by=by, source=said.source, happened_at=said.happened_at
    ),
    "This source's figures are the ones shown.",
)
_verb(
    "draw_area",
    verbs.DrawArea,
    lambda incident, said, by: services.draw_area(
        incident, by=by, name=said.name, geometry=said.geometry, crs=said.crs, happened_at=said.happened_at
    ),
    "Draw, or draw anew, the area of this name: a GeoJSON Polygon or MultiPolygon.",
)
_verb(
    "set_response",
    verbs.SetResponse,
    lambda incident, said, by: services.set_response(
        incident,
        by=by,
        level=said.level,
        matters=said.matters,
        measures=said.measures,
        until=said.until,
        happened_at=said.happened_at,
    ),
    "Start, change (all four fields) or end (level null) the response.",
)
_verb(
    "note",
    verbs.NoteMessage,
    lambda incident, said, by: services.add_note(incident, by=by, text=said.text, happened_at=said.happened_at),
    "A line in the timeline.",
)
_verb(
    "tell",
    verbs.Tell,
    lambda incident, said, by: services.note_told(
        incident, by=by, rules=said.rules, to=said.to, received_by=said.received_by, happened_at=said.happened_at
    ),
    "A superior was told: the clocks of these rules stop.",
)
_verb(
    "control",
    verbs.Control,
    lambda incident, said, by: services.control_incident(incident, by=by, happened_at=said.happened_at),
    "The danger is under control.",
)
_verb(
    "close",
    verbs.Close,
    lambda incident, said, by: services.close_incident(
        incident, by=by, summary=said.summary, happened_at=said.happened_at
    ),
    "Work is over.",
)
_verb(
    "reopen",
    verbs.Reopen,
    lambda incident, said, by: services.reopen_incident(
        incident, by=by, reason=said.reason, happened_at=said.happened_at
    ),
    "It goes on after all.",
)
