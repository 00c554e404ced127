"""20,000 rows of 15 columns: opened, read, marked, written out. Bar: ten times the rows, at most 15 x the time.

Processor seconds, so that other work on the machine does not show.
"""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from openpyxl import Workbook

from fenghuo.standards.sheets import Field, Layout, mark_copy, open_workbook, read_tables, write_book

FAULTS = 200
LAYOUT = Layout(
    (
        Field("name", ("名称",), required=True),
        Field("region", ("所在镇街",), "region"),
        Field("area", ("占地面积",), "decimal", unit="㎡"),
        Field("people", ("可容纳人数",), "integer", unit="人"),
        Field("longitude", ("经度",), "longitude"),
        Field("latitude", ("纬度",), "latitude"),
        Field("built", ("建成时间",), "date"),
        Field("indoor", ("是否室内",), "boolean"),
        Field("level", ("级别",), "choice", choices={"county": ("县级",), "town": ("镇街级",)}),
        Field("contact", ("联系人",)),
        Field("phone", ("联系电话",), "phone"),
        Field("identity", ("身份证号",), "identity_number"),
        Field("unit", ("管理单位",), "unit_name"),
        Field("remark", ("备注",)),
    ),
    key=("name",),
)


def measure(tell: Callable[[dict[str, Any]], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder:
        small, large = (_measure(Path(folder), rows) for rows in (2000, 20_000))
    growth = max(large[step] / max(small[step], 0.02) for step in small)
    tell(
        {
            "bench": "sheets",
            "rows": 20_000,
            "faults": FAULTS,
            "seconds": {step: round(seconds, 2) for step, seconds in large.items()},
            "sum_seconds": round(large["open"] + large["read"] + large["mark"], 2),
            "goal_seconds": 20,
            "growth_for_10x": round(growth, 1),
            "holds": growth <= 15,
        }
    )


def _measure(folder: Path, rows: int) -> dict[str, float]:
    path = folder / f"{rows}.xlsx"
    _make(path, rows)
    times = [process_time()]
    book = open_workbook(path)
    times.append(process_time())
    reading = read_tables(book, LAYOUT)
    assert len(reading.rows) == rows
    times.append(process_time())
    mark_copy(path, folder / "marked.xlsx", reading.all_faults[:FAULTS], book=book)
    times.append(process_time())
    write_book(folder / "out.xlsx", LAYOUT, ({name: row.value(name) for name in row.values} for row in reading.rows))
    times.append(process_time())
    steps = ("open", "read", "mark", "write")
    return {step: times[number + 1] - times[number] for number, step in enumerate(steps)}


def _make(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("台账")
    page.append(["序号", *(field.headings[0] for field in LAYOUT.fields)])
    page.append([None, *("（亩）" if field.name == "area" else None for field in LAYOUT.fields)])
    for number in range(rows):
        page.append(
            [
                number + 1,
                f"避难场所{number}",
                f"第{number % 20}街道",
                f"约{number % 50 + 1}亩" if number % 3 else number % 50 + 1,
                f"{number % 900}人" if number % 2 else number % 900,
                108.5 + number / 1_000_000,
                34.1,
                date(2001, 1, 1) + timedelta(number % 5000),
                "是" if number % 2 else "否",
                "镇街级",
                f"张{number % 500}",
                str(13_800_000_000 + number),
                "11010519491231002X" if number % 100 else "610125199001011000",
                f"第{number % 300}村民委员会",
                f"备注{number}" if number % 4 else None,
            ]
        )
    book.save(path)
