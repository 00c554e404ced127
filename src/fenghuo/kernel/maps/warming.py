"""Compiling, loading and looking up what questions to the roads need, before somebody waits for the answer."""

import logging
import threading

from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.geo.roads.isochrones import reached_from
from fenghuo.geo.roads.reaching import seconds_to_one
from fenghuo.geo.roads.routes import route_between
from fenghuo.geo.roads.snapping import snap, snap_all

from .roads import current_graph

LOG = logging.getLogger(__name__)


def make_ready(graph: RoadGraph) -> None:
    """Ask each kind of question once: what is compiled for it is kept, and the first who asks need not wait for it.

    `graph`: as it is loaded, since what is compiled for arrays in memory does not serve those in files.
    """
    south, west, north, east = graph.bounds
    stand = snap(graph, "truck", (south + north) / 2, (west + east) / 2)
    if stand is not None:
        seconds_to_one(graph, "truck", snap_all(graph, "truck", [(south, west)]), stand)
        reached_from(graph, "truck", stand, 60.0)
        route_between(graph, "truck", stand, stand)


def warm_up() -> threading.Thread:
    """A new process is ready at once; meanwhile it loads what is compiled (2 s on a slow machine)."""
    thread = threading.Thread(target=_warm, name="roads", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    try:
        graph = current_graph()
        if graph is not None:
            make_ready(graph)
    except Exception:  # whoever asks later hears what is wrong, and so does `fenghuo check`
        LOG.exception("the roads could not be made ready")
