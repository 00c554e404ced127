"""Our reader of .xls against xlrd, an independent one, on what calamine does not tell: merged, hidden, formats."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlrd
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from ..book import Shown
from ..opening import open_workbook

FORMATS = ("General", "0.00", "0%", '0"亩"', "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yy", "h:mm", "#,##0.00", "@")
cells = st.tuples(st.integers(61, 60_000), st.sampled_from(FORMATS))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(cells, min_size=1, max_size=20),
    st.tuples(st.integers(30, 40), st.integers(0, 5), st.integers(0, 5), st.integers(1, 5)),
    st.sets(st.integers(0, 19)),
    st.sets(st.integers(0, 9)),
)
def test_old_workbooks(
    numbers: list[tuple[int, str]], merged: tuple[int, int, int, int], rows: set[int], columns: set[int]
) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for row, (number, form) in enumerate(numbers):
        style = xlwt.XFStyle()
        style.num_format_str = form
        page.write(row, 0, number, style)
    top, more, left, wide = merged
    page.write_merge(top, top + more, left, left + wide, "合并")
    for row in rows:
        page.row(row).hidden = True
    for column in columns:
        page.col(column).hidden = True
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xls"
        book.save(str(path))
        ours = open_workbook(path).sheets[0]
        theirs = xlrd.open_workbook(str(path), formatting_info=True)
    sheet = theirs.sheet_by_index(0)
    assert [(one.top - 1, one.bottom, one.left - 1, one.right) for one in ours.merged] == sheet.merged_cells
    assert ours.hidden_columns == {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    assert ours.hidden_rows == {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    for row in range(len(numbers)):
        raw, cell = ours.rows[row][0], sheet.cell(row, 0)
        if cell.ctype == xlrd.XL_CELL_DATE:
            assert raw == xlrd.xldate.xldate_as_datetime(cell.value, theirs.datemode)
        else:
            assert not isinstance(raw, datetime)
            assert (raw.value if isinstance(raw, Shown) else raw) == cell.value
