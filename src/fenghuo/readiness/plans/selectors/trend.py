"""The course over time: kept day by day, the last point counted now."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.access.sight import Sight
from fenghuo.standards.plan_duties import ENTRIES
from fenghuo.standards.subjects import SUBJECTS

from ..models import CoverageDay
from .coverage import Cell

DAYS = 365


@dataclass(frozen=True, slots=True)
class Point:
    day: date
    asked: int
    filed: int

    @property
    def percent(self) -> int:
        return 100 * self.filed // self.asked if self.asked else 0


def trend(actor: Actor, now: Cell, line: str = "") -> list[Point]:
    """Of the four entries, by the actor's block, or by one line of a department; `now` is the last point. 1 query.

    Whoever sees only the own unit has no course.
    """
    today = timezone.localdate()
    kept = CoverageDay.objects.filter(day__gte=today - timedelta(days=DAYS), day__lt=today, who__in=ENTRIES)
    if actor.sight is Sight.LINE:
        kept = kept.filter(subject=line) if line in actor.subjects else kept.none()
    elif actor.sight is Sight.OWN:
        kept = kept.none()
    else:
        kept = kept.filter(subject="")
    if actor.sight in (Sight.BLOCK, Sight.LINE):
        kept = kept.filter(region__path__gte=actor.block, region__path__lt=actor.block + ABOVE_DIGITS)
    days = kept.order_by("day").values_list("day").annotate(Sum("asked"), Sum("filed"))
    return [*(Point(*row) for row in days), Point(today, now.asked, now.filed)]


def line_of(actor: Actor) -> str:
    """The line whose course a department is shown: its first; units under several of its lines have no common one."""
    return next((subject for subject in SUBJECTS if subject in actor.subjects), "")
