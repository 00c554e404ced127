"""close_road, change_closure, lift_closure. What is closed or slowed lies over the roads with the next question."""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.geo.drawing import SHAPES
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Region, Share, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_numbers
from fenghuo.kernel.registry.services import open_record
from fenghuo.kernel.registry.services.keeping import hold_record, looked_at
from fenghuo.standards.subjects import SUBJECTS

from ..drawn import read_drawn
from ..models import Closure
from ..rights import require_closing
from ..states import CLOSURE_STATES
from .values import ClosureValues, check, measured

NEEDED = ("where", "reason", "geometry")


@transaction.atomic
def close_road(
    *, by: Actor, happened_at: datetime | None = None, exercise: bool = False, **said: Unpack[ClosureValues]
) -> Closure:
    """Nobody drives on what the drawing meets, or only slowly, from `from_at` (or now) on.

    Every department and town sees it. `exercise`: it lies over the ways of exercises only.
    Raises: NotAllowed, Invalid.
    """
    home = _require_closing(by)
    if lacking := [name for name in NEEDED if name not in said]:
        raise Invalid(*(Fault(name, _("is required")) for name in lacking))
    now = timezone.now()
    from_at, until_at = said.get("from_at") or happened_at or now, said.get("until_at")
    check(said, from_at, until_at, now)
    effect = measured(said)
    drawn = read_drawn(said["geometry"], said.get("crs", "wgs84"), SHAPES)
    opened = open_record(
        "closure",
        said["where"].strip(),
        unit=Unit.objects.filter(pk=by.unit_id).first(),
        region=home,
        number=take_numbers("closure", "G", timezone.localdate(now), 1)[0],
        subjects=SUBJECTS,
        exercise=exercise,
        demo=by.demo,
    )
    _share_with_towns(opened, home)
    closure = Closure.objects.create(
        record=opened,
        geometry=drawn.geometry,
        marks=[doubt.as_mark() for doubt in drawn.doubts],
        reason=said["reason"].strip(),
        from_at=from_at,
        until_at=until_at,
        **effect._asdict(),
    )
    record("closure.drawn", by, about=[closure], happened_at=happened_at, public=_told(closure))
    return closure


@transaction.atomic
def change_closure(
    closure: Closure, *, by: Actor, version: int | None = None, **said: Unpack[ClosureValues]
) -> Closure:
    """Change what is given and leave the rest. `version`: refuse when it is no longer at it.

    Raises: NotFound, NotAllowed, Conflict, WrongState (lifted), Invalid.
    """
    closure, opened = _begin(closure, "change", by=by, version=version)
    check(said, said.get("from_at", closure.from_at), said.get("until_at", closure.until_at), timezone.now())
    before = _values(closure)
    closure.effect, closure.factor, closure.depth_cm = measured(said, closure)
    if "geometry" in said:
        drawn = read_drawn(said["geometry"], said.get("crs", "wgs84"), SHAPES)
        closure.geometry, closure.marks = drawn.geometry, [doubt.as_mark() for doubt in drawn.doubts]
    opened.title = said.get("where", opened.title).strip()
    closure.reason = said.get("reason", closure.reason).strip()
    closure.from_at = said.get("from_at", closure.from_at)
    closure.until_at = said.get("until_at", closure.until_at)
    closure.record = opened
    changed = sorted(name for name, value in _values(closure).items() if before[name] != value)
    if not changed:
        return closure
    opened.save(update_fields=["title"])
    closure.save(update_fields=["geometry", "marks", "reason", "from_at", "until_at", "effect", "factor", "depth_cm"])
    looked_at(closure.pk, by)
    record("closure.changed", by, about=[closure], public=_told(closure) | {"fields": changed})
    return closure


@transaction.atomic
def lift_closure(closure: Closure, *, by: Actor, happened_at: datetime | None = None) -> Closure:
    """One may drive there again. Raises: NotFound, NotAllowed, WrongState (lifted already)."""
    closure, _opened = _begin(closure, "lift", by=by)
    now = timezone.now()
    closure.lifted_at, closure.lifted_by = min(happened_at or now, now), by.label[:200]
    closure.save(update_fields=["lifted_at", "lifted_by"])
    looked_at(closure.pk, by)
    record("closure.lifted", by, about=[closure], happened_at=happened_at, public={"where": closure.record.title})
    return closure


def _begin(closure: Closure, verb: str, *, by: Actor, version: int | None = None) -> tuple[Closure, Record]:
    require(by, "closures.write", closure)
    _require_closing(by)
    opened = hold_record(closure.pk, version=version)
    closure = Closure.objects.select_related("record__unit").get(pk=closure.pk)
    CLOSURE_STATES.check(closure.standing_at(timezone.now()), verb)
    return closure, opened


def _require_closing(by: Actor) -> Region:
    """The county. Raises: NotAllowed."""
    require(by, "closures.write")
    return require_closing(by)


def _share_with_towns(opened: Record, home: Region) -> None:
    """Who drives in a town must know which roads of the county are closed; towns see their own block only."""
    towns = Unit.objects.filter(kind=UnitKind.TOWNSHIP, region__path__startswith=home.path, valid_to=None)
    Share.objects.bulk_create([Share(record=opened, unit=town, why="closure") for town in towns])


def _values(closure: Closure) -> dict[str, object]:
    names = ("geometry", "reason", "from_at", "until_at", "effect", "factor", "depth_cm")
    return {"where": closure.record.title} | {name: getattr(closure, name) for name in names}


def _told(closure: Closure) -> dict[str, object]:
    until = closure.until_at
    return {
        "where": closure.record.title,
        "reason": closure.reason,
        "from": timezone.localtime(closure.from_at).isoformat(),
        "until": timezone.localtime(until).isoformat() if until else None,
        "effect": closure.effect,
        "factor": str(closure.factor) if closure.factor is not None else None,
        "depth_cm": closure.depth_cm,
    }
