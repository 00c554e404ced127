"""From many places to many: one search for each of the fewer that are gone to."""

import numpy as np
from numpy.typing import NDArray

from .closures import Closures
from .graph import RoadGraph
from .reaching import OPEN, seconds_to_one
from .snapping import Stands


def seconds_between(
    graph: RoadGraph, mode: str, origins: Stands, places: Stands, closures: Closures = OPEN
) -> NDArray[np.float64]:
    """Row by origin, column by place; infinite where no road leads there, or where one of the two is on no road."""
    found = np.full((len(origins), len(places)), np.inf)
    for column in range(len(places)):
        to = places[column]
        if to is not None:
            found[:, column] = seconds_to_one(graph, mode, origins, to, closures)
    return found
