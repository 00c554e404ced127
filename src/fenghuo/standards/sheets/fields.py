"""What a list is made of: the fields that a register declares, with the headings under which counties keep them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from .words import halved

type Kind = Literal[
    "text",
    "integer",
    "decimal",
    "date",
    "month",
    "boolean",
    "choice",
    "phone",
    "identity_number",
    "credit_code",
    "longitude",
    "latitude",
    "coordinates",
    "unit_name",
    "region",
]
# 〃 under a number or a telephone is a slip more often than a meaning.
REPEATABLE: frozenset[Kind] = frozenset({"text", "choice", "region", "unit_name", "date", "month", "boolean"})


@dataclass(frozen=True)
class Field:
    """One column of a list.

    `headings`: the first is written, all are read (full-width, spaces, stars and units in brackets do not matter).
    `unit`: what the value is kept in: ㎡, 万元, 吨 …; for a count the word it is counted in, or empty: any.
    `choices`: value → the words for it, the first is written. `many`: several telephones in one cell are kept.
    `least`, `most`: bounds of a number, included. `repeatable`: whether 〃 and merged cells carry the value on.
    """

    name: str
    headings: tuple[str, ...]
    kind: Kind = "text"
    unit: str = ""
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_length: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    many: bool = False
    repeatable: bool | None = None

    @cached_property
    def carries_on(self) -> bool:
        return self.kind in REPEATABLE if self.repeatable is None else self.repeatable

    @cached_property
    def value_of(self) -> dict[str, str]:
        """choice_word(word) → value."""
        return {choice_word(word): value for value, words in self.choices.items() for word in (value, *words)}

    @cached_property
    def allowed(self) -> str:
        return "、".join(words[0] if words else value for value, words in self.choices.items())


def choice_word(text: str) -> str:
    """The form in which two ways of writing a word are the same."""
    return halved(text).lower().strip("。.;,、")


@dataclass(frozen=True)
class Layout:
    """A list of things. `title`: what it is called in Chinese and English. `key`: the fields that tell one row
    from another; without a column for at least one of them a sheet is no such list."""

    fields: tuple[Field, ...]
    key: tuple[str, ...]
    title: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        names = [one.name for one in self.fields]
        if len(set(names)) < len(names):
            raise ValueError("two fields of a layout have the same name")
        if not self.key or not set(self.key) <= set(names):
            raise ValueError("the key of a layout names at least one of its fields")

    def field(self, name: str) -> Field:
        return self.by_name[name]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}
