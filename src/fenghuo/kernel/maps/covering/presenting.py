"""A coverage as its page shows it: figures, what is worst, what hangs on one site, and dots on a map."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.decision.coverage import AtSite, Measure, Served, Threshold, Within, said, threshold_said

from .asking import Asked
from .kinds import Covering
from .places import Village
from .saying import band_of, cost_said, language, people_said, percent, sign_of
from .selectors import Found

MOST_REASONS = 6


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
        sign=sign_of(one.cost, measure),
        within=one.cost is not None and one.cost <= within.threshold.limit,
        only=code in within.once,
        estimate=site is not None and (code, site.id) in found.estimated,
    )


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
