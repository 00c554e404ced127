"""Reasons as codes with values; `words` makes sentences of them."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """The values stand beside them in `Reason`. Each with a sentence that a page may say."""

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
    NO_MORE = "no_more"
    """“可出动的医疗救护队伍只有 1 支” (capability, `number`): of what is unmet, when there are some"""
    STAYS = "stays"
    """“已在途,不另派” : it is on the way here already"""
    MOVED = "moved"
    """“原在途前往余下街道火灾,改派本处” (`text`: the incident it is taken from)"""
    SENT = "sent"
    """“本方案派往:余下街道火灾” (`text`): a non-choice here, sent elsewhere by the same plan"""
    LEAVES = "leaves"
    """“出动后 3 处、4120 人失去就近保障” (`number` of places, `people`, `text`: their names)"""
    KEPT = "kept"
    """“留守:出动会使 2 处、2450 人失去就近保障” (the same values)"""
    NO_SOONER = "no_sooner"
    """“比消防一中队早到不足一分钟” (`team` that was chosen instead)"""
    SPARED = "spared"
    """“更近,但派往此处会使别处更晚或缺人”"""
    WITHOUT = "without"
    """“如不派本队:改派消防二中队,晚 7 分钟” (`text`: names, `number`: minutes later, -1 when not known)"""
    WITHOUT_UNMET = "without_unmet"
    """“如不派本队:少 1 支” (`number` of teams that are then missing)"""
    UNPROVEN = "unproven"
    """“没有证明是最好的” (`text`: the level, `number`: the value, `bound`)"""
    PROVEN = "proven"
    """“已证明”"""
    COULD_ASK = "could_ask"
    """“可请求支援:周至县救援队,约 35 分钟” (`team`; `number`: minutes, -1 when not known; `text`: whose)"""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its values; those that a code does not use are empty. `team`: key of another team."""

    code: Why
    capability: str = ""
    team: int | None = None
    number: int | None = None
    text: str = ""
    people: int | None = None
    bound: int | None = None
