"""Turn restrictions as OpenStreetMap writes them: from a way, by a junction or ways, to a way.

Restrictions that hold at times only are kept as if they always held: a commander must not count on a turn that is
forbidden at the wrong hour. A restriction that says `except=bus` does not bind buses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .access import MODES, Tags

EXCEPT = {"car": {"motorcar", "motor_vehicle"}, "truck": {"hgv", "goods", "emergency"}, "bus": {"bus", "psv"}}
OWN = {"car": "restriction:motorcar", "truck": "restriction:hgv", "bus": "restriction:bus"}


@dataclass(frozen=True, slots=True)
class Restriction:
    """`via`: the node, or None; `through`: the ways between, if it goes by ways. `only`: nothing but this turn."""

    origin: int
    via: int | None
    through: tuple[int, ...]
    to: int
    only: bool
    modes: frozenset[int]


def read_restriction(tags: Tags, members: Sequence[tuple[str, int, str]]) -> list[Restriction] | str:
    """One for each pair of from and to, or what is wrong with it."""
    modes: dict[bool, set[int]] = {True: set(), False: set()}
    for mode in ("car", "truck", "bus"):
        said = tags.get(OWN[mode]) or tags.get("restriction") or tags.get("restriction:conditional", "")
        excepted = set(tags.get("except", "").split(";")) & (EXCEPT[mode] | {"motor_vehicle"})
        if excepted or not said.startswith(("no_", "only_")):
            continue
        modes[said.startswith("only_")].add(MODES.index(mode))
    if not modes[True] and not modes[False]:
        return "restrictions that bind none of the modes"
    origins = [ref for kind, ref, role in members if role == "from" and kind == "w"]
    goals = [ref for kind, ref, role in members if role == "to" and kind == "w"]
    nodes = [ref for kind, ref, role in members if role == "via" and kind == "n"]
    ways = tuple(ref for kind, ref, role in members if role == "via" and kind == "w")
    if not origins or not goals or (len(nodes) != 1) == (not ways):
        return "restrictions without from, via or to"
    via = nodes[0] if nodes else None
    return [
        Restriction(origin, via, ways, to, only, frozenset(bound))
        for only, bound in modes.items()
        if bound
        for origin in origins
        for to in goals
    ]
