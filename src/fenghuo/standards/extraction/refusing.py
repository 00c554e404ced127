"""Which numbers of people a text does not mean: others' accidents, exercises, rumours, helpers, halves of pairs."""

import re

from .casualty_words import WORDS

# 其中: a part of what has been said. 去年同期: other incidents. 救出5名被困群众: they are trapped no more.
PART = re.compile(r"(?:其中|包括|包含)(?:(?!另|其余|剩余|余下|仍有)[^。;\n])*$")
OTHERS = re.compile(
    r"今年以来|去年|前年|往年|历年|同期|近年来|上半年|下半年|本月以来|上个?月|上个?星期|上周|上次|上回|全年|历史上|以往|以前"
)
# An exercise that is described, not one that is held: 【演练】 before a message changes nothing of what it says.
MADE_UP = re.compile(r"模拟|假设|假定|假想|设想|(?:演练|演习|推演)(?:方案|脚本|计划|科目|内容|预案)")
RUMOUR = re.compile(
    r"(?:网传|谣传|传言|传闻|谣言|误报|误传|原报|原先报告|此前报告)(?:(?!核实|更正为|应为|实为|实际)[^。;]){0,30}$"
)
WITHDRAWN = re.compile(
    r"(?:的)?(?:情况|消息|说法|信息|一事)?[”\"」』]?[^,。;]{0,4}?(?:有误|不实|系谣言|是谣言|为谣言|属误报|不属实|是误报)"
)
ASKED = re.compile(r"[^,。;\d]{0,8}?(?:不清楚|不清|不详|不明|不知道|未知|待核实|还在核实|尚在核实|正在核实|吗|吧|\?)")
DOUBT = re.compile(r"可能|疑似|疑|恐怕|恐已|估计|听说|据说|据传|好像|似乎|说是|怀疑|大概|或已|生死")
HEARSAY = re.compile(r"(?:听说|听人说|据说|据传|好像|似乎)[^,。;\n]{0,20}$")
# 疑似燃气爆炸造成2人死亡: the cause is doubted, not the dead.
DOUBTED = re.compile(rf"(?:{DOUBT.pattern})(?:已经|已|有|造成|导致|致|约|还|是|又|死了|死)*$")
THING = re.compile(r"(?:车|船|楼|房|桥|墙|树|屋|窑|井|摊|货柜)$")
OUT_OF_IT = re.compile(r"(?:救出|营救|解救|搜救出|救助|疏散出|转移出|找到|抬出)(?:了)?[^,。;\d]{0,3}$")
INCREASE = re.compile(r"(?:新增|又有|再有|再次|增加|另增)[^,。;]{0,3}$")
NOT_PEOPLE = re.compile(r"(?:生猪|牲畜|家禽|羊|牛|鸡|鸭|鱼|房屋|车辆)[^,。;]{0,3}$")
NOT_HERE = re.compile(
    r"(?:最多|可能|预计|或将|威胁|涉及|假如|如果|防止|避免|做好|准备|拟|计划|"
    r"需要|要求|严防|一旦|未造成|(?:^|[,。;\n])[如若凡])[^,。;]{0,4}$"
)
AND_MORE = re.compile(r"以上|以下|以内")
# 27名队员、3名干部失联: thirty, or three; nobody can tell from the words alone.
LISTED = re.compile(r"(?:\d|[一二两三四五六七八九十百])(?:余|多)?(?:名|位|个|人)[^,。;、\d]{1,8}[、和及与]$")
_ANY_WORD = re.compile("|".join(WORDS.values()))
_ROW_NUMBER = re.compile(r"(?:\d{1,6}|[〇零一二三四五六七八九十百千两]{1,7})(?:余|多)?(?:名|位|个|人)")
_ROW = re.compile(
    rf"(?P<lead>{_ANY_WORD.pattern})?(?:(?:{_ROW_NUMBER.pattern})(?:{_ANY_WORD.pattern}))+(?P<tail>{_ROW_NUMBER.pattern})?"
)


type Rows = list[tuple[int, int, bool]]


def refused(text: str, match: re.Match[str], name: str) -> bool:
    """Whether the number of this match is not one of people to whom this happened, here and now."""
    before = text[max(0, match.start() - 60) : match.start()]
    sentence = re.split(r"[。;\n]", before)[-1] + match[0]
    if OTHERS.search(sentence) or MADE_UP.search(sentence) or _unfounded(text, match, name):
        return True
    if name in ("trapped", "missing") and OUT_OF_IT.search(before):
        return True
    if INCREASE.search(before) or NOT_HERE.search(before) or NOT_PEOPLE.search(before):
        return True
    whole = match[0]
    if NOT_PEOPLE.search(whole) or re.search(r"头|只|匹", whole):
        return True
    who = match.groupdict().get("who") or ""
    if AND_MORE.search(who) and name in ("dead", "missing"):
        return True
    if who and (listed := LISTED.search(before)) and not _ANY_WORD.search(listed[0]):
        return True
    # 60名医护人员救治受伤: the helpers are counted, not the hurt. 2名消防员受伤: the helpers are the hurt.
    if (
        who
        and not re.search(r"(?:中|时|期间|过程中|途中|后)$", who)
        and re.search(r"救|搜|寻|找|治|投入|出动|参与|赶|前往|转运|抢|扑|处置|组织|帮助|协助", who)
    ):
        return True
    if THING.search(who):  # 一辆货车卡在桥下: not a person
        return True
    return bool(name == "injured" and re.search(r"重$|危$", who))


def _unfounded(text: str, match: re.Match[str], name: str) -> bool:
    """A rumour, a number that is taken back, or dead and missing that nobody has seen."""
    before = text[max(0, match.start() - 60) : match.start()]
    if RUMOUR.search(before) or WITHDRAWN.match(text, match.end()):
        return True
    if name not in ("dead", "missing"):
        return False
    return bool(DOUBT.search(match[0]) or DOUBTED.search(before) or HEARSAY.search(before))


def rows_of(text: str) -> Rows:
    """(start, end, numbers first) of what stands without any sign between: 3人死亡2人重伤, 死亡3人重伤2人."""
    return [
        (row.start(), row.end(), not row["lead"] and not row["tail"])
        for row in _ROW.finditer(text)
        if len(_ROW_NUMBER.findall(row[0])) > 1
    ]


def crossed(match: re.Match[str], rows: Rows) -> bool:
    """Whether it takes the number of one pair of a row and the word of another."""
    word_first = match["hedge"] is None and match.start("number") > match.start()
    return any(
        start <= match.start() and match.end() <= end and word_first == numbers_first
        for start, end, numbers_first in rows
    )
