"""Reasons of a proposal of teams as sentences, in Chinese and in English."""

from collections.abc import Mapping

from fenghuo.standards.capabilities import CAPABILITIES

from .asking import Of
from .levels import Level
from .reasons import Reason, Why

ZH = {
    Why.NEAREST: "可出动的{what}队伍中{nth}",
    Why.ONLY_ONE: "目前唯一可出动的{what}队伍",
    Why.COVERS_SEVERAL: "一队兼顾 {number} 项需要",
    Why.AFTER: "{team}更近，但目前不能出动",
    Why.CALLED_OUT: "今日已出动 {number} 次",
    Why.TIME_UNKNOWN: "驻地或事发地位置不详，到达时间未知",
    Why.CUT_OFF: "按现有地图和封路情况，没有道路可以到达",
    Why.LACKS: "比{team}更近，但没有{what}能力",
    Why.BUSY: "正在处置：{text}",
    Why.RESTING: "休整中",
    Why.UNAVAILABLE: "暂不可用",
    Why.LIMIT: "已达要求的队数上限{cut}",
    Why.NOBODY_HAS_IT: "登记的队伍都没有{what}能力",
    Why.NO_MORE: "可出动、能到达的{what}队伍只有 {number} 支",
    Why.STAYS: "已在途前往本处，不另派",
    Why.MOVED: "原在途前往{text}，改派本处",
    Why.SENT: "本方案派往：{text}",
    Why.LEAVES: "出动后 {number} 处、{people} 人近处不再有队伍：{text}",
    Why.KEPT: "留守：一旦出动，{number} 处、{people} 人近处不再有队伍：{text}",
    Why.NO_SOONER: "与{team}到达时间相差不到一分钟",
    Why.SPARED: "虽更近，派来会使别的需要更晚或缺人",
    Why.WITHOUT: "如不派{team}：{instead}{later}",
    Why.WITHOUT_UNMET: "如不派{team}：就少 {number} 支，没有队伍可替",
    Why.UNPROVEN: "没有证明是最好的：“{level}”现为 {number}，也许还能减少，但不会低于 {bound}",
    Why.PROVEN: "已证明：在所列条件下没有更好的方案",
    Why.COULD_ASK: "可请求支援：{team}（{whose}{minutes}）",
}
EN = {
    Why.NEAREST: "{nth} of those free with {what}",
    Why.ONLY_ONE: "the only one free with {what}",
    Why.COVERS_SEVERAL: "covers {number} needs",
    Why.AFTER: "{team} would be nearer, but is not free",
    Why.CALLED_OUT: "called out {number} times today",
    Why.TIME_UNKNOWN: "time unknown: no position of its base, or of the place",
    Why.CUT_OFF: "no road leads there, as the map and the closures stand now",
    Why.LACKS: "nearer than {team}, but without {what}",
    Why.BUSY: "is dealing with: {text}",
    Why.RESTING: "is resting",
    Why.UNAVAILABLE: "is not available",
    Why.LIMIT: "over the number of teams that were asked for{cut}",
    Why.NOBODY_HAS_IT: "no team of the register has {what}",
    Why.NO_MORE: "free and able to come with {what}: {number}, no more",
    Why.STAYS: "is on the way here already",
    Why.MOVED: "was on the way to {text}, turns here",
    Why.SENT: "goes to: {text}",
    Why.LEAVES: "when it goes, {number} {places} ({people} people) have no team near: {text}",
    Why.KEPT: "stays: if it went, {number} {places} ({people} people) would have no team near: {text}",
    Why.NO_SOONER: "arrives within a minute of {team}",
    Why.SPARED: "nearer, but sending it here would make another need later or unmet",
    Why.WITHOUT: "without {team}: {instead}{later}",
    Why.WITHOUT_UNMET: "without {team}: {number} missing, nobody can take its place",
    Why.UNPROVEN: "not proven to be the best: “{level}” is {number} and might be less, though not below {bound}",
    Why.PROVEN: "proven: nothing better exists under these conditions",
    Why.COULD_ASK: "could be asked: {team} ({whose}{minutes})",
}
WHOSE = {
    Of.OWN: ("本县", "own"),
    Of.LINE: ("其他部门", "another department"),
    Of.NEIGHBOUR: ("邻县", "a neighbouring county"),
    Of.VOLUNTEER: ("社会力量", "volunteers"),
}
LEVELS = {
    Level.UNMET_MUST: ("必须到场而缺的队伍", "teams missing that must be there"),
    Level.MOVED: ("被抽走的在途任务", "jobs taken from teams on the way"),
    Level.UNKNOWN_MUST: ("必须到场而时间未知的队伍", "teams that must be there and whose time is unknown"),
    Level.LATEST_MUST: ("必须到场的最迟到达（分钟）", "minutes until the last of what must be there"),
    Level.TOTAL_MUST: ("必须到场的到达时间合计", "minutes of what must be there, together"),
    Level.UNMET_SHOULD: ("宜到场而缺的队伍", "teams missing that should be there"),
    Level.UNKNOWN_SHOULD: ("宜到场而时间未知的队伍", "teams that should be there and whose time is unknown"),
    Level.TOTAL_SHOULD: ("宜到场的到达时间合计", "minutes of what should be there, together"),
    Level.COVER_LOST: ("近处不再有队伍的人口", "people with no team near any more"),
    Level.SECONDS: ("到达时间合计（0.1 秒）", "tenths of a second, together"),
    Level.LOAD: ("所派队伍今日出动次数", "call-outs today of those sent"),
    Level.TEAMS: ("队伍数", "teams sent"),
}


def said(reason: Reason, language: str, names: Mapping[int, str]) -> str:
    """One sentence without a full stop. `language`: zh… or any other for English; `names`: of teams by id."""
    zh = language.startswith("zh")
    number = reason.number or 0
    name = names.get(reason.team, "") if reason.team is not None else ""
    capability = CAPABILITIES.get(reason.capability)
    code = reason.code
    level = next((one for one in LEVELS if one == reason.text), None)
    return (ZH if zh else EN)[code].format(
        what=(capability.zh if zh else capability.en) if capability else reason.capability,
        team=name or ("另一支队伍" if zh else "another team"),
        number=f"{number:,}",
        people=f"{reason.people or 0:,}",
        bound=f"{reason.bound or 0:,}",
        places="place" if number == 1 else "places",
        text=reason.text if zh else reason.text.replace("、", ", "),
        nth=_nth(number, zh),
        cut=_cut(number, zh),
        level=LEVELS[level][0 if zh else 1] if level else reason.text,
        whose=WHOSE[Of(reason.text)][0 if zh else 1] if code is Why.COULD_ASK else "",
        minutes=_minutes(number, zh) if code is Why.COULD_ASK else "",
        instead=_instead(reason.text, zh),
        later=_later(reason.number, zh),
    )


def _nth(number: int, zh: bool) -> str:
    if number <= 1:
        return "最近" if zh else "nearest"
    return f"按到达时间排第 {number}" if zh else f"number {number} by time"


def _cut(number: int, zh: bool) -> str:
    if not number:
        return ""
    return f"，少派 {number} 支" if zh else f": {number} fewer"


def _minutes(number: int, zh: bool) -> str:
    if number < 0:
        return "，时间未知" if zh else ", time unknown"
    return f"，约 {number} 分钟" if zh else f", about {number} min"


def _instead(names: str, zh: bool) -> str:
    if not names:
        return "其余队伍可以兼顾" if zh else "those who go anyway cover it"
    return f"改派{names}" if zh else f"{names.replace('、', ', ')} instead"


def _later(number: int | None, zh: bool) -> str:
    if number is None:
        return ""
    if number < 0:
        return "，时间未知" if zh else ", time unknown"
    if number == 0:
        return "，一样快" if zh else ", no later"
    return f"，晚 {number} 分钟" if zh else f", {number} min later"
