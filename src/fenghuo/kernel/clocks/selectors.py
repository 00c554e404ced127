"""What may be asked of clocks; always of one actor, through the records they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.words import english
from fenghuo.standards.deadlines import Facts
from fenghuo.standards.sources import citation

from .lateness import LateWhy
from .models import Clock, LateReason
from .rulebook import rules
from .states import LATE, state_of

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
    state: str = ""
    reason: LateReason | None = None

    @property
    def runs_down(self) -> bool:
        """Whether the time that is left may be shown: not while paused, nor when the end is only the earliest."""
        return self.paused_at is None and self.missing_year is None

    @property
    def until(self) -> str:
        """When it is due, in words that do not say more than is known."""
        due = timezone.localtime(self.due_at)
        said = {"at": f"{due:%m-%d %H:%M}" if due.year == timezone.localdate().year else f"{due:%Y-%m-%d %H:%M}"}
        if self.paused_at is not None:
            return _("paused since %(since)s") % {"since": f"{timezone.localtime(self.paused_at):%m-%d %H:%M}"}
        if self.missing_year is None:
            return _("until %(at)s") % said
        said["year"] = str(self.missing_year)
        return _("at the earliest %(at)s: the days off of %(year)s are not entered yet") % said

    @property
    def late(self) -> bool:
        """Never by a moment that is only the earliest, for want of a table of days off; never by a pause."""
        if self.window or self.missing_year is not None:
            return False
        return (self.met_at or self.paused_at or timezone.now()) > self.due_at

    @property
    def reason_asked(self) -> bool:
        """Late, and nobody has said why."""
        return self.reason is None and not self.window and self.state in LATE

    @property
    def why(self) -> str:
        """The kind of reason that was given, "" for none."""
        return str(dict(LateWhy.choices)[self.reason.why]) if self.reason else ""

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in LateWhy.choices]


def clocks_of(records: Iterable[int], actor: Actor) -> list[Shown]:
    """All clocks of these records that the actor may see, running ones first, by their end; 1 query."""
    seen = Record.objects.visible_to(actor).filter(pk__in=list(records)).values("pk")
    found = [shown(clock) for clock in Clock.objects.filter(record__in=seen).select_related("late_reason")]
    return sorted(found, key=lambda one: (one.met_at is not None or one.ended_at is not None, one.window, one.due_at))


def running_for(actor: Actor) -> QuerySet[Clock]:
    """Duties that run for the actor's own unit, soonest first."""
    own = Clock.objects.filter(RUNNING, window=False, paused_at__isnull=True, record__unit=actor.unit_id)
    return own.select_related("record").order_by("due_at", "pk")


def next_due(path: str = "pk") -> dict[str, Subquery]:
    """`next_rule` and `next_due_at` of the duty that is due first, as columns of rows whose record is at `path`.

    Paused ones, and those whose end is only the earliest, are left to the record's own page.
    """
    sure = {"paused_at__isnull": True, "missing_year__isnull": True}
    running = Clock.objects.filter(RUNNING, window=False, record=OuterRef(path), **sure)
    running = running.order_by("due_at", "pk")
    return {
        "next_rule": Subquery(running.values("rule")[:1]),
        "next_due_at": Subquery(running.values("due_at")[:1]),
    }


def waiting_for_tables() -> dict[int, int]:
    """Year without a table of days off → how many running clocks wait for it."""
    waiting = Clock.objects.filter(RUNNING, missing_year__isnull=False).values_list("missing_year")
    return {year: count for year, count in waiting.annotate(Count("pk")).order_by("missing_year") if year is not None}


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
        state=state_of(clock, timezone.now()),
        reason=getattr(clock, "late_reason", None),
    )


@dataclass(frozen=True, slots=True)
class AtOnce:
    """A duty to which the law gives no number (立即): who to whom, since when, by what. No clock runs for it."""

    rule: str
    what: str
    giver: str
    receiver: str
    basis: str
    since: datetime


def due_at_once(subject: str, facts: Facts, anchors: Mapping[str, datetime], region_code: str = "") -> list[AtOnce]:
    """What such a record asks for at once, by the rules of its anchors' days. No query."""
    zone, place = timezone.get_current_timezone(), int(english())
    return [
        AtOnce(
            rule=rule.id,
            what=rule.what[place],
            giver=rule.giver[place],
            receiver=rule.receiver[place],
            basis=basis(rule.source, rule.article, rule.certainty(facts.kind)),
            since=anchors[rule.anchor],
        )
        for rule in rules().holding(subject, facts, anchors, zone, region_code)
        if rule.at_once
    ]


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
