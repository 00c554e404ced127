"""Everything that points at a person, a unit or a post: re-pointed when two of them are merged, or left as it is.

Each room says so in merging.py for its own relations; a test fails for one that nobody has declared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from fenghuo.kernel.access.models import Person, Post, Record, Unit

type Relation = models.ForeignKey[Any, Any]


@dataclass(frozen=True, slots=True)
class Declared:
    """`label`: app.Model.field. `moves`: re-pointed at the kept one, save where a constraint of the database finds
    that the kept one has the same already: that row stays with the gone one. `why`: the reason for staying."""

    label: str
    moves: bool
    why: str = ""


_declared: dict[str, Declared] = {}


def moves(*labels: str) -> None:
    for label in labels:
        _add(Declared(label, moves=True))


def stays(why: str, *labels: str) -> None:
    for label in labels:
        _add(Declared(label, moves=False, why=why))


def declared() -> dict[str, Declared]:
    return dict(_declared)


def relations_to(*targets: type[models.Model]) -> Iterator[Relation]:
    """From Django's own metadata: every foreign key of any installed room that leads to one of these models.

    A one-to-one primary key is no pointer: it is the row itself.
    """
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in targets and not field.primary_key:
                yield field


def label_of(field: Relation) -> str:
    return f"{field.model._meta.label}.{field.name}"


def all_relations() -> list[Relation]:
    return list(relations_to(Person, Unit, Post, Record))


def moving(kind: str) -> list[Relation]:
    """What is re-pointed when two of this kind (person, unit) are merged: at the row and at its record."""
    found = relations_to({"person": Person, "unit": Unit}[kind], Record)
    return [field for field in found if _declared[label_of(field)].moves]


def _add(one: Declared) -> None:
    if one.label in _declared:
        raise ValueError(f"{one.label} is declared twice")
    _declared[one.label] = one
