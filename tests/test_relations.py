"""Relations written as strings escape the import linter: they too point down, or stay in their room."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def _layers() -> list[str]:
    """All rooms from the top down, as the contracts name them: floors, and the rooms of kernel and response."""
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    by_id = {contract["id"]: contract for contract in contracts}

    def names(contract: str) -> list[list[str]]:
        container = by_id[contract].get("containers", [""])[0]
        rows = [[name.strip(" ()") for name in row.split("|")] for row in by_id[contract]["layers"]]
        return [[f"{container}.{name}".lstrip(".") for name in row] for row in rows]

    order: list[str] = []
    for row in names("floors"):
        for floor in row:
            within = floor.rpartition(".")[2]
            rooms = [room for inner in names(within) for room in inner] if within in by_id else []
            order += rooms or [floor]
    return order


LAYERS = _layers()


def _rank(module: str) -> int | None:
    return next((place for place, room in enumerate(LAYERS) if f"{module}.".startswith(f"{room}.")), None)


@pytest.mark.parametrize("model", [model for model in apps.get_models() if model.__module__.startswith("fenghuo.")])
def test_relations_point_down_or_sideways(model: type[Model]) -> None:
    own = _rank(model.__module__)
    assert own is not None, model.__module__
    for field in model._meta.get_fields():
        target = field.related_model
        if field.auto_created or not isinstance(target, type) or not target.__module__.startswith("fenghuo."):
            continue
        theirs = _rank(target.__module__)
        assert theirs is not None, f"{field} points to {target.__module__}, which no contract names"
        assert theirs >= own, f"{model._meta.label}.{field.name} points up to {target._meta.label}"
