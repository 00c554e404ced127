"""The table of completeness as a workbook, for reporting upward."""

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Unit
from fenghuo.standards.sheets.fields import Field, Layout
from fenghuo.standards.sheets.writing import write_book

from .rules import Asked
from .selectors import Figures


def workbook(rows: Iterable[tuple[Unit, Figures]], asked: list[Asked]) -> bytes:
    """A row a unit: its share and, by rule, how many rows lack it; empty where a rule does not ask that unit."""
    fixed = (
        Field("unit", (_("Unit"),), "unit_name"),
        Field("region", (_("Region"),), "region"),
        Field("code", (_("Code"),)),
        Field("percent", (_("Complete (%)"),), "integer"),
        Field("gaps", (_("Lacking"),), "integer"),
    )
    rules = tuple(Field(f"rule{place}", (one.said,), "integer") for place, one in enumerate(asked))
    layout = Layout((*fixed, *rules), ("code",), ("数据完整性", "data completeness"))
    made = BytesIO()
    write_book(made, layout, (_row(unit, figures, asked) for unit, figures in rows), sheet=_("Data completeness"))
    return made.getvalue()


def _row(unit: Unit, figures: Figures, asked: list[Asked]) -> dict[str, str | int | None]:
    above = f"{unit.region.parent.name} " if unit.region.parent else ""
    counts = {f"rule{place}": figures.lacking.get(one.rule.id) for place, one in enumerate(asked)}
    return {
        "unit": unit.name,
        "region": f"{above}{unit.region.name}",
        "code": unit.code,
        "percent": figures.percent,
        "gaps": figures.gaps,
    } | counts
