"""What every change in a register begins and ends with: who may keep it, the row as it is now, and who looked at it."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Unit


class Change[T](NamedTuple):
    """What is said of a row that is there; `version`: the one that the change was made upon."""

    row: T
    version: int | None
    said: Mapping[str, object]


def keeps(by: Actor, unit: Unit) -> bool:
    """What belongs to a unit is kept by that unit and by the authorities above it in the block; others only read.

    Where the thing lies does not matter: a street office does not keep the county's fire brigade.
    """
    if by.is_system or unit.pk == by.unit_id:
        return True
    return by.holds(unit.region.path)


def require_keeping(by: Actor, action: str, unit: Unit) -> None:
    """Raises: NotAllowed."""
    require(by, action)
    if not keeps(by, unit):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))


def require_unit(by: Actor, unit: Unit, seen: Collection[int] | None = None) -> None:
    """An administrator keeps the people of every unit he sees; others those of their own unit and of those below.

    `seen`: as in `require`. Raises: NotFound, NotAllowed.
    """
    if by.may("registry.manage"):
        require(by, "registry.manage", unit, seen=seen)
        return
    require(by, "registry.keep", unit, seen=seen)
    if not keeps(by, unit):
        raise NotAllowed(_("Only the unit itself and the authorities above it keep its people."))


def hold_records(keys: Iterable[int]) -> dict[int, Record]:
    """The records by their keys, held until the transaction ends, always in the same order."""
    held = Record.objects.select_for_update(of=("self",)).prefetch_related("unit__region", "region").order_by("pk")
    return {record.pk: record for record in held.filter(pk__in=set(keys))}


def hold_record(pk: int, *, version: int | None = None, archived: bool = False) -> Record:
    """The record, held until the transaction ends.

    Raises: Conflict, WrongState (see `require_version`).
    """
    held = Record.objects.select_for_update(of=("self",)).select_related("unit__region", "region").get(pk=pk)
    return require_version(held, version, archived=archived)


def require_version(held: Record, version: int | None, *, archived: bool = False) -> Record:
    """`version`: the one that the change was made upon.

    Raises: Conflict (changed meanwhile), WrongState (archived, or not).
    """
    if version is not None and version != held.version:
        raise Conflict(_("Somebody changed this meanwhile. Look at it as it is now, then change it again."))
    if (held.archived_at is not None) != archived:
        raise WrongState(_("It is in the archive.") if not archived else _("It is not in the archive."))
    return held


def looked_at(pk: int, by: Actor) -> None:
    """Count a change, and note that this actor looked at the whole row now."""
    looked_at_all([pk], by)


def looked_at_all(keys: Iterable[int], by: Actor) -> None:
    looked = Record.objects.filter(pk__in=list(keys))
    looked.update(version=F("version") + 1, checked_at=timezone.now(), checked_by=by.label[:200])
