"""Orders about an incident: who is meant, by key, code or number; and the words of an order to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.assignments.receivers import Addressee, addressees
from fenghuo.kernel.assignments.services import Place
from fenghuo.kernel.maps.travel import travel_times
from fenghuo.readiness.teams.models import Team
from fenghuo.response.incidents.figures import by_source, standing, worst
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.words import figures_said, kind_name

from .proposing import minutes


def receivers_named(actor: Actor, named: Sequence[str | int]) -> list[Addressee]:
    """The receivers, in the order given. A unit by its code, a team by key or number, a person by key.

    Raises: Invalid, naming each that is unknown or out of reach.
    """
    keys = [_key(one) for one in named]
    found = addressees(actor, [key for key in keys if key is not None])
    faults = [
        Fault(f"to.{place}", _("there is no such unit, team or person, or not within your reach"), one)
        for place, (one, key) in enumerate(zip(named, keys, strict=True))
        if key is None or key not in found
    ]
    if faults:
        raise Invalid(*faults)
    return [found[key] for key in dict.fromkeys(keys) if key is not None]


def _key(named: str | int) -> int | None:
    """The Record's key. Codes of units may be all digits: a code is tried before a key."""
    text = str(named).strip().replace("\x00", "")[:64]
    unit = Unit.objects.filter(code=text, valid_to=None).values_list("pk", flat=True).first()
    if unit is not None:
        return unit
    numbered = Record.objects.filter(kind="team", number=text).values_list("pk", flat=True).first()
    if numbered is not None:
        return numbered
    return int(text) if text.isdecimal() and len(text) < 12 else None


@dataclass(frozen=True, slots=True)
class Way:
    """`minutes`: None where nothing is known of it or no road leads there."""

    minutes: int | None = None
    estimate: bool = True


UNKNOWN = Way()


def ways(incident: Incident, to: Sequence[Addressee]) -> list[Way]:
    """Of each receiver, in their order, as far as base and place are known."""
    if incident.latitude is None or incident.longitude is None:
        return [UNKNOWN] * len(to)
    keys = [one.record_id for one in to]
    based = Team.objects.filter(pk__in=keys, latitude__isnull=False).values_list("pk", "latitude", "longitude")
    seats = Unit.objects.filter(pk__in=keys, region__level__in=("town", "village"), region__latitude__isnull=False)
    known = [*based, *seats.values_list("pk", "region__latitude", "region__longitude")]
    origins = [(latitude or 0.0, longitude or 0.0) for _pk, latitude, longitude in known]
    times = travel_times(origins, (incident.latitude, incident.longitude), exercise=incident.record.exercise)
    found = {row[0]: Way(minutes(time.seconds), time.estimate) for row, time in zip(known, times, strict=True)}
    return [found.get(one.record_id, UNKNOWN) for one in to]


def place_of(incident: Incident) -> Place:
    region = incident.record.region
    return Place(incident.address or (region.name if region else ""), incident.latitude, incident.longitude)


def first_words(incident: Incident) -> str:
    """What the order says to begin with, in the county's language; a person changes it."""
    with translation.override(settings.LANGUAGE_CODE):
        told = figures_said(_people(worst(by_source(standing(incident)))))
        people = "、".join(f"{word} {number}" for word, number in told if number)
        where = incident.address or (incident.record.region.name if incident.record.region else "")
        what = kind_name(incident.kind) if incident.kind else _("incident")
        said = ",".join(part for part in (f"{where}{what}", people) if part)
        return _("%(what)s. Go there at once and report when you arrive.") % {"what": said}


def _people(figures: Mapping[str, int | float]) -> dict[str, int]:
    return {name: int(value) for name, value in figures.items()}
