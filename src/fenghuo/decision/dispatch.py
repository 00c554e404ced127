"""Which teams to send: the interface, with a simple honest ranking behind it (docs/algorithms/dispatch.md).

For each need the nearest free teams that have the capability, each named with its reasons; those who might have been
expected and are not proposed, with theirs; and what nobody can give. Nothing here is ordered: a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fenghuo.standards.needs import Need

TIRED_FROM = 2  # call-outs today (本县设定)
TIRED_SECONDS = 900.0  # by so much a tired team is reckoned later (本县设定)
MOST_NOTABLE = 8  # rows of not_chosen: more than that nobody reads at night


class Why(StrEnum):
    """Reasons as codes; the values stand beside them in `Reason`. Each with a sentence that a page may say."""

    NEAREST = "nearest"
    """“可出动的破拆救援队伍中最近” (capability; `number` 1 nearest, 2 second nearest …)"""
    ONLY_ONE = "only_one"
    """“目前唯一可出动的破拆救援队伍” (capability)"""
    COVERS_SEVERAL = "covers_several"
    """“一队兼顾 2 项需要” (`number` of needs)"""
    AFTER = "after"
    """“更近的草堂义务队正在另一事件处置中” (`team`: nearer, has the capability, is not free)"""
    CALLED_OUT = "called_out"
    """“今日已出动 2 次” (`number`); of a choice a caution, of a non-choice the reason"""
    TIME_UNKNOWN = "time_unknown"
    """“驻地未知,无法估算到达时间”"""
    CUT_OFF = "cut_off"
    """“没有道路可以到达”"""
    LACKS = "lacks"
    """“比消防一中队更近,但没有破拆救援能力” (capability, `team` that was chosen instead)"""
    BUSY = "busy"
    """“正在处置:草堂营村道路交通事故” (`text`)"""
    RESTING = "resting"
    """“休整中”"""
    UNAVAILABLE = "unavailable"
    """“暂不可用”"""
    LIMIT = "limit"
    """“已达建议队数上限” (of what is unmet, `number` of teams cut)"""
    NOBODY_HAS_IT = "nobody_has_it"
    """“全县登记的队伍都没有矿山救护能力” (capability)"""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its values; those that a code does not use are empty. `team`: key of another team."""

    code: Why
    capability: str = ""
    team: int | None = None
    number: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the question knows it. `seconds` to the place, None when unknown; `estimate`: along a straight line;
    `cut_off`: no road leads there.

    `state`: ready, resting or unavailable; `busy_with`: what it does now, "" when nothing; `called_today`: times.
    `people` is handed through to whoever shows or refines the proposal.
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

    @property
    def free(self) -> bool:
        return self.state == "ready" and not self.busy_with

    @property
    def tired(self) -> bool:
        return self.called_today >= TIRED_FROM


@dataclass(frozen=True, slots=True)
class Choice:
    """`covers`: the needs it is sent for, those that must be met first."""

    team: Team
    covers: tuple[Need, ...]
    seconds: float | None
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NotChosen:
    team: Team
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """`missing`: teams for which there is no free one; `cut`: teams left out because of the limit.

    `best`: the nearest that has the capability and is not free, with why; None when nobody has it.
    """

    need: Need
    missing: int
    cut: int
    best: NotChosen | None
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Worst first: what is unmet, then whom to send, then who was passed over.

    `estimate`: some time shown is reckoned along a straight line.
    """

    unmet: tuple[Unmet, ...]
    choices: tuple[Choice, ...]
    not_chosen: tuple[NotChosen, ...]
    estimate: bool


def propose(needs: Iterable[Need], teams: Iterable[Team], *, most: int | None = None) -> Proposal:
    """The proposal. `most`: how many teams at most; it cuts what should be there, never what must.

    Raises: ValueError when two teams bear the same id, or `most` or a count is negative.
    """
    wanted = sorted(needs, key=_need_order)
    ranked = sorted(teams, key=_rank)
    _check(wanted, ranked, most)
    picks = _pick(wanted, ranked, most)
    sent: dict[int, list[Need]] = defaultdict(list)
    for need, pick in zip(wanted, picks, strict=True):
        for team in pick.chosen:
            sent[team.id].append(need)
    by_id = {team.id: team for team in ranked}
    unmet = tuple(_unmet(need, pick, ranked) for need, pick in zip(wanted, picks, strict=True) if pick.lacking(need))
    choices = [_choice(by_id[key], covers, ranked) for key, covers in sent.items()]
    choices.sort(key=lambda choice: (not choice.covers[0].must, *_rank(choice.team)))
    passed = tuple(_passed_over(list(zip(wanted, picks, strict=True)), ranked, set(sent)))
    shown = (
        [choice.team for choice in choices]
        + [one.team for one in passed]
        + [one.best.team for one in unmet if one.best]
    )
    return Proposal(unmet, tuple(choices), passed, any(team.estimate for team in shown))


@dataclass(slots=True)
class _Pick:
    """Who is sent for one need. `available`: free teams with the capability that no earlier need took."""

    chosen: list[Team] = field(default_factory=list)
    available: int = 0
    limited: list[Team] = field(default_factory=list)

    def lacking(self, need: Need) -> int:
        return need.count - len(self.chosen)


def _need_order(need: Need) -> tuple[bool, str, str, int]:
    return not need.must, need.capability, need.why, need.count


def _rank(team: Team) -> tuple[bool, float, float, int, int]:
    """Who comes first: known times, time with the penalty for tired teams, then time, call-outs, key."""
    seconds = team.seconds or 0.0
    return team.seconds is None, seconds + (TIRED_SECONDS if team.tired else 0.0), seconds, team.called_today, team.id


def _check(needs: Sequence[Need], teams: Sequence[Team], most: int | None) -> None:
    if len({team.id for team in teams}) != len(teams):
        raise ValueError("two teams bear the same id")
    if any(need.count < 0 for need in needs) or (most is not None and most < 0):
        raise ValueError("a count is negative")


def _pick(needs: Sequence[Need], ranked: Sequence[Team], most: int | None) -> list[_Pick]:
    """For each need the first of the ranking that have the capability and were not taken for it before."""
    sent: set[int] = set()
    taken: dict[str, set[int]] = defaultdict(set)  # capability → teams that count for it already
    picks = []
    for need in needs:
        able = [
            team
            for team in ranked
            if team.free and need.capability in team.capabilities and team.id not in taken[need.capability]
        ]
        pick = _Pick(available=len(able))
        for team in able:
            if len(pick.chosen) == need.count:
                break
            if team.id not in sent and not need.must and most is not None and len(sent) >= most:
                pick.limited.append(team)  # one that goes anyway may still cover it
                continue
            pick.chosen.append(team)
            sent.add(team.id)
        taken[need.capability] |= {team.id for team in pick.chosen}
        picks.append(pick)
    return picks


def _choice(team: Team, covers: list[Need], ranked: Sequence[Team]) -> Choice:
    why = []
    for capability in dict.fromkeys(need.capability for need in covers):
        having = [one for one in ranked if capability in one.capabilities]
        free = [one for one in having if one.free]
        if len(free) == 1:
            why.append(Reason(Why.ONLY_ONE, capability))
        elif team.seconds is not None:
            why.append(Reason(Why.NEAREST, capability, number=1 + sum(_nearer(one, team) for one in free)))
        nearer = next((one for one in having if not one.free and _nearer(one, team)), None)
        if nearer:
            why.append(Reason(Why.AFTER, capability, team=nearer.id))
    if len(covers) > 1:
        why.append(Reason(Why.COVERS_SEVERAL, number=len(covers)))
    if team.tired:
        why.append(Reason(Why.CALLED_OUT, number=team.called_today))
    if team.seconds is None:
        why.append(Reason(Why.CUT_OFF if team.cut_off else Why.TIME_UNKNOWN))
    return Choice(team, tuple(covers), team.seconds, tuple(why))


def _unmet(need: Need, pick: _Pick, ranked: Sequence[Team]) -> Unmet:
    missing = max(0, need.count - pick.available)
    having = [team for team in ranked if need.capability in team.capabilities]
    occupied = next((team for team in having if not team.free), None)
    best = NotChosen(occupied, _not_free(occupied)) if occupied and missing else None
    cut = pick.lacking(need) - missing
    why = [Reason(Why.NOBODY_HAS_IT, need.capability)] if not having else []
    why += [Reason(Why.LIMIT, number=cut)] if cut else []
    return Unmet(need, missing, cut, best, tuple(why))


def _passed_over(picked: Sequence[tuple[Need, _Pick]], ranked: Sequence[Team], sent: set[int]) -> list[NotChosen]:
    """Those a commander would ask about, nearest first: able and not free, tired, over the limit, near but unable."""
    notable: dict[int, NotChosen] = {}
    for need, pick in picked:
        last = pick.chosen[-1] if pick.chosen else None
        limited = {team.id for team in pick.limited}
        for team in ranked:
            if team.id in sent or team.id in notable or need.capability not in team.capabilities:
                continue
            nearer = pick.lacking(need) > 0 or (last is not None and _nearer(team, last))
            if not nearer or need.count == 0:
                continue
            if not team.free:
                notable[team.id] = NotChosen(team, _not_free(team))
            elif team.id in limited:
                notable[team.id] = NotChosen(team, (Reason(Why.LIMIT),))
            elif team.tired:
                notable[team.id] = NotChosen(team, (Reason(Why.CALLED_OUT, number=team.called_today),))
    for need, pick in picked:
        last = pick.chosen[-1] if pick.chosen else None
        for team in ranked:
            if last is None or team.id in sent or team.id in notable or not team.free:
                continue
            if need.capability not in team.capabilities and _nearer(team, last):
                notable[team.id] = NotChosen(team, (Reason(Why.LACKS, need.capability, team=last.id),))
    found = sorted(notable.values(), key=lambda one: (one.why[0].code is Why.LACKS, *_rank(one.team)))
    return found[:MOST_NOTABLE]


def _nearer(one: Team, than: Team) -> bool:
    if one.seconds is None:
        return False
    return than.seconds is None or one.seconds < than.seconds


def _not_free(team: Team) -> tuple[Reason, ...]:
    if team.busy_with:
        return (Reason(Why.BUSY, text=team.busy_with),)
    return (Reason(Why.RESTING if team.state == "resting" else Why.UNAVAILABLE),)
