"""A siting as its page and its paper show it: what it brings, each place, the curve, who gains, what to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fenghuo.decision.coverage import Measure
from fenghuo.decision.siting import Aim, Proposal, Reason, Site, Step, Why, Worth, said
from fenghuo.decision.siting import Village as Served

from ..covering.kinds import Covering
from ..covering.places import Village
from ..covering.saying import band_of, language, minutes_up, sign_of
from .selectors import Found

OF_A_SITE = (Why.SITE, Why.WANTED, Why.WITHOUT, Why.IRREPLACEABLE)
BAR = 100.0  # units of the longest bar of the curve


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the comparison: now, and with the new ones; "" where nobody is served. `of`: people behind it."""

    name: str
    now: str
    then: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A new one. `why`: what it serves, and what would be without it."""

    number: int
    village: Village
    why: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"{reverse('web:regions')}?at={self.village.code}"


@dataclass(frozen=True, slots=True)
class Point:
    """A step of the curve. `value`: in words; `brings`: of this one more; `bar`: of BAR units."""

    number: int
    names: str
    value: str
    brings: str
    bar: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Gain:
    """A village that is served sooner. Minutes rounded up; `now` None: nobody came before. `by`: who comes then."""

    village: Village
    now: int | None
    then: int
    by: str

    @property
    def url(self) -> str:
        return f"{reverse('web:regions')}?at={self.village.code}"


def figures(found: Proposal, minutes: int) -> list[Figure]:
    """The aim's own figure first."""
    now, then = found.today, found.worth
    rows = {
        Aim.MEDIAN: _times(_("Mean time"), now.mean_s, then.mean_s),
        Aim.CENTRE: _times(_("Longest time"), now.longest_s, then.longest_s),
        Aim.COVER: _within(found, minutes),
    }
    left = Figure(_("Reached by nobody"), _people(_never(now)), _people(_never(then)))
    own = rows.pop(found.aim)
    return [own, *rows.values(), left]


def _never(worth: Worth) -> int:
    """People left out; for the aim cover those merely late are not told apart and none is claimed."""
    return 0 if worth.aim is Aim.COVER else worth.left_out


def _times(name: str, now: float | None, then: float | None) -> Figure:
    return Figure(name, _minutes(now), _minutes(then))


def _within(found: Proposal, minutes: int) -> Figure:
    """Counted from who serves whom, so that it stands beside every aim."""
    limit = 60.0 * minutes
    now = sum(part.people for one in found.villages for part in one.before if part.seconds <= limit)
    then = sum(part.people for one in found.villages for part in one.after if part.seconds <= limit)
    name = _("Reached within %(n)s min") % {"n": minutes}
    of = found.worth.people
    return Figure(name, _share(now, of), _share(then, of), _people(then))


def _share(people: int, of: int) -> str:
    """Rounded down: 100 only where everybody is reached."""
    return f"{int(100 * people / of + 1e-9)}%" if of else ""


def _people(people: int) -> str:
    return _("%(n)s people") % {"n": f"{people:,}"}


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else _("%(n)s min") % {"n": f"{seconds / 60:.1f}"}


def places(found: Found) -> list[Place]:
    """As they are numbered on the map."""
    assert found.proposal is not None
    shown = []
    for number, site in enumerate(found.proposal.chosen, 1):
        village = found.village_of(site)
        assert village is not None  # only villages may be proposed
        why = [one for one in found.proposal.reasons if one.code in OF_A_SITE and one.site == site.name]
        shown.append(Place(number, village, tuple(said(one, language()) for one in _once(why))))
    return shown


def _once(reasons: Sequence[Reason]) -> list[Reason]:
    """Two villages of one name have each their own; of either the first of a kind."""
    return list({one.code: one for one in reversed(reasons)}.values())[::-1]


def curve(found: Proposal) -> list[Point]:
    """What is there first; the bar shows the aim's figure, the longest of them whole."""
    most = max(_height(worth) for worth in (found.today, *(one.worth for one in found.curve)))
    now = Point(0, "", _value(found.today), "", _bar(found.today, most), proven=True)
    return [now, *(_point(one, most) for one in found.curve)]


def _point(step: Step, most: float) -> Point:
    names = names_of(step.sites)
    return Point(step.number, names, _value(step.worth), _brings(step), _bar(step.worth, most), step.worth.proven)


def _value(worth: Worth) -> str:
    value = _share(round(worth.value), worth.people) if worth.aim is Aim.COVER else _minutes(_figure(worth))
    return value or _("nobody is served")


def _bar(worth: Worth, most: float) -> float:
    return round(BAR * _height(worth) / most, 1) if most else 0.0


def _figure(worth: Worth) -> float | None:
    return worth.longest_s if worth.aim is Aim.CENTRE else worth.mean_s


def _height(worth: Worth) -> float:
    return worth.value if worth.aim is Aim.COVER else (_figure(worth) or 0.0)


def _brings(step: Step) -> str:
    if step.fewer_left_out and step.worth.aim is not Aim.COVER:
        return _("%(n)s people more are served") % {"n": f"{step.fewer_left_out:,}"}
    percent = f"{100 * step.share:.1f}"
    if step.worth.aim is Aim.COVER:
        return _("%(percent)s %% of all people more") % {"percent": percent}
    return _("%(percent)s %% shorter") % {"percent": percent}


def gains(found: Found) -> list[Gain]:
    """Those that gain the most people-minutes first; who was served by nobody before them all."""
    assert found.proposal is not None
    ranked = sorted((one for one in found.proposal.villages if one.gains), key=_gain_order)
    return [_gain(found, one) for one in ranked]


def _gain_order(one: Served) -> tuple[bool, float, str]:
    before, after = one.before_s, one.after_s or 0.0
    return before is not None, -one.people * ((before or 0.0) - after) if before is not None else 0.0, one.demand.id


def _gain(found: Found, one: Served) -> Gain:
    before = one.before_s
    names = [found.village_of(part.site) or found.covering_of(part.site) for part in one.after]
    return Gain(
        village=found.villages[one.demand.id],
        now=None if before is None else minutes_up(before),
        then=minutes_up(one.after_s or 0.0),
        by="、".join(name.name for name in names if name is not None),
    )


def reasons(found: Proposal) -> list[str]:
    """All but what stands beside a place already."""
    return [said(one, language()) for one in found.reasons if one.code not in OF_A_SITE]


def dots(found: Found) -> list[dict[str, Any]]:
    """For the map: villages by how soon they are reached then, what exists, and the new ones by number."""
    assert found.proposal is not None
    shown = [_village_dot(found, one) for one in found.proposal.villages]
    shown += [_dot(one, "site", one.word, "▲", one.url) for one in found.existing.values()]
    shown += [_dot(one.village, "new", pgettext("a site", "new"), str(one.number), one.url) for one in places(found)]
    return [one for one in shown if one["latitude"] is not None]


def _village_dot(found: Found, one: Served) -> dict[str, Any]:
    village, after = found.villages[one.demand.id], one.after_s
    band = band_of(after, Measure.MINUTES)
    word = _("no way there") if after is None else _("%(n)s min") % {"n": minutes_up(after)}
    url = f"{reverse('web:regions')}?at={village.code}"
    return _dot(village, f"band{band}", word, sign_of(after, Measure.MINUTES), url)


def _dot(at: Village | Covering, sort: str, word: str, sign: str, url: str) -> dict[str, Any]:
    place = {"latitude": at.latitude, "longitude": at.longitude, "title": at.name}
    return place | {"sort": sort, "word": word, "sign": sign, "url": url}


def names_of(sites: Sequence[Site]) -> str:
    return "、".join(site.name for site in sites)
