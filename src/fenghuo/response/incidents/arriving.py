"""How soon the county's forces could be there. Straight-line estimates until roads and teams are loaded."""

from dataclasses import dataclass

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.maps.travel import travel_times

from .models import Incident

MOST = 4


@dataclass(frozen=True, slots=True)
class Arrival:
    """`minutes`: from the place of the unit's seat, as far as that is known."""

    unit: Unit
    minutes: int


def arrivals(incident: Incident) -> list[Arrival]:
    """The nearest townships and platforms (110, 119, 120), soonest first; empty when the place is unknown. 1 query."""
    if incident.latitude is None or incident.longitude is None:
        return []
    kinds = (UnitKind.TOWNSHIP, UnitKind.PARTNER)
    units = list(
        Unit.objects.filter(kind__in=kinds, valid_to=None, region__latitude__isnull=False).select_related("region")
    )
    origins = [(unit.region.latitude or 0.0, unit.region.longitude or 0.0) for unit in units]
    times = travel_times(origins, (incident.latitude, incident.longitude))
    found = [Arrival(unit, round(time.seconds / 60)) for unit, time in zip(units, times, strict=True)]
    return sorted(found, key=lambda one: one.minutes)[:MOST]
