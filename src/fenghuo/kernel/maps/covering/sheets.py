"""A coverage out as a workbook or a table: a row for each village, also for those of unknown position."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from django.utils.translation import gettext as _

from fenghuo.decision.coverage import Measure, threshold_said
from fenghuo.kernel.journal.exporting import neutral
from fenghuo.standards.sheets.fields import Field, Layout
from fenghuo.standards.sheets.values import Scalar
from fenghuo.standards.sheets.writing import write_book

from .presenting import Row, rows
from .saying import language, minutes_up
from .selectors import Found


def mode_word(mode: str) -> str:
    return {"car": _("car"), "truck": _("fire engine"), "bus": _("bus"), "foot": _("on foot")}[mode]


def _fields(found: Found) -> tuple[Field, ...]:
    minutes = found.asked.measure is Measure.MINUTES
    unit = _("minutes (rounded up)") if minutes else _("metres in a straight line")
    return (
        Field("town", (_("Town"),), "region"),
        Field("village", (_("Village or community"),), "region"),
        Field("code", (_("Region code"),)),
        Field("people", (_("Population"),), "integer"),
        Field("state", (_("Within reach"),)),
        Field("site", (_("Nearest"),)),
        Field("cost", (_("Nearest, %(unit)s") % {"unit": unit},), "integer"),
        Field("next_site", (_("Next nearest"),)),
        Field("next_cost", (_("Next nearest, %(unit)s") % {"unit": unit},), "integer"),
        Field("only", (_("Reached by one only"),)),
        Field("note", (_("Note"),)),
    )


def coverage_book(found: Found) -> bytes:
    """.xlsx, in which no text can act as a formula; the worst served first, unknown positions last."""
    layout = Layout(_fields(found), ("code",), ("覆盖分析", "who is within reach"))
    made = BytesIO()
    write_book(made, layout, _rows(found), sheet=_("Who is within reach"))
    return made.getvalue()


def coverage_csv(found: Found) -> bytes:
    """UTF-8 with its mark, so that Excel reads it."""
    fields, made = _fields(found), StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([field.headings[0] for field in fields])
    for row in _rows(found):
        writer.writerow([_cell(row.get(field.name)) for field in fields])
    return ("\ufeff" + made.getvalue()).encode()


def _cell(value: Scalar | None) -> str:
    return "" if value is None else neutral(str(value))


def _rows(found: Found) -> Iterator[dict[str, Scalar | None]]:
    if found.coverage is None:
        return
    served = {one.demand.id: one for one in found.coverage.served}
    for row in rows(found):
        one = served[row.village.code]
        yield _about(found, row.village.code) | {
            "state": _state(found, row),
            "site": row.site.name if row.site else None,
            "cost": _number(found, one.cost),
            "next_site": row.next_site.name if row.next_site else None,
            "next_cost": _number(found, one.next_cost),
            "only": _("yes") if row.only else None,
            "note": _("estimate along a straight line") if row.estimate else None,
        }
    for demand in found.coverage.unplaced:
        yield _about(found, demand.id) | {"state": _("position unknown")}


def _about(found: Found, code: str) -> dict[str, Scalar | None]:
    village = found.villages[code]
    return {"town": village.town, "village": village.name, "code": code, "people": village.people}


def _state(found: Found, row: Row) -> str:
    within = found.within
    assert within is not None
    if row.site is None:
        return _("no way there")
    step = threshold_said(within.threshold, language())
    return (_("within %(step)s") if row.within else _("beyond %(step)s")) % {"step": step}


def _number(found: Found, cost: float | None) -> int | None:
    if cost is None:
        return None
    return minutes_up(cost) if found.asked.measure is Measure.MINUTES else round(cost)
