"""Registers for machines (interfaces.md, Registers): each declared one in the same form."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.maps.layers import collection, point
from fenghuo.kernel.registry.selectors.merging import merged_into
from fenghuo.kernel.web.machine.cursors import Page, page_of
from fenghuo.kernel.web.machine.doing import actor_of, carry_out
from fenghuo.kernel.web.machine.messages import Part, example
from fenghuo.kernel.web.machine.schemas import PROBLEMS, request_body

from .asking import found_rows
from .declaring import Column, Register, Row, registers
from .finding import register_for, row_of
from .importing.api import router as before  # noqa: F401 - mounted before the rooms' own (gateway.api)
from .presenting import row_title
from .queries import RowsQuery, asked_by
from .writing import asked_of, change_row, create_row

PREFIX = "/registers"
router = Router(tags=["registers"])
FEATURES_MOST = 20_000


class FieldOut(Schema):
    """One thing known of a row. `kept`: may be said in POST and PATCH; `once`: in POST only."""

    name: str
    label: str
    kind: str
    kept: bool
    once: bool
    needed: bool


class RegisterOut(Schema):
    name: str
    title: str
    filters: list[str]
    fields: list[FieldOut]


class RowSaid(Part):
    """The fields that `GET /registers` lists as kept, by name; text, numbers or null. Units and regions by code."""

    model_config = example(name="张三", unit="610118007000", mobile="13800000000", title="应急专干")


@router.get("", response={200: list[RegisterOut], **PROBLEMS}, operation_id="list_registers")
def list_registers(request: HttpRequest) -> list[dict[str, Any]]:
    """The registers that this token may read, with what is known in each."""
    actor = actor_of(request)
    return [_described(one, actor) for one in registers() if actor.may(one.read)]


@router.get("/{name}.geojson", response={200: dict[str, Any], **PROBLEMS}, operation_id="register_geojson")
def register_geojson(request: HttpRequest, name: str, query: Query[RowsQuery]) -> dict[str, Any]:
    """The rows that have a position, with the same filters as the list."""
    actor = actor_of(request)
    register = register_for(name, actor)
    columns = register.columns_for(actor)
    return collection(list(_features(register, _found(request, register, actor, query)[:FEATURES_MOST], columns)))


@router.get("/{name}", response={200: dict[str, Any], **PROBLEMS}, operation_id="list_rows")
def list_rows(request: HttpRequest, name: str, query: Query[RowsQuery]) -> dict[str, Any]:
    """Rows that this token may see, in the order in which they were entered; `items` and `next`."""
    actor = actor_of(request)
    register = register_for(name, actor)
    page: Page[Any] = page_of(_found(request, register, actor, query), query.cursor, query.limit)
    columns = register.columns_for(actor)
    return {"items": [document(register, row, columns) for row in page.items], "next": page.next}


@router.get("/{name}/{row}", response={200: dict[str, Any], **PROBLEMS}, operation_id="get_row")
def get_row(request: HttpRequest, response: HttpResponse, name: str, row: int) -> dict[str, Any]:
    """By its id. The answer's ETag is what If-Match of a PATCH takes. `merged_into`: the id of the row that stands
    for this one since the two were merged."""
    actor = actor_of(request)
    register = register_for(name, actor)
    found = row_of(register, actor, row)
    record = register.record(found)
    response["ETag"] = f'"{record.version}"'
    merged = merged_into(record)
    return document(register, found, register.columns_for(actor)) | {"merged_into": merged.pk if merged else None}


@router.post(
    "/{name}",
    response={201: dict[str, Any], 200: dict[str, Any], **PROBLEMS},
    operation_id="create_row",
    openapi_extra=request_body(RowSaid),
)
def create(request: HttpRequest, name: str) -> HttpResponse:
    """Enter a row."""
    actor = actor_of(request)
    register = register_for(name, actor)

    def do(said: RowSaid) -> tuple[int, dict[str, Any], int]:
        made = create_row(register, said.model_extra or {}, by=actor)
        again = row_of(register, actor, made.pk)
        return 201, document(register, again, register.columns_for(actor)), register.record(again).pk

    return carry_out(request, RowSaid, do)


@router.patch(
    "/{name}/{row}",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="change_row",
    openapi_extra=request_body(RowSaid),
)
def change(request: HttpRequest, name: str, row: int) -> HttpResponse:
    """Change what is said. If-Match: the version that was read (409 when somebody changed it meanwhile)."""
    actor = actor_of(request)
    register = register_for(name, actor)
    found, version = row_of(register, actor, row), version_in(request)

    def do(said: RowSaid) -> tuple[int, dict[str, Any], int]:
        change_row(register, found, said.model_extra or {}, by=actor, version=version)
        again = row_of(register, actor, row)
        return 200, document(register, again, register.columns_for(actor)), register.record(again).pk

    return carry_out(request, RowSaid, do)


def document(register: Register, row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    """A row as machines get it."""
    record = register.record(row)
    said = {column.name: column.kind.machine(column.value(row)) for column in columns}
    return {
        "id": row.pk,
        **said,
        "location": _location(register, row),
        "checked_at": record.checked_at,
        "checked_by": record.checked_by,
        "archived_at": record.archived_at,
        "version": record.version,
        "demo": record.demo,
    }


def version_in(request: HttpRequest) -> int:
    """Of If-Match. Raises: Invalid."""
    said = request.headers.get("If-Match", "").strip().strip('"')
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise Invalid(Fault("If-Match", _("is required: the version that was read, as in the ETag"), said[:50]))
    return int(said)


def _found(request: HttpRequest, register: Register, actor: Actor, query: RowsQuery) -> Any:
    return found_rows(register, actor, asked_by(request, register, actor, query))


def _described(register: Register, actor: Actor) -> dict[str, Any]:
    kept = {column.name for column in asked_of(register, actor, new=True)}
    return {
        "name": register.name,
        "title": str(register.title),
        "filters": ["q", "region", "state", *(one.name for one in register.filters)],
        "fields": [
            {
                "name": column.name,
                "label": str(column.label),
                "kind": column.kind.sheet,
                "kept": column.name in kept,
                "once": column.once,
                "needed": column.needed,
            }
            for column in register.columns_for(actor)
        ],
    }


def _location(register: Register, row: Row) -> dict[str, Any] | None:
    at = register.position(row) if register.position else None
    return {"latitude": at[0], "longitude": at[1], "crs": "wgs84"} if at else None


def _features(register: Register, rows: Any, columns: Sequence[Column]) -> Any:
    for row in rows:
        if at := register.position(row) if register.position else None:
            said = {column.name: column.kind.machine(column.value(row)) for column in columns}
            yield point(
                *at, id=row.pk, title=row_title(register, row), **{k: v for k, v in said.items() if k != "title"}
            )
