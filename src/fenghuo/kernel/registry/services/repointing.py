"""Setting fields of rows so that they can be set back: each one is noted with what it was and what it became."""

from collections.abc import Collection, Iterable, Iterator
from itertools import batched
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Invalid

from ..models import Merged, Moved
from ..pointing import moving

MOST = 2000  # rows: the write lock is not held for longer than a tenth of a second
CHUNK = 500

type Keys = Collection[int]
type Column = models.Field[Any, Any]


def repoint(merge: Merged, *, leave: dict[str, Keys]) -> int:
    """Everything that points at the gone one now points at the kept one; returns how many rows.

    What the kept one has already (a unique constraint says so) stays, as do the rows in `leave`, by model label.
    Raises: Invalid (more rows than one transaction should rewrite).
    """
    found: list[tuple[Any, list[int]]] = []
    for field in moving(merge.kind):
        rows = field.model._base_manager.filter(**{field.name: merge.gone_id})
        if field.model._meta.label == "access.Record":
            rows = rows.exclude(pk=merge.gone_id)
        keys = set(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
        keys -= set(leave.get(field.model._meta.label, ()))
        if keys:
            found.append((field, sorted(keys)))
    if sum(len(keys) for _field, keys in found) > MOST:
        raise Invalid(
            message=_("More than %(most)s rows point at it: keep this one, and merge the other into it.")
            % {"most": MOST}
        )
    moved = 0
    for field, pointing in found:
        doubled = taken(field, pointing, merge.kept_id)
        free = [key for key in pointing if key not in doubled]
        moved += len(free)
        set_rows(merge, field.model, free, field.name, merge.gone_id, merge.kept_id)
    return moved


def set_rows(merge: Merged, model: Any, keys: Iterable[int], name: str, before: Any, after: Any) -> None:
    """Set one field of these rows, which is `before` in all of them, to `after`, and note it."""
    for chunk in batched(keys, CHUNK, strict=False):
        model._base_manager.filter(pk__in=chunk).update(**{name: after})
        Moved.objects.bulk_create(
            Moved(merge=merge, model=model._meta.label, row=key, field=name, before=_said(before), after=_said(after))
            for key in chunk
        )


def note(merge: Merged, row: models.Model, name: str, before: str, after: str) -> None:
    """One field that a service of its own changes."""
    Moved.objects.create(merge=merge, model=row._meta.label, row=row.pk, field=name, before=before, after=after)


def set_back(rows: Iterable[Moved]) -> tuple[int, int]:
    """What still is as the merge left it becomes what it was; returns how many did, and how many stayed."""
    groups: dict[tuple[str, str, str, str], list[Moved]] = {}
    for row in rows:
        groups.setdefault((row.model, row.field, row.before, row.after), []).append(row)
    back, stayed = 0, list[int]()
    for (label, name, before, after), noted in groups.items():
        returned = set(_returned(label, name, before, after, [row.row for row in noted]))
        back += len(returned)
        stayed += [row.pk for row in noted if row.row not in returned]
    for chunk in batched(stayed, CHUNK, strict=False):
        Moved.objects.filter(pk__in=chunk).update(stayed=True)
    return back, len(stayed)


def taken(field: Column, keys: Keys, target: Any) -> set[int]:
    """Those of the rows that could not point at `target`, since another row with the same values does already."""
    model: Any = field.model
    found: set[int] = set()
    for names, condition in _unique_with(model, field.name):
        others = [name for name in names if name != field.name]
        rows = model._base_manager.filter(condition)
        there = set(rows.filter(**{field.name: target}).values_list(*others, "pk"))
        there = {values[:-1] for values in there}
        for chunk in batched(keys, CHUNK, strict=False):
            mine = rows.filter(pk__in=chunk).values_list(*others, "pk")
            found |= {values[-1] for values in mine if values[:-1] in there}
    return found


def _unique_with(model: Any, name: str) -> Iterator[tuple[Collection[str], models.Q]]:
    if model._meta.get_field(name).unique:
        yield (name,), models.Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            yield constraint.fields, constraint.condition or models.Q()


def _returned(label: str, name: str, before: str, after: str, keys: list[int]) -> Iterator[int]:
    try:
        model: Any = apps.get_model(label)
        field = model._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):  # the room is no longer there
        return
    for chunk in batched(keys, CHUNK, strict=False):
        now = model._base_manager.filter(pk__in=chunk, **{name: _value(field, after)})
        there = set(now.values_list("pk", flat=True))
        there -= taken(field, sorted(there), _value(field, before))
        model._base_manager.filter(pk__in=there).update(**{name: _value(field, before)})
        yield from there


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _value(field: Any, said: str) -> Any:
    if not said and field.null:
        return None
    return (field.target_field if field.is_relation else field).to_python(said)
