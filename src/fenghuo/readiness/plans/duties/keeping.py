"""Keeping Duty: made anew for the units that a change touches, in the transaction of the change."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import batched

from django.utils import timezone

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.standards.plan_duties import PlanDuty

from ..models import Duty, DutyState, Plan, PlanState, UnitDanger, UnitProfile
from .making import Asked, rules_in_force, wanted_of

CHUNK = 500
KEPT = ("who", "rules", "state", "plan", "since")
RANK = {PlanState.FILED: DutyState.FILED, PlanState.DUE: DutyState.DUE, PlanState.DRAFTED: DutyState.DRAFTED}
ORDER = list(DutyState)

type Key = tuple[int, str]  # unit, kind of plan
type Best = tuple[DutyState, int]  # state, plan


def refresh_duties(units: Collection[int]) -> None:
    """Make the duties of these units what rules, units and plans say now, inside the caller's transaction.

    The units are held meanwhile: of two changes at once the second one sees what the first one did. A handful of
    queries for 500 units.
    """
    rules = rules_in_force()
    for chunk in batched(sorted(set(units)), CHUNK, strict=False):
        held = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("record")
        _refresh(chunk, list(held.filter(pk__in=chunk).order_by("pk")), rules, timezone.now())


def _refresh(keys: Collection[int], units: list[Unit], rules: list[PlanDuty], now: datetime) -> None:
    wanted = dict(_wanted(units, rules))
    best = _best(keys)
    made, changed, gone = list[Duty](), list[Duty](), list[int]()
    for row in Duty.objects.filter(unit__in=keys):
        key = (row.unit_id, row.plan_kind)
        asked = wanted.pop(key, None)
        if asked is None:
            gone.append(row.pk)
        elif _set(row, asked, best.get(key), now):
            changed.append(row)
    for (unit, kind), asked in wanted.items():
        row = Duty(unit_id=unit, plan_kind=kind, since=now)
        _set(row, asked, best.get((unit, kind)), now)
        made.append(row)
    _store(made, changed, gone)


def _store(made: list[Duty], changed: list[Duty], gone: list[int]) -> None:
    if gone:
        Duty.objects.filter(pk__in=gone).delete()
    if len(changed) == 1:
        changed[0].save(update_fields=KEPT)
    elif changed:
        Duty.objects.bulk_update(changed, KEPT)
    if made:
        Duty.objects.bulk_create(made)


def _set(row: Duty, asked: tuple[str, str], best: Best | None, now: datetime) -> bool:
    """Whether anything became another."""
    state, plan = best if best is not None else (DutyState.NONE, None)
    if (row.who, row.rules, row.state, row.plan_id) == (*asked, state, plan):
        return False
    if row.state != state:
        row.since = now
    row.who, row.rules = asked
    row.state, row.plan_id = state, plan
    return True


def _wanted(units: list[Unit], rules: list[PlanDuty]) -> Iterator[tuple[Key, tuple[str, str]]]:
    there = [unit for unit in units if unit.valid_to is None and unit.record.archived_at is None]
    profiles, dangers = _profiles([unit.pk for unit in there if unit.kind == UnitKind.ENTERPRISE])
    for unit in there:
        if unit.record.exercise:
            continue
        sizes, found = sizes_of(profiles.get(unit.pk)), frozenset(dangers.get(unit.pk, ()))
        for plan, said in wanted_of(Asked(unit.kind, unit.name, unit.code, sizes, found), rules).items():
            yield (unit.pk, plan), said


def _profiles(enterprises: list[int]) -> tuple[dict[int, UnitProfile], dict[int, set[str]]]:
    """Profiles and dangers by unit; only enterprises are asked for them. 2 queries when there are any."""
    if not enterprises:
        return {}, {}
    dangers: dict[int, set[str]] = {}
    for unit, danger in UnitDanger.objects.filter(profile__in=enterprises).values_list("profile_id", "danger"):
        dangers.setdefault(unit, set()).add(danger)
    return {row.pk: row for row in UnitProfile.objects.filter(pk__in=enterprises)}, dangers


def sizes_of(profile: UnitProfile | None) -> frozenset[str]:
    """Words of standards.plan_duties.SIZES."""
    if profile is None:
        return frozenset({"unknown"})
    found = {profile.size or "unknown"}
    return frozenset(found | {"above_scale"}) if profile.above_scale else frozenset(found)


def _best(units: Collection[int]) -> dict[Key, Best]:
    """The plan that counts, by unit and kind: the best by state, of those the newest."""
    plans = Plan.objects.filter(record__unit__in=units, record__archived_at=None, record__exercise=False)
    found: dict[Key, Best] = {}
    rows = plans.exclude(state=PlanState.REPLACED).order_by("-pk")
    for unit, kind, state, pk in rows.values_list("record__unit_id", "kind", "state", "pk"):
        mine = (RANK[PlanState(state)], pk)
        there = found.get((unit, kind))
        if there is None or ORDER.index(mine[0]) < ORDER.index(there[0]):
            found[unit, kind] = mine
    return found
