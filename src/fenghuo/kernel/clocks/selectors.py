"""What may be asked of clocks; always of one actor, through the records they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.words import english
from fenghuo.standards.sources import citation

from .models import Clock
from .rulebook import rules

RUNNING = Q(met_at__isnull=True, ended_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """A clock in the reader's language. `basis`: the law, with 未核对原文 where it was not read, or 本县设定."""

    id: int
    record: int
    rule: str
    what: str
    receiver: str
    way: str
    basis: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    ended_at: datetime | None
    window: bool
    certainty: str
    missing_year: int | None = None
    paused_at: datetime | None = None
    extension: str = ""

    @property
    def late(self) -> bool:
        """Never by a moment that is only the earliest, for want of a table of days off; never for what came in a pause."""
        if self.window or self.missing_year is not None:
            return False
        return (self.met_at or self.paused_at or timezone.now()) > self.due_at


def clocks_of(records: Iterable[int], actor: Actor) -> list[Shown]:
    """All clocks of these records that the actor may see, running ones first, by their end; 1 query."""
    seen = Record.objects.visible_to(actor).filter(pk__in=list(records)).values("pk")
    found = [shown(clock) for clock in Clock.objects.filter(record__in=seen)]
    return sorted(found, key=lambda one: (one.met_at is not None or one.ended_at is not None, one.window, one.due_at))


def running_for(actor: Actor) -> QuerySet[Clock]:
    """Duties that run for the actor's own unit, soonest first."""
    own = Clock.objects.filter(RUNNING, window=False, record__unit=actor.unit_id)
    return own.select_related("record").order_by("due_at", "pk")


def next_due(path: str = "pk") -> dict[str, Subquery]:
    """`next_rule` and `next_due_at` of the duty that is due first, as columns of rows whose record is at `path`."""
    running = Clock.objects.filter(RUNNING, window=False, record=OuterRef(path)).order_by("due_at", "pk")
    return {
        "next_rule": Subquery(running.values("rule")[:1]),
        "next_due_at": Subquery(running.values("due_at")[:1]),
    }


def duty_said(rule: str) -> tuple[str, str]:
    """(what is due, to whom) in the reader's language; a rule that is no longer there by its name."""
    found = rules().get(rule)
    place = int(english())
    return (found.what[place], found.receiver[place]) if found else (rule, "")


def shown(clock: Clock) -> Shown:
    what, receiver = duty_said(clock.rule)
    return Shown(
        id=clock.pk,
        record=clock.record_id,
        rule=clock.rule,
        what=what,
        receiver=receiver,
        way=clock.way,
        basis=basis(clock.source, clock.article, clock.certainty),
        started_at=clock.started_at,
        due_at=clock.due_at,
        met_at=clock.met_at,
        ended_at=clock.ended_at,
        window=clock.window,
        certainty=clock.certainty,
        missing_year=clock.missing_year,
        paused_at=clock.paused_at,
        extension=clock.extension,
    )


def rule_said(name: str) -> tuple[str, str]:
    """(what is due, its basis) of a rule that holds for every kind."""
    rule = rules()[name]
    place = int(english())
    return rule.what[place], basis(rule.source, rule.article, rule.certainty("*"))


def basis(source: str, article: str, certainty: str) -> str:
    """How a rule's origin is shown: what is uncertain is never called law."""
    if certainty == "?":
        return _("set by this county, no law")
    said = citation(source, article)
    return said if certainty == "V" else _("%(source)s (original not checked)") % {"source": said}
