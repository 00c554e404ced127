"""Units and places, by code or by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.registry.selectors import find_units, region_by_code, unit_by_code

from .texts import Kind, Unreadable


@dataclass(frozen=True, slots=True)
class UnitNamed(Kind):
    """A unit, by its code or by a name that fits one only."""

    sheet = "unit_name"

    def read(self, given: str) -> Unit:
        unit = unit_by_code(given)
        if unit is None:
            exact = list(Unit.objects.select_related("region", "record").filter(name=given, valid_to=None)[:2])
            found = [] if exact else find_units(given, 2)
            unit = exact[0] if len(exact) == 1 else unit_by_code(found[0].code) if len(found) == 1 else None
        if unit is None:
            raise Unreadable(_("There is no single unit of this name: choose one from the list."))
        return unit

    def ahead(self, texts: Collection[str]) -> Mapping[str, Unit]:
        found = Unit.objects.select_related("region", "record").filter(code__in=texts, valid_to=None)
        return {unit.code: unit for unit in found}

    @property
    def blank(self) -> None:
        return None

    def show(self, value: Unit | None) -> str:
        return value.name if value else ""

    def machine(self, value: Unit | None) -> str | None:
        return value.code if value else None

    def typed(self, value: Unit | None) -> str:
        return value.name if value else ""

    def field(self, **about: Any) -> forms.Field:
        options = "units-found"
        attrs = {
            "list": options,
            "autocomplete": "off",
            "hx-get": reverse_lazy("web:unit_options"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{options}",
        }
        return forms.CharField(max_length=120, widget=forms.TextInput(attrs=attrs), **about)


@dataclass(frozen=True, slots=True)
class Place(Kind):
    """A region, by its code or by a name that fits one only in the region tree that exists now."""

    sheet = "region"

    def read(self, given: str) -> Region:
        region = region_by_code(given.ljust(12, "0")) if given.isascii() and given.isdigit() else None
        if region is None:
            found = list(Region.objects.filter(name=given, valid_to=None)[:2])
            region = found[0] if len(found) == 1 else None
        if region is None:
            raise Unreadable(_("There is no single place of this name: give its code of 12 digits."))
        return region

    def ahead(self, texts: Collection[str]) -> Mapping[str, Region]:
        return {region.code: region for region in Region.objects.filter(code__in=texts)}

    @property
    def blank(self) -> None:
        return None

    def show(self, value: Region | None) -> str:
        return value.name if value else ""

    def machine(self, value: Region | None) -> str | None:
        return value.code if value else None

    def typed(self, value: Region | None) -> str:
        return value.code if value else ""
