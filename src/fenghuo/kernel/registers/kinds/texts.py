"""Text, in one line or several; and what every kind of value knows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fenghuo.kernel.web.words import listed


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

    def ahead(self, texts: Collection[str]) -> Mapping[str, Any]:
        """Values of those of these texts that are found together, where each would be a query; `read` has the rest."""
        return {}

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
class Several(Kind):
    """Several words; nobody types them here."""

    def show(self, value: Sequence[str]) -> str:
        return listed(value)

    def machine(self, value: Sequence[str]) -> list[str]:
        return list(value)
