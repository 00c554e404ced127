"""What rooms show on a unit's page, beside what everybody signed in may know of it. They say so in unit_part.py."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit

type Said = Callable[[Actor, Unit], Mapping[str, Any] | None]

_parts: list[tuple[str, Said]] = []


def unit_part(template: str) -> Callable[[Said], Said]:
    """Register what `template` is given for a unit; None shows nothing. `unit` and `request` it gets in any case."""

    def add(said: Said) -> Said:
        _parts.append((template, said))
        return said

    return add


def parts_for(request: HttpRequest, actor: Actor, unit: Unit) -> list[SafeString]:
    shown = [(template, said(actor, unit)) for template, said in _parts]
    return [
        render_to_string(template, {**context, "unit": unit}, request)
        for template, context in shown
        if context is not None
    ]
