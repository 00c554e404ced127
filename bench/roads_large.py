"""A large extract made of a small one: copies side by side, joined by roads, with ids of their own.

`python -m bench.roads_large FROM.osm.pbf TO.osm.pbf COPIES`: 73 copies of the Helsinki extract make about 50 MB.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

LARGEST = 13_000_000_000  # ids are spread up to here, as those of the real map are
JOINED = {"primary", "secondary", "tertiary", "residential", "unclassified"}

type Tags = dict[str, str]
type Place = tuple[float, float]  # longitude, latitude


@dataclass(slots=True)
class Small:
    """What an extract holds, in the order of its ids; `places` numbers each kind from 0."""

    nodes: list[tuple[int, Tags, Place]] = field(default_factory=list)
    ways: list[tuple[int, Tags, list[int]]] = field(default_factory=list)
    relations: list[tuple[int, Tags, list[tuple[str, int, str]]]] = field(default_factory=list)

    def places(self) -> dict[str, dict[int, int]]:
        kinds = {"n": self.nodes, "w": self.ways, "r": self.relations}
        return {kind: {one[0]: place for place, one in enumerate(found)} for kind, found in kinds.items()}


def large_extract(source: Path, to: Path, copies: int) -> Path:
    """In rows of about as many columns, from the south-west; what members name outside the extract is left out."""
    small, columns = _read(source), max(int(copies**0.5), 1)
    known = small.places()
    wide, high = _extent(small)
    joins = _joins(small, columns, copies)
    step = LARGEST // (copies * len(small.nodes) + 1)

    def renamed(kind: str, ref: int, copy: int) -> int:
        count = len(known[kind]) + (2 if kind == "w" else 0)  # two ways of each copy are its joins
        return (copy * count + known[kind][ref] + 1) * (step if kind == "n" else 1)

    to.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(to)) as writer:
        for copy in range(copies):
            east, north = copy % columns * wide, copy // columns * high
            for ref, tags, (longitude, latitude) in small.nodes:
                at = longitude + east, latitude + north
                writer.add_node(Node(id=renamed("n", ref, copy), version=1, tags=tags, location=at))
        for copy in range(copies):
            for ref, tags, refs in small.ways:
                inside = [renamed("n", one, copy) for one in refs if one in known["n"]]
                writer.add_way(Way(id=renamed("w", ref, copy), version=1, tags=tags, nodes=inside))
            first = copy * (len(small.ways) + 2) + len(small.ways) + 1
            for number, (one, other, there) in enumerate(joins[copy]):
                ends = [renamed("n", one, copy), renamed("n", other, there)]
                tags = {"highway": "primary", "name": f"Join {copy}"}
                writer.add_way(Way(id=first + number, version=1, tags=tags, nodes=ends))
        for copy in range(copies):
            for ref, tags, members in small.relations:
                inner = [(kind, renamed(kind, one, copy), role) for kind, one, role in members if one in known[kind]]
                writer.add_relation(Relation(id=renamed("r", ref, copy), version=1, tags=tags, members=inner))
    return to


def _read(source: Path) -> Small:
    found = Small()
    for one in osmium.FileProcessor(source):
        tags = {tag.k: tag.v for tag in one.tags}
        if isinstance(one, osmium.osm.Node):
            found.nodes.append((one.id, tags, (one.location.lon, one.location.lat)))
        elif isinstance(one, osmium.osm.Way):
            found.ways.append((one.id, tags, [node.ref for node in one.nodes]))
        elif isinstance(one, osmium.osm.Relation):
            found.relations.append((one.id, tags, [(member.type, member.ref, member.role) for member in one.members]))
    return found


def _extent(small: Small) -> Place:
    east, north = ([place[axis] for _ref, _tags, place in small.nodes] for axis in (0, 1))
    return round(max(east) - min(east) + 0.002, 4), round(max(north) - min(north) + 0.002, 4)


def _joins(small: Small, columns: int, copies: int) -> list[list[tuple[int, int, int]]]:
    """(node here, node there, which copy) by copy: roads to the neighbours in the east and the north."""
    at = {ref: place for ref, _tags, place in small.nodes}
    roads = [ref for _ref, tags, refs in small.ways if tags.get("highway") in JOINED for ref in refs if ref in at]
    ends = [(max(roads, key=lambda ref: at[ref][axis]), min(roads, key=lambda ref: at[ref][axis])) for axis in (0, 1)]
    return [
        [
            (*ends[axis], copy + step)
            for axis, step in ((0, 1), (1, columns))
            if copy + step < copies and (axis == 1 or (copy + 1) % columns)
        ]
        for copy in range(copies)
    ]


if __name__ == "__main__":
    large_extract(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
