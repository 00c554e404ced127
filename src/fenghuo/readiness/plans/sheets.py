"""Coverage and what is lacking as workbooks, for reporting upward."""

from collections.abc import Iterable
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.web.words import subject_name
from fenghuo.standards.sheets.fields import Field, Layout
from fenghuo.standards.sheets.values import Scalar
from fenghuo.standards.sheets.writing import write_book

from .models import Duty
from .selectors.coverage import Cell, Coverage
from .words import WHO_WORDS, plan_kind_name

STATES = ("asked", "filed", "due", "drafted", "none")


def coverage_book(found: Coverage, by: str) -> bytes:
    """A row for each place (or line) and kind of unit. `by`: block or line."""
    fields = (
        Field("place", (_("Place") if by == "block" else _("Line"),)),
        Field("who", (_("Kind of unit"),)),
        Field("asked", (_("Must have one"),), "integer"),
        Field("filed", (_("Valid and filed"),), "integer"),
        Field("due", (_("Due for review"),), "integer"),
        Field("drafted", (_("Being drafted"),), "integer"),
        Field("none", (_("No plan"),), "integer"),
        Field("percent", (_("Coverage (%)"),), "integer"),
    )
    layout = Layout(fields, ("place", "who"), ("预案覆盖", "plan coverage"))
    made = BytesIO()
    write_book(made, layout, _rows(found, by), sheet=_("Plan coverage"))
    return made.getvalue()


def _rows(found: Coverage, by: str) -> Iterable[dict[str, str | int | None]]:
    if by == "line":
        rows = [(subject_name(subject), cells, whole) for subject, cells, whole in found.lines]
    else:
        rows = [(region.name if region else _("county level"), cells, whole) for region, cells, whole in found.towns]
        rows.append((_("Together"), found.total, found.whole))
    for place, cells, whole in rows:
        for who in found.columns:
            if who in cells:
                yield _counted(place, str(WHO_WORDS[who]), cells[who])
        yield _counted(place, _("All"), whole)


def _counted(place: str, who: str, cell: Cell) -> dict[str, str | int | None]:
    counts: dict[str, str | int | None] = {name: getattr(cell, name) for name in STATES}
    return {"place": place, "who": who, "percent": cell.percent} | counts


def lacking_book(rows: Iterable[Duty]) -> bytes:
    fields = (
        Field("unit", (_("Unit"),), "unit_name"),
        Field("region", (_("Region"),), "region"),
        Field("who", (_("Kind of unit"),)),
        Field("kind", (_("Kind of plan"),)),
        Field("state", (_("State"),)),
        Field("plan", (_("Plan"),)),
        Field("due", (_("Next review by"),), "date"),
        Field("phone", (_("Duty telephone"),), "phone"),
        Field("reminded", (_("Reminded on"),), "date"),
    )
    layout = Layout(fields, ("unit", "kind"), ("缺预案清单", "units without a plan"))
    made = BytesIO()
    write_book(made, layout, (_lacking(row) for row in rows), sheet=_("Units that lack a plan"))
    return made.getvalue()


def _lacking(row: Duty) -> dict[str, Scalar | None]:
    above = f"{row.unit.region.parent.name} " if row.unit.region.parent else ""
    plan = row.plan
    return {
        "unit": row.unit.name,
        "region": f"{above}{row.unit.region.name}",
        "who": str(WHO_WORDS.get(row.who, row.who)),
        "kind": plan_kind_name(row.plan_kind),
        "state": str(row.get_state_display()),
        "plan": f"{plan.record.number} {plan.name}" if plan else None,
        "due": plan.next_due if plan else None,
        "phone": row.unit.phone or None,
        "reminded": timezone.localdate(row.reminded_at) if row.reminded_at else None,
    }
