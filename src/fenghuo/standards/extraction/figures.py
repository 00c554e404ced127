"""People in a text: dead, missing, seriously injured, injured, trapped, poisoned, moved.

A wrong number of dead is worse than none: what is a range, an increase or somebody else's is left out. Nothing said is
nothing known; 0 stands only where the text says so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .casualty_words import GROUPS, SEEN, WHO, WORDS
from .found import Found
from .numerals import NUMBER, Amount, read_amount
from .refusing import ASKED, MADE_UP, PART, Rows, crossed, refused, rows_of

# 有没有, 有无 and 是否有 ask; they do not say.
NOBODY = r"(?<![有否])(?:无|没有|未造成|未发生|未发现|尚无|暂无|暂未造成|并未造成|均无|未出现|没)"


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
    rows = rows_of(text)
    for name in WORDS:
        candidates = [*_nobody(text, name), *_rescued(text, name), *_counts(text, name, rows)]
        best = _best(candidates)
        if best is not None and name == "dead":
            best = _agreed(best, candidates, text)
        if best is not None:
            found[name] = best
    _add_serious(found, text, rows)
    _one_person(found, text)
    return found


def _best(candidates: list[Found[Count]]) -> Found[Count] | None:
    """The surest; among equals the last, since bulletins correct themselves downwards."""
    best: Found[Count] | None = None
    for candidate in sorted(candidates, key=lambda one: one.start):
        if best is None or candidate.confidence >= best.confidence:
            best = candidate
    return best


def _agreed(best: Found[Count], candidates: list[Found[Count]], text: str) -> Found[Count]:
    """Two numbers as sure as each other in one sentence, and none is the later: which is meant, a person says."""
    same = [
        one
        for one in candidates
        if abs(one.confidence - best.confidence) < 0.1
        and not re.search(r"[。;\n]|为|升|增|降|减|累计|共", text[one.start : best.end])
    ]
    if len({one.value.high for one in same}) < 2:
        return best
    low, high = min(one.value.low for one in same), sum(one.value.high for one in same)
    return replace(best, value=Count(None, low, high, about=False), confidence=round(best.confidence - 0.3, 2))


def _counts(text: str, name: str, rows: Rows) -> Iterator[Found[Count]]:
    for pattern, sure, start, end in _near(text, name):
        for match in pattern.finditer(text, start, end):
            if refused(text, match, name) or crossed(match, rows):
                continue
            amount = read_amount(match)
            if amount is None:
                continue
            confidence = sure
            if name == "moved" and not re.search(r"转移|疏散|撤离|避险", match[0]):
                confidence -= 0.2  # 集中安置312人: some of those who were moved
            if PART.search(text, max(0, match.start() - 200), match.start()):
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


def _nobody(text: str, name: str) -> Iterator[Found[Count]]:
    """无人员伤亡: nobody dead, nobody hurt. 无人被困: nobody trapped."""
    words = {"dead": r"死亡|遇难|伤亡|死伤|亡(?!者)", "injured": r"受伤|伤亡|死伤|伤"}.get(name, WORDS[name])
    pattern = re.compile(
        rf"{NOBODY}(?:任何|人员?|其他|造成)*(?:人员?)*(?:{words})|(?:{words})(?:人数?)?[为:]?(?:0|零)(?:人)?(?![\d.万余多])"
    )
    for match in pattern.finditer(text):
        if re.search(r"生命危险|危险", text[match.end() : match.end() + 4]) or ASKED.match(text, match.end()):
            continue
        if MADE_UP.search(re.split(r"[。;\n]", text[max(0, match.start() - 60) : match.start()])[-1]):
            continue
        if name == "injured" and re.match(r"员", text[match.end() :]):
            continue
        yield Found(Count(0, 0, 0, about=False), match[0], match.start(), match.end(), 0.9)


def _rescued(text: str, name: str) -> Iterator[Found[Count]]:
    """被困的4人全部被救出: nobody is trapped any more."""
    if name != "trapped":
        return
    pattern = (
        r"(?:被困|受困|被埋)[^。;]{0,12}?(?:全部|均已?|都已?|悉数)(?:被)?(?:安全)?(?:成功)?"
        r"(?:救出|获救|脱险|脱困|解救|营救)"
    )
    for match in re.finditer(pattern, text):
        yield Found(Count(0, 0, 0, about=False), match[0], match.start(), match.end(), 0.95)


def _patterns(name: str) -> list[tuple[re.Pattern[str], float]]:
    word = WORDS[name]
    number, seen = NUMBER, SEEN.get(name, "")
    people = rf"{number}(?:余|多)?(?:名|位|个(?!{GROUPS})|例|具|人|口(?!子))"
    to = (
        r"(?:由[^,。;]{1,8}?(?:上升|增加|增|升)?(?:到|至|为)|"
        r"(?:已)?(?:上升|增加|增|升|达|达到|累计|升至|增至|下降|降|减少|减)(?:到|至|为)?)?"
    )
    after = (
        rf"(?:{word})(?:了|人数|人员|群众|居民|村民|工人|学生|师生|游客|者|遗体)*"
        rf"(?:共|共计|合计|已|达到?|为|有|约|:)*{to}(?:共|已|为)?{people}"
    )
    how = r"(?:当场|已|已经|不幸|均|经抢救无效|抢救无效|先后|被确认|因伤势过重)*"
    before = rf"{people}(?:人)?(?P<who>{WHO}){how}(?:{word}{seen})"
    patterns = [(after, 0.9), (before, 0.85)]
    if name in ("dead", "injured", "seriously_injured"):
        patterns.append(
            (rf"{number}(?={'死' if name == 'dead' else '伤' if name == 'injured' else '重伤'})(?:死|伤|重伤)", 0.9)
        )
    if name == "seriously_injured":  # 3人伤(2轻1重)
        patterns += [
            (rf"(?<=轻)[、,]?{number}重(?![大要点型])", 0.8),
            (rf"{number}重(?=[、,]?[\d一二三四五六七八九十]{{1,3}}轻)", 0.8),
        ]
    if name in ("dead", "injured"):  # 亡1伤2失联0
        short, lead = ("亡", "死伤逃阵身") if name == "dead" else ("伤", "重轻死受")
        patterns.append((rf"(?<![{lead}]){short}[:为]?{number}人?(?=[,、。;)\s亡伤失重轻困中]|$)", 0.85))
    if name == "missing":
        patterns.append((rf"{number}(?:失踪|失联)", 0.85))
    if name == "poisoned":
        patterns.append((rf"{number}(?:口|名|位|个|人)[^,。;]{{0,8}}?(?:中毒)", 0.85))
        patterns.append(
            (
                rf"(?:{number})(?:名|位|个|人)(?:[^,。;]{{0,6}}?)(?:呕吐|腹泻|送医)(?=[^。]*(?:食物中毒|中毒|食堂|聚餐))",
                0.65,
            )
        )
    if name == "injured":
        patterns.append((rf"{number}(?:名|位|人)(?:[^,。;]{{0,4}}?)送医(?![^。]*中毒)", 0.55))
    if name == "moved":
        patterns.append(
            (
                rf"(?:{word})[^,。;]{{0,12}}?(?:约)?[\d一二三四五六七八九十百]+(?:余|多)?户[、,]?(?:共)?{number}人",
                0.9,
            )
        )
        patterns.append((rf"(?:{word})(?:[^,。;\d]{{0,8}}?){people}", 0.8))
    return [(re.compile(pattern), confidence) for pattern, confidence in patterns]


REACH = 40  # characters on either side of a word
MORE_WORDS = {
    "injured": "|呕吐|腹泻|送医|伤|流血",
    "poisoned": "|呕吐|腹泻|送医",
    "dead": "|亡",
    "seriously_injured": "|重",
    "trapped": "|卡在|压在|困在|埋在",
}
_ANY = {name: re.compile(word + MORE_WORDS.get(name, "")) for name, word in WORDS.items()}
_PATTERNS = {name: _patterns(name) for name in WORDS}


def _add_serious(found: Figures, text: str, rows: Rows) -> None:
    """3人危重、4人重伤 are seven; whoever is hurt seriously or slightly is hurt; 6人当场, 3人抢救无效 are nine dead."""
    _add_parts(found, text, "seriously_injured", SERIOUS, lambda words: "重伤" in words)
    _add_parts(found, text, "dead", DYING, lambda words: "当场" in words)
    slights = (match for pattern in SLIGHT for match in pattern.finditer(text) if not crossed(match, rows))
    slight = next(slights, None)
    serious, injured = found.get("seriously_injured"), found.get("injured")
    if slight and serious and serious.value.value and injured and "轻" in injured.words:
        amount = read_amount(slight)
        if amount is not None and amount.exact:
            total = amount.low + serious.value.value
            start, end = min(slight.start(), serious.start), max(slight.end(), serious.end)
            found["injured"] = _sum(total, text, start, end)


SERIOUS = re.compile(rf"{NUMBER}(?:名|位|人)(?:伤势)?(?:危重|重伤|病危)"), re.compile(rf"(?:危重|重伤|病危){NUMBER}人")
DYING = (
    re.compile(
        rf"{NUMBER}(?:名|位|人)[^,。;\d]{{0,4}}?(?:当场|(?:经)?(?:送医)?抢救无效|送医后|送医途中|入院后|途中)(?:死亡|身亡|不幸遇难)"
    ),
)
SLIGHT = re.compile(rf"{NUMBER}(?:名|位|人)(?:轻伤|轻微伤)"), re.compile(rf"(?:轻伤|轻微伤)[^,。;\d]{{0,6}}{NUMBER}人")


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
        r"(?:驾驶员|司机|男子|女子|老人|儿童|骑车人|行人)[^,。;、\d]{0,4}?(?:当场|已|不幸)(?:死亡|身亡)|死者(?:为|系)(?:一名)?[男女]"
    ),
    "injured": re.compile(r"(?<![名位个\d])(?:驾驶员|司机|骑车人)(?:当场|不同程度)?受伤"),
}


def _one_person(found: Figures, text: str) -> None:
    """罐车驾驶员当场死亡: one person, when no number is said."""
    for name, pattern in ONE.items():
        match = pattern.search(text)
        if match and name not in found:
            found[name] = Found(Count(1, 1, 1, about=False), match[0], match.start(), match.end(), 0.6)
