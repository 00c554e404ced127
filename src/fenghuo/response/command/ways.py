"""Who would be there first, and along which way: what the panel of ways begins with."""

from dataclasses import dataclass

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.travel import travel_times
from fenghuo.readiness.teams.selectors import teams
from fenghuo.response.incidents.models import Incident

from .proposing import minutes

FIRST = 8


@dataclass(frozen=True, slots=True)
class FromTeam:
    """`minutes`: None where no road leads from the team's base to the place."""

    name: str
    number: str
    latitude: float
    longitude: float
    minutes: int | None
    estimate: bool


def first_teams(incident: Incident, actor: Actor, most: int = FIRST, mode: str = "truck") -> list[FromTeam]:
    """The quickest, whatever they can do and whether or not they are free; 1 query and that of the closures."""
    if incident.latitude is None or incident.longitude is None:
        return []
    based = teams(actor).filter(latitude__isnull=False, longitude__isnull=False)
    known = based.values_list("record__title", "record__number", "latitude", "longitude")
    rows = [(name, number, latitude or 0.0, longitude or 0.0) for name, number, latitude, longitude in known]
    at, exercise = (incident.latitude, incident.longitude), incident.record.exercise
    times = travel_times([(row[2], row[3]) for row in rows], at, mode, exercise=exercise)
    found = sorted(zip(rows, times, strict=True), key=lambda one: (one[1].seconds is None, one[1].seconds or 0.0))
    return [FromTeam(*row, minutes(time.seconds), time.estimate) for row, time in found[:most]]
