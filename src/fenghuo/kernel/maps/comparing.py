"""“What if this bridge goes”: the times now, and with what was drawn for the question only."""

from collections.abc import Sequence
from math import inf
from typing import Any

import shapely

from fenghuo.geo.roads.closures import close_within

from .closures import closures_now
from .roads import current_graph
from .routing import Position
from .travel import Travel, travel_times


def compare(
    origins: Sequence[Position],
    to: Position,
    mode: str,
    geometry: dict[str, Any],
    *,
    factor: float = inf,
    exercise: bool = False,
) -> dict[str, Any]:
    """`factor`: how many times longer it would take there, infinite if nobody of this mode passed.

    `rows` in the order of the origins: `before` and `after` in seconds, None where no road leads there.

    `roads`: names of the roads that the drawing meets; `met`: how many pieces of road. Nothing is stored.
    """
    graph = current_graph()
    now = closures_now(mode, exercise=exercise)
    before = travel_times(origins, to, mode, now)
    if graph is None:
        return {"rows": [_row(one, one) for one in before], "roads": [], "met": 0, "loaded": False}
    drawn = close_within(graph, shapely.geometry.shape(geometry), factor)
    after = travel_times(origins, to, mode, now | drawn)
    chains = sorted({arc // 2 for arc in drawn.factors})
    rows = [_row(one, other) for one, other in zip(before, after, strict=True)]
    return {"rows": rows, "roads": graph.names_of(chains)[:8], "met": len(chains), "loaded": True}


def _row(before: Travel, after: Travel) -> dict[str, Any]:
    return {"before": before.seconds, "after": after.seconds, "estimate": before.estimate}
