"""Where no team has what is needed, whom to telephone: departments of the line, neighbouring counties, superiors."""

from dataclasses import dataclass
from itertools import groupby, islice
from math import inf

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fenghuo.geo.cells import metres_between
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Line, Region, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry.selectors.regions import home_region
from fenghuo.response.incidents.models import Incident

MOST = 3  # of each sort, so that many of one push out no other


@dataclass(frozen=True, slots=True)
class Askable:
    """`what`: what it is to the incident, in words; `phone`: of its duty desk, "" where nobody has entered it."""

    code: str
    name: str
    what: str
    phone: str


def who_could_be_asked(incident: Incident, actor: Actor) -> list[Askable]:
    """At most MOST of each sort: departments in whose line it lies, then emergency offices of other counties, the
    nearest first, then superiors. The own unit is not among them. 2 queries.
    """
    home = home_region()
    if home is None:
        return []
    found = sorted(_units(incident, actor, home), key=lambda unit: (_rank(unit), _metres(incident, unit), unit.code))
    return [
        Askable(unit.code, unit.short_name or unit.name, _what(unit), unit.phone)
        for _sort, units in groupby(found, _rank)
        for unit in islice(units, MOST)
    ]


def _units(incident: Incident, actor: Actor, home: Region) -> list[Unit]:
    line = Line.objects.filter(unit=OuterRef("pk"), subject__in=incident.record.subject_rows.values("subject"))
    of_line = Q(Exists(line), kind=UnitKind.DEPARTMENT, region=home)
    offices = Q(kind__in=(UnitKind.EMERGENCY_OFFICE, UnitKind.SUPERIOR)) & ~Q(region__path__startswith=home.path)
    found = Unit.objects.filter(of_line | offices, valid_to=None).exclude(pk=actor.unit_id)
    return list(found.select_related("region"))


def _rank(unit: Unit) -> int:
    return (UnitKind.DEPARTMENT, UnitKind.EMERGENCY_OFFICE, UnitKind.SUPERIOR).index(UnitKind(unit.kind))


def _what(unit: Unit) -> str:
    return (_("in charge of this line"), _("another county"), _("superior"))[_rank(unit)]


def _metres(incident: Incident, unit: Unit) -> float:
    at, there = (incident.latitude, incident.longitude), (unit.region.latitude, unit.region.longitude)
    if at[0] is None or at[1] is None or there[0] is None or there[1] is None:
        return inf
    return metres_between(at[0], at[1], there[0], there[1])
