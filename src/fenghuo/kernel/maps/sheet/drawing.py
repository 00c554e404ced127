"""The lines of a sheet as SVG path data: roads by weight, the county's border, ways, restrictions, places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from fenghuo.geo.roads.graph import RoadGraph
from fenghuo.kernel.registry.selectors import home_region

from ..effects import SIGNS, measure
from ..models import Closure, Effect
from ..roads import current_graph
from .frames import HEIGHT, WIDTH, Frame
from .naming import Label, labels

MAIN = ("motorway", "trunk", "primary", "secondary")
LETTER = 12.0  # units that a character of a name takes
MOST_ROADS = 8000  # beyond, main roads alone are drawn: small ones would be a grey field


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind`: place, team, village (a dot without its name) or new (its number in a circle). `name`: "" where it would
    lie over another's."""

    x: float
    y: float
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Restricted:
    """`lines`: path data; `x`, `y`: where its number stands, which the list under the map repeats."""

    effect: str
    lines: str
    x: float
    y: float
    number: int
    sign: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All in units of WIDTH × HEIGHT. `small`, `main`, `border`, `way`: path data."""

    small: str
    main: str
    border: str
    way: str
    restricted: tuple[Restricted, ...]
    marks: tuple[Mark, ...]
    names: tuple[Label, ...]
    metres: int
    bar: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def kilometres(self) -> int:
        """Of the bar, where it is that long."""
        return self.metres // 1000


def draw(
    frame: Frame, way: Sequence[Sequence[float]], closures: Sequence[Closure], places: Sequence[tuple[Any, ...]]
) -> Drawing:
    """`way`: (longitude, latitude) …; `places`: (latitude, longitude, name, kind); what lies outside is left out."""
    graph = current_graph()
    small, main, names = _roads(graph, frame) if graph else ("", "", ())
    marks = _legible([Mark(*frame.at(one[1], one[0]), one[2], one[3]) for one in places if _inside(frame, one)])
    metres, bar = frame.scale
    return Drawing(
        small=small,
        main=main,
        border=_border(frame),
        way=path(shapely.LineString(way), frame) if len(way) > 1 else "",
        restricted=tuple(_restricted(closures, frame)),
        marks=marks,
        names=labels(names, frame, [(mark.x, mark.y) for mark in marks]),
        metres=metres,
        bar=bar,
    )


def _legible(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Names of teams stand to the right of their signs: whose name would lie over an earlier one goes without."""
    written: list[Mark] = []
    shown = []
    for mark in marks:
        if mark.kind == "team" and any(_over(mark, other) for other in written):
            mark = replace(mark, name="")
        elif mark.kind == "team":
            written.append(mark)
        shown.append(mark)
    return tuple(shown)


def _over(one: Mark, other: Mark) -> bool:
    apart = abs(one.y - other.y)
    left, right = (one, other) if one.x <= other.x else (other, one)
    return apart < LETTER and right.x < left.x + LETTER * (len(left.name) + 1)


def path(shape: BaseGeometry, frame: Frame) -> str:
    """SVG path data of lines and outlines."""
    if shape.is_empty:
        return ""
    if hasattr(shape, "geoms"):
        return "".join(path(part, frame) for part in shape.geoms)
    if isinstance(shape, shapely.Polygon):
        return "".join(path(ring, frame) for ring in (shape.exterior, *shape.interiors))
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (frame.at(at[0], at[1]) for at in shape.coords))


def _inside(frame: Frame, place: tuple[Any, ...]) -> bool:
    x, y = frame.at(place[1], place[0])
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _roads(graph: RoadGraph, frame: Frame) -> tuple[str, str, tuple[tuple[str, BaseGeometry], ...]]:
    """(small, main, names with their lines)."""
    near = graph.grid.within(*frame.box.bounds)
    shapes = dict(zip(near.tolist(), graph.lines(near), strict=True))
    met = [chain for chain, shape in shapes.items() if shape.intersects(frame.box)]
    classes = graph.about["classes"]
    starts = graph.chains.piece_starts
    kinds = {chain: str(classes[int(graph.piece_classes[int(starts[chain])])]).removesuffix("_link") for chain in met}
    lines = {chain: shapes[chain].intersection(frame.box) for chain in met}
    main = [chain for chain in met if kinds[chain] in MAIN]
    small = [chain for chain in met if kinds[chain] not in MAIN]
    small = [] if len(met) > MOST_ROADS else small
    named = tuple((name, lines[chain]) for chain in (*main, *small) for name in graph.names_of([chain])[:1])
    return "".join(path(lines[one], frame) for one in small), "".join(path(lines[one], frame) for one in main), named


def _border(frame: Frame) -> str:
    home = home_region()
    if home is None or not home.boundary:
        return ""
    shape = shapely.from_geojson(home.boundary)
    return path(shape.boundary.intersection(frame.box), frame)


def _restricted(closures: Sequence[Closure], frame: Frame) -> list[Restricted]:
    found = []
    for number, one in enumerate(closures, 1):
        shape = shapely.geometry.shape(one.geometry).intersection(frame.box)
        if shape.is_empty:
            continue
        middle = shape.representative_point() if shape.geom_type.endswith("gon") else _middle(shape)
        lines = "" if shape.geom_type == "Point" else path(shape, frame)
        x, y = frame.at(middle.x, middle.y)
        sign = f"{SIGNS[Effect(one.effect)]} {measure(one)}".strip()
        found.append(Restricted(one.effect, lines, x, y, number, sign))
    return found


def _middle(shape: BaseGeometry) -> shapely.Point:
    longest = max(shape.geoms, key=lambda one: one.length) if hasattr(shape, "geoms") else shape
    return shapely.Point(longest.interpolate(0.5, normalized=True))
