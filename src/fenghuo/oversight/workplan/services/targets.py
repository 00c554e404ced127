"""add_target, change_target, withdraw_target. In force nothing is overwritten: a change ends one and makes the next."""

from datetime import datetime
from typing import Unpack, cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, WrongState
from fenghuo.kernel.journal.recording import record

from ..models import Clause, Every, Part, PlanState, Quota, Target, TargetUnit, WorkPlan
from ..scopes import named_in
from .keeping import begin, keeper_of, reason_given
from .values import TargetValues, check_target

NEEDED = ("title", "due")
PLAIN = ("key", "title", "measure", "together", "quota", "quota_kind", "every", "due", "weight", "block")


@transaction.atomic
def add_target(
    clause: Clause, *, by: Actor, reason: str = "", nobody_yet: bool = False, **said: Unpack[TargetValues]
) -> Target:
    """At the end of its clause. `nobody_yet`: those named who have to reach it are not here; it may stand all the same.

    Raises: NotFound, NotAllowed, WrongState, Invalid, Conflict (the key is there).
    """
    held = begin(clause.plan, "change", by=by)
    _still_there(clause)
    if lacking := [name for name in NEEDED if name not in said]:
        raise Invalid(*(Fault(name, _("is required")) for name in lacking))
    place = (Target.objects.filter(clause=clause).aggregate(last=Max("place"))["last"] or 0) + 1
    values = defaults(clause.number, place) | said
    in_force = held.state == PlanState.IN_FORCE
    check_target(values, year=held.year, now_due=in_force, nobody_yet=nobody_yet)
    why = reason_given(held, reason)
    made = _make(clause, place, values, why, since=timezone.now() if in_force else None)
    record("workplan.target_added", by, about=_about(held, values), public={"target": _said(made), "reason": why})
    return made


@transaction.atomic
def change_target(target: Target, *, by: Actor, reason: str = "", **said: Unpack[TargetValues]) -> Target:
    """What is given. Of a plan in force the new wording holds from now; the old one stays for the days before.

    Raises: NotFound, NotAllowed, WrongState (no longer in force), Invalid, Conflict.
    """
    held = begin(target.clause.plan, "change", by=by)
    target = _held(target)
    before = values_of(target)
    values = cast(TargetValues, {**before, **said})
    in_force = held.state == PlanState.IN_FORCE
    nobody = not before["kinds"] and not before["units"]  # as it was loaded
    check_target(values, year=held.year, now_due=in_force and values["due"] != before["due"], nobody_yet=nobody)
    why = reason_given(held, reason)
    changed = sorted(name for name in said if values[name] != before[name])  # type: ignore[literal-required]
    if not changed:
        return target
    if in_force:
        now = timezone.now()
        Target.objects.filter(pk=target.pk).update(until=now)
        made = _make(target.clause, target.place, values, why, since=now, replaces=target)
    else:
        target.open_points = []  # somebody has looked at it
        made = _put(target, values)
    public = {"target": _said(made), "reason": why, "fields": changed} | _figures(before, values)
    record("workplan.target_changed", by, about=_about(held, values), public=public)
    return made


@transaction.atomic
def withdraw_target(target: Target, *, by: Actor, reason: str = "") -> Target:
    """It asks nothing any more; for the days before it stays. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    held = begin(target.clause.plan, "change", by=by)
    target = _held(target)
    why, values, said = reason_given(held, reason), values_of(target), _said(target)
    if held.state == PlanState.DRAFT:
        target.delete()
    else:
        target.until, target.reason = timezone.now(), why
        target.save(update_fields=["until", "reason"])
    record("workplan.target_withdrawn", by, about=_about(held, values), public={"target": said, "reason": why})
    return target


def values_of(target: Target) -> TargetValues:
    """As change_target takes them. `target` with block and NAMED read, else queries."""
    named = named_in(target)
    return TargetValues(
        key=target.key,
        title=target.title,
        measure=target.measure,
        options=dict(target.options),
        kinds=target.kinds.split(),
        block=target.block,
        lines=target.lines.split(),
        units=list(named.scope),
        lead=list(named.lead),
        support=list(named.support),
        together=target.together,
        quota=target.quota,
        quota_kind=target.quota_kind,
        every=target.every,
        due=target.due,
        weight=target.weight,
    )


def defaults(number: str, place: int) -> TargetValues:
    """What is not said of the target at this place of the clause of this number."""
    return TargetValues(
        key=f"{number}-{place}",
        measure="",
        options={},
        kinds=[],
        block=None,
        lines=[],
        units=[],
        lead=[],
        support=[],
        together=False,
        quota=1,
        quota_kind=Quota.NUMBER,
        every=Every.ONCE,
        weight=1,
    )


def _make(
    clause: Clause,
    place: int,
    values: TargetValues,
    reason: str,
    *,
    since: datetime | None,
    replaces: Target | None = None,
) -> Target:
    if Target.objects.filter(clause=clause, key=values["key"].strip(), until=None).exists():
        raise Conflict(_("There is a target with the key %(key)s in this clause already.") % {"key": values["key"]})
    return _put(Target(clause=clause, place=place, since=since, reason=reason, replaces=replaces), values)


def _put(target: Target, values: TargetValues) -> Target:
    fill(target, values)
    target.save()
    TargetUnit.objects.filter(target=target).delete()
    TargetUnit.objects.bulk_create(named_rows(target, values))
    return target


def named_rows(target: Target, values: TargetValues) -> list[TargetUnit]:
    """Of the units that it names, nobody twice in one part."""
    parts = ((Part.LEAD, values["lead"]), (Part.SUPPORT, values["support"]), (Part.SCOPE, values["units"]))
    return [
        TargetUnit(target=target, unit_id=pk, part=part)
        for part, units in parts
        for pk in dict.fromkeys(unit.pk for unit in units)
    ]


def fill(target: Target, values: TargetValues) -> None:
    """All but its clause, its place and the units named."""
    for name in PLAIN:
        setattr(target, name, values[name])  # type: ignore[literal-required]
    target.key, target.title, target.measure = target.key.strip(), target.title.strip(), target.measure.strip()
    target.kinds, target.lines = " ".join(values["kinds"]), " ".join(values["lines"])
    target.options = {str(name): str(value).strip() for name, value in values["options"].items() if str(value).strip()}


def _held(target: Target) -> Target:
    found = Target.objects.select_for_update(of=("self",)).select_related("clause__plan", "block").get(pk=target.pk)
    if found.until is not None:
        raise WrongState(_("This target is no longer in force: somebody has changed or withdrawn it."))
    _still_there(found.clause)
    return found


def _still_there(clause: Clause) -> None:
    if clause.withdrawn_at is not None:
        raise WrongState(_("This clause was withdrawn."))


def _said(target: Target) -> str:
    return f"{target.clause.number} {target.title}"


def _about(plan: WorkPlan, values: TargetValues) -> list[int]:
    """The plan, who keeps it, and who is named: it is in their histories, too."""
    named = [unit.pk for name in ("lead", "units") for unit in values[name]]
    return [plan.pk, keeper_of(plan).pk, *named]


def _figures(before: TargetValues, after: TargetValues) -> dict[str, object]:
    """From what to what, where a number or a day was changed."""
    found: dict[str, object] = {}
    if (before["quota"], before["quota_kind"]) != (after["quota"], after["quota_kind"]):
        found |= {"quota_from": _quota(before), "quota_to": _quota(after)}
    if before["due"] != after["due"]:
        found |= {"due_from": before["due"], "due_to": after["due"]}
    return found


def _quota(values: TargetValues) -> str:
    return f"{values['quota']}%" if values["quota_kind"] == Quota.PERCENT else str(values["quota"])
