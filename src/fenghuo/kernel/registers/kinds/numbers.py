"""Numbers, degrees, days and moments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from .texts import Kind, Unreadable


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
