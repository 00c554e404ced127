"""What a file is when it is not the list that was asked for."""

from collections.abc import Sequence

from .fields import Layout
from .grid import Grid
from .headers import LEAST_SHARE, Header, find_header
from .headings import Vocabulary
from .table import Heading

CLEARLY = 2  # columns that another list must explain beyond this one


def other_kind(grid: Grid, others: Sequence[Vocabulary], ours: Header | None) -> Layout | None:
    """The other list whose columns these clearly are; None when this one fits as well."""
    best: tuple[int, Layout] | None = None
    for words in others:
        header = find_header(grid, words, {}, 1, grid.height)
        if header is None or not header.has_key or header.share < LEAST_SHARE:
            continue
        if ours is not None and header.fields < ours.fields + CLEARLY:
            continue
        if best is None or header.fields > best[0]:
            best = (header.fields, words.layout)
    return best[1] if best else None


def likely_headings(grid: Grid, words: Vocabulary) -> list[Heading]:
    """The first row that looks like headings: three short texts or more and nothing else, with rows below it."""
    for row in range(1, min(grid.height, 40)):
        filled = grid.filled(row)
        texts = [grid.word(row, column) for column in filled]
        if len(filled) < 3 or any(not isinstance(grid.own(row, column), str) for column in filled):
            continue
        if max(map(len, texts)) > 20 or len(grid.filled(row + 1)) * 2 < len(filled):
            continue
        return [
            Heading(column, (text,), text, candidates=words.alike((text,)))
            for column, text in zip(filled, texts, strict=True)
        ]
    return []
