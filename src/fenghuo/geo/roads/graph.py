"""The road graph: arrays in a folder, memory-mapped, so that all processes share one copy.

A folder is complete as soon as it has its `roads.json`, which is written last; it is never changed afterwards. A new
one is built beside it and takes its place by name (see kernel.maps).
"""

import json
import os
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .access import MODES, Table
from .contracting import Chains, contract
from .grid import Grid, grid_over
from .lengths import SCALE, metres_of
from .turns import Topology, junctions_needed, topology_of

FORMAT = 2  # another number is another meaning of the arrays
CELLS = ("pointer", "steps", "chains")


class Unusable(ValueError):
    """The folder is no road graph, a damaged one, or one of another format."""


@dataclass(slots=True)
class Names:
    """Names of pieces, each once, as one text and where each begins."""

    text: bytes
    starts: NDArray[np.int64]

    def __getitem__(self, place: int) -> str:
        return self.text[self.starts[place] : self.starts[place + 1]].decode()


class RoadGraph:
    """See contracting.Chains and turns.Topology for the arrays. `about`: counts, bounds, source, date, faults."""

    def __init__(
        self,
        chains: Chains,
        topologies: tuple[Topology, ...],
        piece_names: NDArray[np.int32],
        piece_classes: NDArray[np.int16],
        names: Names,
        grid: Grid,
        about: dict[str, Any],
    ) -> None:
        self.chains, self.topologies, self.about = chains, topologies, about
        self.piece_names, self.piece_classes, self.names, self.grid = piece_names, piece_classes, names, grid

    def lines(self, wanted: NDArray[np.int64]) -> NDArray[Any]:
        """These chains as lines (longitude, latitude), in their order."""
        chains = self.chains
        begin, end = chains.shape_starts[wanted], chains.shape_starts[wanted + 1]
        many = end - begin
        of = np.repeat(np.arange(len(wanted)), many)
        places = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)
        points = np.stack([chains.shape_longitudes[places], chains.shape_latitudes[places]], axis=1) / SCALE
        return np.asarray(shapely.linestrings(points, indices=of))

    def names_of(self, chains: Iterable[int]) -> list[str]:
        """Names of the roads that these chains run on, each once, in order; those without a name are left out."""
        starts = self.chains.piece_starts
        pieces = (piece for chain in chains for piece in range(int(starts[chain]), int(starts[chain + 1])))
        return [name for name in dict.fromkeys(self.names[int(self.piece_names[piece])] for piece in pieces) if name]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east, in degrees."""
        south, west, north, east = self.about["bounds"]
        return south / SCALE, west / SCALE, north / SCALE, east / SCALE

    def shape(self, chain: int) -> NDArray[np.int64]:
        """Points (latitude, longitude) from tail to head, in whole 1e-7 degrees."""
        chains = self.chains
        part = slice(int(chains.shape_starts[chain]), int(chains.shape_starts[chain + 1]))
        return np.stack([chains.shape_latitudes[part], chains.shape_longitudes[part]], axis=1)

    def runs(self, chain: int) -> NDArray[np.float64]:
        """Metres from the chain's tail to each point of its shape."""
        shape = self.shape(chain)
        lengths = metres_of(shape[:-1, 0], shape[:-1, 1], shape[1:, 0], shape[1:, 1])
        return np.concatenate([[0.0], np.cumsum(lengths)])

    def topology(self, mode: str) -> Topology:
        return self.topologies[MODES.index(mode)]

    def seconds(self, mode: str) -> NDArray[np.float64]:
        """Of each arc; not to be changed, see closures."""
        return np.asarray(self.chains.seconds[MODES.index(mode)])


def build_graph(path: Path, table: Table, told: Callable[[str, int], None] = lambda _what, _n: None) -> RoadGraph:
    """From an extract. Raises: extract.Unreadable, OSError."""
    from .reading import read_extract  # its library is needed for nothing else

    extract = read_extract(path, table, told)
    told("junctions", 0)
    chains = contract(extract, junctions_needed(extract))
    topologies = []
    for mode, name in enumerate(MODES):
        told(f"turns for {name}", 0)
        topologies.append(topology_of(chains, extract, mode))
    names = sorted(set(extract.names))
    place_of = {name: place for place, name in enumerate(names)}
    classes = sorted(table.speeds)
    ways = chains.piece_ways
    of_way = np.array([place_of[name] for name in extract.names], np.int32)
    class_of_way = np.array([classes.index(kind) for kind in extract.classes], np.int16)
    encoded = [name.encode() for name in names]
    starts = np.zeros(len(names) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    grid = grid_over(chains)
    about = {
        "format": FORMAT,
        "source": path.name,
        "date": extract.date or datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds"),
        "nodes": len(np.unique(np.frombuffer(extract.ids, np.int64))),
        "ways": len(np.unique(np.frombuffer(extract.ways, np.int64))),
        "junctions": len(chains.nodes),
        "arcs": int(np.isfinite(chains.seconds).any(axis=0).sum()),
        "arcs_by_mode": {name: int((one.after >= 0).sum()) for name, one in zip(MODES, topologies, strict=True)},
        "bounds": [
            *(int(chains.shape_latitudes.min()), int(chains.shape_longitudes.min())),
            *(int(chains.shape_latitudes.max()), int(chains.shape_longitudes.max())),
        ],
        "classes": classes,
        "grid": grid.frame(),
        "faults": extract.faults,
    }
    graph = RoadGraph(
        chains, tuple(topologies), of_way[ways], class_of_way[ways], Names(b"".join(encoded), starts), grid, about
    )
    for values in _arrays(graph).values():
        values.flags.writeable = False  # as when it is loaded: what is compiled for one serves the other
    return graph


def save_graph(graph: RoadGraph, folder: Path) -> None:
    """Raises: OSError (a full disk leaves a folder that load_graph refuses)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "roads.json").unlink(missing_ok=True)
    sums = {name: _write(folder / f"{name}.npy", values) for name, values in _arrays(graph).items()}
    with (folder / "roads.json").open("w", encoding="utf-8") as file:
        json.dump(graph.about | {"sums": sums}, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())


def load_graph(folder: Path) -> RoadGraph:
    """Raises: Unusable."""
    try:
        about = json.loads((folder / "roads.json").read_text(encoding="utf-8"))
        if about.get("format") != FORMAT:
            said = f"{folder.name}: format {about.get('format')}, this release reads {FORMAT}"
            raise Unusable(f"{said}: build it again (fenghuo map build FILE)")

        def read(name: str) -> NDArray[Any]:
            values = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            if zlib.crc32(values) != about["sums"][name]:
                raise Unusable(f"{folder.name}: {name} is damaged")
            return np.asarray(values)

        chains = Chains(**{one.name: read(f"chains-{one.name}") for one in fields(Chains)})
        topologies = tuple(
            Topology(**{one.name: read(f"{mode}-{one.name}") for one in fields(Topology)}) for mode in MODES
        )
        names = Names(read("names").tobytes(), read("name_starts"))
        grid = Grid(read("grid-pointer"), read("grid-steps"), read("grid-chains"), **about["grid"])
        return RoadGraph(chains, topologies, read("piece_names"), read("piece_classes"), names, grid, about)
    except (OSError, KeyError, ValueError, TypeError, EOFError) as error:
        raise error if isinstance(error, Unusable) else Unusable(f"{folder.name}: {error}") from error


def _write(path: Path, values: NDArray[Any]) -> int:
    """Its check sum. Not by numpy's own way, which does not tell what is wrong with the disk."""
    whole = np.ascontiguousarray(values)
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(whole))
        file.write(whole.tobytes())
        file.flush()
        os.fsync(file.fileno())
    return zlib.crc32(whole)


def _arrays(graph: RoadGraph) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {
        "names": np.frombuffer(graph.names.text, dtype=np.uint8),
        "name_starts": graph.names.starts,
        "piece_names": graph.piece_names,
        "piece_classes": graph.piece_classes,
    }
    found |= {f"grid-{name}": getattr(graph.grid, name) for name in CELLS}
    found |= {f"chains-{one.name}": getattr(graph.chains, one.name) for one in fields(Chains)}
    for mode, topology in zip(MODES, graph.topologies, strict=True):
        found |= {f"{mode}-{one.name}": getattr(topology, one.name) for one in fields(Topology)}
    return found
