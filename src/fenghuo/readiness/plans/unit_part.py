"""On a unit's page: which plans it must have and has, and what decides that."""

from collections.abc import Mapping
from typing import Any

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry.services.keeping import keeps
from fenghuo.kernel.web.unit_parts import unit_part

from .checks.presenting import item_rows
from .checks.selectors import items
from .duties import rules_in_force
from .forms import ProfileForm
from .models import Duty, UnitProfile
from .words import duty_said, plan_kind_name

SAID = {True: "yes", False: "no", None: ""}


@unit_part("plans/unit.html")
def plans_of_unit(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    if unit.valid_to is not None or not actor.may("plans.read") or not sees(actor, unit):
        return None
    rows = list(Duty.objects.filter(unit=unit).select_related("plan__record").order_by("plan_kind"))
    enterprise = unit.kind == UnitKind.ENTERPRISE
    checks = item_rows(items(actor).filter(record__unit=unit)[:20]) if actor.may("plan_checks.read") else []
    if not rows and not enterprise and not checks:
        return None
    rules = {rule.id: rule for rule in rules_in_force()}
    shown = [
        (
            row,
            plan_kind_name(row.plan_kind),
            [(duty_said(rules[one]), rules[one].cited) for one in row.rules.split() if one in rules],
        )
        for row in rows
    ]
    may_keep = actor.may("plans.write") and keeps(actor, unit)
    own = unit.pk == actor.unit_id
    return {"checks": checks, "duties": shown, "own": own, "form": _form(unit) if enterprise and may_keep else None}


def _form(unit: Unit) -> ProfileForm:
    profile = UnitProfile.objects.filter(unit=unit).first()
    if profile is None:
        return ProfileForm()
    dangers = [row.danger for row in profile.danger_rows.all()]
    return ProfileForm(initial={"size": profile.size, "above_scale": SAID[profile.above_scale], "dangers": dangers})
