"""A siting out as a workbook: a row for each village, how it is served now and then."""

from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _

from fenghuo.decision.siting import Village as Served
from fenghuo.standards.sheets.fields import Field, Layout
from fenghuo.standards.sheets.values import Scalar
from fenghuo.standards.sheets.writing import write_book

from ..covering.saying import minutes_up
from .presenting import names_of
from .selectors import Found


def siting_book(found: Found) -> bytes:
    """.xlsx, in which no text can act as a formula."""
    fields = (
        Field("town", (_("Town"),), "region"),
        Field("village", (_("Village or community"),), "region"),
        Field("code", (_("Region code"),)),
        Field("people", (_("Population"),), "integer"),
        Field("now", (_("Minutes now (rounded up)"),), "integer"),
        Field("now_by", (_("Served now by"),)),
        Field("then", (_("Minutes then (rounded up)"),), "integer"),
        Field("then_by", (_("Served then by"),)),
        Field("new", (_("Has a new one"),)),
    )
    made = BytesIO()
    layout = Layout(fields, ("code",), ("选址分析", "where to build next"))
    write_book(made, layout, _rows(found), sheet=_("Where to build next"))
    return made.getvalue()


def _rows(found: Found) -> Iterator[dict[str, Scalar | None]]:
    if found.proposal is None:
        return
    chosen = {village.code for site in found.proposal.chosen if (village := found.village_of(site)) is not None}
    served = {one.demand.id: one for one in found.proposal.villages}
    for code, village in found.villages.items():
        one = served.get(code)
        row: dict[str, Scalar | None] = {
            "town": village.town,
            "village": village.name,
            "code": code,
            "people": village.people,
            "new": _("yes") if code in chosen else None,
        }
        yield row | (_times(one) if one else {"now_by": _("position unknown")})


def _times(one: Served) -> dict[str, Scalar | None]:
    return {
        "now": None if one.before_s is None else minutes_up(one.before_s),
        "now_by": names_of([part.site for part in one.before]) or _("no way there"),
        "then": None if one.after_s is None else minutes_up(one.after_s),
        "then_by": names_of([part.site for part in one.after]) or _("no way there"),
    }
