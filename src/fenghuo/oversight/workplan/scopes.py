"""Which units have to reach a target: by kind, block and line, and those named."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, Prefetch, Q, QuerySet, Value, When

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.scoped import ABOVE_DIGITS, visible
from fenghuo.kernel.measures.asking import Moment

from .models import Part, Target, TargetUnit

NAMED = Prefetch("unit_rows", TargetUnit.objects.select_related("unit__region", "unit__record").order_by("unit__code"))


@dataclass(frozen=True, slots=True)
class Named:
    """The units that a target names, by their part."""

    lead: Sequence[Unit] = ()
    support: Sequence[Unit] = ()
    scope: Sequence[Unit] = ()


def named_in(target: Target) -> Named:
    """`target` with NAMED read."""
    rows = list(target.unit_rows.all())
    return Named(*([row.unit for row in rows if row.part == part] for part in (Part.LEAD, Part.SUPPORT, Part.SCOPE)))


@dataclass(slots=True)
class Scope:
    """`path`: of the block, of the whole plan where the target names none."""

    kinds: frozenset[str]
    path: str
    lines: frozenset[str]
    named: frozenset[int] = field(default_factory=frozenset)

    def holds(self, unit: Unit, subjects: Collection[str]) -> bool:
        """`subjects`: the unit's own lines and those in which it is supervised."""
        if unit.record_id in self.named:
            return True
        if unit.kind not in self.kinds or not unit.region.path.startswith(self.path):
            return False
        return not self.lines or not self.lines.isdisjoint(subjects)


def scope_of(target: Target, whole: str) -> Scope:
    """`whole`: the path of the plan's block. `target` with block and NAMED read."""
    path = target.block.path if target.block is not None else whole
    named = frozenset(unit.pk for unit in named_in(target).scope)
    return Scope(frozenset(target.kinds.split()), path, frozenset(target.lines.split()), named)


def there(moment: Moment) -> Q:
    """Units that existed at the moment: founded by that day, not ended, not merged away."""
    day = moment.day
    founded = Q(valid_from=None) | Q(valid_from__lte=day)
    if moment.past:
        return founded & (Q(valid_to=None) | Q(valid_to__gt=day))
    return founded & Q(valid_to=None, record__archived_at=None)


def units_in(scopes: Iterable[Scope], moment: Moment, actor: Actor, besides: Collection[int] = ()) -> QuerySet[Unit]:
    """All that any of them may hold, and these, with region and record, by place; `seen`: by the actor. 1 query."""
    wanted = Q(pk__in=besides)
    by_path: dict[str, set[str]] = {}
    for scope in scopes:
        by_path.setdefault(scope.path, set()).update(scope.kinds)
        wanted |= Q(pk__in=scope.named)
    for path, kinds in by_path.items():
        wanted |= Q(kind__in=kinds, region__path__gte=path, region__path__lt=path + ABOVE_DIGITS)
    seen: Any = Value(True)
    if not actor.is_system:
        seen = Case(When(visible(actor, "record__"), then=Value(True)), default=Value(False))
    found = Unit.objects.filter(wanted, there(moment), record__exercise=False).annotate(
        seen=ExpressionWrapper(seen, BooleanField())
    )
    return found.select_related("region", "record").order_by("region__path", "code")


def subjects_of(units: Sequence[Unit], scopes: Iterable[Scope]) -> Mapping[int, set[str]]:
    """The lines of each unit, asked only where a scope needs them. None or 2 queries."""
    if not any(scope.lines for scope in scopes):
        return {}
    found: dict[int, set[str]] = {}
    keys = [unit.pk for unit in units]
    own = Unit.objects.filter(pk__in=keys, lines__isnull=False).values_list("pk", "lines__subject")
    under = Unit.objects.filter(pk__in=keys, supervisions__isnull=False).values_list("pk", "supervisions__subject")
    for pk, subject in own.union(under):
        found.setdefault(pk, set()).add(subject)
    return found


def owes_at(unit: Unit, due: date) -> bool:
    """A unit that was founded after the day owes nothing of it."""
    return unit.valid_from is None or unit.valid_from <= due


KINDS = tuple(kind for kind in UnitKind if kind not in (UnitKind.SUPERIOR, UnitKind.PARTNER))
