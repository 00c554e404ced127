"""Evening out how a plan was pasted: wide signs, blanks between characters, lines broken in mid-sentence, page numbers.

The result is extraction's Plain: what is read, and where each of its characters stands in what was written.
"""

import re
import unicodedata
from collections.abc import Iterator
from statistics import median

from fenghuo.standards.extraction.writing import PLAIN, Plain

from .marks import starts_item
from .rules import one_of

LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), ord("\n"))
BLANKS = dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), 0x20)
# PDFs write 一 and 人 as radicals that only look alike.
RADICALS = {code: ord(unicodedata.normalize("NFKC", chr(code))) for code in range(0x2F00, 0x2FD6)}
SIGNS = PLAIN | LINE_ENDS | BLANKS | RADICALS | {ord("．"): ord("."), ord("•"): ord("·"), ord("﹒"): ord(".")}
NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\x00")
PAGE_NUMBER = re.compile(r"[-—–]{1,3}\s?\d{1,4}\s?[-—–]{1,3}|第\s?\d{1,4}\s?页(?:[,/]?\s?共\s?\d{1,4}\s?页)?")
ROLE = re.compile(r"\(?" + one_of("role_lead", "role_responsible", "role_supporting", "role_due", "role_aside") + ":")
LABEL = re.compile(r"[\u4e00-\u9fa5]{2,8}:")
TITLE_END = re.compile(r"(?:计划|要点|方案|通知|意见|安排|表|规划)\)?$")
BETWEEN = re.compile(r"(?<=[0-9A-Za-z]) (?=[0-9A-Za-z])")
SINGLE = re.compile(r"(?<!\d)\d \d(?!\d)")
FINISHED = frozenset("。;!?:|”」)")
FEWEST = 15  # characters of a line that may be broken, where nothing tells how wide lines are
NARROWED = 0.75  # of the usual width

type Line = tuple[list[int], str]


def even(written: str) -> Plain:
    """Paragraphs are parted by one line feed each; rows of tables keep their tabs."""
    same = written.translate(SIGNS)
    lines = [line for line in _lines(same) if not PAGE_NUMBER.fullmatch(line[1])]
    width = _width(lines)
    at: list[int] = []
    text: list[str] = []
    before = ""
    for places, line in lines:
        if not line:
            before = ""
            continue
        if text and not _goes_on(before, line, width):
            at.append(at[-1] + 1)  # the line's end, or a blank before it
            text.append("\n")
        at += places
        text.append(line)
        before = line
    return Plain(written, "".join(text), at)


def _lines(same: str) -> Iterator[Line]:
    start = 0
    for line in same.split("\n"):
        table = line.strip(" \t").count("\t") >= 2
        places = [place for place, sign in enumerate(line) if sign not in NOTHING and (table or sign != "\t")]
        bare = [place for place in places if line[place] != " "]
        kept = sorted(bare + _blanks_kept(line, places)) if len(bare) < len(places) else places
        yield [start + place for place in kept], "".join(line[place] for place in kept)
        start += len(line) + 1


def _blanks_kept(line: str, places: list[int]) -> list[int]:
    """Of blanks only those between two Latin words or numbers, but not 2 0 1 2."""
    even = "".join(line[place] for place in places)
    return [places[match.start()] for match in BETWEEN.finditer(even) if not SINGLE.match(even, match.start() - 1)]


def _width(lines: list[Line]) -> float:
    """How long a full line is, in characters, where the text was broken by width; 0 where that cannot be told."""
    broken = [len(line) for _places, line in lines if len(line) >= FEWEST and line[-1] not in FINISHED]
    return median(broken) if len(broken) >= 5 else 0.0


def _goes_on(before: str, line: str, width: float) -> bool:
    """Whether this line continues the sentence of the line before."""
    if not before or "\t" in line or "\t" in before or before[-1] in FINISHED:
        return False
    if ROLE.match(before) and LABEL.match(line):
        return False
    if starts_item(line) or ROLE.match(line) or (len(before) <= 40 and TITLE_END.search(before)):
        return False
    if starts_item(before) and "。" not in before:
        return bool(width) and len(before) >= NARROWED * width
    return len(before) >= (NARROWED * width if width else FEWEST) or before[-1] in ",、"
