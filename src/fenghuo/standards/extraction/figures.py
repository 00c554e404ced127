"""People in a text: dead, missing, seriously injured, injured, trapped, poisoned, moved.

A wrong number of dead is worse than none: what is a range, an increase or somebody else's is left out. Nothing said is
nothing known; 0 stands only where the text says so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .found import Found
from .numerals import NUMBER, Amount, read_amount

PEOPLE = r"(?:名|位|个|例|具|人)"
# Who may stand between the number and what befell them. Whoever came to help is no casualty unless it is said of them.
WHO = r"(?:[^,,。;;、::()()\d]{0,10}?)"
WORDS: dict[str, str] = {
    "dead": r"死亡|遇难|丧生|身亡|罹难|殉职|牺牲|溺亡|死",
    "missing": r"失联|失踪|下落不明|失去联系",
    "seriously_injured": r"重伤|危重|伤势危重|伤势严重|病危|重度烧伤",
    "injured": r"受伤|轻伤|轻微伤|负伤|烧伤|骨折|擦伤|伤者|伤员(?!中)|(?<![重轻危])伤(?!势|情|亡|口|病|残|员|者)",
    "trapped": r"被困|被埋|受困|被压|被卡|滞留",
    "poisoned": r"中毒",
    "moved": r"转移安置|紧急转移|安全转移|转移|疏散|撤离|避险转移|安置",
}
NOBODY = r"(?:无|没有|未造成|未发生|未发现|尚无|暂无|暂未造成|并未造成|均无|未出现|没)"
UNKNOWN = re.compile(r"不明|不清|不详|待统计|待核实|核实中|正在核实|正在统计|未知|暂不")
# 其中: a part of what has been said. 去年同期: other incidents. 救出5名被困群众: they are trapped no more.
PART = re.compile(r"(?:其中|包括|包含)[^。;;\n]*$")
OTHERS = re.compile(r"今年以来|去年|同期|近年来|上半年|下半年|本月以来|全年|历史上|以往")
OUT_OF_IT = re.compile(r"(?:救出|营救|解救|搜救出|救助|疏散出|转移出|找到|抬出)(?:了)?[^,,。;;\d]{0,3}$")
INCREASE = re.compile(r"(?:新增|又有|再有|再次|增加|另增)[^,,。;;]{0,3}$")
NOT_PEOPLE = re.compile(r"(?:生猪|牲畜|家禽|羊|牛|鸡|鸭|鱼|房屋|车辆)[^,,。;;]{0,3}$")
NOT_HERE = re.compile(r"(?:最多|可能|预计|或将|威胁|涉及|假如|如果|演练|模拟)[^,,。;;]{0,4}$")
HELP = re.compile(r"(?:救援|消防|搜救|医护|公安|民警|武警|官兵|队员|志愿者|干部|力量|专家|警力|工作人员)")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people: `value` is what may be entered, None for a range of dead or missing."""

    value: int | None
    low: int
    high: int
    about: bool


type Figures = dict[str, Found[Count]]


def find_figures(text: str) -> Figures:
    """What the text says of each kind of people; a later total stands before an earlier one."""
    found: Figures = {}
    for name in WORDS:
        best = _best([*_nobody(text, name), *_rescued(text, name), *_counts(text, name)])
        if best is not None:
            found[name] = best
    _add_serious(found, text)
    _one_person(found, text)
    return found


def _best(candidates: list[Found[Count]]) -> Found[Count] | None:
    """The surest; among equals the last, since bulletins correct themselves downwards."""
    best: Found[Count] | None = None
    for candidate in sorted(candidates, key=lambda one: one.start):
        if best is None or candidate.confidence >= best.confidence:
            best = candidate
    return best


def _counts(text: str, name: str) -> Iterator[Found[Count]]:
    for pattern, sure, start, end in _near(text, name):
        for match in pattern.finditer(text, start, end):
            if _refused(text, match, name):
                continue
            amount = read_amount(match)
            if amount is None:
                continue
            confidence = sure
            if PART.search(text[: match.start()]):
                confidence -= 0.2
            yield _found(name, amount, match, confidence)


def _near(text: str, name: str) -> Iterator[tuple[re.Pattern[str], float, int, int]]:
    """Each pattern over the places where its words stand, so that a long text costs what its words do."""
    spans: list[tuple[int, int]] = []
    for match in _ANY[name].finditer(text):
        start, end = max(0, match.start() - REACH), match.end() + REACH
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        for pattern, sure in _PATTERNS[name]:
            yield pattern, sure, start, end


def _found(name: str, amount: Amount, match: re.Match[str], confidence: float) -> Found[Count]:
    ranged = amount.low != amount.high
    value = None if ranged and name in ("dead", "missing") else amount.low
    if ranged:
        confidence -= 0.3
    elif amount.about:
        confidence -= 0.15
    return Found(
        Count(value, amount.low, amount.high, amount.about), match[0], match.start(), match.end(), round(confidence, 2)
    )


def _refused(text: str, match: re.Match[str], name: str) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    sentence = re.split(r"[。;;\n]", before)[-1] + match[0]
    if OTHERS.search(sentence) or (name in ("trapped", "missing") and OUT_OF_IT.search(before)):
        return True
    if INCREASE.search(before) or NOT_HERE.search(before) or NOT_PEOPLE.search(before):
        return True
    whole = match[0]
    if NOT_PEOPLE.search(whole) or re.search(r"头|只|匹", whole):
        return True
    who = match.groupdict().get("who") or ""
    # 60名医护人员救治受伤: the helpers are counted, not the hurt. 2名消防员受伤: the helpers are the hurt.
    if (
        who
        and not re.search(r"(?:中|时|期间|过程中|途中|后)$", who)
        and re.search(r"救|搜|寻|找|治|投入|出动|参与|赶|前往|转运|抢|扑|处置|组织|帮助|协助", who)
    ):
        return True
    return bool(name == "injured" and re.search(r"重$|危$", who))


def _nobody(text: str, name: str) -> Iterator[Found[Count]]:
    """无人员伤亡: nobody dead, nobody hurt. 无人被困: nobody trapped."""
    words = {"dead": r"死亡|遇难|伤亡|死伤", "injured": r"受伤|伤亡|死伤|伤"}.get(name, WORDS[name])
    pattern = re.compile(
        rf"{NOBODY}(?:任何|人员?|其他|造成)*(?:人员?)*(?:{words})|(?:{words})(?:人数?)?(?:为)?(?:0|零)(?:人)?(?![\d.万余多])"
    )
    for match in pattern.finditer(text):
        if re.search(r"生命危险|危险", text[match.end() : match.end() + 4]):
            continue
        if name == "injured" and re.match(r"员", text[match.end() :]):
            continue
        yield Found(Count(0, 0, 0, about=False), match[0], match.start(), match.end(), 0.9)


def _rescued(text: str, name: str) -> Iterator[Found[Count]]:
    """被困的4人全部被救出: nobody is trapped any more."""
    if name != "trapped":
        return
    pattern = (
        r"(?:被困|受困|被埋)[^。;;]{0,12}?(?:全部|均已?|都已?|悉数)(?:被)?(?:安全)?(?:成功)?"
        r"(?:救出|获救|脱险|脱困|解救|营救)"
    )
    for match in re.finditer(pattern, text):
        yield Found(Count(0, 0, 0, about=False), match[0], match.start(), match.end(), 0.95)


def _patterns(name: str) -> list[tuple[re.Pattern[str], float]]:
    word = WORDS[name]
    number = NUMBER
    people = rf"{number}(?:余|多)?(?:名|位|个|例|具|人|口(?!子))"
    to = (
        r"(?:由[^,,。;;]{1,8}?(?:上升|增加|增|升)?(?:到|至|为)|"
        r"(?:已)?(?:上升|增加|增|升|达|达到|累计|升至|增至|下降|降|减少|减)(?:到|至|为)?)?"
    )
    after = (
        rf"(?:{word})(?:了|人数|人员|群众|居民|村民|工人|学生|师生|游客|者|遗体)*"
        rf"(?:共|共计|合计|已|达到?|为|有|约|::)*{to}(?:共|已|为)?{people}"
    )
    before = (
        rf"{people}(?:人)?(?P<who>{WHO})(?:当场|已|已经|不幸|均|经抢救无效|抢救无效|先后|被确认|因伤势过重)*(?:{word})"
    )
    patterns = [(after, 0.9), (before, 0.85)]
    if name in ("dead", "injured", "seriously_injured"):
        patterns.append(
            (rf"{number}(?={'死' if name == 'dead' else '伤' if name == 'injured' else '重伤'})(?:死|伤|重伤)", 0.9)
        )
    if name == "missing":
        patterns.append((rf"{number}(?:失踪|失联)", 0.85))
    if name == "poisoned":
        patterns.append((rf"{number}(?:口|名|位|个|人)[^,,。;;]{{0,8}}?(?:中毒)", 0.85))
        patterns.append(
            (
                rf"(?:{number})(?:名|位|个|人)(?:[^,,。;;]{{0,6}}?)(?:呕吐|腹泻|送医)(?=[^。]*(?:食物中毒|中毒|食堂|聚餐))",
                0.65,
            )
        )
    if name == "injured":
        patterns.append((rf"{number}(?:名|位|人)(?:[^,,。;;]{{0,4}}?)送医(?![^。]*中毒)", 0.55))
    if name == "moved":
        patterns.append(
            (
                rf"(?:{word})[^,,。;;\d]{{0,10}}?(?:约)?[\d一二三四五六七八九十百]+(?:余|多)?户[、,,]?(?:共)?{number}人",
                0.9,
            )
        )
        patterns.append((rf"(?:{word})(?:[^,,。;;\d]{{0,8}}?){people}", 0.8))
    return [(re.compile(pattern), confidence) for pattern, confidence in patterns]


REACH = 40  # characters on either side of a word
_ANY = {
    name: re.compile(word + ("|呕吐|腹泻|送医" if name in ("injured", "poisoned") else ""))
    for name, word in WORDS.items()
}
_PATTERNS = {name: _patterns(name) for name in WORDS}


def _add_serious(found: Figures, text: str) -> None:
    """3人危重、4人重伤 are seven; whoever is hurt seriously or slightly is hurt; 6人当场, 3人抢救无效 are nine dead."""
    _add_parts(found, text, "seriously_injured", SERIOUS, lambda words: "重伤" in words)
    _add_parts(found, text, "dead", DYING, lambda words: "当场" in words)
    slight = SLIGHT.search(text)
    serious, injured = found.get("seriously_injured"), found.get("injured")
    if slight and serious and serious.value.value and injured and "轻" in injured.words:
        amount = read_amount(slight)
        if amount is not None and amount.exact:
            total = amount.low + serious.value.value
            start, end = min(slight.start(), serious.start), max(slight.end(), serious.end)
            found["injured"] = _sum(total, text, start, end)


SERIOUS = re.compile(rf"{NUMBER}(?:名|位|人)(?:伤势)?(?:危重|重伤|病危)"), re.compile(rf"(?:危重|重伤|病危){NUMBER}人")
DYING = (
    re.compile(rf"{NUMBER}(?:名|位|人)[^,,。;;\d]{{0,4}}?(?:当场|(?:经)?(?:送医)?抢救无效)(?:死亡|身亡|不幸遇难)"),
)
SLIGHT = re.compile(rf"{NUMBER}(?:名|位|人)(?:轻伤|轻微伤)")


def _add_parts(
    found: Figures, text: str, name: str, patterns: tuple[re.Pattern[str], ...], first_kind: Callable[[str], bool]
) -> None:
    """Two exact numbers of two different kinds that together are `name`."""
    for pattern in patterns:
        seen = [(match, amount) for match in pattern.finditer(text) if (amount := read_amount(match)) and amount.exact]
        if len(seen) == 2 and first_kind(seen[0][0][0]) != first_kind(seen[1][0][0]):
            total = sum(amount.low for _match, amount in seen)
            found[name] = _sum(total, text, seen[0][0].start(), seen[1][0].end())


def _sum(total: int, text: str, start: int, end: int) -> Found[Count]:
    return Found(Count(total, total, total, about=False), text[start:end], start, end, 0.7)


ONE = {
    "dead": re.compile(
        r"(?:驾驶员|司机|男子|女子|老人|儿童|骑车人|行人)[^,,。;;、\d]{0,4}?(?:当场|已|不幸)(?:死亡|身亡)|死者(?:为|系)(?:一名)?[男女]"
    ),
    "injured": re.compile(r"(?<![名位个\d])(?:驾驶员|司机|骑车人)(?:当场|不同程度)?受伤"),
}


def _one_person(found: Figures, text: str) -> None:
    """罐车驾驶员当场死亡: one person, when no number is said."""
    for name, pattern in ONE.items():
        match = pattern.search(text)
        if match and name not in found:
            found[name] = Found(Count(1, 1, 1, about=False), match[0], match.start(), match.end(), 0.6)
