"""A coverage as its page shows it: figures, what is worst, what hangs on one site, and dots on a map."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fenghuo.decision.coverage import AtSite, Measure, People, Served, Threshold, Within, said, threshold_said

from .asking import STEPS, Asked
from .kinds import Covering
from .places import Village
from .selectors import Found

MOST_REASONS = 6
CUT_OFF = 5  # the band of what cannot be reached; 0 to 3 within the steps, 4 beyond them


@dataclass(frozen=True, slots=True)
class Row:
    """A village and how it is served. `cost`, `next_cost`: in words, "" when there is none; `band`: for its colour;
    `sign`: minutes or kilometres, for the map.

    `only`: it hangs on `site` alone within the threshold looked at; `estimate`: along a straight line.
    """

    village: Village
    site: Covering | None
    cost: str
    next_site: Covering | None
    next_cost: str
    band: int
    sign: str
    within: bool
    only: bool
    estimate: bool

    @property
    def url(self) -> str:
        return f"{reverse('web:regions')}?at={self.village.code}"


@dataclass(frozen=True, slots=True)
class Hanging:
    """A site and the villages that lose all cover without it."""

    site: Covering
    villages: tuple[Village, ...]
    people: str


@dataclass(frozen=True, slots=True)
class Step:
    """One threshold in the overview. `query`: the address that looks at it."""

    words: str
    within: Within
    percent: int | None
    people: str
    here: bool
    query: str


def language() -> str:
    return get_language() or "zh"


def rows(found: Found) -> list[Row]:
    """The worst served first; those of unknown position are not among them."""
    assert found.coverage is not None
    return [_row(found, one) for one in found.coverage.worst]


def _row(found: Found, one: Served) -> Row:
    within = found.within
    assert within is not None
    code = one.demand.id
    site = found.sites[one.site.id] if one.site else None
    next_site = found.sites[one.next_site.id] if one.next_site else None
    measure = found.asked.measure
    return Row(
        village=found.villages[code],
        site=site,
        cost=cost_said(one.cost, measure),
        next_site=next_site,
        next_cost=cost_said(one.next_cost, measure),
        band=band_of(one.cost, measure),
        sign=_sign(one.cost, measure),
        within=one.cost is not None and one.cost <= within.threshold.limit,
        only=code in within.once,
        estimate=site is not None and (code, site.id) in found.estimated,
    )


def cost_said(cost: float | None, measure: Measure) -> str:
    """“7 min”, “1.2 km”; a time is rounded up, so that who is late is never shown as in time."""
    if cost is None:
        return ""
    if measure is Measure.MINUTES:
        return _("%(n)s min") % {"n": minutes_up(cost)}
    return _("%(n)s km") % {"n": f"{cost / 1000:.1f}"} if cost >= 1000 else _("%(n)s m") % {"n": round(cost)}


def _sign(cost: float | None, measure: Measure) -> str:
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


def steps(found: Found) -> list[Step]:
    assert found.coverage is not None
    return [
        Step(
            words=threshold_said(one.threshold, language()),
            within=one,
            percent=percent(one.share),
            people=people_said(one.people, len(one.covered)),
            here=one.threshold.most == found.asked.most,
            query=_with_most(found.asked, one.threshold),
        )
        for one in found.coverage.within
    ]


def _with_most(asked: Asked, threshold: Threshold) -> str:
    return replace(asked, most=int(threshold.most)).query


def reasons(found: Found) -> list[str]:
    """Worst first; of thresholds only the one looked at."""
    assert found.coverage is not None
    kept = [one for one in found.coverage.reasons if one.threshold is None or one.threshold.most == found.asked.most]
    return [said(one, language()) for one in kept[:MOST_REASONS]]


def hanging(found: Found) -> list[Hanging]:
    """Sites without which somebody loses all cover within the threshold looked at, those of the most first."""
    within = found.within
    assert within is not None
    alone = sorted((at for at in within.sites if at.alone), key=_most_first)
    return [
        Hanging(
            found.sites[at.site.id],
            tuple(found.villages[code] for code in at.alone),
            people_said(at.alone_people, len(at.alone)),
        )
        for at in alone
    ]


def _most_first(at: AtSite) -> tuple[int, int, str]:
    return -len(at.alone), -at.alone_people.known, at.site.id


def dots(found: Found, shown: list[Row]) -> list[dict[str, Any]]:
    """For the map: villages by how near the nearest is, and what covers them."""
    places = [_place_dot(row, found.asked.measure) for row in shown]
    sites = [
        {
            "latitude": one.latitude,
            "longitude": one.longitude,
            "sort": "site",
            "title": one.name,
            "word": one.word,
            "sign": "▲",
            "url": one.url,
        }
        for one in found.sites.values()
        if one.latitude is not None and one.longitude is not None
    ]
    return places + sites


def _place_dot(row: Row, measure: Measure) -> dict[str, Any]:
    word = f"{row.site.name} {row.cost}" if row.site else _("no way there")
    return {
        "latitude": row.village.latitude,
        "longitude": row.village.longitude,
        "sort": f"band{row.band}",
        "title": row.village.name,
        "word": word,
        "sign": row.sign,
        "url": row.url,
    }
