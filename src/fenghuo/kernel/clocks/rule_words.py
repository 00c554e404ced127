"""Rules in words: how long, for what, since when, by whom."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.web.words import english
from fenghuo.standards.deadlines import Deadline, Schedule, Span
from fenghuo.standards.deadlines.words import ANCHORS, SUBJECTS

from .selectors import basis


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One wording. `law`: read in the law, so that it is not changed here; `unsure`: set by the county, no law."""

    id: str
    subject: str
    what: str
    giver: str
    receiver: str
    span: str
    anchor: str
    basis: str
    law: bool
    unsure: bool
    own: bool
    region: str
    since: date
    until: date | None
    version: str


def shown_rule(rule: Deadline) -> ShownRule:
    place = int(english())
    return ShownRule(
        id=rule.id,
        subject=SUBJECTS[rule.subject][place],
        what=rule.what[place] or rule.what[0],
        giver=rule.giver[place] or rule.giver[0],
        receiver=rule.receiver[place] or rule.receiver[0],
        span=span_said(rule),
        anchor=ANCHORS[rule.anchor][place],
        basis=basis(rule.source, rule.article, certainty_of(rule)),
        law=is_law(rule),
        unsure=certainty_of(rule) == "?",
        own=rule.own,
        region=rule.region_code,
        since=rule.in_force_from,
        until=rule.valid_to,
        version=rule.version,
    )


def certainty_of(rule: Deadline) -> str:
    """That of the whole rule: the least certain of its kinds, so that none is shown as more than it is."""
    return max(set(rule.kinds.values()), key="VCK?".index)


def is_law(rule: Deadline) -> bool:
    """Whether it was read in the law: then it is not the county's to change (services.own_rules refuses it too)."""
    return not rule.own and "V" in rule.kinds.values()


def span_said(rule: Deadline) -> str:
    if rule.span is None:
        return _("at once")
    if isinstance(rule.span, Schedule):
        return _schedule_said(rule.span)
    said = amount_said(rule.span)
    return _("every %(span)s") % {"span": said} if rule.repeats else said


def amount_said(span: Span) -> str:
    n = span.amount
    match span.unit:
        case "m":
            return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
        case "h":
            return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
        case "wd":
            return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
        case "mo":
            return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
        case "y":
            return ngettext("%(n)s year", "%(n)s years", n) % {"n": n}
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _schedule_said(schedule: Schedule) -> str:
    every, _sign, at = schedule.said.partition("@")
    if every == "daily":
        return _("daily at %(time)s") % {"time": at}
    words = {
        "monthly": _("every month"),
        "quarterly": _("every quarter"),
        "halfyearly": _("every half-year"),
        "yearly": _("every year"),
    }
    day = _("by its last day") if at == "end" else _("by %(day)s") % {"day": at}
    return f"{words[every]} {day}"
