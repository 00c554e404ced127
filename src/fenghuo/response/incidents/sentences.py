"""What the timeline says of reports, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence
from fenghuo.kernel.web.words import listed

from .models import DismissReason, Level, ResponseLevel, Source
from .words import figure_value, figure_word, kind_name


@sentence("report.received", sample={"source": "110", "kind": "road_traffic", "number": "R20260512-0001"})
def received(told: Told) -> str:
    return _("Report received from %(source)s") % {"source": Source(told.public["source"]).label}


@sentence("report.supplemented", sample={})
def supplemented(told: Told) -> str:
    return _("Further facts were added")


@sentence("report.dismissed", sample={"reason": "prank"})
def dismissed(told: Told) -> str:
    return _("Dismissed: %(reason)s") % {"reason": DismissReason(told.public["reason"]).label}


@sentence("report.handed_over", sample={"to": "610118000000-PSB"})
def handed_over(told: Told) -> str:
    return _("Handed over to %(unit)s") % {"unit": told.titles[1] if len(told.titles) > 1 else told.public["to"]}


@sentence("quarantine.kept", sample={"status": 422, "bytes": 120})
def kept(told: Told) -> str:
    return _("An unreadable message was kept (%(bytes)s bytes)") % {"bytes": told.public["bytes"]}


@sentence("quarantine.settled", sample={})
def settled(told: Told) -> str:
    return _("The unreadable message was dealt with")


@sentence("incident.opened", sample={"kind": "fire", "reports": ["R20260512-0001"]})
def opened(told: Told) -> str:
    kind = told.said("kind")
    return _("Incident opened from %(reports)s: %(kind)s") % {
        "reports": listed(told.public["reports"]),
        "kind": kind_name(kind) if kind else _("kind unknown"),
    }


@sentence("incident.report_joined", sample={"report": "R20260512-0002", "source": "120"})
def report_joined(told: Told) -> str:
    return _("Report %(report)s from %(source)s joined") % {
        "report": told.said("report"),
        "source": Source(told.public["source"]).label,
    }


@sentence("incident.report_supplemented", sample={"report": "R20260512-0002", "source": "120"})
def report_supplemented(told: Told) -> str:
    return _("Further facts on report %(report)s from %(source)s") % {
        "report": told.said("report"),
        "source": Source(told.public["source"]).label,
    }


@sentence("incident.report_separated", sample={"report": "R20260512-0002"})
def report_separated(told: Told) -> str:
    return _("Report %(report)s separated again") % {"report": told.said("report")}


@sentence("incident.incident_joined", sample={"other": "20260512-0002"})
def incident_joined(told: Told) -> str:
    return _("Incident %(other)s joined: it is the same event") % {"other": told.said("other")}


@sentence("incident.incident_separated", sample={"other": "20260512-0002"})
def incident_separated(told: Told) -> str:
    return _("Incident %(other)s separated again") % {"other": told.said("other")}


@sentence("incident.level_proposed", sample={"level": 4, "rule": "fire-dead-4"})
def level_proposed(told: Told) -> str:
    level = told.public["level"]
    if level is None:
        return _("No level can be proposed any more")
    return _("Proposed level: %(level)s") % {"level": Level(level).label}


@sentence("incident.graded", sample={"level": 3, "before": None, "proposed": 3, "rule": "fire-dead-3"})
def graded(told: Told) -> str:
    level = told.public["level"]
    if level is None:
        return _("Level: not graded")
    if told.said("rule"):
        return _("Level confirmed: %(level)s") % {"level": Level(level).label}
    return _("Level set: %(level)s") % {"level": Level(level).label}


@sentence("incident.kind_changed", sample={"kind": "fire", "before": ""})
def kind_changed(told: Told) -> str:
    return _("Kind: %(kind)s") % {"kind": kind_name(told.said("kind"))}


@sentence("incident.corrected", sample={"occurred_at": "2026-05-12T03:02:00+08:00"})
def corrected(told: Told) -> str:
    words = {
        "occurred_at": _("time it happened"),
        "learned_at": _("time we learned of it"),
        "title": _("title"),
        "sensitive": _("whether it is sensitive"),
    }
    return _("Corrected: %(what)s") % {"what": listed(words[name] for name in words if name in told.public)}


@sentence("incident.figures_set", sample={"source": "120", "figures": {"injured": 3, "magnitude": "4.5", "dead": None}})
def figures_set(told: Told) -> str:
    said = [
        f"{figure_word(name)} {_('unknown') if value is None else figure_value(name, float(value))}"
        for name, value in told.public["figures"].items()
    ]
    return _("%(source)s says: %(figures)s") % {"source": told.said("source"), "figures": listed(said)}


@sentence("incident.figures_chosen", sample={"source": "120"})
def figures_chosen(told: Told) -> str:
    return _("The figures of %(source)s are shown from now on") % {"source": told.said("source")}


@sentence("incident.area_drawn", sample={"name": "警戒区", "hectares": 12})
def area_drawn(told: Told) -> str:
    return _("Area drawn: %(name)s, %(hectares)s ha") % {
        "name": told.said("name"),
        "hectares": told.said("hectares"),
    }


@sentence("incident.response_set", sample={"level": 4, "before": None})
def response_set(told: Told) -> str:
    label = ResponseLevel(told.public["level"]).label
    if told.public["before"] is None:
        return _("Response started: %(level)s") % {"level": label}
    return _("Response changed: %(level)s") % {"level": label}


@sentence("incident.response_ended", sample={"before": 4})
def response_ended(told: Told) -> str:
    return _("Response ended")


@sentence("incident.noted", sample={})
def noted(told: Told) -> str:
    return _("Note")


@sentence("incident.told", sample={"way": "phone", "to": "市总值班室", "rules": ["R8"]})
def told_superior(told: Told) -> str:
    if told.said("way") == "phone":
        return _("Told by telephone: %(to)s") % {"to": told.said("to")}
    return _("Told in writing: %(to)s") % {"to": told.said("to")}


@sentence("incident.controlled", sample={})
def controlled(told: Told) -> str:
    return _("Under control")


@sentence("incident.closed", sample={"left_open": 0})
def closed(told: Told) -> str:
    return _("Closed")


@sentence("incident.reopened", sample={})
def reopened(told: Told) -> str:
    return _("Opened again")


@sentence("incident.casualty_listed", sample={"row": 1, "condition": "injured"})
def casualty_listed(told: Told) -> str:
    return _("A person was put on the list of casualties")


@sentence("incident.casualty_changed", sample={"row": 1, "condition": "injured"})
def casualty_changed(told: Told) -> str:
    return _("The list of casualties was changed")


@sentence("incident.casualty_removed", sample={"row": 1})
def casualty_removed(told: Told) -> str:
    return _("A person was taken off the list of casualties")


@sentence("incident.casualties_shown", sample={"count": 2})
def casualties_shown(told: Told) -> str:
    return _("The names of casualties were looked at")


@sentence("record.taken", sample={"from": ""})
def taken(told: Told) -> str:
    return _("%(actor)s deals with it") % {"actor": told.actor}


@sentence("record.taken_over", sample={"from": "鄠邑区应急管理局 值班员"})
def taken_over(told: Told) -> str:
    return _("%(actor)s took it over from %(before)s") % {"actor": told.actor, "before": told.said("from")}


@sentence("record.given_back", sample={})
def given_back(told: Told) -> str:
    return _("%(actor)s gave it back") % {"actor": told.actor}


name_verbs(
    "record",
    gettext_lazy("Who deals with it"),
    {
        "taken": gettext_lazy("taking it"),
        "taken_over": gettext_lazy("taking it over"),
        "given_back": gettext_lazy("giving it back"),
    },
)
name_verbs(
    "quarantine",
    gettext_lazy("Unreadable messages"),
    {
        "kept": gettext_lazy("keeping an unreadable message"),
        "settled": gettext_lazy("dealing with an unreadable message"),
    },
)
name_verbs(
    "report",
    gettext_lazy("Reports"),
    {
        "received": gettext_lazy("receiving a report"),
        "supplemented": gettext_lazy("adding further facts"),
        "dismissed": gettext_lazy("dismissing a report"),
        "handed_over": gettext_lazy("handing a report over"),
    },
)
name_verbs(
    "incident",
    gettext_lazy("Incidents"),
    {
        "opened": gettext_lazy("opening an incident"),
        "report_joined": gettext_lazy("joining a report"),
        "report_supplemented": gettext_lazy("further facts on a report"),
        "report_separated": gettext_lazy("separating a report"),
        "incident_joined": gettext_lazy("joining an incident"),
        "incident_separated": gettext_lazy("separating an incident"),
        "level_proposed": gettext_lazy("proposal of a level"),
        "graded": gettext_lazy("setting the level"),
        "kind_changed": gettext_lazy("setting the kind"),
        "corrected": gettext_lazy("correction"),
        "figures_set": gettext_lazy("setting figures"),
        "figures_chosen": gettext_lazy("choosing whose figures are shown"),
        "area_drawn": gettext_lazy("drawing an area"),
        "response_set": gettext_lazy("starting or changing the response"),
        "response_ended": gettext_lazy("end of the response"),
        "noted": gettext_lazy("writing a note"),
        "told": gettext_lazy("telling a superior"),
        "controlled": gettext_lazy("under control"),
        "closed": gettext_lazy("closing"),
        "reopened": gettext_lazy("opening again"),
        "casualty_listed": gettext_lazy("listing a casualty"),
        "casualty_changed": gettext_lazy("changing the list of casualties"),
        "casualty_removed": gettext_lazy("taking off the list of casualties"),
        "casualties_shown": gettext_lazy("looking at names of casualties"),
    },
)
