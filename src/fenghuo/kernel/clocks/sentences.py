from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .lateness import LateWhy
from .selectors import duty_said

TIMES = {"from": "2026-05-12T03:34:00+08:00", "to": "2026-05-12T03:24:00+08:00"}


@sentence("clock.moved", sample={"rule": "R8", **TIMES})
def moved(told: Told) -> str:
    said = _said(told)
    match told.said("why"):
        case "days_off":
            return _("Deadline %(rule)s moved from %(before)s to %(after)s, by the table of days off") % said
        case "rules":
            return _("Deadline %(rule)s moved from %(before)s to %(after)s, since the rule was changed") % said
    return _("Deadline %(rule)s moved from %(before)s to %(after)s") % said


@sentence("clock.paused", sample={"rule": "R31", "clock": 7})
def paused(told: Told) -> str:
    return _("Deadline %(rule)s paused") % {"rule": told.said("rule")}


@sentence("clock.resumed", sample={"rule": "R31", "clock": 7, **TIMES})
def resumed(told: Told) -> str:
    return _("Deadline %(rule)s runs again, due %(after)s instead of %(before)s") % _said(told)


@sentence("clock.extended", sample={"rule": "R31", "clock": 7, "by": "60d", **TIMES})
def extended(told: Told) -> str:
    amount = int(told.said("by").rstrip("wd") or 0)
    if told.said("by").endswith("wd"):
        length = ngettext("%(n)s working day", "%(n)s working days", amount) % {"n": amount}
    else:
        length = ngettext("%(n)s day", "%(n)s days", amount) % {"n": amount}
    said = _said(told) | {"length": length}
    return _("Deadline %(rule)s extended by %(length)s, from %(before)s to %(after)s") % said


@sentence("clock.rule_set", sample={"rule": "R8", "source": "鄠政办发〔2026〕1号", "decided_on": "2026-01-05"})
def rule_set(told: Told) -> str:
    said = {"rule": told.said("rule"), "source": told.said("source"), "day": told.said("decided_on")}
    if told.public.get("before"):
        return _("Own rule %(rule)s changed, decided by %(source)s on %(day)s") % said
    return _("Own rule %(rule)s set, decided by %(source)s on %(day)s") % said


@sentence("clock.rule_withdrawn", sample={"rule": "R8", "in_force_from": "2026-01-05"})
def rule_withdrawn(told: Told) -> str:
    return _("Own rule %(rule)s of %(day)s withdrawn") % {"rule": told.said("rule"), "day": told.said("in_force_from")}


@sentence("clock.days_off_set", sample={"year": 2026, "number": "国办发明电〔2025〕7号", "off": 33, "work": 6})
def days_off_set(told: Told) -> str:
    return _("Days off of %(year)s entered (%(number)s): %(off)s days off, %(work)s weekend days worked") % {
        "year": told.said("year"),
        "number": told.said("number") or "–",
        "off": told.said("off"),
        "work": told.said("work"),
    }


@sentence("clock.late", sample={"rule": "R8", "turn": 0, "due": "2026-05-12T03:34:00+08:00"})
def late(told: Told) -> str:
    what, receiver = duty_said(told.said("rule"))
    due = timezone.localtime(datetime.fromisoformat(told.said("due")))
    said = {"what": f"{what} → {receiver}" if receiver else what, "due": f"{due:%m-%d %H:%M}"}
    return _("Not done in time: %(what)s, was due at %(due)s") % said


@sentence("clock.reason_given", sample={"rule": "R8", "turn": 0, "why": "hands"})
def reason_given(told: Told) -> str:
    what, _receiver = duty_said(told.said("rule"))
    why = dict(LateWhy.choices).get(told.said("why"), told.said("why"))
    return _("Why %(what)s was late: %(why)s") % {"what": what, "why": why}


def _said(told: Told) -> dict[str, str]:
    before, after = (timezone.localtime(datetime.fromisoformat(told.said(name))) for name in ("from", "to"))
    return {"rule": told.said("rule"), "before": f"{before:%Y-%m-%d %H:%M}", "after": f"{after:%Y-%m-%d %H:%M}"}


name_verbs(
    "clock",
    gettext_lazy("Deadlines"),
    {
        "moved": gettext_lazy("moving a deadline"),
        "paused": gettext_lazy("pausing a deadline"),
        "resumed": gettext_lazy("letting a deadline run again"),
        "extended": gettext_lazy("extending a deadline"),
        "rule_set": gettext_lazy("setting an own rule"),
        "rule_withdrawn": gettext_lazy("withdrawing an own rule"),
        "days_off_set": gettext_lazy("entering a table of days off"),
    },
)
