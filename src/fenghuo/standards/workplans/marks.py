"""The numbers that chapters, clauses and items begin with, as plans write them."""

import re
from dataclasses import dataclass
from enum import IntEnum

from fenghuo.standards.extraction.numerals import read_number

CN = r"[一二三四五六七八九十]{1,3}"


class Rank(IntEnum):
    """The order in which they are used one within the other."""

    MARKDOWN = 0  # ## 1
    PART = 1  # 第一部分, 第一章
    COMMA = 2  # 一、
    BRACKET = 3  # (一)
    DECIMAL = 4  # 1.1
    NUMBER = 5  # 1.  1、
    SMALL = 6  # (1)  ①


# Within the even text; the first that matches counts.
MARKS = (
    (Rank.MARKDOWN, re.compile(r"#{1,6}(?P<n>\d{1,2})(?:[.、](?!\d))?(?!\d|\.\d)")),
    (Rank.PART, re.compile(rf"#{{0,6}}第(?P<n>{CN}|\d{{1,2}})(?:部分|章|篇)[、:,.]?")),
    (Rank.COMMA, re.compile(rf"[#*]{{0,6}}(?P<n>{CN})[、.,](?!\d)")),
    (Rank.BRACKET, re.compile(rf"[#*]{{0,6}}(?:\((?P<n>{CN})\)|(?P<sign>[㈠-㈩]))[、.,]?")),
    (Rank.DECIMAL, re.compile(r"[#*]{0,6}(?P<whole>\d{1,2})\.(?P<n>\d{1,2})(?!\d|[.%‰年月日万亿])[*]{0,2}[.、]?")),
    (Rank.NUMBER, re.compile(r"[#*]{0,6}(?P<n>\d{1,2})(?:、|\.(?!\d)|\.(?=\d{1,2}月|20\d{2}年))")),
    (Rank.SMALL, re.compile(r"(?:\(?(?P<n>\d{1,2})\)|(?P<sign>[①-⑳]))")),
)
ITEM = r"(?:[一二三四五六七八九十]{1,2}(?:是(?!否)|要(?!求|点))|\(\d{1,2}\)|[①-⑳])"
INLINE = re.compile(
    rf"(?:(?<=[。;:,])|^){ITEM}|(?<=[。;])\d{{1,2}}[.、](?!\d)", re.MULTILINE
)  # 一是…;二是…, within a paragraph too


@dataclass(frozen=True, slots=True)
class Mark:
    """`start` to `end`: the mark itself. `chapter`: what the mark says of its chapter (1 of 1.2), None for others."""

    rank: Rank
    number: int
    start: int
    end: int
    chapter: int | None = None


def mark_at(text: str, place: int) -> Mark | None:
    """The mark at the beginning of a paragraph."""
    for rank, pattern in MARKS:
        found = pattern.match(text, place)
        if not found:
            continue
        groups = found.groupdict()
        if sign := groups.get("sign"):
            number: int | None = ord(sign) - (ord("㈠") if sign >= "㈠" else ord("①")) + 1
        else:
            number = read_number(groups["n"])
        if number:
            whole = groups.get("whole")
            return Mark(rank, number, found.start(), found.end(), int(whole) if whole else None)
    return None


def starts_item(line: str) -> bool:
    return mark_at(line, 0) is not None or line.startswith("#") or INLINE.match(line) is not None
