"""What the timeline says of closed roads."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .models import Effect

SAID = {
    "where": "涝河大桥",
    "reason": "桥面过水",
    "from": "2026-05-12T08:00:00+08:00",
    "until": "2026-05-12T18:00:00+08:00",
    "effect": "flooded",
    "depth_cm": 40,
}
FIELDS = {
    "where": gettext_lazy("name"),
    "geometry": gettext_lazy("drawing"),
    "reason": gettext_lazy("reason"),
    "from_at": gettext_lazy("beginning"),
    "until_at": gettext_lazy("end"),
    "effect": gettext_lazy("effect"),
    "factor": gettext_lazy("times longer"),
    "depth_cm": gettext_lazy("depth of water"),
}


@sentence("closure.drawn", sample=SAID)
def drawn(told: Told) -> str:
    words = {"where": told.said("where"), "reason": told.said("reason"), "until": _until(told)}
    match told.public.get("effect"):
        case Effect.SLOWED:
            words["times"] = told.said("factor").removesuffix(".0")
            return _("Road slowed: %(where)s (%(reason)s), ×%(times)s, %(until)s") % words
        case Effect.FLOODED:
            words["depth"] = told.said("depth_cm")
            return _("Road under water: %(where)s (%(reason)s), %(depth)s cm deep, %(until)s") % words
        case _:
            return _("Road closed: %(where)s (%(reason)s), %(until)s") % words


@sentence("closure.changed", sample=SAID | {"fields": ["geometry", "until_at"]})
def changed(told: Told) -> str:
    fields = "、".join(str(FIELDS.get(name, name)) for name in told.public.get("fields", []))
    words = {"where": told.said("where"), "fields": fields, "until": _until(told)}
    return _("Closed road %(where)s changed: %(fields)s; %(until)s") % words


@sentence("closure.lifted", sample={"where": "涝河大桥"})
def lifted(told: Told) -> str:
    return _("Closure lifted: %(where)s") % {"where": told.said("where")}


def _until(told: Told) -> str:
    if until := told.said("until"):
        return _("until %(at)s") % {"at": until[:16].replace("T", " ")}
    return _("until it is lifted")


name_verbs(
    "closure",
    gettext_lazy("Road restrictions"),
    {
        "drawn": gettext_lazy("closing a road"),
        "changed": gettext_lazy("changing a closure"),
        "lifted": gettext_lazy("lifting a closure"),
    },
)
