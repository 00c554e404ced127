"""What thousands of rows have in common, read and made once instead of anew for every row."""

from collections.abc import Mapping
from typing import Any

from django.db import models


def related_once[Row: models.Model](rows: "models.QuerySet[Row]") -> "models.QuerySet[Row]":
    """The same rows, where those of other tables that `select_related` joins to each are fetched by their keys.

    For batches of rows of a few units and regions: an instance costs more than its row. What belongs to one row only
    stays joined.
    """
    joined = rows.query.select_related
    if not isinstance(joined, dict):
        return rows
    own: list[str] = []
    shared: list[str] = []
    _divide(rows.model, joined, "", own, shared)
    apart = rows.select_related(None).prefetch_related(*shared)
    return apart.select_related(*own) if own else apart


def _divide(model: type[models.Model], joined: Mapping[str, Any], path: str, own: list[str], shared: list[str]) -> None:
    for name, further in joined.items():
        field = model._meta.get_field(name)
        if field.one_to_one and field.related_model is not None:
            own.append(path + name)
            _divide(field.related_model, further, f"{path}{name}__", own, shared)
        else:
            shared.extend(_ends(further, path + name))


def _ends(joined: Mapping[str, Any], path: str) -> list[str]:
    if not joined:
        return [path]
    return [end for name, further in joined.items() for end in _ends(further, f"{path}__{name}")]
