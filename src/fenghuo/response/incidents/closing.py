"""What is still open when an incident is to be closed. Rooms above add their checks; see `still_open`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .figures import by_source, chosen, standing
from .models import Incident
from .selectors import casualties_of
from .words import FIGURE_WORDS


@dataclass(frozen=True, slots=True)
class Matter:
    """`blocks`: the incident cannot be closed before this is done; else it is said and left to the person."""

    text: str
    blocks: bool = False


type Check = Callable[[Incident], list[Matter]]

_checks: list[Check] = []


def check(function: Check) -> Check:
    """Register a check: open orders, papers that are due …"""
    _checks.append(function)
    return function


def still_open(incident: Incident) -> list[Matter]:
    """Everything, what blocks first."""
    found = [matter for one in _checks for matter in one(incident)]
    return sorted(found, key=lambda matter: not matter.blocks)


@check
def level_unconfirmed(incident: Incident) -> list[Matter]:
    return [Matter(_("Nobody has confirmed the level."))] if incident.graded_at is None else []


@check
def response_in_force(incident: Incident) -> list[Matter]:
    return [Matter(_("The response is still in force."))] if incident.response_level is not None else []


@check
def people_at_risk(incident: Incident) -> list[Matter]:
    figures = chosen(incident, by_source(standing(incident)))
    if figures is None:
        return []
    return [
        Matter(
            _("%(word)s: %(count)s, by %(source)s")
            % {"word": FIGURE_WORDS[name], "count": count, "source": figures.source}
        )
        for name in ("missing", "trapped")
        if (count := figures.figures.get(name))
    ]


@check
def relatives_untold(incident: Incident) -> list[Matter]:
    count = casualties_of(incident).filter(relatives_told_at__isnull=True).count()
    return [Matter(_("Relatives of %(count)s people have not been told.") % {"count": count})] if count else []
