"""create_plan, change_plan, confirm_plan, archive_plan, restore_plan, draft_next_edition."""

from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.models import Name
from fenghuo.kernel.registry.numbers import take_year_number
from fenghuo.kernel.registry.services import keep_name, open_record
from fenghuo.kernel.registry.services.keeping import require_keeping

from ..duties import refresh_duties
from ..models import Plan, PlanCovers, PlanState
from .filing import NOTING, apply_days, check_noting, file_now
from .keeping import begin, owner_of, touch
from .lines import set_lines_of
from .values import PlanValues, check, review_due

PLAIN = ("kind", "edition", "issued_on", "valid_from", "approved_by", "note", "next_due")


@transaction.atomic
def create_plan(
    *, by: Actor, unit: Unit, replaces: Plan | None = None, demo: bool = False, **said: Unpack[PlanValues]
) -> Plan:
    """Enter a plan of `unit`; name and kind are needed. One with a day of filing is entered as filed.

    `replaces`: the edition before it, of the same unit. Raises: NotAllowed, Invalid.
    """
    require_keeping(by, "plans.write", unit)
    lacking = [name for name in ("name", "kind") if name not in said]
    if lacking:
        raise Invalid(*(Fault(name, _("is required")) for name in lacking))
    check(said)
    filed_on = said.get("filed_on")
    if filed_on is not None:
        check_noting(by, unit, filed_on)
    now = timezone.now()
    opened = open_record(
        "plan",
        said["name"].strip(),
        unit=unit,
        region=unit.region,
        number=take_year_number("plan", "P", timezone.localdate().year),
        demo=demo or by.demo or unit.record.demo,
    )
    keep_name(opened, opened.title)
    plan = Plan(record=opened, kind=said["kind"], replaces=replaces)
    _put(plan, said)
    plan.save(force_insert=True)
    _put_covers(plan, said)
    set_lines_of(plan)
    opened.checked_at, opened.checked_by = now, by.label[:200]
    opened.save(update_fields=["checked_at", "checked_by"])
    public = {"number": opened.number, "name": opened.title, "kind": plan.kind, "edition": plan.edition}
    record("plan.created", by, about=[plan, unit], public=public)
    if filed_on is not None:
        file_now(plan, filed_on, by=by, how=NOTING)
    else:
        refresh_duties([unit.pk])
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, by: Actor, version: int | None = None, **said: Unpack[PlanValues]) -> Plan:
    """Change what is given and leave the rest. `version`: refuse when the plan is no longer at it.

    Raises: NotFound, NotAllowed, Conflict, WrongState (archived), Invalid.
    """
    plan = begin(plan, by=by, version=version)
    check(said)
    before = _values(plan)
    changed = sorted(name for name, value in _comparable(said).items() if before.get(name) != value)
    if not changed:
        return plan
    filed_on = None
    if "filed_on" in changed:
        filed_on = check_noting(by, owner_of(plan), said["filed_on"])
    if "name" in changed:
        plan.record.title = said["name"].strip()
        Name.objects.filter(record_id=plan.pk).delete()
        keep_name(plan.record, plan.record.title)
        plan.record.save(update_fields=["title"])
    _put(plan, said)
    _put_covers(plan, said)
    touch(plan, by, *PLAIN)
    if "covers" in changed:
        set_lines_of(plan)
    public = {"fields": changed} | ({"from": before["name"], "to": plan.record.title} if "name" in changed else {})
    record("plan.changed", by, about=[plan], public=public)
    if filed_on is not None:
        file_now(plan, filed_on, by=by, how=NOTING)
    else:
        apply_days(plan, by=by)
        refresh_duties([owner_of(plan).pk])
    return plan


@transaction.atomic
def confirm_plan(plan: Plan, *, by: Actor) -> Plan:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    plan = begin(plan, by=by)
    touch(plan, by)
    record("plan.confirmed", by, about=[plan])
    return plan


@transaction.atomic
def archive_plan(plan: Plan, *, by: Actor, reason: str) -> Plan:
    """It counts no longer: out of lists and coverage; its history stays.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason).
    """
    plan = begin(plan, by=by)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why, for example: entered twice"), reason))
    plan.record.archived_at = timezone.now()
    plan.record.save(update_fields=["archived_at"])
    touch(plan, by)
    record("plan.archived", by, about=[plan], private={"reason": reason.strip()[:2000]})
    refresh_duties([owner_of(plan).pk])
    return plan


@transaction.atomic
def restore_plan(plan: Plan, *, by: Actor) -> Plan:
    """Back into the register. Raises: NotFound, NotAllowed, WrongState."""
    plan = begin(plan, by=by, archived=True)
    plan.record.archived_at = None
    plan.record.save(update_fields=["archived_at"])
    touch(plan, by)
    record("plan.restored", by, about=[plan])
    apply_days(plan, by=by)
    refresh_duties([owner_of(plan).pk])
    return plan


@transaction.atomic
def draft_next_edition(plan: Plan, *, by: Actor) -> Plan:
    """The next edition, as a draft with what this one says; this one stays in force until that one is filed.

    Raises: NotFound, NotAllowed, WrongState (not filed yet; replaced; the next one is drafted already).
    """
    plan = begin(plan, by=by)
    if plan.state not in (PlanState.FILED, PlanState.DUE):
        raise WrongState(_("Only a plan that is filed has a next edition: change this one as it is."))
    if Plan.objects.filter(replaces=plan, record__archived_at=None).exists():
        raise WrongState(_("The next edition is being drafted already."))
    said = PlanValues(
        name=plan.record.title,
        kind=plan.kind,
        covers=sorted(row.slug for row in plan.covers_rows.all()),
        edition=plan.edition + 1,
    )
    return create_plan(by=by, unit=owner_of(plan), replaces=plan, **said)


def _put(plan: Plan, said: PlanValues) -> None:
    """The plan's own columns. Without a day of its own it falls due as its kind says, from its issue on."""
    values: dict[str, object] = {**said}
    for name in PLAIN:
        if name in values:
            value = values[name]
            setattr(plan, name, value.strip() if isinstance(value, str) else value)
    if plan.next_due is None:
        plan.next_due = review_due(plan.kind, plan.issued_on or plan.valid_from or plan.filed_on)


def _put_covers(plan: Plan, said: PlanValues) -> None:
    if "covers" not in said:
        return
    slugs = sorted(set(said["covers"]))
    plan.covers_rows.exclude(slug__in=slugs).delete()
    PlanCovers.objects.bulk_create([PlanCovers(plan=plan, slug=slug) for slug in slugs], ignore_conflicts=True)


def _values(plan: Plan) -> dict[str, object]:
    """What the plan is now, comparable with what is said."""
    plain: dict[str, object] = {name: getattr(plan, name) for name in PLAIN}
    covers = sorted(row.slug for row in plan.covers_rows.all())
    return plain | {"name": plan.record.title, "covers": covers, "filed_on": plan.filed_on}


def _comparable(said: PlanValues) -> dict[str, object]:
    found: dict[str, object] = {
        name: value.strip() if isinstance(value, str) else value for name, value in said.items()
    }
    if "covers" in said:
        found["covers"] = sorted(set(said["covers"]))
    return found
