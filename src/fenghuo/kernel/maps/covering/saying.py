"""Costs, people and bands of a coverage in the reader's words."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fenghuo.decision.coverage import Measure, People, Threshold, threshold_said

from .asking import STEPS

CUT_OFF = 5  # the band of what cannot be reached; 0 to 3 within the steps, 4 beyond them


def language() -> str:
    return get_language() or "zh"


def cost_said(cost: float | None, measure: Measure) -> str:
    """“7 min”, “1.2 km”; a time is rounded up, so that who is late is never shown as in time."""
    if cost is None:
        return ""
    if measure is Measure.MINUTES:
        return _("%(n)s min") % {"n": minutes_up(cost)}
    return _("%(n)s km") % {"n": f"{cost / 1000:.1f}"} if cost >= 1000 else _("%(n)s m") % {"n": round(cost)}


def sign_of(cost: float | None, measure: Measure) -> str:
    if cost is None:
        return "✕"
    return str(minutes_up(cost)) if measure is Measure.MINUTES else f"{cost / 1000:.1f}"


def minutes_up(seconds: float) -> int:
    return max(1, -int(-seconds // 60))


def band_of(cost: float | None, measure: Measure) -> int:
    if cost is None:
        return CUT_OFF
    steps = [Threshold(measure, one).limit for one in STEPS[measure]]
    return sum(cost > limit for limit in steps)


def bands(measure: Measure) -> list[tuple[int, str]]:
    """The legend: (band, words)."""
    steps = [threshold_said(Threshold(measure, one), language()) for one in STEPS[measure]]
    words = [_("within %(step)s") % {"step": step} for step in steps]
    return list(enumerate([*words, _("beyond %(step)s") % {"step": steps[-1]}, _("no way there")]))


def people_said(people: People, of: int) -> str:
    """“41,300 people, and 3 places of which nobody knows”; `of`: how many places it is the sum of."""
    if of and people.unknown >= of:
        return _("population unknown")
    known = f"{people.known:,}"
    if not people.unknown:
        return _("%(n)s people (counted here)") % {"n": known}
    said = ngettext(
        "%(known)s people, and %(n)s place of unknown population",
        "%(known)s people, and %(n)s places of unknown population",
        people.unknown,
    )
    return said % {"known": known, "n": people.unknown}


def percent(share: float | None) -> int | None:
    """Rounded down: 100 only where everybody is reached."""
    return None if share is None else int(share * 100 + 1e-9)
