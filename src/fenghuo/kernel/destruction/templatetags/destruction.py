"""What pages of other rooms say of a record whose values an order destroyed, or that is held."""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..selectors import destroyed, hold_of

register = template.Library()


@register.simple_tag(takes_context=True)
def destroyed_note(context: template.Context, record: int) -> SafeString | str:
    """A line that says which order destroyed it, or that it is held; "" for nearly all records. 2 queries."""
    request: HttpRequest = context["request"]
    actor = getattr(request, "actor", None)
    may_read = actor is not None and actor.may("destruction.read")
    said: SafeString | str = ""
    if one := destroyed([record]).get(record):
        words = _("The personal information was destroyed by order No. %(order)s on %(day)s.") % {
            "order": one.no,
            "day": localtime(one.at).strftime("%Y-%m-%d"),
        }
        link = _linked(reverse("destruction:order", args=[one.no]), _("The order")) if may_read else ""
        said = format_html('<p class="message warning">{} {}</p>', words, link)
    if hold_of(record):
        link = _linked(reverse("destruction:record", args=[record]), _("The hold")) if may_read else ""
        words = _("Held: nothing of it may be destroyed.")
        said = format_html('{}<p class="message warning">{} {}</p>', said, words, link)
    return said


@register.simple_tag(takes_context=True)
def retention_link(context: template.Context, record: int) -> SafeString | str:
    """The way to a record's page of holds and destruction, for those who may read it."""
    actor = getattr(context["request"], "actor", None)
    if actor is None or not actor.may("destruction.read"):
        return ""
    return _linked(reverse("destruction:record", args=[record]), _("Personal information: keep or destroy"))


def _linked(address: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)
