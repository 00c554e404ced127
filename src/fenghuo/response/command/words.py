"""Reasons of a proposal as sentences in the reader's language."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.decision.dispatch import Reason, Why, said
from fenghuo.kernel.web.words import english
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.words import capability_name
from fenghuo.standards.needs import Need, need_rows


def reason_said(reason: Reason, teams: Mapping[int, Team]) -> str:
    what = capability_name(reason.capability) if reason.capability else ""
    team = teams.get(reason.team) if reason.team is not None else None
    other = team.name if team else _("another team")
    number = reason.number or 0
    match reason.code:
        case Why.NEAREST if number <= 1:
            return _("nearest that is free with: %(what)s") % {"what": what}
        case Why.NEAREST:
            return _("number %(n)s by time with: %(what)s") % {"n": number, "what": what}
        case Why.ONLY_ONE:
            return _("the only one free with: %(what)s") % {"what": what}
        case Why.COVERS_SEVERAL:
            return ngettext("covers %(n)s need", "covers %(n)s needs", number) % {"n": number}
        case Why.AFTER:
            return _("%(team)s would be nearer, but is not free") % {"team": other}
        case Why.CALLED_OUT:
            return ngettext("called out %(n)s time today", "called out %(n)s times today", number) % {"n": number}
        case Why.TIME_UNKNOWN:
            return _("time unknown: no position of its base, or of the place")
        case Why.CUT_OFF:
            return _("no road leads there, as the map and the closures stand now")
        case Why.LACKS:
            return _("nearer than %(team)s, but without: %(what)s") % {"team": other, "what": what}
        case Why.BUSY:
            return _("is dealing with: %(what)s") % {"what": reason.text}
        case Why.RESTING:
            return _("is resting")
        case Why.UNAVAILABLE:
            return _("is not available")
        case Why.LIMIT:
            return _("over the number of teams that were asked for")
        case Why.NOBODY_HAS_IT:
            return _("no team of the register has: %(what)s") % {"what": what}
        case _:  # the decision has a sentence for each of its own
            return said(reason, "en" if english() else "zh", {key: one.name for key, one in teams.items()})


def need_said(need: Need) -> str:
    """Why it is needed: 有人被困."""
    row = need_rows(settings.OWN_NEEDS).get(need.why)
    if row is None:
        return ""
    return row.en if english() else row.zh
