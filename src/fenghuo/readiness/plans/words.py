"""Names of kinds, of incidents covered, and of who must have a plan, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.words import english
from fenghuo.standards.kinds import KINDS
from fenghuo.standards.plan_duties import PlanDuty
from fenghuo.standards.plan_kinds import PLAN_KINDS

WHO_WORDS: dict[str, str | Promise] = {
    "village": _("Villages"),
    "community": _("Communities"),
    "enterprise": _("Enterprises"),
    "school": _("Schools"),
    "institution": _("Institutions"),
    "association": _("Social organisations"),
    "township": _("Townships and street offices"),
    "department": _("Departments"),
    "emergency_office": _("Emergency offices"),
    "government": _("Governments"),
}
DANGER_WORDS: dict[str, str | Promise] = {
    "mine": _("mine"),
    "smelting": _("metal smelting"),
    "construction": _("construction"),
    "hazardous": _("dangerous goods"),
    "fireworks": _("fireworks"),
    "urban_rail": _("urban rail"),
    "crowded": _("crowded place (hotel, market, amusement, sights)"),
}


def plan_kind_name(slug: str) -> str:
    """In the reader's language; an unknown slug as it stands."""
    kind = PLAN_KINDS.get(slug)
    if kind is None:
        return slug
    return kind.en if english() else kind.zh


def plan_kind_choices() -> list[tuple[str, str]]:
    return [(slug, plan_kind_name(slug)) for slug in PLAN_KINDS]


def incident_kind_choices() -> list[tuple[str, str]]:
    return [(slug, kind.en if english() else kind.zh) for slug, kind in KINDS.items()]


def duty_said(duty: PlanDuty) -> str:
    return duty.en if english() else duty.zh
