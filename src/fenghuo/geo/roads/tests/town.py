"""Small made-up towns as OpenStreetMap files, and the shortest drive through them reckoned the slow, plain way.

The reckoning shares nothing with the road graph: it goes from segment to segment of the ways as they are written, knows
the forbidden turns by their ways, and lets a vehicle turn round only where nothing else may be driven.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import asin, cos, inf, radians, sin, sqrt
from pathlib import Path
from random import Random
from xml.sax.saxutils import quoteattr

KMH = {"primary": 55, "residential": 25, "track": 15}  # of a car, as shipped
type Segment = tuple[int, int, int]  # way, the node it begins at, the node it ends at


@dataclass
class Way:
    id: int
    nodes: list[int]
    tags: dict[str, str]

    def kmh(self, forward: bool) -> float:
        said = self.tags.get("oneway", "no")
        if (said == "yes" and not forward) or (said == "-1" and forward):
            return 0.0
        return min(float(KMH[self.tags["highway"]]), float(self.tags.get("maxspeed", "999")))


@dataclass
class Town:
    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    turns: list[tuple[int, int, int, str]] = field(default_factory=list)  # from way, via node, to way, no_… or only_…
    barriers: set[int] = field(default_factory=set)

    def write(self, path: Path) -> Path:
        lines = ['<?xml version="1.0"?><osm version="0.6">']
        for node, (latitude, longitude) in self.nodes.items():
            inner = '<tag k="barrier" v="bollard"/>' if node in self.barriers else ""
            lines.append(f'<node id="{node}" version="1" lat="{latitude:.7f}" lon="{longitude:.7f}">{inner}</node>')
        for way in self.ways:
            refs = "".join(f'<nd ref="{node}"/>' for node in way.nodes)
            tags = "".join(f"<tag k={quoteattr(key)} v={quoteattr(said)}/>" for key, said in way.tags.items())
            lines.append(f'<way id="{way.id}" version="1">{refs}{tags}</way>')
        for place, (origin, via, to, kind) in enumerate(self.turns, 1):
            lines.append(
                f'<relation id="{place}" version="1"><member type="way" ref="{origin}" role="from"/>'
                f'<member type="node" ref="{via}" role="via"/><member type="way" ref="{to}" role="to"/>'
                f'<tag k="type" v="restriction"/><tag k="restriction" v="{kind}"/></relation>'
            )
        path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
        return path

    def seconds(self, start: Segment, to: Segment) -> float:
        """From the middle of one segment to the middle of another, by car; infinite where no road leads there."""
        return _Plain(self).between(start, to)


class _Plain:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.cost: dict[Segment, float] = {}
        for way in town.ways:
            for one, other in zip(way.nodes, way.nodes[1:], strict=False):
                length = metres(town.nodes[one], town.nodes[other])
                for begin, end, forward in ((one, other, True), (other, one, False)):
                    speed = way.kmh(forward) / 3.6
                    self.cost[way.id, begin, end] = length / speed if speed else inf
        self.out: dict[int, list[Segment]] = {}
        for segment in self.cost:
            self.out.setdefault(segment[1], []).append(segment)

    def follows(self, before: Segment, after: Segment) -> bool:
        if not self._allowed(before, after):
            return False
        if not _back(before, after):
            return True
        return not any(self._allowed(before, one) for one in self.out[before[2]] if not _back(before, one))

    def _allowed(self, before: Segment, after: Segment) -> bool:
        if self.cost[after] == inf or (before[2] in self.town.barriers and not _back(before, after)):
            return False
        for origin, via, to, kind in self.town.turns:
            if via != before[2] or before[0] != origin:
                continue
            if kind.startswith("no_") and after[0] == to:
                return False
            goals = [one for one in self.out[via] if one[0] == to and self.cost[one] < inf]
            if kind.startswith("only_") and goals and after[0] != to:
                return False
        return True

    def between(self, start: Segment, to: Segment) -> float:
        turned = (start[0], start[2], start[1])
        if to in (start, turned):
            return 0.0
        heap = [(self.cost[one] / 2, one) for one in (start, turned) if self.cost[one] < inf]
        heap.sort()
        done: set[Segment] = set()
        best = inf
        while heap:
            spent, at = heappop(heap)
            if at in done:
                continue
            done.add(at)
            if spent >= best:
                break
            for after in self.out[at[2]]:
                if not self.follows(at, after):
                    continue
                if after in (to, (to[0], to[2], to[1])):
                    best = min(best, spent + self.cost[after] / 2)
                heappush(heap, (spent + self.cost[after], after))
        return best


def _back(before: Segment, after: Segment) -> bool:
    return after == (before[0], before[2], before[1])


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north, to_north = radians(one[0]), radians(other[0])
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(half))


def random_town(seed: int, size: int = 5) -> Town:
    """A bent grid of streets, some one-way, some missing, some dead ends, with restrictions and barriers."""
    dice = Random(seed)
    town = Town()

    def at(row: int, column: int) -> int:
        return row * 100 + column + 1

    for row in range(size):
        for column in range(size):
            spot = 34.1 + row * 0.002 + dice.uniform(-4e-4, 4e-4), 108.6 + column * 0.002 + dice.uniform(-4e-4, 4e-4)
            town.nodes[at(row, column)] = round(spot[0], 7), round(spot[1], 7)
    joins = [((row, column), (row, column + 1)) for row in range(size) for column in range(size - 1)]
    joins += [((row, column), (row + 1, column)) for row in range(size - 1) for column in range(size)]
    for place, (one, other) in enumerate(joins):
        if dice.random() < 0.12:
            continue
        nodes = [at(*one)]
        for bend in range(dice.randrange(3)):
            share = (bend + 1) / 4
            begin, end = town.nodes[at(*one)], town.nodes[at(*other)]
            node = 10_000 + place * 10 + bend
            town.nodes[node] = (
                round(begin[0] + (end[0] - begin[0]) * share + dice.uniform(-1e-4, 1e-4), 7),
                round(begin[1] + (end[1] - begin[1]) * share + dice.uniform(-1e-4, 1e-4), 7),
            )
            nodes.append(node)
        nodes.append(at(*other))
        tags = {"highway": dice.choice(["primary", "residential", "residential", "track"]), "name": f"{place}号路"}
        if dice.random() < 0.3:
            tags["oneway"] = dice.choice(["yes", "yes", "-1"])
        if dice.random() < 0.3:
            tags["maxspeed"] = dice.choice(["20", "40"])
        cut = dice.randrange(1, len(nodes)) if dice.random() < 0.4 else 0
        if cut and 0 < cut < len(nodes) - 1:  # one street of two ways
            town.ways.append(Way(place * 2 + 1, nodes[: cut + 1], dict(tags)))
            town.ways.append(Way(place * 2 + 2, nodes[cut:], {**tags, "highway": "primary"}))
        else:
            town.ways.append(Way(place * 2 + 1, nodes, tags))
    _restrict(town, dice)
    return town


def _restrict(town: Town, dice: Random) -> None:
    ends: dict[int, list[int]] = {}
    for way in town.ways:
        for node in (way.nodes[0], way.nodes[-1]):
            ends.setdefault(node, []).append(way.id)
    forks = [node for node, ways in ends.items() if len(set(ways)) >= 3]
    for node in dice.sample(forks, min(len(forks), 6)):
        origin, to = dice.sample(sorted(set(ends[node])), 2)
        town.turns.append((origin, node, to, dice.choice(["no_left_turn", "no_right_turn", "only_straight_on"])))
    bends = [node for way in town.ways for node in way.nodes[1:-1]]
    town.barriers = set(dice.sample(bends, min(len(bends), 2)))
