"""Roads and base map of one extract, both made before either takes the place of the one before."""

from collections.abc import Callable
from pathlib import Path

from fenghuo.geo.roads.graph import RoadGraph

from .roads import build_roads, current_graph
from .tiles import build_tiles, put_in_force
from .warming import make_ready


def build_map(extract: Path, told: Callable[[str, int], None], *, roads_only: bool = False) -> RoadGraph:
    """`roads_only`: the tiles that are there stay. Raises: Unreadable, OSError; everything of before stays in force."""
    tiles = None if roads_only else build_tiles(extract, told)
    try:
        graph = build_roads(extract, told)
    except BaseException:
        if tiles:
            tiles.unlink(missing_ok=True)
        raise
    if tiles:
        put_in_force(tiles)
    make_ready(current_graph() or graph)  # as everybody will see it: read from its files
    return graph
