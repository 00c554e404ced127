"""The journal for machines (interfaces.md, scope journal.read): what happened to what their unit sees, by position."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.lines import Shown
from fenghuo.kernel.journal.naming import verbs_meant
from fenghuo.kernel.journal.reach import Reach, reach_of
from fenghuo.kernel.journal.searching import entries_after, records_meant
from fenghuo.kernel.journal.wanted import Wanted

from .machine.cursors import LARGEST_KEY
from .machine.doing import actor_of
from .machine.messages import FIRST_YEAR, LAST_YEAR, example
from .machine.schemas import PROBLEMS

PREFIX = "/journal"
router = Router(tags=["journal"])


class SentenceOut(Schema):
    zh: str
    en: str


class AboutOut(Schema):
    id: int
    kind: str
    number: str
    exercise: bool


class EntryOut(Schema):
    """`actor`: unit and post, never a name. `about`: the records it is about that the token may see, the subject
    first."""

    position: int
    verb: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    sentence: SentenceOut
    about: list[AboutOut]


class EntriesOut(Schema):
    """`next`: the position to ask after next time. An answer may be shorter than `limit`, or empty, while there is more
    to come: the end is reached when `next` is what was asked for."""

    model_config = example(
        items=[
            {
                "position": 4711,
                "verb": "incident.report_joined",
                "happened_at": "2026-05-12T03:05:00+08:00",
                "recorded_at": "2026-05-12T03:05:00+08:00",
                "actor": "鄠邑区应急管理局 值班员",
                "sentence": {
                    "zh": "接报 R20260512-0012(120)并入",
                    "en": "Report R20260512-0012 from 120 joined",
                },
                "about": [{"id": 205, "kind": "incident", "number": "20260512-0003", "exercise": False}],
            }
        ],
        next=4711,
    )

    items: list[EntryOut]
    next: int


class EntriesQuery(Schema):
    """`about`: number or key of a record. `verb`: a verb, or the part before its dot for all of them. `unit`: code of
    the unit that acted. `from`, `to`: when it was recorded; `from` belongs to the span, `to` no longer does."""

    after: Annotated[int, Field(ge=0, le=LARGEST_KEY)] = 0
    about: Annotated[str, Field(max_length=64)] = ""
    verb: Annotated[str, Field(max_length=64)] = ""
    unit: Annotated[str, Field(max_length=32)] = ""
    since: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: Annotated[AwareDatetime | None, Field(alias="to")] = None
    limit: Annotated[int, Field(ge=1, le=500)] = 200


@router.get("", response={200: EntriesOut, **PROBLEMS}, operation_id="journal_entries", by_alias=True)
def journal_entries(request: HttpRequest, query: Query[EntriesQuery]) -> dict[str, Any]:
    """What was done, in the order of the journal's positions, as far as this token may see what it was done to. Ask
    again with `after` set to the last `next`. Personal values are never part of it."""
    actor = actor_of(request)
    require(actor, "journal.search")
    reach = reach_of(actor)
    shown, following = entries_after(reach, _wanted(reach, query), query.after, query.limit)
    return {"items": [_document(one) for one in shown], "next": following}


def _wanted(reach: Reach, query: EntriesQuery) -> Wanted:
    """Raises: Invalid, naming every field that is wrong."""
    faults: list[Fault] = []
    verbs: tuple[str, ...] = ()
    records: tuple[int, ...] = ()
    unit = None
    try:
        verbs = verbs_meant(query.verb) if query.verb else ()
    except Invalid as unknown:
        faults += unknown.faults
    try:
        records = records_meant(reach, query.about) if query.about else ()
    except Invalid as unknown:
        faults += unknown.faults
    if query.unit:
        unit = Unit.objects.filter(code=query.unit).values_list("pk", flat=True).first()
        if unit is None:
            faults.append(Fault("unit", _("There is no unit with this code."), query.unit))
    for name, moment in (("from", query.since), ("to", query.until)):
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            faults.append(Fault(name, _("year must lie between 1900 and 2200"), moment.isoformat()))
    if query.since and query.until and query.until <= query.since:
        faults.append(Fault("to", _("must lie after `from`"), query.until.isoformat()))
    if faults:
        raise Invalid(*faults, message=_("Nothing was searched. Correct the fields named and ask again."))
    return Wanted(verbs=verbs, unit=unit, since=query.since, until=query.until, records=records)


def _document(one: Shown) -> dict[str, Any]:
    line = one.line
    with translation.override("zh-hans"):
        zh = line.told_anew()
    with translation.override("en"):
        en = line.told_anew()
    return {
        "position": line.position,
        "verb": line.verb,
        "happened_at": line.happened_at,
        "recorded_at": line.recorded_at,
        "actor": line.entry.actor_label,
        "sentence": {"zh": zh, "en": en},
        "about": [
            {"id": record.pk, "kind": record.kind, "number": record.number, "exercise": record.exercise}
            for record in one.about
        ],
    }
