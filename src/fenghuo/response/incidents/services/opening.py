"""open_incident: reports become an incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.registry.numbers import take_numbers
from fenghuo.kernel.registry.places import Places, places
from fenghuo.kernel.registry.selectors import position_of
from fenghuo.kernel.registry.services import open_record
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.sensitive import sensitive_signs

from ..messages import Location
from ..models import Incident, Report
from ..positions import read_position, trusted
from .joining import admit, settle_times
from .verbs import propose_anew, tell


@transaction.atomic
def open_incident(
    reports: Sequence[Report],
    *,
    by: Actor,
    title: str = "",
    kind: str = "",
    location: Location | None = None,
    happened_at: datetime | None = None,
) -> Incident:
    """One incident of these reports; what is not given is taken from them, the first that says it counts.

    `happened_at`: when it was opened, for what is entered afterwards. Raises: NotFound, NotAllowed, Invalid,
    Conflict (a report belongs to another incident already).
    """
    require(by, "incidents.write")
    not_ahead("happened_at", happened_at)
    if not reports:
        raise Invalid(Fault("reports", _("name at least one report"), []))
    if kind and kind not in KINDS:
        raise Invalid(Fault("kind", _("is not a known kind of incident"), kind))
    told = list(Report.objects.filter(pk__in=[report.pk for report in reports]).select_related("record__region"))
    told.sort(key=lambda report: report.received_at)
    known, now = places(), timezone.now()
    kind = kind or next((report.kind for report in told if report.kind), "")
    place = _place(told, location, known)
    region = place.region or told[0].record.region
    made = open_record(
        "incident",
        title.strip()[:200] or _title(region, kind, known),
        unit=told[0].record.unit if by.unit_id is None else None,
        region=region,
        number=take_numbers("incident", "", timezone.localdate(happened_at or now), 1)[0],
        subjects=KINDS[kind].subjects if kind else (),
        exercise=any(report.record.exercise for report in told),
        demo=all(report.record.demo for report in told),
    )
    if by.unit_id is not None:
        made.unit_id = by.unit_id
        made.save(update_fields=["unit"])
    incident = Incident.objects.create(
        record=made,
        kind=kind,
        occurred_at=told[0].received_at,
        learned_at=told[0].received_at,
        address=place.address,
        latitude=place.latitude,
        longitude=place.longitude,
        approximate=place.approximate,
        opened_at=happened_at or now,
    )
    for report in told:
        admit(incident, report, by=by, at=happened_at or now)
    settle_times(incident)
    incident.sensitive = _signs(told, incident.occurred_at)
    incident.save(update_fields=["sensitive"])
    tell(
        "opened",
        incident,
        by,
        others=told,
        happened_at=happened_at,
        public={"kind": kind, "reports": [report.record.number for report in told]},
    )
    propose_anew(incident)
    return incident


@dataclass(frozen=True, slots=True)
class _Place:
    """Where it is, as far as anybody said; `approximate` when only the place is known, not the spot."""

    address: str
    latitude: float | None
    longitude: float | None
    region: Region | None
    approximate: bool = False

    @classmethod
    def of(cls, address: str, latitude: float | None, longitude: float | None, region: Region | None) -> Self:
        if latitude is None and region is not None and (seat := position_of(region)):
            return cls(address, *seat, region, approximate=True)
        return cls(address, latitude, longitude, region)


def _place(told: list[Report], location: Location | None, known: Places) -> _Place:
    if location is not None:
        position = read_position(location, known.area)
        address = location.address or ""
        found = known.region_in(address) if address else None
        region = Region.objects.get(pk=found.region_id) if found else None
        return _Place.of(address, position.latitude, position.longitude, region)
    address = next((report.address for report in told if report.address), "")
    exact = next((report for report in told if report.latitude is not None and trusted(report.marks)), None)
    named = (report.record.region for report in told if report.record.region_id not in (None, known.home_id))
    latitude, longitude = (exact.latitude, exact.longitude) if exact else (None, None)
    return _Place.of(address, latitude, longitude, next(named, None))


def _title(region: Region | None, kind: str, known: Places) -> str:
    place = spoken(region.name) if region and region.pk != known.home_id else ""
    return f"{place}{KINDS[kind].zh if kind else '情况待核'}"


def _signs(told: list[Report], occurred: datetime) -> list[dict[str, str]]:
    text = " ".join(f"{report.text} {report.address}" for report in told)
    signs = sensitive_signs(text, timezone.localdate(occurred))
    return [{"zh": sign.zh, "en": sign.en, "words": sign.words} for sign in signs]
