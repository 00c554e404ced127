"""To whom a paper goes: follows from the sender's block and its supervising departments, never typed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Supervision, Unit
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.standards.subjects import SUBJECTS
from fenghuo.standards.submission_kinds import SubmissionRule

ABOVE = {
    "township": UnitKind.TOWNSHIP,
    "emergency_office": UnitKind.EMERGENCY_OFFICE,
    "government": UnitKind.GOVERNMENT,
    "superior": UnitKind.SUPERIOR,
}


@dataclass(frozen=True, slots=True)
class Addressed:
    """`unit` None: nobody; then `why` says so and who can put it right. `subject`: the line by which it goes."""

    unit: Unit | None
    subject: str = ""
    why: str | Promise = ""


def receiver_for(rule: SubmissionRule, sender: Unit, subject: str = "") -> Addressed:
    """`sender` with region. `subject`: the line that the room names, where the kind itself names none. 1 query."""
    if rule.to in ("department", "main_department"):
        return _supervisor(sender, rule.subject or subject, main=rule.to == "main_department")
    found = _above(sender, ABOVE[rule.to])
    return Addressed(found) if found is not None else Addressed(None, why=_nobody_above(rule, sender))


def _above(sender: Unit, kind: UnitKind) -> Unit | None:
    """The nearest of this kind whose region holds the sender's; a superior authority may stand anywhere above."""
    path = sender.region.path
    paths = [path[:length] for length in range(PATH_STEP, len(path) + 1, PATH_STEP)]
    units = Unit.objects.select_related("region").filter(kind=kind, valid_to=None, region__path__in=paths)
    return max(units.exclude(pk=sender.pk), key=lambda unit: (len(unit.region.path), -unit.pk), default=None)


def _supervisor(sender: Unit, subject: str, *, main: bool) -> Addressed:
    rows = Supervision.objects.filter(unit=sender, department__valid_to=None).select_related("department__region")
    rows = rows.filter(main=True) if main or not subject else rows.filter(subject=subject)
    row = rows.first()
    if row is not None:
        return Addressed(row.department, row.subject)
    named = _subject_name(subject)
    if main or not subject:
        said = _("%(unit)s has no main supervising department. %(who)s can enter it on the unit's page.")
    else:
        said = _("%(unit)s has no supervising department for %(subject)s. %(who)s can enter it on the unit's page.")
    return Addressed(None, subject, said % {"unit": sender.name, "subject": named, "who": _keepers(sender)})


def _nobody_above(rule: SubmissionRule, sender: Unit) -> str:
    word = UnitKind(ABOVE[rule.to]).label
    return _("There is no unit of the kind “%(kind)s” above %(unit)s. %(who)s can set its place or enter the unit.") % {
        "kind": word,
        "unit": sender.name,
        "who": _keepers(sender),
    }


def _keepers(sender: Unit) -> str:
    """Who keeps the data of this unit: the emergency office of its county, by name where there is one."""
    office = _above(sender, UnitKind.EMERGENCY_OFFICE)
    return office.name if office is not None else _("The administrator")


def _subject_name(subject: str) -> str:
    zh, en = SUBJECTS.get(subject, (subject, subject))
    return zh if (get_language() or "").startswith("zh") else en
