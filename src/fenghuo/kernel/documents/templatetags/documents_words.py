"""Words of the files' pages."""

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def pages_said(count: int) -> str:
    return ngettext("%(n)s page", "%(n)s pages", count) % {"n": count}
