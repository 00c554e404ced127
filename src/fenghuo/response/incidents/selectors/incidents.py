"""What may be asked of incidents; always of one actor."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.journal.models import Entry, EntryAbout
from fenghuo.kernel.journal.telling import Told, tell

from ..figures import with_merged
from ..models import Incident, IncidentState, Membership, Report, ReportState
from .casualties import casualty_count


def incidents(
    actor: Actor,
    *,
    state: str = "",
    kind: str = "",
    region: str = "",
    since: datetime | None = None,
    exercise: bool | None = None,
    text: str = "",
) -> QuerySet[Incident]:
    """The incidents this actor may see, newest first. Those that were joined to another are shown as that one."""
    require(actor, "incidents.read")
    found = Incident.objects.visible_to(actor).filter(merged_into__isnull=True)
    found = found.select_related("record__region", "record__unit").order_by("-pk")
    if state:
        found = found.filter(state__in=state.split())
    if kind:
        found = found.filter(kind=kind)
    if region:
        path = Region.objects.filter(code=region).values_list("path", flat=True).first()
        inside = Q(record__block__gte=path, record__block__lt=path + ABOVE_DIGITS) if path else Q(pk__in=[])
        found = found.filter(inside)
    if since is not None:
        found = found.filter(opened_at__gte=since)
    if exercise is not None:
        found = found.filter(record__exercise=exercise)
    if words := text.strip():
        found = found.filter(
            Q(record__number__icontains=words) | Q(record__title__icontains=words) | Q(address__icontains=words)
        )
    return found


def incident(actor: Actor, number: str) -> Incident:
    """One incident by its number; the number of one that was joined to another leads to that other.

    Raises: NotFound, also for what the actor may not see.
    """
    require(actor, "incidents.read")
    found = Incident.objects.visible_to(actor).select_related("record__region", "record__unit", "merged_into")
    one = found.filter(record__kind="incident", record__number=number.replace("\x00", "")).first()
    if one is not None and one.merged_into_id is not None:
        one = found.filter(pk=one.merged_into_id).first()
    if one is None:
        raise NotFound(_("There is no such incident, or you may not see it."))
    return one


@dataclass(frozen=True, slots=True)
class Led:
    """An incident with those that were joined to it, and how many people stand on their lists of casualties."""

    incident: Incident
    merged: list[Incident]
    casualties: int


def incident_led(actor: Actor, number: str) -> Led:
    """The incident of its page; 1 query, or 3 when the number leads to another.

    Raises: NotFound, also for what the actor may not see.
    """
    require(actor, "incidents.read")
    named = Incident.objects.visible_to(actor).filter(
        record__kind="incident", record__number=number.replace("\x00", "")
    )
    both = Incident.objects.filter(Q(pk__in=named.values("pk")) | Q(merged_into__in=named.values("pk")))
    found = list(both.select_related("record__region", "record__unit").annotate(n=casualty_count()).order_by("pk"))
    itself = next((one for one in found if one.record.number == number and one.merged_into_id is None), None)
    if itself is None:
        return incident_led(actor, incident(actor, number).record.number)
    return Led(itself, [one for one in found if one is not itself], sum(one.n for one in found))


def incident_itself(actor: Actor, number: str) -> Incident:
    """The incident of this number, not where it leads. Raises: NotFound."""
    found = Incident.objects.visible_to(actor).select_related("record")
    one = found.filter(record__kind="incident", record__number=number.strip().replace("\x00", "")).first()
    if one is None:
        raise NotFound(_("There is no such incident, or you may not see it."))
    return one


def incident_by_key(actor: Actor, pk: int) -> Incident:
    """Raises: NotFound, also for what the actor may not see."""
    require(actor, "incidents.read")
    one = Incident.objects.visible_to(actor).select_related("record").filter(pk=pk).first()
    if one is None:
        raise NotFound(_("There is no such incident, or you may not see it."))
    return one


def reports_of(found: Incident, actor: Actor, ids: Sequence[int] = ()) -> list[Report]:
    """The reports that belong to it, also through incidents joined to it, as far as this actor may see them."""
    ids = ids or with_merged(found)
    rows = Report.objects.visible_to(actor).filter(
        memberships__incident__in=ids, memberships__separated_at__isnull=True
    )
    return list(rows.select_related("record", "sender").order_by("received_at", "pk"))


def open_incidents(actor: Actor) -> QuerySet[Incident]:
    return incidents(actor, state=f"{IncidentState.OPEN} {IncidentState.CONTROLLED}")


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that happened to an incident. `public` is the entry's public part."""

    position: int
    verb: str
    incident_id: int
    number: str
    happened_at: datetime
    recorded_at: datetime
    text: str
    public: dict[str, Any]


def changes(actor: Actor, *, after: int, limit: int = 200) -> list[Changed]:
    """Entries about incidents that this actor may see, in the order of their positions; 3 queries."""
    require(actor, "incidents.read")
    seen = Incident.objects.visible_to(actor).values("pk")
    about = EntryAbout.objects.filter(place=0, record__in=seen, entry__numbered__position__gt=after)
    rows = (
        Entry.objects.filter(pk__in=about.values("entry"))
        .select_related("numbered")
        .order_by("numbered__position")[:limit]
    )
    found = list(rows)
    subjects = dict(
        EntryAbout.objects.filter(entry__in=[row.pk for row in found], place=0).values_list("entry", "record")
    )
    numbers = {
        row.pk: row.record for row in Incident.objects.filter(pk__in=set(subjects.values())).select_related("record")
    }
    return [_changed(row, subjects[row.pk], numbers[subjects[row.pk]]) for row in found]


def _changed(entry: Entry, incident_id: int, record: Any) -> Changed:
    public = json.loads(entry.text)["public"]
    return Changed(
        position=entry.numbered.position,
        verb=entry.verb,
        incident_id=incident_id,
        number=record.number,
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        text=tell(Told(entry.verb, entry.actor_label, public, (record.title,))),
        public=public,
    )


def incidents_of(reports: Iterable[Report], actor: Actor) -> dict[int, Incident]:
    """Report key → the incident that it belongs to, as far as this actor may see that; one query."""
    joined = [report.pk for report in reports if report.state == ReportState.JOINED]
    if not joined:
        return {}
    seen = Incident.objects.visible_to(actor).values("pk")
    rows = Membership.objects.filter(report__in=joined, separated_at__isnull=True, incident__in=seen)
    found = rows.select_related("incident__record", "incident__merged_into__record")
    return {row.report_id: row.incident.merged_into or row.incident for row in found}
