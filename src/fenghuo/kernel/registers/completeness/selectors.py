"""How complete the units are that somebody may look into, and which rows lack what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Count, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.scoped import visible

from .predicates import Subject, subjects
from .rules import Asked, about, asked_rules

ROWS_MOST = 200  # of one subject on the page of a unit


@dataclass(slots=True)
class Figures:
    """Of one unit: by rule, how many rows it was asked of and how many lack it."""

    asked: dict[str, int] = field(default_factory=dict)
    lacking: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 means nothing is lacking; None when nothing was asked."""
        total = sum(self.asked.values())
        return 100 * (total - self.gaps) // total if total else None

    @property
    def gaps(self) -> int:
        return sum(self.lacking.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that lacks something. `form`: where it is put right."""

    title: str
    register: str
    form: str
    lacking: list[str]


def units_seen(actor: Actor) -> QuerySet[Unit]:
    """Those there are now, by place: figures hold no personal data and follow the sight of the unit."""
    found = Unit.objects.visible_to(actor).filter(valid_to=None, record__archived_at=None)
    return found.select_related("region__parent").order_by("region__path", "code")


def figures_of(units: QuerySet[Unit], asked: list[Asked]) -> dict[int, Figures]:
    """By the key of the unit. One query for each subject, whatever the number of units and rows."""
    found: dict[int, Figures] = {}
    for subject in subjects():
        rules = about(asked, subject)
        if not rules:
            continue
        counts = {f"a{place}": Count("pk", filter=one.applies) for place, one in enumerate(rules)}
        counts |= {f"l{place}": Count("pk", filter=one.lacking) for place, one in enumerate(rules)}
        rows = subject.rows().filter(**{f"{subject.unit}__in": units.order_by().values("pk")}).order_by()
        for said in rows.values(of=F(subject.unit)).annotate(**counts):
            figures = found.setdefault(said["of"], Figures())
            for place, one in enumerate(rules):
                if said[f"a{place}"]:
                    figures.asked[one.rule.id] = said[f"a{place}"]
                    figures.lacking[one.rule.id] = said[f"l{place}"]
    return found


def gaps_of(unit: Unit, actor: Actor, asked: list[Asked]) -> tuple[list[Gap], int]:
    """The rows that lack something and that the actor may see; how many more there are. 2 queries a subject."""
    gaps, more = list[Gap](), 0
    for subject in subjects():
        rules = about(asked, subject)
        if not rules:
            continue
        lacking = _lacking(subject, rules).filter(**{subject.unit: unit.pk})
        seen = lacking.filter(visible(actor, "record__")).annotate(
            **{f"l{place}": _flag(one.lacking) for place, one in enumerate(rules)}, said=F(subject.title)
        )
        rows = list(seen.order_by("said", "pk").values()[:ROWS_MOST])
        gaps += [_gap(subject, rules, row, lacking.model._meta.pk.attname) for row in rows]
        more += lacking.count() - len(rows)
    return gaps, more


def gaps_in_unit() -> Expression:
    """For a query of units: how many rows of the unit lack something."""
    asked = asked_rules()
    total: Any = Value(0)
    for subject in subjects():
        if rules := about(asked, subject):
            rows = _lacking(subject, rules).filter(**{subject.unit: OuterRef("pk")}).order_by()
            counted = rows.values(of=F(subject.unit)).annotate(n=Count("pk")).values("n")
            total = total + Coalesce(Subquery(counted), 0)
    return total  # type: ignore[no-any-return]


def _lacking(subject: Subject, rules: Iterable[Asked]) -> QuerySet[Any]:
    return subject.rows().filter(reduce(or_, (one.lacking for one in rules)))


def _flag(lacking: Q) -> Case:
    return Case(When(lacking, then=Value(True)), default=Value(False), output_field=BooleanField())


def _gap(subject: Subject, rules: list[Asked], row: dict[str, Any], key: str) -> Gap:
    lacking = [one.said for place, one in enumerate(rules) if row[f"l{place}"]]
    form = reverse("registers:change", args=[subject.register, row[key]])
    return Gap(row["said"], subject.register, form, lacking)
