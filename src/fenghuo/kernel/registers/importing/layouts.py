"""A register as standards.sheets knows lists: its columns with all headings under which counties keep them."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils import translation

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Region, Unit
from fenghuo.standards.sheets import Field, Layout, Scalar
from fenghuo.standards.sheets import Kind as SheetKind

from ..declaring import Column, Register, Words
from ..kinds import Choice, Degrees, Kind, Many, Whole
from ..writing import asked_of

CHINESE, ENGLISH = "zh-hans", "en"


def layout_of(register: Register, actor: Actor, fixed: Collection[str] = ()) -> Layout:
    """The columns that the actor may say. `fixed`: those that need no column, since one value holds for all rows."""
    columns = asked_of(register, actor, new=True)
    names = {column.name for column in columns}
    key = [name for one in register.keys for name in one if name in names]
    return Layout(
        tuple(_field(column, needed=column.needed and column.name not in fixed) for column in columns),
        key=tuple(dict.fromkeys(key)) or (columns[0].name,),
        title=both(register.title),
    )


def both(words: Words) -> tuple[str, str]:
    """In Chinese and in English."""
    with translation.override(CHINESE):
        chinese = str(words)
    with translation.override(ENGLISH):
        return chinese, str(words)


def _field(column: Column, *, needed: bool) -> Field:
    chinese, english = both(column.label)
    kind = column.kind
    return Field(
        column.name,
        tuple(dict.fromkeys((chinese, *column.also, english))),
        _kind(kind),
        required=needed,
        choices=_choices(kind) if isinstance(kind, Choice) and not isinstance(kind, Many) else {},
        least=Decimal(kind.least) if isinstance(kind, Whole) else None,
        most=Decimal(kind.greatest) if isinstance(kind, Whole) else None,
    )


def _kind(kind: Kind) -> SheetKind:
    if isinstance(kind, Degrees):
        return "latitude" if kind.greatest == 90 else "longitude"
    if isinstance(kind, Many):
        return "text"  # several words in one cell, read by the kind itself
    known: SheetKind = kind.sheet  # type: ignore[assignment]
    return known


def _choices(kind: Choice) -> Mapping[str, tuple[str, ...]]:
    found = {}
    for slug, word in kind.choices():
        found[slug] = tuple(dict.fromkeys(both(word)))
    return found


class Written:
    """Values for the cells of a workbook, so that they read back as the same: by name where only one bears it."""

    def __init__(self) -> None:
        self._doubles: dict[type[Unit | Region], set[str]] = {}

    def scalar(self, column: Column, value: Any) -> Scalar:
        kind = column.kind
        if value is None or value == "" or value == []:
            return None
        if isinstance(value, Unit | Region):
            ended = value.valid_to is not None
            return value.code if ended or value.name in self._borne_by_several(type(value)) else value.name
        if isinstance(kind, Degrees):
            return Decimal(repr(value))
        if isinstance(value, int | date) and not isinstance(value, bool):
            return value
        if isinstance(kind, Choice) and not isinstance(kind, Many):
            return str(value)
        return kind.typed(value)

    def _borne_by_several(self, model: type[Unit | Region]) -> set[str]:
        if model not in self._doubles:
            rows = model._default_manager.filter(valid_to=None).values("name").annotate(n=Count("pk"))
            self._doubles[model] = set(rows.filter(n__gt=1).order_by().values_list("name", flat=True))
        return self._doubles[model]
