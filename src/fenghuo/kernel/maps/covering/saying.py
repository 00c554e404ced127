"""Costs, people and bands of a coverage in the reader's words."""

from math import ceil

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fenghuo.decision.coverage import Measure, People, Threshold, threshold_said

from .asking import STEPS

CUT_OFF = 5  # the band of what cannot be reached; 0 to 3 within the steps, 4 beyond them


def language() -> str:
    return get_language() or "zh"


def cost_said(cost: float | None, measure: Measure) -> str:
    """“7 min”, “1.2 km”, rounded up: what is too late or too far is never shown as within."""
    if cost is None:
        return ""
    if measure is Measure.MINUTES:
        return _("%(n)s min") % {"n": minutes_up(cost)}
    if cost <= 950:
        return _("%(n)s m") % {"n": ceil(cost)}
    return _("%(n)s km") % {"n": f"{ceil(cost / 100) / 10:.1f}"}


def sign_of(cost: float | None, measure: Measure) -> str:
    """Minutes or kilometres, rounded up: two digits fit into a dot on the map."""
    if cost is None:
        return "✕"
    return str(minutes_up(cost) if measure is Measure.MINUTES else max(1, ceil(cost / 1000)))


def minutes_up(seconds: float) -> int:
    return max(1, -int(-seconds // 60))


def band_of(cost: float | None, measure: Measure) -> int:
    if cost is None:
        return CUT_OFF
    steps = [Threshold(measure, one).limit for one in STEPS[measure]]
    return sum(cost > limit for limit in steps)


def bands(measure: Measure, *, cut_off: bool) -> list[tuple[int, str]]:
    """The legend: (band, words)."""
    steps = [threshold_said(Threshold(measure, one), language()) for one in STEPS[measure]]
    words = [_("within %(step)s") % {"step": step} for step in steps]
    words.append(_("beyond %(step)s") % {"step": steps[-1]})
    return list(enumerate([*words, _("no way there")] if cut_off else words))


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
