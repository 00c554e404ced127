"""Workbooks for machines (interfaces.md, Registers). Mounted before the rooms' own routers: no room replaces these."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema, UploadedFile

from fenghuo.kernel.access.errors import Conflict, Fault, Invalid
from fenghuo.kernel.web.downloads import XLSX, download
from fenghuo.kernel.web.machine.doing import actor_of
from fenghuo.kernel.web.machine.once import check_key
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from ..exporting import file_name, write_rows
from ..finding import register_for
from ..models import Import, ImportState
from ..queries import RowsQuery, asked_by
from . import services
from .applying import apply_for
from .handing import marked_copy
from .reading import read_here
from .selectors import import_of, problems, progress
from .whose import require_importing

router = Router(tags=["registers"])
PROBLEMS_MOST = 1000
LONGEST_S = 20.0  # the worker goes on with what has not gone in by then

BLANK = {"sheet": "", "row": 0, "cell": "", "field": "", "heading": "", "given": "", "message": "", "weight": "error"}


class ImportQuery(Schema):
    """`check`: read and try everything, store nothing."""

    check: bool = False


class ProblemOut(Schema):
    """`weight`: an error keeps its row out; a warning says what was taken, and how."""

    sheet: str
    row: int
    cell: str
    field: str
    heading: str
    given: str
    message: str
    weight: str


class ColumnOut(Schema):
    """A heading and what it was taken for; `column` empty and `state` unknown or ambiguous: nobody knows."""

    heading: str
    state: str
    column: str


class ImportOut(Schema):
    """`new`, `changed`, `unchanged`, `wrong`: rows; `repeated`: said before in the same file; `others`: rows of the
    sheets that are no records. `created`, `stored`, `refused`: what has gone in, and what was refused then;
    `waiting`: what has not gone in yet. `errors`: at most 1000 of them, all stand in the workbook.
    """

    id: int
    state: str
    check: bool
    rows: int
    good: int
    new: int
    changed: int
    unchanged: int
    wrong: int
    repeated: int
    others: int
    created: int
    stored: int
    refused: int
    waiting: int
    errors: list[ProblemOut]
    notes: list[ProblemOut]
    columns: list[ColumnOut]
    workbook: str | None


@router.get(
    "/{name}.xlsx",
    response=PROBLEMS,
    operation_id="register_workbook",
    openapi_extra={"responses": {200: {"description": "The workbook", "content": {"application/octet-stream": {}}}}},
)
def register_workbook(request: HttpRequest, name: str, query: Query[RowsQuery]) -> HttpResponse:
    """The rows with the same filters as the list, under the headings that an import accepts."""
    actor = actor_of(request)
    register = register_for(name, actor)
    rows = write_rows(register, actor, asked_by(request, register, actor, query))
    return download(rows, XLSX, file_name(register))


@router.post("/{name}/import", response={200: ImportOut, **PROBLEMS}, operation_id="import_into_register")
def import_into_register(
    request: HttpRequest, name: str, file: File[UploadedFile], query: Query[ImportQuery]
) -> dict[str, Any]:
    """Read a workbook (.xlsx, .xls, .csv) and let its right rows go in; with `check` only say what would happen.

    The same file again changes nothing.
    """
    actor = actor_of(request)
    register = register_for(name, actor)
    require_importing(actor, register)
    key = check_key(request.headers.get("Idempotency-Key")) or ""
    digest = services.digest_of(file.read(), request.path, str(query.check))
    file.seek(0)
    if key and (before := Import.objects.filter(token=actor.machine, key=key).first()):
        if before.digest != digest:
            raise Conflict(
                _("This Idempotency-Key was used before with other content. Use a new key for a new request.")
            )
        return document(before, check=query.check)
    brought = services.bring(register, file.chunks(), file.name or "", by=actor, key=key, digest=digest, here=True)
    brought = read_here(brought)
    if brought.state == ImportState.REFUSED:
        words = " ".join(str(one["message"]) for one in brought.problems)
        services.close(brought, by=actor)
        Import.objects.filter(pk=brought.pk).update(key="")
        raise Invalid(Fault("file", words, brought.name))
    if not query.check:
        services.apply(brought, by=actor)
        apply_for(brought.pk, LONGEST_S)
        brought.refresh_from_db()
    return document(brought, check=query.check)


@router.get("/{name}/imports/{int:pk}", response={200: ImportOut, **PROBLEMS}, operation_id="get_import")
def get_import(request: HttpRequest, name: str, pk: int) -> dict[str, Any]:
    """How far it is."""
    actor = actor_of(request)
    register_for(name, actor)
    brought = import_of(actor, name, pk)
    return document(brought, check=brought.state == ImportState.CHECKED)


@router.get(
    "/{name}/imports/{int:pk}/workbook.xlsx",
    response=PROBLEMS,
    operation_id="get_marked_workbook",
    openapi_extra={"responses": {200: {"description": "The workbook", "content": {"application/octet-stream": {}}}}},
)
def get_marked_workbook(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The sender's own workbook, with the wrong cells coloured and a sentence in each."""
    return marked_copy(actor_of(request), name, pk)


def document(brought: Import, *, check: bool) -> dict[str, Any]:
    counts, done = brought.counts, progress(brought)
    whole = [{**BLANK, **one} for one in brought.problems]
    rows = problems(brought, PROBLEMS_MOST)
    kept = brought.state not in (ImportState.CLOSED, ImportState.REFUSED)
    return {
        "id": brought.pk,
        "state": brought.state,
        "check": check,
        **{
            name: counts.get(name, 0) for name in ("rows", "new", "changed", "unchanged", "wrong", "repeated", "others")
        },
        "good": sum(counts.get(name, 0) for name in ("new", "changed", "unchanged")),
        "created": done["created"],
        "stored": done["created"] + done["changed"],
        "refused": done["refused"],
        "waiting": done["waiting"],
        "errors": [one for one in whole if one["weight"] == "error"] + rows,
        "notes": [one for one in whole if one["weight"] != "error"],
        "columns": [
            {"heading": one["text"], "state": one["state"], "column": one["column"]} for one in brought.headings
        ],
        "workbook": f"/api/v1/registers/{brought.register}/imports/{brought.pk}/workbook.xlsx" if kept else None,
    }
