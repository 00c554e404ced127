"""What kinds of values a column holds: how one is read, shown, said to machines and asked for in a form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.registry.selectors import find_units, region_by_code, unit_by_code
from fenghuo.kernel.web.words import listed

_BETWEEN = re.compile(r"\s*[\n,,、;;/]\s*")

type Choices = Callable[[], Sequence[tuple[str, str | Promise]]]


class Unreadable(ValueError):
    """What was given is no value of this kind; the message says what is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of text. `most`: characters. `sheet` names the kind in workbooks (standards.sheets)."""

    most: int = 200
    sheet = "text"

    def read(self, given: str) -> Any:
        """The value, for text that is not blank. Raises: Unreadable."""
        if "\x00" in given:
            raise Unreadable(_("must not contain the character U+0000"))
        if len(given) > self.most:
            raise Unreadable(_("must be at most %(most)s characters long") % {"most": self.most})
        return given

    @property
    def blank(self) -> Any:
        """What stands for nothing."""
        return ""

    def show(self, value: Any) -> str:
        """In the reader's language; "" for nothing."""
        return "" if value is None else str(value)

    def machine(self, value: Any) -> Any:
        """As JSON."""
        return value

    def typed(self, value: Any) -> str:
        """As a form shows it for changing; `read` gives the same value back."""
        return "" if value is None else str(value)

    def field(self, **about: Any) -> forms.Field:
        return forms.CharField(max_length=self.most, **about)


Text = Kind


@dataclass(frozen=True, slots=True)
class Lines(Kind):
    """Text of several lines."""

    most: int = 2000

    def field(self, **about: Any) -> forms.Field:
        return forms.CharField(max_length=self.most, widget=forms.Textarea(attrs={"rows": 4}), **about)


@dataclass(frozen=True, slots=True)
class Telephone(Kind):
    most: int = 32
    sheet = "phone"

    def field(self, **about: Any) -> forms.Field:
        return forms.CharField(max_length=50, widget=forms.TextInput(attrs={"type": "tel"}), **about)


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number of something; None when nobody has said."""

    least: int = 0
    greatest: int = 1_000_000
    sheet = "integer"

    def read(self, given: str) -> int:
        try:
            value = int(given)
        except ValueError:
            raise Unreadable(_("must be a whole number")) from None
        if not self.least <= value <= self.greatest:
            raise Unreadable(
                _("must lie between %(least)s and %(most)s") % {"least": self.least, "most": self.greatest}
            )
        return value

    @property
    def blank(self) -> None:
        return None

    def field(self, **about: Any) -> forms.Field:
        return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **about)


@dataclass(frozen=True, slots=True)
class Day(Kind):
    sheet = "date"

    def read(self, given: str) -> date:
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise Unreadable(_("must be a day like 2026-05-12")) from None

    @property
    def blank(self) -> None:
        return None

    def show(self, value: date | None) -> str:
        return value.isoformat() if value else ""

    def field(self, **about: Any) -> forms.Field:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.CharField(max_length=20, widget=widget, **about)


@dataclass(frozen=True, slots=True)
class Instant(Kind):
    """A moment that the house keeps; nobody types it."""

    def show(self, value: datetime | None) -> str:
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a list, kept by its slug, shown by its word; either is read."""

    choices: Choices = tuple
    sheet = "choice"

    def read(self, given: str) -> Any:
        for language in (get_language(), *dict(settings.LANGUAGES)):  # a workbook may come back to another reader
            with override(language):
                for slug, word in self.choices():
                    if given in (slug, str(word)):
                        return slug
        words = listed(word for _slug, word in self.choices())
        raise Unreadable(_("must be one of: %(known)s") % {"known": words})

    def show(self, value: str) -> str:
        return str(dict(self.choices()).get(value, value))

    def field(self, **about: Any) -> forms.Field:
        choices = [("", "---------"), *self.choices()]
        # Not ChoiceField: the register says itself what may be chosen, in words, whoever asks.
        return forms.CharField(widget=forms.Select(choices=choices), **about)


@dataclass(frozen=True, slots=True)
class Many(Choice):
    """Several of a list, written one after the other."""

    def read(self, given: str) -> Any:
        found: list[str] = []
        for part in filter(None, _BETWEEN.split(given)):
            try:
                found.append(Choice.read(self, part))
            except Unreadable:  # perhaps several with spaces between
                found += [Choice.read(self, word) for word in part.split()]
        return list(dict.fromkeys(found))

    @property
    def blank(self) -> list[str]:
        return []

    def show(self, value: Sequence[str]) -> str:
        words = dict(self.choices())
        return listed(words.get(slug, slug) for slug in value)

    def machine(self, value: Sequence[str]) -> list[str]:
        return list(value)

    def typed(self, value: Sequence[str]) -> str:
        return self.show(value)

    def field(self, **about: Any) -> forms.Field:
        return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), **about)


@dataclass(frozen=True, slots=True)
class Degrees(Kind):
    """Degrees of latitude or longitude, WGS 84; None when nobody has said."""

    greatest: int = 180

    def read(self, given: str) -> float:
        try:
            value = float(given)
        except ValueError:
            raise Unreadable(_("must be degrees, for example 108.6085")) from None
        if not -self.greatest <= value <= self.greatest:  # also refuses nan
            raise Unreadable(
                _("must lie between %(least)s and %(most)s") % {"least": -self.greatest, "most": self.greatest}
            )
        return value

    @property
    def blank(self) -> None:
        return None

    def show(self, value: float | None) -> str:
        return "" if value is None else f"{value:.6f}".rstrip("0")

    def typed(self, value: float | None) -> str:
        return "" if value is None else repr(value)


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

    @property
    def blank(self) -> None:
        return None

    def show(self, value: Region | None) -> str:
        return value.name if value else ""

    def machine(self, value: Region | None) -> str | None:
        return value.code if value else None

    def typed(self, value: Region | None) -> str:
        return value.code if value else ""


@dataclass(frozen=True, slots=True)
class Several(Kind):
    """Several words; nobody types them here."""

    def show(self, value: Sequence[str]) -> str:
        return listed(value)

    def machine(self, value: Sequence[str]) -> list[str]:
        return list(value)
