"""Our own readers of .xls and .xlsx against calamine, an independent one, on the cells that both can tell."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from xlwt.Cell import FormulaCell

from ..book import Raw, Uncomputed
from ..opening import open_workbook

signs = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), max_codepoint=0xFFFF)
cells = st.one_of(
    st.none(),
    st.text(signs, min_size=1, max_size=40).filter(
        lambda text: text.strip() and not text.startswith("=") and "_x" not in text
    ),
    st.integers(-(2**40), 2**40),
    st.integers(-(2**31), 2**31).map(lambda number: number / 100),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
tables = st.lists(st.lists(cells, max_size=6), min_size=1, max_size=30).filter(
    lambda rows: any(cell is not None for row in rows for cell in row)
)


def plain(value: object) -> object:
    """One form for what the two call differently."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def ours(path: Path) -> list[list[object]]:
    return _shorn([[plain(cell) for cell in row] for row in open_workbook(path).sheets[0].rows])


def theirs(path: Path) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return _shorn([[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])


def _shorn(rows: list[list[object]]) -> list[list[object]]:
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables)
def test_old_workbooks(rows: list[list[Raw]]) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    day = xlwt.XFStyle()
    day.num_format_str = "yyyy-mm-dd"
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write(number, column, value, day)
            elif value is not None:
                page.write(number, column, value)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xls"
        book.save(str(path))
        assert ours(path) == theirs(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables)
def test_workbooks(rows: list[list[Raw]]) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        book.save(path)
        assert ours(path) == theirs(path)


def test_texts_over_the_borders_of_records(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    texts = [("场所" if number % 3 else "x") * (number % 700 + 1) + str(number) for number in range(2000)]
    for number, text in enumerate(texts):
        page.write(number, 0, text)
    book.save(str(tmp_path / "a.xls"))
    assert open_workbook(tmp_path / "a.xls").sheets[0].rows == [[text] for text in texts]


def test_a_formula_that_waits_to_be_computed_is_no_zero(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    page.write(0, 0, "数量")
    page.row(1).insert_cell(0, FormulaCell(1, 0, 0, xlwt.Formula("1+1"), calc_flags=3))
    book.save(str(tmp_path / "a.xls"))
    assert open_workbook(tmp_path / "a.xls").sheets[0].rows[1] == [Uncomputed("=…")]
