"""Rows as pages show them. Written out here, since a template takes ten times as long for two hundred rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from html import escape  # Django's own looks at every argument for lazy texts: a quarter of the time of a page
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record

from .declaring import Column, Register, Row
from .kinds import Telephone, Whole


def rows_html(register: Register, rows: Iterable[Row], columns: Sequence[Column], *, at: str = "") -> SafeString:
    """Table rows. `at`: the key of the one that is chosen."""
    now = timezone.now()
    tags = {"demo": _("Demo"), "archive": _("in the archive")}
    home = reverse("registers:list", args=[register.name])
    shows = [
        (column, _cell(column), '<td class="num">' if isinstance(column.kind, Whole) else "<td>") for column in columns
    ]
    parts: list[str] = []
    for row in rows:
        record = register.record(row)
        parts.append('<tr class="hot" aria-current="true">' if str(row.pk) == at else "<tr>")
        for place, (column, show, opening) in enumerate(shows):
            shown = show(column.value(row))
            if place == 0:
                marks = "".join(
                    f' <span class="tag {name}">{escape(tags[name])}</span>'
                    for name, there in (("demo", record.demo), ("archive", record.archived_at is not None))
                    if there
                )
                link = f"{home}{row.pk}/" if register.page is None else register.page(row)
                named = shown or escape(_("without a name"))
                parts.append(f'<td class="words"><a href="{escape(link)}">{named}</a>{marks}</td>')
            else:
                parts.append(f"{opening}{shown}</td>")
        parts.append(f"<td>{_fresh(record, now, register.stale)}</td></tr>")
    return mark_safe("".join(parts))  # noqa: S308 - every value above is escaped


def cell(column: Column, row: Row) -> SafeString:
    """One value as HTML; telephones can be called."""
    return mark_safe(_cell(column)(column.value(row)))  # noqa: S308 - the value is escaped


def _cell(column: Column) -> Callable[[Any], str]:
    """Its value as HTML."""
    show = column.kind.show
    if not isinstance(column.kind, Telephone):
        return lambda value: escape(show(value))

    def call(value: Any) -> str:
        shown = escape(show(value))
        return f'<a class="tel" href="tel:{shown}">{shown}</a>' if shown else ""

    return call


def address_of_row(register: Register, row: Row) -> str:
    if register.page is not None:
        return register.page(row)
    return reverse("registers:row", args=[register.name, row.pk])


def ago(moment: datetime, now: datetime) -> str:
    """Today, 1 day ago, 12 days ago: by the calendar of the county."""
    days = (timezone.localdate(now) - timezone.localdate(moment)).days
    return _("today") if days <= 0 else ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def _fresh(record: Record, now: datetime, stale: timedelta) -> str:
    if record.checked_at is None:
        return f'<b class="soon when">{escape(_("never"))}</b>'
    words, by = escape(ago(record.checked_at, now)), escape(checked_by(record))
    if now - record.checked_at > stale:
        return f'<b class="soon when" title="{by}">{words}</b> <small>{escape(_("to check"))}</small>'
    return f'<span class="mute when" title="{by}">{words}</span>'


def row_title(register: Register, row: Row) -> str:
    """What a row is called: its first column."""
    first = register.columns[0]
    return first.kind.show(first.value(row)) or str(register.one)


def checked_by(record: Record) -> str:
    return _("the system") if record.checked_by == SYSTEM.label else record.checked_by
