"""Charts of the appraisal: real ones, which follow their cells, for a sheet and for a Word document."""

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, NumData, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.worksheet.worksheet import Worksheet

WIDTH_CM, LEAST_CM, LINE_CM, MOST_BARS = 15.5, 6.0, 0.62, 34
OFF = {"showPercent": False, "showBubbleSize": False}
COLOURS = {"done": "2E7D4F", "under_way": "D9A520", "open": "B8C0CC", "overdue": "C62828", "score": "1F4E79"}


def bars(
    page: Worksheet, *, first: int, last: int, names: int, values: Sequence[tuple[int, str]], stacked: bool
) -> Any:
    """Lying bars, the first row on top. Rows and columns of the page count from 1; the heads stand above `first`.

    `values`: (column, which colour). What the cells hold is kept with the chart, so that it can be drawn without them.
    """
    chart: Any = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 10, 45
    chart.grouping, chart.overlap = ("stacked", 100) if stacked else ("clustered", 0)
    chart.width, chart.height = WIDTH_CM, max(LEAST_CM, 2.2 + LINE_CM * (last - first + 1))
    for column, colour in values:
        chart.series.append(_series(page, first, last, names, column, COLOURS[colour]))
    chart.x_axis.scaling.orientation, chart.x_axis.delete = "maxMin", False
    chart.y_axis.delete, chart.y_axis.scaling.min, chart.y_axis.majorGridlines = False, 0, None
    chart.y_axis.number_format = "0"
    chart.y_axis.crosses, chart.y_axis.axPos = "max", "b"  # below, where the first row is on top
    chart.legend.position = "b"
    if not stacked:
        chart.legend, chart.y_axis.scaling.max = None, 100
        chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, **OFF)
    return chart


def _series(page: Worksheet, first: int, last: int, names: int, column: int, colour: str) -> Any:
    rows = range(first, last + 1)
    series: Any = Series(Reference(page, min_col=column, min_row=first, max_row=last))
    heading = Reference(page, min_col=column, min_row=first - 1)
    said = [page.cell(row, names).value for row in rows]
    held = [page.cell(row, column).value for row in rows]
    series.tx = SeriesLabel(strRef=StrRef(f=str(heading), strCache=_texts([page.cell(first - 1, column).value])))
    words = Reference(page, min_col=names, min_row=first, max_row=last)
    series.cat = AxDataSource(strRef=StrRef(f=str(words), strCache=_texts(said)))
    numbers = [NumVal(idx=place, v=str(value)) for place, value in enumerate(held) if value is not None]
    source = NumData(formatCode="General", ptCount=len(held), pt=numbers)
    series.val.numRef = NumRef(f=series.val.numRef.f, numCache=source)
    series.graphicalProperties.solidFill = colour
    series.invertIfNegative = False
    return series


def _texts(words: Sequence[Any]) -> StrData:
    return StrData(ptCount=len(words), pt=[StrVal(idx=place, v=str(word)) for place, word in enumerate(words)])
