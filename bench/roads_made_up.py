"""Two extracts that nobody drew: a county among mountains with Chinese names, and a grid town south of the equator.

The same at every run. `python -m bench.roads_made_up FOLDER` writes both as .osm.pbf.
"""

import sys
from itertools import pairwise
from math import sin
from pathlib import Path
from random import Random

import osmium

from fenghuo.geo.roads.tests.town import Town, Way

NAMES = (
    "人民",
    "解放",
    "建设",
    "东风",
    "画展",
    "沣京",
    "草堂",
    "渭河",
    "钟楼",
    "文庙",
    "娄敬",
    "美陂",
    "兆丰",
    "南关",
    "北环",
)
TOWNS = ((34.105, 108.600, 24), (34.040, 108.720, 14), (33.990, 108.560, 10))


def made_up(folder: Path) -> list[Path]:
    return [_packed(_county(), folder / "county.osm.pbf"), _packed(_south(), folder / "south.osm.pbf")]


def _packed(town: Town, to: Path) -> Path:
    written = town.write(to.with_suffix(".xml.osm"))
    to.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(to)) as writer:
        for one in osmium.FileProcessor(written):
            writer.add(one)
    return to


def _county() -> Town:
    dice, town = Random(610118), Town()
    corners = [_streets(town, dice, *place, bent=3e-4) for place in TOWNS]
    for one, other in ((0, 1), (1, 2), (2, 0)):
        _winding(town, dice, corners[one], corners[other], {"highway": "trunk", "name": f"G{310 + one}国道"}, 12)
    for village in range(60):
        start = dice.choice(corners[village % 3 :][0:1])
        at = town.nodes[start]
        goal = _node(town, at[0] - dice.uniform(0.01, 0.12), at[1] + dice.uniform(-0.1, 0.1))
        tags = {"highway": dice.choice(["tertiary", "unclassified"]), "name": f"{dice.choice(NAMES)}沟路"}
        if dice.random() < 0.3:
            tags["surface"] = "gravel"
        _winding(town, dice, start, goal, tags, 60)
    far = [_node(town, 34.135 + place * 0.002, 108.62) for place in range(3)]  # beyond a river: only the ferry goes
    town.ways.append(Way(_way(town), far, {"highway": "unclassified", "name": "滩区路"}))
    town.ways.append(
        Way(_way(town), [_north(town, corners[0]), far[0]], {"route": "ferry", "name": "渭河渡", "duration": "00:10"})
    )
    island = [_node(town, 34.16, 108.65 + place * 0.002) for place in range(3)]
    town.ways.append(Way(_way(town), island, {"highway": "residential", "name": "江心洲路"}))
    return town


def _south() -> Town:
    dice, town = Random(2000), Town()
    _streets(town, dice, -33.87, 151.20, 40, bent=0.0)
    return town


def _streets(town: Town, dice: Random, south: float, west: float, size: int, bent: float) -> int:
    """A grid with one-way pairs, gaps and forbidden turns; the node of its south-west corner."""
    at = {
        (row, column): _node(
            town, south + row * 0.0018 + dice.uniform(-bent, bent), west + column * 0.0021 + dice.uniform(-bent, bent)
        )
        for row in range(size)
        for column in range(size)
    }
    for line in range(size):
        for along in (True, False):
            tags = {"highway": "secondary" if line % 6 == 0 else "residential"}
            number = str(line // len(NAMES) + 1) if size > len(NAMES) else ""
            tags["name"] = f"{NAMES[line % len(NAMES)]}{'路' if along else '街'}{number}"
            if line % 5 in (2, 3):
                tags["oneway"] = "yes" if line % 5 == 2 else "-1"
            nodes = [at[(line, place) if along else (place, line)] for place in range(size)]
            cut = [0, *sorted(dice.sample(range(2, size - 2), 3)), size - 1]
            for begin, end in pairwise(cut):
                skipped = dice.random() < 0.1 and 0 < line < size - 1
                if not skipped:
                    town.ways.append(Way(_way(town), nodes[begin : end + 1], dict(tags)))
    _forbid(town, dice, set(at.values()), size)
    return at[0, 0]


def _forbid(town: Town, dice: Random, nodes: set[int], count: int) -> None:
    ends: dict[int, list[int]] = {}
    for way in town.ways:
        for node in {way.nodes[0], way.nodes[-1]} & nodes:
            ends.setdefault(node, []).append(way.id)
    forks = sorted(node for node, ways in ends.items() if len(ways) >= 2)
    for node in dice.sample(forks, min(count, len(forks))):
        origin, to = dice.sample(ends[node], 2)
        town.turns.append((origin, node, to, dice.choice(["no_left_turn", "no_right_turn", "no_straight_on"])))


def _winding(town: Town, dice: Random, one: int, other: int, tags: dict[str, str], bends: int) -> None:
    begin, end = town.nodes[one], town.nodes[other]
    wide = dice.uniform(1e-3, 3e-3)
    nodes = [one]
    for bend in range(1, bends):
        share, aside = bend / bends, wide * sin(bend * 1.3)
        spot = begin[0] + (end[0] - begin[0]) * share + aside, begin[1] + (end[1] - begin[1]) * share - aside
        nodes.append(_node(town, *spot))
    town.ways.append(Way(_way(town), [*nodes, other], tags))


def _node(town: Town, latitude: float, longitude: float) -> int:
    town.nodes[len(town.nodes) + 1] = round(latitude, 7), round(longitude, 7)
    return len(town.nodes)


def _way(town: Town) -> int:
    return len(town.ways) + 1


def _north(town: Town, corner: int) -> int:
    """The last node of the town that begins at this corner."""
    return corner + TOWNS[0][2] ** 2 - 1


if __name__ == "__main__":
    made_up(Path(sys.argv[1]))
