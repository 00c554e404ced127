"""What is compiled. The compiler takes a second or two to import: it is, when roads are first asked for anything, and a
process that never is goes without it.
"""

from importlib import import_module
from typing import Any

HOMES = {
    "search": "searching",
    "metres_between": "lengths",
    "metres_of_each": "lengths",
    "walk_chains": "contracting",
    "stand_each": "snapping",
    "pieces_by_cell": "grid",
    "nearest_each": "grid",
    "points_along": "isochrones",
}


def __getattr__(name: str) -> Any:
    """Raises: AttributeError."""
    if name not in HOMES:
        raise AttributeError(name)
    found = getattr(import_module(f".{HOMES[name]}", __name__), name)
    globals()[name] = found
    return found
