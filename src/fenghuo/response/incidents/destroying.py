"""What reports, incidents and unreadable messages hold of people. Kind, times, region, level and figures stay."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add, not_destroyed
from fenghuo.kernel.registry.selectors import position_of

from .models import (
    Casualty,
    Draft,
    Incident,
    IncidentState,
    Membership,
    Note,
    Quarantined,
    Report,
    ReportState,
    Supplement,
)

SETTLED = (ReportState.DISMISSED, ReportState.HANDED_OVER)
GONE = "destroyed "
NOBODY: dict[str, Any] = {"caller_name": "", "caller_phone": "", "digest": "", "cell": None}
UNSAID: dict[str, Any] = {"text": "", "address": "", "latitude": None, "longitude": None, "extra": {}}


def _held(records: Keys) -> Counts:
    return {
        "calls": Report.objects.filter(record__in=records).exclude(text="").count(),
        "supplements": Supplement.objects.filter(report__in=records).exclude(text="", address="").count(),
        "incidents": Incident.objects.filter(record__in=records).exclude(summary="", address="").count(),
        "notes": Note.objects.filter(incident__in=records).exclude(text="").count(),
        "casualties": Casualty.objects.filter(incident__in=records).count(),
        "drafts": Draft.objects.filter(key__in=_numbers(records)).count(),
        "unreadable": Quarantined.objects.filter(record__in=records).exclude(digest__startswith=GONE).count(),
    }


def _remove(records: Keys, _order: int) -> Counts:
    """A few statements where there is little to do, however many records: the write lock is held meanwhile."""
    counts = _remove_calls(records)
    incidents = list(Incident.objects.filter(record__in=records).select_related("record__region"))
    if incidents:
        ours = [incident.pk for incident in incidents]
        counts["notes"] = Note.objects.filter(incident__in=ours).exclude(text="").update(text="")
        counts["casualties"] = Casualty.objects.filter(incident__in=ours).delete()[0]
        counts["incidents"] = len(incidents)
        for incident in incidents:
            _forget_place(incident)
    for kept in Quarantined.objects.filter(record__in=records):
        kept.body, kept.faults, kept.note, kept.content_type = b"", [], "", ""
        kept.digest = f"{GONE}{kept.pk}"  # unique beside its token
        kept.save(update_fields=["body", "faults", "note", "content_type", "digest"])
        counts["unreadable"] = counts.get("unreadable", 0) + 1
    return counts


def _remove_calls(records: Keys) -> dict[str, int]:
    numbers = _numbers(records)
    if not numbers:
        return {}
    calls = Report.objects.filter(record__in=records)
    for report in calls.exclude(marks=[]).only("marks"):
        Report.objects.filter(pk=report.pk).update(marks=_without_places(report.marks))
    supplements = Supplement.objects.filter(report__in=records)
    for supplement in supplements.exclude(marks=[]).only("marks"):
        Supplement.objects.filter(pk=supplement.pk).update(marks=_without_places(supplement.marks))
    return {
        "drafts": Draft.objects.filter(key__in=numbers).delete()[0],
        "supplements": supplements.update(**UNSAID),
        # The sender's number is unique beside the sender.
        "calls": calls.update(**UNSAID, **NOBODY, source_id=Concat(Value(GONE), Cast("pk", CharField()))),
    }


def _forget_place(incident: Incident) -> None:
    """An incident stays on the map as far as its region tells: that is what figures by place are made of."""
    seat = position_of(incident.record.region) if incident.record.region else None
    incident.latitude, incident.longitude = seat or (None, None)
    incident.approximate = seat is not None
    incident.address = incident.summary = incident.level_basis = ""
    incident.sensitive = [sign | {"words": ""} for sign in incident.sensitive]
    incident.save(
        update_fields=["latitude", "longitude", "approximate", "address", "summary", "level_basis", "sensitive"]
    )


def _without_places(marks: list[dict[str, object]]) -> list[dict[str, object]]:
    """That a call came late is no secret; where it may have come from is."""
    return [mark for mark in marks if set(mark) == {"mark"}]


def _numbers(records: Keys) -> list[str]:
    """A draft bears the number that its call got: one that was left over holds the same words."""
    return list(Report.objects.filter(record__in=records).values_list("source_id", flat=True))


def _belongs(records: Keys) -> Iterable[int]:
    standing = Membership.objects.filter(incident__in=records, separated_at__isnull=True)
    merged = Incident.objects.filter(merged_into__in=records)
    return [*standing.values_list("report_id", flat=True), *merged.values_list("pk", flat=True)]


def _owners(records: Keys) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    standing = Membership.objects.filter(report__in=records, separated_at__isnull=True)
    merged = Incident.objects.filter(record__in=records, merged_into__isnull=False)
    for one, owner in (
        *standing.values_list("report_id", "incident_id"),
        *merged.values_list("pk", "merged_into_id"),
    ):
        if owner is not None:
            found.setdefault(one, []).append(owner)
    return found


def _obstacles(records: Keys, held: bool) -> dict[int, str]:
    """What is open, and what belongs to something open, stays: also what came there after an order was confirmed."""
    found: dict[int, str] = {}
    for pk, state, merged_state in _held_rows(Incident, records, held).values_list("pk", "state", "merged_into__state"):
        if state != IncidentState.CLOSED:
            found[pk] = "not_closed"
        elif merged_state not in (None, IncidentState.CLOSED):
            found[pk] = "merged_open"
    reports = dict(_held_rows(Report, records, held).values_list("pk", "state"))
    for pk in _in_open_incidents(list(reports)):
        found[pk] = "incident_open"
    found |= {pk: "not_decided" for pk, state in reports.items() if state == ReportState.NEW}
    unread = _held_rows(Quarantined, records, held).filter(settled_at__isnull=True)
    return found | dict.fromkeys(unread.values_list("pk", flat=True), "not_looked_at")


def _held_rows[M: Model](model: type[M], records: Keys, held: bool) -> QuerySet[M]:
    rows = model._default_manager.filter(pk__in=records)
    return rows.select_for_update(of=("self",)) if held else rows


def _in_open_incidents(reports: list[int]) -> Iterable[int]:
    if not reports:
        return ()
    standing = Membership.objects.filter(report__in=reports, separated_at__isnull=True)
    closed = IncidentState.CLOSED
    return standing.filter(
        ~Q(incident__state=closed) | Q(incident__merged_into__isnull=False) & ~Q(incident__merged_into__state=closed)
    ).values_list("report_id", flat=True)


def _due_incidents(before: datetime) -> Iterable[int]:
    closed = Incident.objects.filter(not_destroyed("record"), state=IncidentState.CLOSED, closed_at__lt=before)
    return closed.filter(merged_into__isnull=True).order_by("closed_at", "pk").values_list("pk", flat=True).iterator()


def _due_reports(before: datetime) -> Iterable[int]:
    """Calls that led to no incident. Their time begins when they were recorded: when they were settled is no column."""
    settled = Report.objects.filter(not_destroyed("record"), state__in=SETTLED, recorded_at__lt=before)
    return settled.order_by("recorded_at", "pk").values_list("pk", flat=True).iterator()


def _due_unreadable(before: datetime) -> Iterable[int]:
    settled = Quarantined.objects.filter(not_destroyed("record"), settled_at__lt=before)
    return settled.order_by("settled_at", "pk").values_list("pk", flat=True).iterator()


def _sweep_drafts(before: datetime) -> int:
    """Calls that somebody began to type and never put on record."""
    count, _by_model = Draft.objects.filter(saved_at__lt=before).delete()
    return count


add(
    Room(
        name="incidents",
        things={
            "calls": _("calls: words, caller, place"),
            "supplements": _("later facts of calls"),
            "incidents": _("incidents: place and summary"),
            "notes": _("notes by hand"),
            "casualties": _("casualties by name"),
            "drafts": _("drafts of calls"),
            "unreadable": _("unreadable messages"),
        },
        held=_held,
        remove=_remove,
        kinds=("incident", "report", "quarantined"),
        belongs=_belongs,
        owners=_owners,
        obstacles=_obstacles,
        reasons={
            "not_closed": _("the incident is not closed"),
            "incident_open": _("it belongs to an incident that is not closed"),
            "merged_open": _("it was joined to an incident that is not closed"),
            "not_decided": _("nobody has decided on the report yet"),
            "not_looked_at": _("nobody has dealt with the message yet"),
        },
        due={"incident": _due_incidents, "report": _due_reports, "quarantined": _due_unreadable},
        sweeps={"draft": _sweep_drafts},
    )
)
