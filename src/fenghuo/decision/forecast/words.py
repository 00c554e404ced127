"""A forecast as one sentence with the figures that it was reckoned from, in Chinese and in English."""

from datetime import date
from math import ceil, floor

from .answers import Caution, Forecast, Verdict

FIRST_HALF = ("January", "February", "March", "April", "May", "June")
MONTHS = (*FIRST_HALF, "July", "August", "September", "October", "November", "December")
ZH = {
    Verdict.REACHED: "已达到：{value}{unit}，要求 {quota}{unit}{reached}{late}",
    Verdict.ON_PACE: "照目前进度能按期完成：{so_far}；到 {due} 还有 {left} 天，"
    "预计达到 {expected}{unit}（要求 {quota}{unit}），"
    "约 {day} 完成",
    Verdict.WILL_MISS: "照目前进度不能按期完成：{so_far}；到 {due} 还有 {left} 天，"
    "预计只有 {expected}{unit}（要求 {quota}{unit}），"
    "差 {shortfall}{unit}{needed}{reach}",
    Verdict.MISSED: "期限 {due} 已过 {over} 天，完成 {value}{unit}（要求 {quota}{unit}），差 {lacking}{unit}",
    Verdict.NOT_STARTED: "还没有进展：要求 {quota}{unit}，现有 {value}{unit}，到 {due} 还有 {left} 天{needed}",
    Verdict.TOO_FEW: "数据太少，不下结论：现有 {value}{unit}，要求 {quota}{unit}，到 {due} 还有 {left} 天{arithmetic}",
}
EN = {
    Verdict.REACHED: "Reached: {value}{unit} of {quota}{unit}{reached}{late}",
    Verdict.ON_PACE: "On pace: {so_far}; with {left} days to {due} that makes {expected}{unit} of {quota}{unit}, "
    "reached about {day}",
    Verdict.WILL_MISS: "Will miss its day: {so_far}; with {left} days to {due} that makes only {expected}{unit} of "
    "{quota}{unit}, {shortfall}{unit} short{needed}{reach}",
    Verdict.MISSED: "{due} is past by {over} days with {value}{unit} of {quota}{unit}, {lacking}{unit} short",
    Verdict.NOT_STARTED: "Not started: {value}{unit} of {quota}{unit}, {left} days to {due}{needed}",
    Verdict.TOO_FEW: "Too few data to say: {value}{unit} of {quota}{unit}, {left} days to {due}{arithmetic}",
}
CAUTIONS_ZH = {
    Caution.NOTHING_ASKED: "要求是 0，没有可推算的",
    Caution.NOT_BEGUN: "起始日 {start} 还没有到",
    Caution.FEW_STEPS: "要求的数很小，一两次就能完成，进度快慢说明不了什么，只看剩余天数",
    Caution.FEW_RISES: "至今只在 {rises} 天有增加，至少要 3 天才能判断快慢",
    Caution.WITHDRAWN: "数量有减少过（证据撤回或更正），进度按净增计算",
    Caution.STALLED: "{last_rise} 以来没有增加，平均进度可能偏乐观",
    Caution.NARROW: "预计数与要求相差不到一成，稍有变化结论就会不同",
    Caution.SEASONS: "按平均进度直线推算，没有考虑季节和集中突击",
    Caution.LATER_VALUES: "日期在今天以后的数据没有计算在内",
}
CAUTIONS_EN = {
    Caution.NOTHING_ASKED: "The quota is 0: there is nothing to forecast",
    Caution.NOT_BEGUN: "It only begins on {start}",
    Caution.FEW_STEPS: "So small a number comes in one or two strokes: the pace says nothing, only the days left do",
    Caution.FEW_RISES: "It rose on {rises} days only; at least 3 are needed to judge the pace",
    Caution.WITHDRAWN: "It fell at times (evidence withdrawn or corrected); the pace is the net gain",
    Caution.STALLED: "It has not risen since {last_rise}, so the average may flatter",
    Caution.NARROW: "What is expected is within a tenth of the quota: a little change turns the verdict",
    Caution.SEASONS: "A straight line at the average pace; seasons and campaigns are not reckoned with",
    Caution.LATER_VALUES: "Values of days after today are left out",
}


def said(found: Forecast, language: str, unit: str = "") -> str:
    """One sentence. `language`: zh… or any other for English; `unit`: the word that counts, as it is said there."""
    chinese = language.startswith("zh")
    behind = f" {unit}" if unit and not (chinese and unit.startswith("%")) else unit
    return (ZH if chinese else EN)[found.verdict].format(
        value=_down(found.value),
        quota=_down(found.quota),
        unit=behind,
        due=_day(found.due, chinese),
        left=found.days_left,
        over=-found.days_left,
        lacking=_up(found.quota - found.value),
        expected=_down(found.expected or 0.0),
        shortfall=_up(found.shortfall or 0.0),
        day=_day(found.reached_on, chinese) if found.reached_on else "",
        so_far=_so_far(found, chinese, behind),
        reached=_reached(found, chinese),
        late=_late(found, chinese),
        needed=_needed(found, chinese, behind),
        reach=_reach(found, chinese),
        arithmetic=_arithmetic(found, chinese, behind),
    )


def shortfall_said(found: Forecast) -> str:
    """What will lack, as the sentence says it."""
    return _up(found.shortfall or 0.0)


def caution_said(caution: Caution, found: Forecast, language: str) -> str:
    """One sentence."""
    chinese = language.startswith("zh")
    last = found.pace.last_rise if found.pace else None
    return (CAUTIONS_ZH if chinese else CAUTIONS_EN)[caution].format(
        start=_day(found.start, chinese),
        rises=found.pace.rises if found.pace else 0,
        last_rise=_day(last, chinese) if last else "",
    )


def _down(number: float) -> str:
    """To a tenth, never more than there is: 99.96 of 100 is no 100."""
    tenths = floor(round(number * 10, 6))
    return f"{tenths // 10:,}" if tenths % 10 == 0 else f"{tenths / 10:,.1f}"


def _up(number: float) -> str:
    """To a tenth, never less than is lacking; a hundredth, or a thousandth, where a tenth would be far too much."""
    for digits in (1, 2, 3):
        parts = ceil(round(number * 10**digits, 6))
        if parts >= 5 or not parts or digits == 3:
            return f"{parts / 10**digits:,.{digits}f}".rstrip("0").rstrip(".")
    raise AssertionError


def _day(day: date, chinese: bool) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if chinese else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _so_far(found: Forecast, chinese: bool, unit: str) -> str:
    if found.pace is None:
        return ""
    gained, pace = _down(found.pace.gained), _up(found.pace.a_day)
    if chinese:
        since = f"{_day(found.start, True)}以来 {found.pace.elapsed} 天增加 {gained}{unit}"
        return f"{since}，平均每天约 {pace}，现有 {_down(found.value)}{unit}"
    return f"{gained}{unit} more in {found.pace.elapsed} days, about {pace} a day, {_down(found.value)}{unit} now"


def _reached(found: Forecast, chinese: bool) -> str:
    if found.reached_on is None:
        return ""
    return f"，{_day(found.reached_on, True)}达到" if chinese else f", on {_day(found.reached_on, False)}"


def _late(found: Forecast, chinese: bool) -> str:
    if not found.late_days:
        return ""
    return f"，比期限晚 {found.late_days} 天" if chinese else f", {found.late_days} days late"


def _needed(found: Forecast, chinese: bool, unit: str) -> str:
    if found.needed_a_day is None:
        return ""
    each = _up(found.needed_a_day)
    return f"；要按期完成，今后平均每天要完成 {each}{unit}" if chinese else f"; {each}{unit} a day would be needed"


def _reach(found: Forecast, chinese: bool) -> str:
    if found.reached_on is None:
        return ""
    return (
        f"，照此约 {_day(found.reached_on, True)}才能完成"
        if chinese
        else f"; reached about {_day(found.reached_on, False)}"
    )


def _arithmetic(found: Forecast, chinese: bool, unit: str) -> str:
    """What the plain average would give, said to be no more than that."""
    if found.expected is None or found.pace is None:
        return ""
    if chinese:
        return f"；单按平均每天约 {_up(found.pace.a_day)} 推算，到期约 {_down(found.expected)}{unit}"
    return f"; the plain average of about {_up(found.pace.a_day)} a day would make {_down(found.expected)}{unit}"
