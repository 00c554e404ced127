"""The question of dispatch, and what is refused of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, isnan

from fenghuo.decision.questions import BadQuestion, Fault
from fenghuo.standards.needs import Need

MOST_COUNT = 10_000
MOST_WEIGHT = 1_000_000
MOST_PEOPLE = 1_000_000_000
MOST_SECONDS = 10_000_000.0
MOST_ID = 2**63


class Of(StrEnum):
    """Whose a team is. Only the county's own are proposed; the others are named where something stays unmet."""

    OWN = "own"
    LINE = "line"
    """Of another line (department): its leader is asked."""
    NEIGHBOUR = "neighbour"
    """Of a neighbouring county: asked through the city."""
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Rules:
    """本县设定. A team called out `tired_from` times today is reckoned `tired_seconds` later; arrivals are compared in
    steps of `step_seconds`, so that a few seconds outweigh no village's cover."""

    tired_from: int = 2
    tired_seconds: float = 900.0
    step_seconds: float = 60.0


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the question knows it. `seconds` to the place, None when unknown; `estimate`: along a straight line;
    `cut_off`: no road leads there. (With several incidents the times stand in the question.)

    `state`: ready, resting or unavailable; `busy_with`: what it does now, "" when nothing; `called_today`: times.
    `people` is handed through to whoever shows or refines the proposal. `going_to`: the incident it
    is ordered to, None when none: it stays with it unless a must would else be unmet.
    """

    id: int
    name: str
    capabilities: frozenset[str]
    seconds: float | None = None
    estimate: bool = False
    cut_off: bool = False
    state: str = "ready"
    busy_with: str = ""
    called_today: int = 0
    people: int | None = None
    of: Of = Of.OWN
    going_to: int | None = None

    @property
    def free(self) -> bool:
        return self.state == "ready" and not self.busy_with

    @property
    def tired(self) -> bool:
        return self.called_today >= RULES.tired_from


@dataclass(frozen=True, slots=True)
class Incident:
    """`weight`: what a team or a minute missing here counts against one missing elsewhere (whole, from 1).

    `most`: how many teams may newly be sent; it cuts what should be there, never what must.
    """

    id: int
    name: str
    needs: Sequence[Need]
    weight: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """A place that teams at home keep covered. `teams`: ids of those that would be there in time, with
    `capability` where only that counts. Covered: one of them is at home and free."""

    id: str
    name: str
    people: int
    teams: frozenset[int]
    capability: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`seconds`: a row for each team, a number for each incident; None unknown, infinite where no road leads.

    `without`: also the best without each choice, and the runner-up. `effort`: nodes of the search a level may take.
    """

    incidents: Sequence[Incident]
    teams: Sequence[Team]
    seconds: Sequence[Sequence[float | None]]
    cover: Sequence[Cover] = ()
    rules: Rules = RULES
    without: bool = True
    effort: int = 2000


def check(asked: Question) -> None:
    """Raises: BadQuestion."""
    _unique("incidents", (one.id for one in asked.incidents), "两起事件编号相同", "two incidents bear the same id")
    _unique("teams", (one.id for one in asked.teams), "两支队伍编号相同", "two teams bear the same id")
    _unique("cover", (one.id for one in asked.cover), "两个地点编号相同", "two places bear the same id")
    one = len(asked.incidents) == 1
    for place, incident in enumerate(asked.incidents):
        field = f"incidents[{place}]"
        _whole(f"{field}.weight", incident.weight, 1, MOST_WEIGHT)
        if incident.most is not None:
            _whole("most" if one else f"{field}.most", incident.most, 0, MOST_COUNT)
        check_needs("needs" if one else f"{field}.needs", incident.needs)
    known = {incident.id for incident in asked.incidents}
    for place, team in enumerate(asked.teams):
        _whole(f"teams[{place}].called_today", team.called_today, 0, MOST_COUNT)
        if team.going_to is not None and team.going_to not in known:
            zh, en = "不是本题所列事件的编号", "is no incident of the question"
            raise BadQuestion(Fault(f"teams[{place}].going_to", team.going_to, zh, en))
    for place, spot in enumerate(asked.cover):
        _whole(f"cover[{place}].people", spot.people, 0, MOST_PEOPLE)
    check_rules(asked.rules)
    _whole("effort", asked.effort, 1, MOST_WEIGHT)
    _check_seconds(asked)


def check_needs(field: str, needs: Sequence[Need]) -> None:
    """Raises: BadQuestion."""
    for place, need in enumerate(needs):
        _whole(f"{field}[{place}].count", need.count, 0, MOST_COUNT)


def check_rules(rules: Rules) -> None:
    """Raises: BadQuestion."""
    _whole("rules.tired_from", rules.tired_from, 1, MOST_COUNT)
    for name, least in (("tired_seconds", 0.0), ("step_seconds", 1.0)):
        value = getattr(rules, name)
        if not (isfinite(value) and least <= value <= MOST_SECONDS):
            zh, en = f"须在 {least:g} 与 {MOST_SECONDS:g} 之间", f"must lie between {least:g} and {MOST_SECONDS:g}"
            raise BadQuestion(Fault(f"rules.{name}", str(value), zh, en))


def _unique(field: str, ids: Iterable[object], zh: str, en: str) -> None:
    seen = set[object]()
    for place, one in enumerate(ids):
        if isinstance(one, int) and abs(one) >= MOST_ID:
            raise BadQuestion(Fault(f"{field}[{place}].id", one, "编号太大", "is too large for an id"))
        if one in seen:
            raise BadQuestion(Fault(f"{field}[{place}].id", one, zh, en))
        seen.add(one)


def _whole(field: str, amount: object, least: int, most: int) -> None:
    if isinstance(amount, bool) or not isinstance(amount, int) or not least <= amount <= most:
        zh = f"须为 {least} 到 {most} 的整数"
        given = amount if isinstance(amount, int) else str(amount)
        en = f"a count is negative, too large or no whole number: it must lie between {least} and {most}"
        raise BadQuestion(Fault(field, given, zh, en))


def _check_seconds(asked: Question) -> None:
    one = len(asked.incidents) == 1
    if len(asked.seconds) != len(asked.teams):
        zh, en = f"须有 {len(asked.teams)} 行，每支队伍一行", f"must have {len(asked.teams)} rows, one for each team"
        raise BadQuestion(Fault("seconds", len(asked.seconds), zh, en))
    for row, times in enumerate(asked.seconds):
        if len(times) != len(asked.incidents):
            wanted = len(asked.incidents)
            zh, en = f"须有 {wanted} 个数，每起事件一个", f"must have {wanted} numbers, one for each incident"
            raise BadQuestion(Fault(f"seconds[{row}]", len(times), zh, en))
        for column, time in enumerate(times):
            if time is None or 0 <= time <= MOST_SECONDS or time == float("inf"):
                continue
            field = f"teams[{row}].seconds" if one else f"seconds[{row}][{column}]"
            zh = f"须为 0 到 {MOST_SECONDS:g} 的秒数；不知道的留空（null）"
            en = f"must be seconds from 0 to {MOST_SECONDS:g}; null when nobody knows"
            raise BadQuestion(Fault(field, "NaN" if isnan(time) else time, zh, en))
