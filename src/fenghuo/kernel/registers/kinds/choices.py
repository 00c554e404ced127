"""One or several of a list."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from fenghuo.kernel.web.words import listed

from .texts import Kind, Unreadable

_BETWEEN = re.compile(r"\s*[\n,,、;;/]\s*")


type Choices = Callable[[], Sequence[tuple[str, str | Promise]]]


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
