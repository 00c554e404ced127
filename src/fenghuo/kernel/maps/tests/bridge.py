"""A made-up town in the demo county with one bridge over its river, and a long way round over another."""

from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from fenghuo.geo.roads.tests.town import Town, Way

WEST, EAST = (34.0500, 108.5990), (34.0500, 108.6110)  # on either bank
BRIDGE = {"type": "LineString", "coordinates": [[108.605, 34.0495], [108.605, 34.0505]]}  # drawn across it


def bridge_town() -> Town:
    """West and east bank, 1.1 km apart over 中桥; over 北桥 it is 4 km more."""
    town = Town()
    town.nodes = {
        1: (34.05, 108.595),
        2: (34.05, 108.600),
        3: (34.05, 108.610),
        4: (34.05, 108.615),
        5: (34.07, 108.600),
        6: (34.07, 108.610),
    }
    for key, nodes, name in (
        (1, [1, 2], "西街"),
        (2, [2, 3], "中桥"),
        (3, [3, 4], "东街"),
        (4, [2, 5], "西岸路"),
        (5, [5, 6], "北桥"),
        (6, [6, 3], "东岸路"),
    ):
        town.ways.append(Way(key, nodes, {"highway": "primary", "name": name}))
    return town


def build_bridge_town(settings: Any, home: Path) -> None:
    """Its roads are loaded from here on."""
    settings.MAPS = home / "maps"
    with suppress(SystemExit):
        call_command(
            "map", "build", str(bridge_town().write(home / "bridge.osm")), stdout=StringIO(), stderr=StringIO()
        )
