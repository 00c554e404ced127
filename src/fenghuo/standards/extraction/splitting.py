"""Several incidents in one bulletin are several: where one ends and the next begins."""

import re
from collections.abc import Iterator
from itertools import islice

from .kinds import find_kind

MARK = re.compile(
    r"(?:^|\n|(?<=[。;:]))\s*(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、.](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十]{1,2}(?:件|起|个)(?:事|情况|事故|事件)?[,:是])\s*"
)
ALSO = re.compile(
    r"(?:^|(?<=[。;\n]))\s*(?:另外|另|此外|同日|同时接报|又接报|又报)[,:]?\s*(?=[^。]{0,40}(?:发生|接报|报告|起火|相撞|出现))"
)
MOST = 50


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each incident's words; the whole text when it tells of one."""
    for pattern in (MARK, ALSO):
        bounds = [match.end() for match in pattern.finditer(text)][:MOST]
        starts = bounds if pattern is MARK else [0, *bounds]
        if len(starts) < 2:
            continue
        ends = [match.start() for match in pattern.finditer(text)][:MOST]
        spans = list(zip(starts, [*(ends[1:] if pattern is MARK else ends), len(text)], strict=True))
        kinds = (start for start, end in spans if find_kind(text[start:end]) is not None)
        if len(list(islice(kinds, 2))) == 2:
            yield from ((start, end) for start, end in spans if text[start:end].strip())
            return
    yield 0, len(text)
