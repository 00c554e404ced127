"""Limits as data: what one file may be, and what looking into it may cost."""

from dataclasses import dataclass

MB = 1024 * 1024

MOST_BYTES = 200 * MB  # of any file; it comes in parts
MOST_AT_ONCE = 50 * MB  # in one request, by an ordinary form or a machine
# By the beginning of the kind; the longest that fits holds, MOST_BYTES for all others.
MOST_BY_KIND = {"image/": 50 * MB, "text/": 20 * MB, "application/vnd.": 100 * MB, "application/msword": 100 * MB}


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """Documents that are zips: what they may unpack to, by what they say of themselves."""

    entries: int = 10_000
    bytes: int = 512 * MB
    ratio: int = 200  # unpacked to packed, of one part that is larger than `ratio_from`
    ratio_from: int = 20 * MB


ZIP = ZipLimits()


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What the process that looks may use."""

    data_bytes: int = 600 * MB
    cpu_s: int = 40
    wall_s: int = 60
    written_bytes: int = 220 * MB


CHILD = ChildLimits()
PAGE_WIDTH, THUMB_WIDTH = 1400, 480  # pixels
MOST_PIXELS = 20_000_000  # of a page, however it is shaped
LOOKED_PAGES = 30  # whether a PDF has text is told by these
MOST_BLOCKS, MOST_CELLS, MOST_TEXT = 2_000, 20_000, 400_000  # of a text preview; characters


def most_bytes(kind: str) -> int:
    fitting = [start for start in MOST_BY_KIND if kind.startswith(start)]
    return MOST_BY_KIND[max(fitting, key=len)] if fitting else MOST_BYTES
