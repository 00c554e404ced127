"""Files as counties send them, made afresh for each test."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import xlwt
from openpyxl import Workbook

from ..fields import Field, Layout
from ..opening import open_workbook
from ..reading import read_tables
from ..table import Reading, Row
from ..values import Scalar

type Cells = Sequence[object]  # rows of cells; mypy sees no more in lists of mixed rows


def xlsx(path: Path, sheets: Mapping[str, object] | Cells, *, merged: Sequence[str] = ()) -> Path:
    """`merged`: ranges of the first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items() if isinstance(sheets, Mapping) else [("Sheet1", sheets)]:
        page = book.create_sheet(name)
        for row in cast("Sequence[Sequence[object]]", rows):
            page.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    book.save(path)
    return path


def xls(path: Path, rows: Cells, *, merged: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """`merged`: first row, last row, first column, last column, from 0."""
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    under = {
        (r, c) for top, bottom, left, right in merged for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    for number, row in enumerate(cast("Sequence[Sequence[object]]", rows)):
        for column, value in enumerate(row):
            if value is not None and (number, column) not in under:
                page.write(number, column, value)
    for top, bottom, left, right in merged:
        page.write_merge(top, bottom, left, right, cast("Sequence[Sequence[object]]", rows)[top][left])
    book.save(str(path))
    return path


def read(path: Path, layout: Layout, **how: object) -> Reading:
    return read_tables(open_workbook(path), layout, **how)  # type: ignore[arg-type]


def values(row: Row) -> dict[str, Scalar]:
    return {name: found.value for name, found in row.values.items()}


def said(reading: Reading, weight: str = "") -> list[tuple[str, str]]:
    """(cell, code) of every fault, the file's own with an empty cell."""
    return [
        (fault.place.address if fault.place else "", fault.code)
        for fault in reading.all_faults
        if not weight or fault.weight == weight
    ]


SHELTERS = Layout(
    (
        Field("name", ("名称", "避难场所名称", "场所名称"), required=True, max_length=40),
        Field("region", ("所在镇街", "镇街", "所属乡镇", "所属镇街"), "region"),
        Field("level", ("级别", "类别"), "choice", choices={"county": ("县级", "区级"), "town": ("镇街级", "乡镇级")}),
        Field("area", ("占地面积", "面积", "场地面积"), "decimal", unit="㎡"),
        Field("people", ("可容纳人数", "容纳人数", "容量"), "integer", unit="人"),
        Field("position", ("坐标", "经纬度"), "coordinates"),
        Field("contact", ("联系人", "管理人")),
        Field("phone", ("联系电话", "联系人电话", "电话"), "phone"),
        Field("built", ("建成时间", "建成日期"), "date"),
        Field("indoor", ("是否室内", "室内"), "boolean"),
    ),
    key=("name",),
    title=("避难场所", "shelters"),
)
SUPPLIES = Layout(
    (
        Field("name", ("物资名称", "品名", "名称"), required=True),
        Field("model", ("规格型号", "规格", "型号")),
        Field("amount", ("数量", "库存数量"), "integer", required=True),
        Field("price", ("单价",), "decimal", unit="元"),
        Field("value", ("金额", "总价", "价值"), "decimal", unit="万元"),
        Field("weight", ("重量",), "decimal", unit="吨"),
        Field("depot", ("存放地点", "仓库"), "unit_name"),
        Field("bought", ("购置时间", "采购日期", "入库时间"), "date"),
        Field("keeper", ("保管人", "责任人")),
        Field("phone", ("联系电话",), "phone"),
    ),
    key=("name", "model", "depot"),
    title=("物资", "supplies"),
)
MEMBERS = Layout(
    (
        Field("name", ("姓名",), required=True),
        Field("sex", ("性别",), "choice", choices={"m": ("男",), "f": ("女",)}),
        Field("identity", ("身份证号", "身份证号码", "公民身份号码"), "identity_number"),
        Field("team", ("所属队伍", "队伍名称"), "unit_name"),
        Field("joined", ("入队时间",), "month"),
        Field("phone", ("联系电话", "手机", "手机号码", "电话"), "phone"),
        Field("skills", ("专长", "技能")),
    ),
    key=("name", "phone"),
    title=("队员", "members"),
)
