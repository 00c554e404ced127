"""What is kept of a township or village: where it lies, how many live there. Entering it puts it into the tree."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require, sees
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.models.regions import RegionLevel
from fenghuo.kernel.journal.recording import record

from .keeping import hold_record, looked_at
from .regions import put_region, rename_region
from .texts import Text, read_texts

MOST_PEOPLE = 100_000_000
NAME = {"name": Text(80, gettext_lazy("must not be blank"))}
ABOVE = {RegionLevel.TOWN: RegionLevel.COUNTY, RegionLevel.VILLAGE: RegionLevel.TOWN}


class PlaceSaid(TypedDict, total=False):
    """What is absent is left as it is. Degrees WGS 84; `people` None: nobody knows."""

    people: int | None
    people_as_of: date | None
    longitude: float | None
    latitude: float | None


class PlaceValues(PlaceSaid, total=False):
    """What change_place may be told."""

    name: str


def may_keep_place(by: Actor, region: Region) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    if region.level not in ABOVE or region.valid_to is not None:
        return False
    return by.may("registry.manage") or (by.may("registry.keep") and by.holds(region.path))


@transaction.atomic
def enter_place(*, by: Actor, code: str, name: str, level: str, parent: Region, **said: Unpack[PlaceSaid]) -> Region:
    """A township or village, new in the tree. Raises: NotFound, NotAllowed, Invalid."""
    if by.may("registry.manage"):
        require(by, "registry.manage", parent)
    else:
        _require_entering(by, level, parent)
    texts = read_texts({"name": name}, NAME)
    above = ABOVE.get(RegionLevel(level)) if level in RegionLevel.values else None
    if above is None:
        raise Invalid(Fault("level", _("Only townships and villages are entered here."), level))
    if parent.level != above:
        wanted = _("A %(level)s lies in a %(above)s.") % {
            "level": RegionLevel(level).label,
            "above": RegionLevel(above).label,
        }
        raise Invalid(Fault("parent", wanted, parent.name))
    if parent.valid_to is not None:
        raise Invalid(Fault("parent", _("This region has already ended."), parent.name))
    region = put_region(by=by, code=code.strip(), name=texts["name"], level=level, parent=parent)
    return change_place(region, by=by, **said)


@transaction.atomic
def change_place(region: Region, *, by: Actor, version: int | None = None, **said: Unpack[PlaceValues]) -> Region:
    """Change what is given. A new name, which only an administrator gives, holds from today on.

    Raises: NotAllowed, Conflict, WrongState (ended), Invalid (a field; one of two degrees alone).
    """
    _require_keeping(by, region)
    hold_record(region.pk, version=version)
    region = Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    if region.valid_to is not None:
        raise WrongState(_("This region has already ended."))
    name = read_texts({"name": str(said.pop("name", region.name))}, NAME)["name"]
    changed = [field for field, value in said.items() if value != getattr(region, field)]
    for field in changed:
        setattr(region, field, said[field])  # type: ignore[literal-required]
    if region.people is None:
        region.people_as_of = None
    _check(region)
    if {"longitude", "latitude"} & set(changed):
        region.position_estimated = False
        record("region.placed", by, about=[region], public={"at": _at(region)})
    if changed:
        region.save(update_fields=["people", "people_as_of", "longitude", "latitude", "position_estimated"])
    if {"people", "people_as_of"} & set(changed):
        counted = {"people": region.people, "as_of": region.people_as_of}
        record("region.counted", by, about=[region], public=counted)
    if name != region.name:
        region = rename_region(region, by=by, name=name, on=timezone.localdate())
    looked_at(region.pk, by)
    return region


@transaction.atomic
def confirm_place(region: Region, *, by: Actor) -> Region:
    """Somebody has looked: what stands there is right as of now. Raises: NotAllowed, WrongState."""
    _require_keeping(by, region)
    hold_record(region.pk)
    looked_at(region.pk, by)
    record("region.confirmed", by, about=[region])
    return region


def _require_keeping(by: Actor, region: Region) -> None:
    """Everybody knows of a region (decision 3), so what is refused is not allowed, never not found."""
    if by.may("registry.manage") and sees(by, region):
        return
    require(by, "registry.keep")
    if not by.holds(region.path):
        raise NotAllowed(_("Only the authorities of a place and those above it keep what stands here."))


def _require_entering(by: Actor, level: str, parent: Region) -> None:
    require(by, "registry.keep")
    if level != RegionLevel.VILLAGE or not by.holds(parent.path):
        raise NotAllowed(_("Whoever keeps a township enters its villages; an administrator enters all the rest."))


def _at(region: Region) -> list[str]:
    """Longitude, latitude; the journal seals no floats."""
    return [] if region.longitude is None else [f"{region.longitude:.6f}", f"{region.latitude:.6f}"]


def _check(region: Region) -> None:
    if region.people is not None and not 0 <= region.people <= MOST_PEOPLE:
        allowed = _("must be a whole number from 0 to %(most)s; leave it empty when nobody knows")
        raise Invalid(Fault("people", allowed % {"most": MOST_PEOPLE}, region.people))
    for field, other, most in (("latitude", region.longitude, 90), ("longitude", region.latitude, 180)):
        value = getattr(region, field)
        if value is None and other is not None:
            raise Invalid(Fault(field, _("Longitude and latitude are given together."), ""))
        if value is not None and not -most <= value <= most:
            allowed = _("must lie between %(least)s and %(most)s")
            raise Invalid(Fault(field, allowed % {"least": -most, "most": most}, value))
