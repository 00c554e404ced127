"""Whole numbers in Chinese numerals, also those of bank papers: 一百二十三, 壹佰, 两千零五, 三万五, 一亿零三百."""

import re

from ...extraction.numerals import PAIRS, read_number

PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩廿", "一二三四五六七八九十百千万亿二三六两念")
NUMERALS = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩"
NUMBER = re.compile(rf"[{NUMERALS}]+")
SECTION = re.compile(r"[〇零一二三四五六七八九两十百千]+")
DIGITS = "零一二三四五六七八九"


def chinese_number(text: str) -> int | None:
    """None when the words are no single number; 七八十 is none, for it is two."""
    text = text.translate(PLAIN)
    if PAIRS.fullmatch(text) and _neighbours(text):
        return None
    for sign, factor in (("亿", 100_000_000), ("万", 10_000)):
        head, found, rest = text.partition(sign)
        if found:
            return _joined(head, rest, factor)
    return read_number(text) if SECTION.fullmatch(text) else None


def _joined(head: str, rest: str, factor: int) -> int | None:
    """三万五 is 35,000, 三万零五 is 30,005."""
    first = chinese_number(head)
    if first is None:
        return None
    if not rest:
        return first * factor
    last = chinese_number(rest)
    if last is None or last >= factor or (len(rest) > 1 and rest.translate(PLAIN).isdigit()):
        return None
    if len(rest) == 1 and rest in DIGITS[1:]:
        last *= factor // 10
    return first * factor + last


def _neighbours(text: str) -> bool:
    first, second = DIGITS.find(text[0]), DIGITS.find(text[1])
    return second == first + 1
