"""{% load attachments %} … {% attachments plan.pk %}: a record's files where a room's page wants them."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token

from fenghuo.kernel.access.errors import NotFound

from ..presenting import part_of
from ..selectors import record_with_files

register = template.Library()


@register.inclusion_tag("documents/attachments.html", takes_context=True)
def attachments(context: template.Context, pk: int) -> dict[str, Any]:
    """`pk`: of the record. Nothing for whoever may not read its files."""
    request: HttpRequest = context["request"]
    actor = request.actor  # type: ignore[attr-defined]
    try:
        record = record_with_files(actor, pk)
    except NotFound:
        return {"record": None}
    return part_of(request, actor, record) | {"csrf_token": get_token(request)}
