"""A made-up grid of roads in the demo county, with a river that has a bridge in every fourth row."""

from fenghuo.geo.roads.tests.town import Town, Way

ROWS, COLUMNS, RIVER = 29, 42, 19
SOUTH, WEST, STEP = 33.97, 108.42, 0.01


def grid() -> Town:
    """Streets are named 1横路 … and 1纵路 …, bridges 1号桥, 5号桥 …; all are driven in both directions."""
    town = Town()
    for row in range(ROWS):
        for column in range(COLUMNS):
            town.nodes[_node(row, column)] = round(SOUTH + row * STEP, 6), round(WEST + column * STEP, 6)
    joins = [((row, column), (row, column + 1)) for row in range(ROWS) for column in range(COLUMNS - 1)]
    joins += [((row, column), (row + 1, column)) for row in range(ROWS - 1) for column in range(COLUMNS)]
    for place, (one, other) in enumerate(joins, 1):
        across = one[1] == RIVER and other[1] == RIVER + 1
        if across and one[0] % 4:
            continue
        nodes = [_node(*one), _node(*other)]
        town.ways.append(Way(place, nodes, {"highway": "primary", "name": _name(one, other, across=across)}))
    return town


def _node(row: int, column: int) -> int:
    return row * 100 + column + 1


def _name(one: tuple[int, int], other: tuple[int, int], *, across: bool) -> str:
    if across:
        return f"{one[0] + 1}号桥"
    return f"{one[0] + 1}横路" if one[0] == other[0] else f"{one[1] + 1}纵路"
