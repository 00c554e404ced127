"""From what a unit is to what it must have: pure functions of the rules in force."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.standards.plan_duties import WHO, PlanDuty, plan_duties


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a unit as far as the rules ask it."""

    kind: str
    name: str
    code: str
    sizes: frozenset[str]
    dangers: frozenset[str]


def rules_in_force() -> list[PlanDuty]:
    """In the order of the table."""
    today = timezone.localdate()
    return [duty for duty in plan_duties(settings.OWN_PLAN_DUTIES).values() if duty.holds(today)]


def rules_digest(rules: Iterable[PlanDuty]) -> str:
    """Changes when other units are asked, or for something else."""
    asked = [(one.id, sorted(one.who), sorted(one.sizes), sorted(one.dangers), one.plan) for one in rules]
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def wanted_of(asked: Asked, rules: Sequence[PlanDuty]) -> dict[str, tuple[str, str]]:
    """Kind of plan → (who, ids of the rules)."""
    who = who_of(asked.kind, asked.name, asked.code)
    found: dict[str, list[str]] = {}
    for duty in rules:
        if duty.asks(who, asked.sizes, asked.dangers):
            found.setdefault(duty.plan, []).append(duty.id)
    return {plan: (who, " ".join(ids)) for plan, ids in found.items()}


def who_of(kind: str, name: str, code: str) -> str:
    """A word of WHO, "" for a unit that no rule speaks of. Of a committee its name tells, else its region code."""
    if kind == UnitKind.COMMITTEE:
        return "community" if _is_community(name, code) else "village"
    return kind if kind in WHO else ""


def _is_community(name: str, code: str) -> bool:
    """The last three digits of a code are below 200 for 居委会, from 200 on for 村委会 (统计用区划代码) [K]."""
    if "社区" in name or "居委会" in name or "居民委员会" in name:
        return True
    if "村" in name:
        return False
    return len(code) == 12 and code.isdigit() and 0 < int(code[-3:]) < 200
