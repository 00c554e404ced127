"""How entries about assignments read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .models import Way

ORDER = {"order": "T20260512-0003", "to": "消防一中队"}


@sentence("assignment.issued", sample={"orders": ["T20260512-0003"], "to": ["消防一中队"], "people": 0})
def issued(told: Told) -> str:
    names = [str(name) for name in told.public["to"]]
    if people := int(told.public["people"]):
        names.append(ngettext("%(n)s person", "%(n)s people", people) % {"n": people})
    shown = "、".join(names[:5])
    if len(names) > 5:
        shown = _("%(names)s and others, %(count)s in all") % {"names": shown, "count": len(told.public["orders"])}
    return _("Ordered out: %(names)s") % {"names": shown}


@sentence("assignment.asked", sample=ORDER | {"kind": "reminder"})
def asked(told: Told) -> str:
    if told.said("kind") == "reminder":
        return _("%(who)s reminded") % {"who": _who(told)}
    return _("%(who)s: the next in line is asked") % {"who": _who(told)}


@sentence("assignment.escalated", sample=ORDER)
def escalated(told: Told) -> str:
    return _("%(who)s does not answer: call by hand") % {"who": _who(told)}


@sentence("assignment.acknowledged", sample=ORDER | {"way": "link", "eta": 20})
def acknowledged(told: Told) -> str:
    said = _("%(who)s acknowledged") % {"who": _who(told)}
    if told.public.get("later"):
        said = _("%(who)s acknowledged, comes later") % {"who": _who(told)}
    if told.public.get("eta") is not None:
        said += _(", %(minutes)s minutes") % {"minutes": told.said("eta")}
    return said + _way(told)


@sentence("assignment.declined", sample=ORDER | {"way": "sms"})
def declined(told: Told) -> str:
    return _("%(who)s cannot come") % {"who": _who(told)} + _way(told)


@sentence("assignment.progressed", sample=ORDER | {"way": "page", "arrived": True})
def progressed(told: Told) -> str:
    if told.public.get("arrived"):
        return _("%(who)s has arrived") % {"who": _who(told)} + _way(told)
    return _("%(who)s reports progress") % {"who": _who(told)} + _way(told)


@sentence("assignment.finished", sample=ORDER | {"way": "page"})
def finished(told: Told) -> str:
    return _("%(who)s has finished") % {"who": _who(told)} + _way(told)


@sentence("assignment.withdrawn", sample=ORDER)
def withdrawn(told: Told) -> str:
    return _("Order withdrawn: %(who)s") % {"who": _who(told)}


def _who(told: Told) -> str:
    return told.said("to") or _("the person ordered (%(order)s)") % {"order": told.said("order")}


def _way(told: Told) -> str:
    way = told.said("way")
    return _(" (%(way)s)") % {"way": Way(way).label} if way in (Way.LINK, Way.SMS, Way.NOTED) else ""


name_verbs(
    "assignment",
    gettext_lazy("Orders"),
    {
        "issued": gettext_lazy("giving an order"),
        "asked": gettext_lazy("reminder or next in line"),
        "escalated": gettext_lazy("nobody answers"),
        "acknowledged": gettext_lazy("acknowledgement"),
        "declined": gettext_lazy("cannot come"),
        "progressed": gettext_lazy("progress or arrival"),
        "finished": gettext_lazy("finishing"),
        "withdrawn": gettext_lazy("withdrawal"),
    },
)
