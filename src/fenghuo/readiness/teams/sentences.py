"""What the timeline says of teams, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .models import TeamKind, TeamState

FIELDS = {
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "people": gettext_lazy("number of people"),
    "note": gettext_lazy("note"),
    "capabilities": gettext_lazy("capabilities"),
    "equipment": gettext_lazy("equipment"),
    "latitude": gettext_lazy("position"),
    "longitude": gettext_lazy("position"),
    "region": gettext_lazy("place"),
}


@sentence("team.created", sample={"number": "T-0001", "name": "消防一中队", "kind": "professional"})
def created(told: Told) -> str:
    kind = TeamKind(told.public["kind"]).label
    return _("The team %(name)s was entered (%(kind)s)") % {"name": told.said("name"), "kind": kind}


@sentence("team.changed", sample={"fields": ["name", "people"], "from": "一中队", "to": "消防一中队"})
def changed(told: Told) -> str:
    words = dict.fromkeys(str(FIELDS.get(name, name)) for name in told.public.get("fields", []))
    said = _("Changed: %(fields)s") % {"fields": "、".join(words)}
    if "from" not in told.public:
        return said
    return f"{said}({told.said('from')} → {told.said('to')})"


@sentence("team.confirmed")
def confirmed(told: Told) -> str:
    return _("What stands here was looked at and is right")


@sentence("team.state_set", sample={"state": "resting", "until": "2026-05-12T08:00:00+08:00"})
def state_set(told: Told) -> str:
    state = TeamState(told.public["state"]).label
    if until := told.said("until"):
        return _("Now %(state)s, until %(until)s") % {"state": state, "until": until[:16].replace("T", " ")}
    return _("Now %(state)s") % {"state": state}


@sentence("team.contacts_set", sample={"count": 3})
def contacts_set(told: Told) -> str:
    return _("The list of whom to call was set: %(count)s people") % {"count": told.said("count")}


@sentence("team.archived")
def archived(told: Told) -> str:
    return _("The team was put into the archive")


@sentence("team.restored")
def restored(told: Told) -> str:
    return _("The team was taken back from the archive")


name_verbs(
    "team",
    gettext_lazy("Teams"),
    {
        "created": gettext_lazy("entering a team"),
        "changed": gettext_lazy("changing a team"),
        "confirmed": gettext_lazy("looked at and right"),
        "state_set": gettext_lazy("setting its state"),
        "contacts_set": gettext_lazy("setting whom to call"),
        "archived": gettext_lazy("putting into the archive"),
        "restored": gettext_lazy("taking from the archive"),
    },
)
