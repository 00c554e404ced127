"""The question of siting, and what is refused of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from fenghuo.decision.coverage.asking import Demand, Matrix, check_ids, check_people
from fenghuo.decision.questions import BadQuestion, Fault

MOST_AMOUNT = 1_000_000_000_000
MOST_SECONDS = 10_000_000.0
MOST_TOGETHER = 2**50  # people × tenths of a second: up to here sums of floats are exact


class Aim(StrEnum):
    MEDIAN = "median"
    """The least time of all people together."""
    CENTRE = "centre"
    """The least time of whoever has it longest."""
    COVER = "cover"
    """The most people within so many minutes."""


class Standing(StrEnum):
    CANDIDATE = "candidate"
    """May be proposed."""
    EXISTING = "existing"
    """Is there and stays; counts neither as new nor against the budget."""
    CLOSED = "closed"
    """May not be used: as if it were not there."""


@dataclass(frozen=True, slots=True)
class Site:
    """`wanted`: a candidate that must be among the new ones. `cost`: in the unit of the budget; `capacity`: people,
    None when there is room for all."""

    id: str
    name: str
    kind: str = ""
    standing: Standing = Standing.CANDIDATE
    wanted: bool = False
    cost: int = 0
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class KindLimit:
    """Of the new ones at least `least` and at most `most` of a kind."""

    kind: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`seconds`: a row for each demand, a number for each site, None (in arrays infinity) where nothing leads.

    `new`: so many new ones at most; None: as many as the budget allows. One of the two must be given. `estimate`:
    times are no times along roads. `effort`: about so many seconds of reckoning, counted in steps, not by a clock.
    """

    demands: Sequence[Demand]
    sites: Sequence[Site]
    seconds: Matrix
    aim: Aim = Aim.MEDIAN
    new: int | None = None
    within_minutes: float | None = None
    budget: int | None = None
    kinds: Sequence[KindLimit] = ()
    estimate: bool = False
    curve: bool = True
    without: bool = True
    effort: float = 20.0


def check(asked: Question) -> None:
    """All but the matrix. Raises: BadQuestion."""
    check_ids("demands", (one.id for one in asked.demands))
    check_ids("sites", (one.id for one in asked.sites))
    check_people(asked.demands)
    for place, site in enumerate(asked.sites):
        _whole(f"sites[{place}].cost", site.cost)
        if site.capacity is not None:
            _whole(f"sites[{place}].capacity", site.capacity)
        if site.wanted and site.standing is not Standing.CANDIDATE:
            zh = "已有的或停用的不能再列为必选；请只选其一"
            en = "is existing or closed and cannot be wanted as a new one too: take one of the two away"
            raise BadQuestion(Fault(f"sites[{place}].wanted", True, zh, en))
    if asked.new is None and asked.budget is None:
        zh, en = "新建数 new 和预算 budget 至少要给一个", "give how many may be new, or a budget, or both"
        raise BadQuestion(Fault("new", None, zh, en))
    for field, amount in (("new", asked.new), ("budget", asked.budget)):
        if amount is not None:
            _whole(field, amount)
    if not (isfinite(asked.effort) and 0 < asked.effort <= 3600):
        raise BadQuestion(
            Fault("effort", str(asked.effort), "须大于 0、不超过 3600", "must be above 0 and at most 3600")
        )
    _check_within(asked)
    _check_kinds(asked)
    _check_wanted(asked)


def _whole(field: str, amount: int) -> None:
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MOST_AMOUNT:
        zh, en = "须为不小于 0 的整数", "must be a whole number from 0 up"
        raise BadQuestion(Fault(field, amount if isinstance(amount, int) else str(amount), zh, en))


def _check_within(asked: Question) -> None:
    within = asked.within_minutes
    if asked.aim is Aim.COVER and within is None:
        zh, en = "按“覆盖最多”选点须写明几分钟之内", "must be given when the aim is cover: within how many minutes"
        raise BadQuestion(Fault("within_minutes", None, zh, en))
    if within is not None and not (isfinite(within) and 0 < within <= MOST_SECONDS / 60):
        raise BadQuestion(Fault("within_minutes", str(within), "须是大于 0 的数", "must be a number above 0"))


def _check_kinds(asked: Question) -> None:
    there = Counter(one.kind for one in asked.sites if one.standing is Standing.CANDIDATE)
    wanted = Counter(one.kind for one in asked.sites if one.wanted)
    seen = set[str]()
    for place, one in enumerate(asked.kinds):
        field = f"kinds[{place}]"
        _whole(f"{field}.least", one.least)
        if one.most is not None:
            _whole(f"{field}.most", one.most)
        if one.kind in seen:
            raise BadQuestion(Fault(f"{field}.kind", one.kind, "类别重复", "is there twice: one line for each kind"))
        seen.add(one.kind)
        if one.most is not None and one.least > one.most:
            zh, en = f"至少 {one.least} 个又至多 {one.most} 个，互相矛盾", f"asks for more than its most, {one.most}"
            raise BadQuestion(Fault(f"{field}.least", one.least, zh, en))
        if one.least > there[one.kind]:
            zh = f"这类备选点只有 {there[one.kind]} 个"
            en = f"is more than there are candidates of this kind: {there[one.kind]}"
            raise BadQuestion(Fault(f"{field}.least", one.least, zh, en))
        if one.most is not None and wanted[one.kind] > one.most:
            zh, en = f"这类必选的已有 {wanted[one.kind]} 个", f"is below the number that are wanted: {wanted[one.kind]}"
            raise BadQuestion(Fault(f"{field}.most", one.most, zh, en))


def _check_wanted(asked: Question) -> None:
    must = sum(one.wanted for one in asked.sites)
    for kind in asked.kinds:
        must += max(0, kind.least - sum(one.wanted and one.kind == kind.kind for one in asked.sites))
    if asked.new is not None and must > asked.new:
        zh, en = f"必选和各类下限合计已有 {must} 个", f"is less than what is wanted and the least of each kind: {must}"
        raise BadQuestion(Fault("new", asked.new, zh, en))
    spent = sum(one.cost for one in asked.sites if one.wanted)
    if asked.budget is not None and spent > asked.budget:
        zh, en = f"不够必选的点，它们共需 {spent}", f"is less than the wanted sites cost together: {spent}"
        raise BadQuestion(Fault("budget", asked.budget, zh, en))
