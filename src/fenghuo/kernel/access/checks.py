"""A model that is a Record and has no scoped queryset does not start (netbox's restrict, as a system check)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from .models import Record
from .scoped import ScopedQuerySet

PUBLIC_FACTS = {"access.Region"}  # the names and places of regions are nobody's secret


@register()
def records_are_scoped(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for model in apps.get_models():
        primary = model._meta.pk
        if primary is None or primary.remote_field is None or primary.remote_field.model is not Record:
            continue
        if model._meta.label in PUBLIC_FACTS or isinstance(model._default_manager.get_queryset(), ScopedQuerySet):
            continue
        found.append(Error(f"{model._meta.label} is a Record but its rows are not scoped", id="fenghuo.E001"))
    return found
