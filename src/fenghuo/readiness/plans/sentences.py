"""What the timeline says of plans, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence
from fenghuo.kernel.web.words import listed

from .words import DANGER_WORDS, plan_kind_name

FIELDS = {
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "covers": gettext_lazy("for what"),
    "edition": gettext_lazy("edition"),
    "issued_on": gettext_lazy("day of issue"),
    "valid_from": gettext_lazy("valid from"),
    "approved_by": gettext_lazy("approved by"),
    "filed_on": gettext_lazy("day of filing"),
    "next_due": gettext_lazy("next review"),
    "note": gettext_lazy("note"),
}


@sentence("plan.created", sample={"number": "P-2026-0001", "name": "防汛应急预案", "kind": "special", "edition": 1})
def created(told: Told) -> str:
    said = {"name": told.said("name"), "kind": plan_kind_name(told.said("kind")), "edition": told.said("edition")}
    return _("The plan %(name)s was entered (%(kind)s, edition %(edition)s)") % said


@sentence("plan.changed", sample={"fields": ["name", "issued_on"], "from": "防汛预案", "to": "防汛应急预案"})
def changed(told: Told) -> str:
    words = dict.fromkeys(str(FIELDS.get(name, name)) for name in told.public.get("fields", []))
    said = _("Changed: %(fields)s") % {"fields": listed(words)}
    if "from" not in told.public:
        return said
    return f"{said}({told.said('from')} → {told.said('to')})"


@sentence("plan.answered", sample={"fields": ["dangers", "warning"]})
def answered(told: Told) -> str:
    return _("What the village says of dangers, warning and help was written down")


@sentence("plan.confirmed")
def confirmed(told: Told) -> str:
    return _("What stands here was looked at and is right")


@sentence("plan.filed", sample={"on": "2026-05-12", "how": "papers", "due": "2029-05-12"})
def filed(told: Told) -> str:
    said = {"day": told.said("on"), "due": told.said("due") or "—"}
    if told.said("how") == "noted":
        return _("Noted as filed on paper on %(day)s; next review by %(due)s") % said
    return _("Filed on %(day)s: everybody with whom it is filed has accepted it; next review by %(due)s") % said


@sentence("plan.fell_due", sample={"due": "2026-05-12"})
def fell_due(told: Told) -> str:
    return _("Due for review since %(due)s") % {"due": told.said("due")}


@sentence("plan.extended", sample={"due": "2029-05-12"})
def extended(told: Told) -> str:
    return _("In force again: the next review is by %(due)s") % {"due": told.said("due") or "—"}


@sentence("plan.replaced", sample={"edition": 2, "number": "P-2026-0002"})
def replaced(told: Told) -> str:
    said = {"edition": told.said("edition"), "number": told.said("number")}
    return _("Replaced by edition %(edition)s (%(number)s)") % said


@sentence("plan.archived")
def archived(told: Told) -> str:
    return _("The plan was put into the archive")


@sentence("plan.restored")
def restored(told: Told) -> str:
    return _("The plan was taken back from the archive")


@sentence("plan.reminded", sample={"units": 12, "unreachable": 1})
def reminded(told: Told) -> str:
    count = int(told.said("units") or 0)
    said = ngettext(
        "%(n)s unit was reminded that a plan is lacking", "%(n)s units were reminded that a plan is lacking", count
    ) % {"n": count}
    unreachable = int(told.said("unreachable") or 0)
    return f"{said} ({_('not to be reached: %(n)s') % {'n': unreachable}})" if unreachable else said


@sentence("plan.unit_reminded", sample={"plans": ["grassroots"]})
def unit_reminded(told: Told) -> str:
    kinds = listed(plan_kind_name(kind) for kind in told.public.get("plans", []))
    return _("Reminded that a plan is lacking: %(kinds)s") % {"kinds": kinds}


@sentence("plan.profile_set", sample={"size": "small", "above_scale": None, "dangers": ["hazardous"]})
def profile_set(told: Told) -> str:
    dangers = listed(DANGER_WORDS.get(one, one) for one in told.public.get("dangers", []))
    return _("Size and dangers, as far as plans ask for them, were set (%(dangers)s)") % {"dangers": dangers or "—"}


name_verbs(
    "plan",
    gettext_lazy("Plans"),
    {
        "created": gettext_lazy("entering a plan"),
        "changed": gettext_lazy("changing a plan"),
        "answered": gettext_lazy("what the village says"),
        "confirmed": gettext_lazy("looked at and right"),
        "filed": gettext_lazy("filed"),
        "fell_due": gettext_lazy("falling due"),
        "extended": gettext_lazy("in force again"),
        "replaced": gettext_lazy("replaced by the next edition"),
        "reminded": gettext_lazy("reminding those that lack one"),
        "unit_reminded": gettext_lazy("being reminded"),
        "profile_set": gettext_lazy("size and dangers of a unit"),
        "archived": gettext_lazy("putting into the archive"),
        "restored": gettext_lazy("taking from the archive"),
    },
)

from .checks import sentences as _checks  # noqa: E402, F401  (registers itself)
