"""Roads and base map of one extract, both made before either takes the place of the one before."""

from collections.abc import Callable
from pathlib import Path

from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.geo.roads.isochrones import reached_from
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.roads.routes import route_between
from fenghuo.geo.roads.snapping import snap, snap_all

from .roads import build_roads, current_graph
from .tiles import build_tiles, put_in_force


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
    _make_ready(current_graph() or graph)  # as everybody will see it: read from its files
    return graph


def _make_ready(graph: RoadGraph) -> None:
    """Ask each kind of question once: what is compiled for it is kept, and the first who asks need not wait for it.

    `graph`: as it is loaded, since what is compiled for arrays in memory does not serve those in files.
    """
    south, west, north, east = graph.bounds
    stand = snap(graph, "truck", (south + north) / 2, (west + east) / 2)
    if stand is not None:
        seconds_to_one(graph, "truck", snap_all(graph, "truck", [(south, west)]), stand)
        reached_from(graph, "truck", stand, 60.0)
        route_between(graph, "truck", stand, stand)
