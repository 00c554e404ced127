"""Which clocks stand on the page of deadlines, by what was asked in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.access.scoped import visible

from .desks import answering, duties_of, home_desk
from .models import Clock
from .states import LATE, OPEN, STATES, state

VIEWS = {
    "open": _("open"),
    "running": _("not yet due"),
    "paused": STATES["paused"],
    "overdue": STATES["overdue"],
    "in_time": STATES["in_time"],
    "late": STATES["late"],
    "missed": STATES["missed"],
    "let_go": STATES["let_go"],
    "unexplained": _("late, no reason given"),
    "explained": _("late, with a reason"),
    "all": _("all"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for. `begun`: first and last day on which clocks started; `wrong`: what was no day."""

    view: str = "open"
    mine: bool = False
    exercise: bool = False
    rule: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    wrong: tuple[str, ...] = field(default=())


def asked(query: Mapping[str, str]) -> Asked:
    since, until = (_day(query.get(name, "")) for name in ("since", "until"))
    wrong = tuple(query[name][:20] for name in ("since", "until") if query.get(name) and _day(query[name]) is None)
    if since and until and until < since:
        wrong = (f"{since} > {until}",)
        since = until = None
    view = query.get("view", "")
    return Asked(
        view=view if view in VIEWS else "open",
        mine=query.get("mine") == "1",
        exercise=query.get("exercise") == "1",
        rule=query.get("rule", "")[:32],
        unit=query.get("unit", "")[:32],
        since=since,
        until=until,
        wrong=wrong,
    )


def clocks(actor: Actor, said: Asked, now: datetime | None = None) -> QuerySet[Clock]:
    """Duties of records that the actor may see, exercises apart; what runs soonest first, else the newest first."""
    found = duties(actor, said, now or timezone.now())
    match said.view:
        case "open":
            found = found.filter(OPEN)
        case "unexplained":
            found = found.filter(stands__in=LATE, reasoned_at__isnull=True)
        case "explained":
            found = found.filter(stands__in=LATE, reasoned_at__isnull=False)
        case "all":
            pass
        case name:
            found = found.filter(stands=name)
    found = found.select_related("record__unit", "late_reason")
    return found.order_by("due_at", "pk") if said.view in ("open", "overdue") else found.order_by("-due_at", "-pk")


def duties(actor: Actor, said: Asked, now: datetime) -> QuerySet[Any, Any]:
    """What the filters leave, whatever its state: `stands` says it, `answering` is the key of the unit it is a duty of.

    1 query when made (the county's desk), another with a unit.
    """
    desk = home_desk()
    found = Clock.objects.filter(visible(actor, "record__"), window=False, record__exercise=said.exercise)
    if said.mine:
        found = found.filter(duties_of(actor.unit_id, desk))
    if said.rule:
        found = found.filter(rule=said.rule)
    if said.unit:
        unit = Unit.objects.filter(code=said.unit).values_list("pk", flat=True).first()
        found = found.filter(duties_of(unit, desk))
    if said.since:
        found = found.filter(started_at__gte=_midnight(said.since))
    if said.until:
        found = found.filter(started_at__lt=_midnight(said.until + timedelta(days=1)))
    return found.annotate(answering=answering(desk), stands=state(now))


def clock(actor: Actor, pk: int) -> Clock | None:
    """One, with its record, when the actor may see that."""
    seen = Record.objects.visible_to(actor)
    found = Clock.objects.filter(pk=pk, record__in=seen)
    return found.select_related("record__unit", "late_reason", "entry", "met_by").first()


def unexplained(actor: Actor, desk: Unit | None, now: datetime) -> QuerySet[Clock]:
    """Late duties of the actor's unit for which nobody has said why, oldest first."""
    asked = Clock.objects.filter(duties_of(actor.unit_id, desk), late_noted_at__isnull=False, reasoned_at__isnull=True)
    return asked.annotate(stands=state(now)).filter(stands__in=LATE).order_by("due_at", "pk")


def names_of(units: set[int]) -> dict[int, tuple[str, str]]:
    """(code, name) of units by key."""
    rows = Unit.objects.filter(pk__in=units).values_list("pk", "code", "short_name", "name")
    return {pk: (code, short or name) for pk, code, short, name in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip()) if said.strip() else None
    except ValueError:
        return None
