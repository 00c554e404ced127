"""What the timeline says of checks of plans."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence


@sentence("plancheck.created", sample={"number": "PC-2026-0001", "title": "下半年预案四进专项检查"})
def created(told: Told) -> str:
    return _("The check of plans %(number)s was drafted: %(title)s") % {
        "number": told.said("number"),
        "title": told.said("title"),
    }


@sentence("plancheck.changed", sample={"fields": ["title"]})
def changed(told: Told) -> str:
    return _("The check was changed before the draw")


@sentence("plancheck.drawn", sample={"seed": "2026188", "digest": "c06eed43c08041685c14", "of": 340, "drawn": 24})
def drawn(told: Told) -> str:
    said = {name: told.said(name) for name in ("seed", "digest", "of", "drawn")}
    return _("Drawn: %(drawn)s of %(of)s units, by the seed %(seed)s; the list has the digest %(digest)s") % said


@sentence("plancheck.started", sample={"units": 24})
def started(told: Told) -> str:
    return _("The check has begun; those who visit were told (%(units)s units)") % {"units": told.said("units")}


@sentence("plancheck.assigned", sample={"to": "鄠邑区教育局"})
def assigned(told: Told) -> str:
    return _("Is checked by %(to)s from now on") % {"to": told.said("to")}


@sentence("plancheck.answered", sample={"n": 4, "conflicts": 1})
def answered(told: Told) -> str:
    count = int(told.said("n") or 0)
    said = ngettext("%(n)s answer was given on the spot", "%(n)s answers were given on the spot", count) % {"n": count}
    conflicts = int(told.said("conflicts") or 0)
    if not conflicts:
        return said
    return f"{said} ({_('%(n)s of them beside another answer') % {'n': conflicts}})"


@sentence("plancheck.settled", sample={"question": "drill", "taken": True})
def settled(told: Told) -> str:
    if told.public.get("taken"):
        return _("Of two answers given apart, the later one was taken")
    return _("Of two answers given apart, the one that held was kept")


@sentence("plancheck.finished", sample={"findings": 2, "due": "2026-10-31"})
def finished(told: Told) -> str:
    count = int(told.said("findings") or 0)
    if not count:
        return _("Checked on the spot: nothing found")
    said = {"n": count, "due": told.said("due")}
    return (
        ngettext(
            "Checked on the spot: %(n)s finding, to be put right by %(due)s",
            "Checked on the spot: %(n)s findings, to be put right by %(due)s",
            count,
        )
        % said
    )


@sentence("plancheck.corrected", sample={"question": "drill", "way": "hand"})
def corrected(told: Told) -> str:
    if told.public.get("way") == "hand":
        return _("Entered from paper brought by hand: a finding was put right")
    return _("Said that a finding was put right")


@sentence("plancheck.verified", sample={"question": "drill"})
def verified(told: Told) -> str:
    return _("A finding was looked at: it is put right")


@sentence("plancheck.sent_back", sample={"question": "drill"})
def sent_back(told: Told) -> str:
    return _("A finding was sent back: it is not put right yet")


@sentence("plancheck.reminded", sample={"n": 2, "due": "2026-10-31", "late": True})
def reminded(told: Told) -> str:
    said = {"n": told.said("n"), "due": told.said("due")}
    if told.public.get("late"):
        return _("The unit was reminded: %(n)s findings are late, they were to be put right by %(due)s") % said
    return _("The unit was reminded: %(n)s findings are to be put right by %(due)s") % said


@sentence("plancheck.visits_reminded", sample={"to": "鄠邑区教育局", "n": 3})
def visits_reminded(told: Told) -> str:
    return _("%(to)s was reminded of %(n)s visits") % {"to": told.said("to"), "n": told.said("n")}


@sentence("plancheck.closed", sample={"left": 0})
def closed(told: Told) -> str:
    left = int(told.said("left") or 0)
    return _("The check was closed; %(left)s units were not checked") % {"left": left} if left else _("Check closed")


name_verbs(
    "plancheck",
    gettext_lazy("Checks of plans"),
    {
        "created": gettext_lazy("drafting a check"),
        "changed": gettext_lazy("changing a check"),
        "drawn": gettext_lazy("drawing the sample"),
        "started": gettext_lazy("beginning"),
        "assigned": gettext_lazy("given to another unit"),
        "answered": gettext_lazy("answers on the spot"),
        "settled": gettext_lazy("choosing between two answers"),
        "finished": gettext_lazy("finishing a visit"),
        "corrected": gettext_lazy("said to be put right"),
        "verified": gettext_lazy("put right and looked at"),
        "sent_back": gettext_lazy("finding sent back"),
        "reminded": gettext_lazy("reminder of findings"),
        "visits_reminded": gettext_lazy("reminder of visits"),
        "closed": gettext_lazy("closing a check"),
    },
)
