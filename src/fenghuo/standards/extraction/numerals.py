"""Numbers as bulletins write them: 3, 1,260, 3.2万, 一百二十余, 三五十, 3至5, 约200."""

import re
from dataclasses import dataclass

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

ARABIC = r"(?:\d{1,3}(?:[,]\d{3}){1,3}|\d{1,9}(?:\.\d{1,4})?)"
CHINESE = r"[〇零一二三四五六七八九两俩仨十百千]{1,12}"
PLAIN = rf"(?:{ARABIC}|{CHINESE})[万亿]?"
# Never from the middle of a longer number: that would be another number, and slow in long rows of digits.
# 数十, 几百: no number either.
START = r"(?<![\d.〇零一二三四五六七八九十百千万亿])(?!(?<=[数几])[十百千万])"
HEDGE = r"(?P<hedge>约|大约|近|将近|逾|超过|超|至少|不少于)?"
RANGE = rf"(?P<low>{PLAIN})(?:人|名)?(?:至|到|-|—|~|~|–)(?P<high>{PLAIN})"
ONE = rf"(?P<number>{PLAIN})(?P<more>余|多|来)?(?P<scale>[十百千万])?"
NUMBER = rf"{HEDGE}{START}(?:{RANGE}|{ONE})"  # one number with its hedges
PAIRS = re.compile(r"([一二三四五六七八九])([一二三四五六七八九])(十|百|千|万)?$")


@dataclass(frozen=True, slots=True)
class Amount:
    """`low` to `high`; equal when the text says one number. `about`: 约, 余, 近 and their like."""

    low: int
    high: int
    about: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high and not self.about


def read_number(text: str) -> int | None:
    """A single number, or None when the words are none. 二〇二六 is read digit by digit."""
    text = text.replace(",", "")
    if not text:
        return None
    factor = 1
    while text and text[-1] in MYRIADS:
        factor *= MYRIADS[text[-1]]
        text = text[:-1]
    if not text:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return round(float(text) * factor)
    if all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text)) * factor
    value = _chinese(text)
    return None if value is None else value * factor


def read_amount(match: re.Match[str]) -> Amount | None:
    """The amount of a match of NUMBER."""
    groups = match.groupdict()
    about = bool(groups["hedge"])
    if groups["low"]:
        low, high = read_number(groups["low"]), read_number(groups["high"])
        if low is None or high is None or low > high:
            return None
        return Amount(low, high, about)
    words = groups["number"]
    if pair := PAIRS.match(words):  # 七八十, 三四: neighbours are a range, 三〇 is not
        first, second = DIGITS[pair[1]], DIGITS[pair[2]]
        unit = (UNITS | MYRIADS).get(pair[3] or "", 1)
        if second == first + 1:
            return Amount(first * unit, second * unit, about)
    value = read_number(words)
    if value is None:
        return None
    if groups["scale"]:
        value *= (UNITS | MYRIADS)[groups["scale"]]
    return Amount(value, value, about or bool(groups["more"]))


def _chinese(text: str) -> int | None:
    total, digit, last_unit = 0, 0, 0
    seen = False
    for character in text:
        if character in DIGITS:
            if digit and character not in "零〇":
                return None
            digit = DIGITS[character]
            seen = True
        elif character in UNITS:
            total += (digit or (1 if not seen or character == "十" else 0)) * UNITS[character]
            digit, last_unit, seen = 0, UNITS[character], True
        else:
            return None
    if digit and last_unit >= 100 and text[-2:-1] not in ("零", "〇"):
        digit *= last_unit // 10  # 三百五 is 350
    return total + digit if seen else None
