"""Nothing is dropped, doubled or invented: every row is exactly one thing, every value has one cell."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..book import Book, CellError, Raw, Sheet, Shown, Uncomputed
from ..grid import Grid
from ..opening import open_workbook
from ..places import Area
from ..reading import read_tables
from ..table import RECORDS
from .making import MEMBERS, SHELTERS, SUPPLIES, xlsx

HEADINGS = ["名称", "镇街", "占地面积(亩)", "容纳人数", "经度", "纬度", "联系人", "电话", "序号", "备注", "建成时间"]
WORDS = [
    "合计",
    "小计",
    "甘亭街道小计",
    "一、甘亭街道",
    "草堂街道",
    "备注:略",
    "填表人:张三",
    "审核人:",
    "〃",
    "同上",
    "无",
]
WORDS += ["人民广场", "体育场", "3-5", "约200", "2012.5", "13800001234", "单位:亩", "名称:广场", "#", " ", "/", "示例"]
WORDS += HEADINGS
cells = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(-5, 60_000),
    st.floats(0, 200, allow_nan=False),
    st.text(max_size=6),
    st.sampled_from([True, CellError("#N/A"), Uncomputed("=A1"), Shown(0.5, percent=True)]),
)
free_rows = st.lists(cells, max_size=9)
head_rows = st.lists(st.sampled_from([*HEADINGS, None]), min_size=2, max_size=8)
areas = st.builds(
    lambda top, left, down, right: Area(top, left, top + down, left + right),
    st.integers(1, 12),
    st.integers(1, 6),
    st.integers(0, 3),
    st.integers(0, 4),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    rows: list[list[Raw]] = [list(row) for row in draw(st.lists(st.one_of(free_rows, head_rows), max_size=14))]
    merged: list[Area] = []
    taken: set[tuple[int, int]] = set()
    for area in draw(st.lists(areas, max_size=3)):
        inside = {(r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1)}
        if len(inside) > 1 and not inside & taken:
            merged.append(area)
            taken |= inside
    hidden = frozenset(draw(st.sets(st.integers(1, 14), max_size=3)))
    return Sheet("甲", rows, tuple(merged), hidden_rows=hidden)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheet=sheets(), leave=st.booleans())
def test_the_account_adds_up(sheet: Sheet, leave: bool) -> None:
    book = Book(Path("a.xlsx"), "xlsx", [sheet])
    found = read_tables(book, SHELTERS, others=[SUPPLIES], hidden_rows="leave" if leave else "take")
    grid = Grid(sheet)
    filled = {row for row in range(1, grid.height + 1) if grid.filled(row)}
    (account,) = found.accounts
    assert account.rows == len(filled) == sum(account.kinds.values())
    assert bool(account.why) != bool(found.tables)
    for table in found.tables:
        assert set(table.kinds) <= filled
        assert set(table.kinds) == {line.row for line in table.lines} | {
            row for row, kind in table.kinds.items() if kind in RECORDS
        }
        assert sum(table.account().values()) == len(table.kinds)
        if not table.cards:
            assert all(table.kinds[row.number] in RECORDS for row in table.rows)
            assert len({row.number for row in table.rows}) == len(table.rows)
    if found.tables and not any(table.cards for table in found.tables):
        assert set().union(*(table.kinds for table in found.tables)) == filled
    _every_value_has_its_cell(found.rows, sheet)


def _every_value_has_its_cell(rows: list, sheet: Sheet) -> None:  # type: ignore[type-arg]
    """No cell serves two records, and what is said to stand in a cell does (or is said to be carried on)."""
    used: Counter[tuple[str, int, int]] = Counter()
    for row in rows:
        for value in row.values.values():
            if not value.carried and not isinstance(value.raw, str):
                assert sheet.cell(value.place.row, value.place.column) == value.raw
                used[(value.field, value.place.row, value.place.column)] += 1
        for fault in row.faults:
            assert fault.words("zh")
            assert fault.words("en")
    assert all(number == 1 for number in used.values())


def test_a_large_list_is_accounted_for_row_by_row() -> None:
    rows = [["姓名", "电话"]]
    rows += [
        ["小计", "3人"] if number % 7 == 0 else [f"张{number}", str(13800000000 + number)] for number in range(1, 3000)
    ]
    with TemporaryDirectory() as folder:
        book = open_workbook(xlsx(Path(folder) / "a.xlsx", rows))
    found = read_tables(book, MEMBERS)
    assert found.tables[0].account() == {"header": 1, "record": 2571, "subtotal": 428}
    assert len(found.rows) == 2571
    assert found.all_faults == []
