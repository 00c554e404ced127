"""A sheet as rows are read from it: merged cells carry on, texts without unseen signs, blanks are None."""

from .book import Raw, Sheet
from .places import Area
from .table import given
from .words import cleaned

MOST_MERGED = 400_000  # cells under merged ranges that are filled; ranges over the whole sheet are one word


class Grid:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self.anchors: dict[tuple[int, int], Area] = {}
        self.areas: dict[tuple[int, int], Area] = {}
        self.spanned: set[int] = set()  # rows in which a merged range begins
        room = MOST_MERGED
        for area in sheet.merged:
            clipped = Area(area.top, area.left, min(area.bottom, self.height), min(area.right, self.width))
            size = (clipped.bottom - clipped.top + 1) * (clipped.right - clipped.left + 1)
            if size < 2 or size > room:
                continue
            room -= size
            self.areas[(area.top, area.left)] = area
            self.spanned.add(area.top)
            for row in range(clipped.top, clipped.bottom + 1):
                for column in range(clipped.left, clipped.right + 1):
                    if (row, column) != (area.top, area.left):
                        self.anchors[(row, column)] = area

    def own(self, row: int, column: int) -> Raw:
        """What the cell itself holds; None for a text of blanks, and for a cell that another is merged over."""
        cells = self.sheet.rows[row - 1]
        if column > len(cells):
            return None
        raw = cells[column - 1]
        if raw is None or (type(raw) is str and not raw.strip()) or (row, column) in self.anchors:
            return None
        return raw

    def filled(self, row: int) -> list[int]:
        """The columns of the row that hold something of their own."""
        anchors = self.anchors
        return [
            column
            for column, raw in enumerate(self.sheet.rows[row - 1], 1)
            if raw is not None and not (type(raw) is str and not raw.strip()) and (row, column) not in anchors
        ]

    def carried(self, row: int, column: int) -> Raw:
        """The value of the range that is merged over the cell from above, else None."""
        area = self.anchors.get((row, column))
        if area is None or area.left != column or area.top == row:
            return None
        return self.sheet.cell(area.top, area.left)

    def word(self, row: int, column: int) -> str:
        """The cell's text in a header, merged ranges filled."""
        if row > self.height:
            return ""
        area = self.anchors.get((row, column))
        raw = self.sheet.cell(area.top, area.left) if area else self.sheet.cell(row, column)
        return cleaned(given(raw))

    def right_of(self, row: int, column: int) -> int:
        """The column behind the cell, or behind the range that begins with it."""
        area = self.areas.get((row, column))
        return (area.right if area else column) + 1
