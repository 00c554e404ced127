"""A file into the rows of one list: which sheets and rows are records, which are not, and every doubt said aloud."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from .book import Book, Sheet
from .card_tables import CardReader
from .cards import find_cards
from .faults import Fault
from .fields import Layout
from .grid import Grid
from .headers import LEAST_SHARE, Header, Mapped, find_header
from .headings import Vocabulary
from .other_kinds import likely_headings, other_kind
from .repeats import note_repeats
from .summary import OURS
from .table import Reading, RowKind, SheetAccount, Table
from .tables import TableReader

INSTRUCTIONS = (
    "说明",
    "须知",
    "填表",
    "填报",
    "示例",
    "样例",
    "字典",
    "选项",
    "下拉",
    "参数",
    "封面",
    "目录",
    "代码",
    "数据源",
)
STRONGER: dict[RowKind, int] = {"record": 9, "hidden": 8, "header": 7, "repeated_header": 6}

type HiddenRows = Literal["take", "leave"]


def read_tables(
    book: Book,
    layout: Layout,
    *,
    mapping: Mapped | None = None,
    others: Sequence[Layout] = (),
    sheets: Collection[str] | None = None,
    hidden_rows: HiddenRows = "take",
) -> Reading:
    """Every row of every sheet, as a record or as what else it is.

    `mapping`: Heading.key (or its text, or the column's letter) → field, None: leave the column out. `others`: lists
    this file may be instead. `sheets`: names of those to read; without it all that are not hidden. `hidden_rows`:
    a filter hides rows without meaning to delete them, so they are read and marked; "leave" lists them instead.
    Raises: ValueError when `mapping` names an unknown field.
    """
    return _BookReader(layout, mapping or {}, others, sheets, hidden_rows).read(book)


class _BookReader:
    def __init__(
        self,
        layout: Layout,
        mapping: Mapped,
        others: Sequence[Layout],
        sheets: Collection[str] | None,
        hidden_rows: HiddenRows,
    ) -> None:
        self.layout, self.mapping, self.sheets, self.hidden_rows = layout, mapping, sheets, hidden_rows
        self.words = Vocabulary(layout)
        self.others = [Vocabulary(one) for one in others if one is not layout]
        self.result = Reading([], [])
        self.others_seen: list[Layout] = []
        self.keyless = False

    def read(self, book: Book) -> Reading:
        for sheet in book.sheets:
            self._read_sheet(sheet)
        if not self.result.tables:
            self._explain()
        note_repeats(self.result, self.layout)
        return self.result

    def _read_sheet(self, sheet: Sheet) -> None:
        grid = Grid(sheet)
        filled = [row for row in range(1, grid.height + 1) if grid.filled(row)]
        why = self._why_not(sheet, filled)
        tables: list[Table] = []
        if not why:
            tables = self._tables(grid)
            if not tables:
                why = "sheet.instructions" if any(word in sheet.name for word in INSTRUCTIONS) else "sheet.no_table"
                if self.others_seen:
                    why = "sheet.other_kind"
                self.result.seen = self.result.seen or likely_headings(grid, self.words)
        kinds: dict[int, RowKind] = dict.fromkeys(filled, "outside")
        for table in tables:
            for row, kind in table.kinds.items():
                if STRONGER.get(kind, 1) > STRONGER.get(kinds.get(row, "outside"), 0):
                    kinds[row] = kind
        self.result.tables += tables
        self.result.accounts.append(SheetAccount(sheet.name, len(filled), Counter(kinds.values()), why))

    def _why_not(self, sheet: Sheet, filled: list[int]) -> str:
        if not filled:
            return "sheet.empty"
        if any(isinstance(raw, str) and raw.startswith(OURS) for raw in sheet.rows[filled[0] - 1][:1]):
            return "sheet.ours"
        if self.sheets is not None:
            return "" if sheet.name in self.sheets else "sheet.not_chosen"
        return "sheet.hidden" if sheet.hidden else ""

    def _tables(self, grid: Grid) -> list[Table]:
        header = find_header(grid, self.words, self.mapping, 1, grid.height)
        if header is not None and not self._fits(header):
            self.keyless = self.keyless or (not header.has_key and header.share >= LEAST_SHARE)
            header = None
        cards = find_cards(grid, self.words, self.mapping)
        if cards is not None and (header is None or cards.words > header.fields):
            return [CardReader(grid, self.layout, self.hidden_rows).read(cards)]
        other = other_kind(grid, self.others, header)
        if other is not None and not (header and header.by_hand):
            self.others_seen.append(other)
            return []
        if header is None:
            return []
        return TableReader(grid, self.layout, self.words, self.mapping, self.hidden_rows).read(header)

    def _fits(self, header: Header) -> bool:
        """Whether it is this list: a column for its key, and not just a few words that every list has."""
        return header.has_key and (header.by_hand or header.share >= LEAST_SHARE)

    def _explain(self) -> None:
        """Why nothing was found, for the person who sent the file."""
        expected = "、".join(one.headings[0] for one in self.layout.fields)
        params: Mapping[str, str] = {
            "list": self.layout.title[0],
            "list_en": self.layout.title[1],
            "expected": expected,
            "seen": "、".join(one.text for one in self.result.seen[:12]),
        }
        if self.others_seen:
            title = self.others_seen[0].title
            code, params = "book.other_kind", {**params, "kind": title[0], "kind_en": title[1]}
        else:
            code = "book.other_columns" if self.result.seen else "book.no_table"
            if self.keyless and self.result.seen:
                code, params = "book.no_key", {**params, "key": self.layout.field(self.layout.key[0]).headings[0]}
        self.result.faults.append(Fault(code, params=params))
