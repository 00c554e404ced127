"""The strip under the wall board: rooms add a tile in strip.py. A tile whose room is not there is not shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Post


@dataclass(frozen=True, slots=True)
class Scene:
    """What a board is made from: for whom, when, who is on duty; and what parts of it share, asked for once."""

    actor: Actor
    now: datetime
    on_duty: tuple[Post, ...] = ()
    _known: dict[str, Any] = field(default_factory=dict)

    def once[T](self, name: str, ask: Callable[[], T]) -> T:
        """The answer to `ask`, kept under this name while the board is being made."""
        if name not in self._known:
            self._known[name] = ask()
        found: T = self._known[name]
        return found


@dataclass(frozen=True, slots=True)
class Value:
    """What a tile says: `text` big, `unit` beside it, `note` below. `look`: fine, soon, late or nothing.

    `level` 1 to 4 shows the text as a level, with its colour and shape.
    """

    text: str
    unit: str = ""
    note: str = ""
    look: str = ""
    level: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """`action`: the right without which it is not shown; `kinds`: records whose news may change it.

    `make` may give None: then there is nothing to say and the tile is left out.
    """

    name: str
    title: str | Promise
    order: int
    action: str
    make: Callable[[Scene], Value | None]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    title: str
    value: Value


_tiles: dict[str, Tile] = {}


def add(tile: Tile) -> None:
    if tile.name in _tiles:
        raise ValueError(f"tile {tile.name} twice")
    _tiles[tile.name] = tile


def tiles_for(scene: Scene) -> list[Shown]:
    """What this actor may see, in order."""
    allowed = sorted((tile for tile in _tiles.values() if scene.actor.may(tile.action)), key=lambda tile: tile.order)
    made = [(tile, tile.make(scene)) for tile in allowed]
    return [Shown(tile.name, str(tile.title), value) for tile, value in made if value is not None]


def kinds() -> tuple[str, ...]:
    """The kinds of records whose news may change the strip."""
    return tuple(sorted({kind for tile in _tiles.values() for kind in tile.kinds}))
