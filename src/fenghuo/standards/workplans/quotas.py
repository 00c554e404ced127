"""How many are promised, and how often: 不少于100人, 1—2个, 90%以上, 每季度至少开展1次."""

import re
from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal

from fenghuo.standards.extraction.numerals import MYRIADS, PLAIN, START, read_number

from .answers import Comparison, Quota, Recurrence
from .rules import one_of

LEAST = r"不得?少于|不得?低于|不小于|至少|最少|达到|达|超过|突破|保持在"
MOST = r"不得?超过|不得?高于|不多于|控制在|最多"
DOING = r"[\u4e00-\u9fa5]{0,4}?"
COUNTED = one_of("counted")
RANGE = rf"(?P<low>{PLAIN})(?:{COUNTED})?(?:至|到|-|—|~|–){{1,2}}(?P<high>{PLAIN})"
NUMBER = rf"{START}(?:{RANGE}|(?P<number>{PLAIN})(?P<more>余|多)?)"
HEDGE = rf"(?:(?P<least>{LEAST}){DOING}|(?P<most>{MOST}){DOING}|(?P<about>约|大约))?"
COUNT = rf"{HEDGE}{NUMBER}(?P<unit>{COUNTED})(?P<after>及?以上|以内|以下|左右)?"
HUNDREDTHS = rf"百分之(?P<hundredth>{PLAIN})(?P<after2>以上|以内|以下|左右)?"
QUOTA = re.compile(rf"{COUNT}|(?:(?P<least2>{LEAST})|(?P<most2>{MOST}))?{HUNDREDTHS}")
SPLIT_UNIT = re.compile(r"个?(?:工作日|小时|分钟|月|方面|环节|季度|年|周|星期|学期|阶段|层面|层次|维护|至上|必须)")
NOT_COUNTED = re.compile(r"(?:第|连续|近|过去|一次性?死亡|死亡|受伤|同|另|某|这|那|该|首|上|下)$")
PROMISED = re.compile(rf"{one_of('promised')}[了的]?$")
FEW = re.compile(r"[一二三四五六七八九两]$")
EVERY = (
    (Recurrence.EACH_HALF_YEAR, re.compile(r"每(?:个)?半年(?:度)?|(?:上、?下半年|上半年[、和及,]下半年)各")),
    (Recurrence.EACH_TWO_YEARS, re.compile(r"每[两二]年")),
    (Recurrence.EACH_YEAR, re.compile(r"每(?:一)?年(?:度)?|一年(?=[一两]次)")),
    (Recurrence.EACH_TERM, re.compile(r"每(?:个)?学期|(?:上、?下学期|上学期[、和及,]下学期)各")),
    (Recurrence.EACH_QUARTER, re.compile(r"每(?:个)?季度?|一季度(?=[一两]次)")),
    (Recurrence.EACH_HALF_MONTH, re.compile(r"每(?:个)?半(?:个)?月|每两周")),
    (Recurrence.EACH_TWO_MONTHS, re.compile(r"每[两二]个?月")),
    (Recurrence.EACH_MONTH, re.compile(r"每(?:个)?月|逐月|一月(?=[一两]次)")),
    (Recurrence.EACH_WEEK, re.compile(r"每(?:个)?(?:周|星期)")),
    (Recurrence.EACH_DAY, re.compile(r"每(?:天|日)")),
)
AGAIN = re.compile(r"每|一(?:年|季度|月)$")
TIMES = ("次", "场", "期", "时")
FARTHEST = 60  # characters from “每月” to its number
NEAR = 5  # numbers behind “每月” among which the one that it means is looked for
PART_END = re.compile(r"[,。;\n\t]")


def find_quotas(text: str, taken: list[tuple[int, int]], start: int = 0, end: int | None = None) -> list[Quota]:
    """By place. `taken`: stretches that hold no quota: days, and what stands within quotation marks."""
    end = len(text) if end is None else end
    barred = bytearray(end - start)
    for first, last in taken:
        inner, outer = max(first, start) - start, min(last, end) - start
        if inner < outer:
            barred[inner:outer] = b"\1" * (outer - inner)
    found = []
    for match in QUOTA.finditer(text, start, end):
        if not any(barred[match.start() - start : match.end() - start]) and not _refused(text, match):
            found.append(_quota(match))
    readable = [one for one in found if one.low is not None or one.high is not None]
    return _how_often(text, readable, start, end)


def _refused(text: str, match: re.Match[str]) -> bool:
    """第2次, 连续2次, 3个月, and 一项重要工作, which promises nothing."""
    before = text[max(0, match.start() - 8) : match.start()]
    number = match["number"]
    if number is None:
        return False
    if NOT_COUNTED.search(before) or SPLIT_UNIT.match(text, match.start("unit")):
        return True
    hedged = match["least"] or match["most"] or match["after"]
    if hedged or not FEW.fullmatch(number) or match["unit"] == "支":
        return False
    again = AGAIN.search(text, max(0, match.start() - 15), match.start())
    return not (again and match["unit"] in TIMES) and PROMISED.search(before) is None


def _quota(match: re.Match[str]) -> Quota:
    groups = match.groupdict()
    number = groups["number"] or groups["hundredth"]
    least, most = groups["least"] or groups["least2"], groups["most"] or groups["most2"]
    after = groups["after"] or groups["after2"] or ""
    unit = groups["unit"] or "%"
    bare = (match[0], match.start(), match.end())
    if groups["low"]:
        low, high = _value(groups["low"]), _value(groups["high"])
        if low is not None and high is not None and low <= high:
            return Quota(*bare, low, high, unit, Comparison.BETWEEN)
        return Quota(*bare, low, low, unit, Comparison.ABOUT)
    value = _value(number)
    if most or after in ("以内", "以下"):
        return Quota(*bare, None, value, unit, Comparison.AT_MOST)
    if least or after.endswith("以上"):
        return Quota(*bare, value, None, unit, Comparison.AT_LEAST)
    about = groups["about"] or groups["more"] or after
    return Quota(*bare, value, value, unit, Comparison.ABOUT if about else Comparison.EXACTLY)


def _value(words: str) -> Decimal | None:
    """98.5 and 1.2万 exactly."""
    factor = 1
    bare = words.replace(",", "")
    while bare and bare[-1] in MYRIADS:
        factor *= MYRIADS[bare[-1]]
        bare = bare[:-1]
    if re.fullmatch(r"\d+(?:\.\d+)?", bare):
        exact = Decimal(bare) * factor
        return exact.to_integral_value() if exact == exact.to_integral_value() else exact
    value = read_number(bare)
    return None if value is None else Decimal(value) * factor


def _how_often(text: str, quotas: list[Quota], start: int, end: int) -> list[Quota]:
    """What is said to come again counts, up to the next comma, for the first 次, 场, 期, or else the first number."""
    results = list(quotas)
    places = [one.start for one in quotas]
    alone = []
    for recurrence, pattern in EVERY:
        for match in pattern.finditer(text, start, end):
            reach = min(match.end() + FARTHEST, end)
            part = PART_END.search(text, match.end(), reach)
            last = part.start() if part else reach
            first = bisect_left(places, match.start())
            near = [place for place in range(first, min(first + NEAR, len(places))) if places[place] < last]
            behind = [place for place in near if results[place].recurrence is Recurrence.ONCE]
            chosen = next((place for place in behind if results[place].unit.endswith(TIMES)), next(iter(behind), None))
            if chosen is not None:
                results[chosen] = replace(results[chosen], recurrence=recurrence, every=match[0])
            else:
                bare = (match[0], match.start(), match.end())
                alone.append(Quota(*bare, None, None, "", Comparison.EXACTLY, recurrence, match[0]))
    return sorted([*results, *alone], key=lambda one: one.start)
