"""Tags every template has: icons, moments, clocks, masks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.history import newest_lines
from fenghuo.kernel.journal.naming import groups, verbs_meant
from fenghuo.kernel.journal.reach import reach_of
from fenghuo.kernel.journal.wanted import Wanted
from fenghuo.kernel.registry.naming import spoken

from ..history import relations, told
from ..words import listed as words_listed

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; decoration only, so that every use of it has a word beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("build/icons.svg"),
        name,
    )


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """05-12 03:04 in the county's time; the year only when it is another one; the whole time on pointing."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    pattern = "%m-%d %H:%M" if local.year == timezone.localtime().year else "%Y-%m-%d %H:%M"
    return format_html(
        '<time class="when" datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        local.strftime("%Y-%m-%d %H:%M:%S"),
        local.strftime(pattern),
    )


@register.simple_tag
def clock(due_at: datetime) -> SafeString:
    """Remaining time first: colour and word both say how urgent it is."""
    seconds = (due_at - timezone.now()).total_seconds()
    if seconds < 0:
        return format_html('<b class="late">{}</b>', _("%(span)s late") % {"span": span(-seconds)})
    return format_html('<b class="{}">{}</b>', "soon" if seconds < 3600 else "fine", span(seconds))


@register.simple_tag
def tick(moment: datetime, now: datetime, way: str = "due") -> SafeString:
    """A big clock that a script lets run (assets/entries/board.ts): down to `moment`, or with "since" up from it."""
    seconds = int((moment - now).total_seconds()) if way == "due" else int((now - moment).total_seconds())
    look = ""
    if way == "due":
        look = "late" if seconds < 0 else "soon" if seconds < 3600 else "fine"
    return format_html(
        '<b class="tick {}" data-{}="{}">{}</b>', look, way, timezone.localtime(moment).isoformat(), ticking(seconds)
    )


def ticking(seconds: int) -> str:
    """12:05, 2:14:05, from two days on in whole days; what is overdue with a minus."""
    sign, seconds = ("−" if seconds < 0 else ""), abs(seconds)
    if seconds >= 48 * 3600:
        return sign + span(seconds)
    hours, rest = divmod(seconds, 3600)
    shown = f"{rest // 60:02}:{rest % 60:02}"
    return f"{sign}{hours}:{shown}" if hours else sign + shown


@register.simple_tag
def waiting(since: datetime) -> SafeString:
    """For how long something has been waiting."""
    seconds = max(0.0, (timezone.now() - since).total_seconds())
    return format_html('<b class="{}">{}</b>', "soon" if seconds > 600 else "", span(seconds))


def span(seconds: float) -> str:
    """The largest unit that fits: 22 minutes, 3 hours, 2 days."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changed: object) -> str:
    """The page's query with some values changed: a link that keeps the filters."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter(name="spoken")
def spoken_name(name: str) -> str:
    """草堂营村 for 草堂营村委会."""
    return spoken(name)


@register.filter
def listed(words: Iterable[object]) -> str:
    """Several things one after the other, with the reader's own sign between."""
    return words_listed(words)


@register.filter
def masked_name(name: str) -> str:
    """张小红 → 张**: the family name alone, so that a row can be found again without being read by everybody."""
    return name[:1] + "*" * max(1, len(name) - 1)


@register.filter
def masked_number(number: str) -> str:
    """The last four characters of an identity or telephone number; nothing of a shorter one."""
    return "*" * (len(number) - 4) + number[-4:] if len(number) > 7 else "*" * len(number)


@register.filter
def masked_address(address: str) -> str:
    """zhang@example.org → z***@example.org."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"


@register.inclusion_tag("web/history/card.html", takes_context=True)
def history(
    context: template.Context, record: Record, limit: int = 20, kind: str = "", bare: bool = False
) -> dict[str, Any]:
    """What was done about a record, newest first, with the way to the whole of it: one line on each record's page.

    Nothing for who may not read it. `kind`: only this group of verbs; `bare`: without a card and heading of its own.
    1 query.
    """
    actor: Actor | None = getattr(context["request"], "actor", None)
    if actor is None:
        return {"lines": []}
    wanted = Wanted(verbs=verbs_meant(kind) if kind else ())
    found = newest_lines(record.pk, reach_of(actor), wanted, limit + 1, relations())
    return {
        "record": record,
        "lines": told(found[:limit]),
        "earlier": len(found) > limit,
        "kind": kind,
        "kinds": [(one.name, one.word) for one in groups()],
        "bare": bare,
    }
