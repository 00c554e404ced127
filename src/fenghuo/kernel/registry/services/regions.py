"""The region tree: by parent, with validity and former names."""

from datetime import date
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Region
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.region_codes import check_region_code

from .names import end_name, keep_name
from .records import open_record


class RegionSaid(TypedDict):
    """Positions are WGS 84 degrees; `people` None: nobody has said how many live there; `boundary`: GeoJSON."""

    level: str
    latitude: NotRequired[float | None]
    longitude: NotRequired[float | None]
    position_estimated: NotRequired[bool]
    code_invented: NotRequired[bool]
    people: NotRequired[int | None]
    people_as_of: NotRequired[date | None]
    boundary: NotRequired[str]
    valid_from: NotRequired[date | None]
    valid_to: NotRequired[date | None]


@transaction.atomic
def create_region(
    *, by: Actor, code: str, name: str, parent: Region | None, demo: bool = False, **said: Unpack[RegionSaid]
) -> Region:
    """Add a node below `parent`. Raises: NotAllowed, Invalid (code malformed or taken)."""
    require(by, "registry.manage", parent)
    return put_region(by=by, code=code, name=name, parent=parent, demo=demo, **said)


def put_region(
    *, by: Actor, code: str, name: str, parent: Region | None, demo: bool = False, **said: Unpack[RegionSaid]
) -> Region:
    """As create_region, for who was found to be allowed. Raises: Invalid (code malformed or taken)."""
    try:
        check_region_code(code)
    except ValueError as error:
        raise Invalid(Fault("code", str(error), code)) from error
    if Region.objects.filter(code=code).exists():
        raise Invalid(Fault("code", _("This code is already in use."), code))
    opened = open_record("region", name, number=code, demo=demo or by.demo)
    region = Region.objects.create(record=opened, code=code, name=name, parent=parent, path=_next_path(parent), **said)
    Record.objects.filter(pk=opened.pk).update(region=region, block=region.path)
    keep_name(opened, name, valid_from=region.valid_from, valid_to=region.valid_to)
    record("region.created", by, about=[region], public={"code": code, "name": name})
    return region


@transaction.atomic
def rename_region(region: Region, *, by: Actor, name: str, code: str | None = None, on: date) -> Region:
    """A new name (and code, when it changed too); the old ones still find the place."""
    require(by, "registry.manage", region)
    region = Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    old_name, old_code = region.name, region.code
    end_name(region.record, on, code=old_code)
    region.name, region.code = name, code or old_code
    region.save(update_fields=["name", "code"])
    Record.objects.filter(pk=region.pk).update(title=name, number=region.code)
    keep_name(region.record, name, valid_from=on)
    record("region.renamed", by, about=[region], public={"from": old_name, "to": name, "from_code": old_code})
    return region


@transaction.atomic
def move_region(region: Region, *, by: Actor, parent: Region) -> Region:
    """Put a region, with all below it, under another parent; every record in it moves along."""
    require(by, "registry.manage", region)
    region = Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    if parent.path.startswith(region.path):
        raise Invalid(Fault("parent", _("A region cannot lie inside itself."), parent.name))
    old, new = region.path, _next_path(parent)
    Region.objects.filter(pk=region.pk).update(parent=parent)
    inside = {"path__gte": old, "path__lt": old + ABOVE_DIGITS}
    Region.objects.filter(**inside).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    Record.objects.filter(block__gte=old, block__lt=old + ABOVE_DIGITS).update(
        block=Concat(Value(new), Substr(F("block"), len(old) + 1))
    )
    record("region.moved", by, about=[region, parent])
    region.refresh_from_db()
    return region


@transaction.atomic
def end_region(region: Region, *, by: Actor, on: date, successor: Region | None = None) -> Region:
    """The region is no more (merged, dissolved); what happened in it stays where it was."""
    require(by, "registry.manage", region)
    region = Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    if region.valid_to is not None:
        raise WrongState(_("This region has already ended."))
    region.valid_to, region.successor = on, successor
    region.save(update_fields=["valid_to", "successor"])
    about = [region] if successor is None else [region, successor]
    record("region.ended", by, about=about, public={"on": on})
    return region


def _next_path(parent: Region | None) -> str:
    """Locks the siblings' parent so that two children never get one path."""
    if parent is not None:
        parent = Region.objects.select_for_update(of=("self",)).get(pk=parent.pk)
    above = parent.path if parent else ""
    last = Region.objects.filter(path__startswith=above, parent=parent).order_by("-path").values_list("path").first()
    # Moved-away children leave their number unused: the highest one given is what counts.
    number = int(last[0][-PATH_STEP:]) + 1 if last else 1
    if number >= 10**PATH_STEP:
        raise Invalid(Fault("parent", _("Too many regions below this one."), above))
    return f"{above}{number:0{PATH_STEP}d}"
