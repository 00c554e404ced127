"""Areas as people and machines draw them, right and wrong."""

from typing import Any

import pytest

from fenghuo.geo.areas import Area
from fenghuo.geo.drawing import BadArea, read_area

COUNTY = Area.from_geojson(
    {"type": "Polygon", "coordinates": [[[108.3, 33.7], [108.9, 33.7], [108.9, 34.2], [108.3, 34.2], [108.3, 33.7]]]}
)


def polygon(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


GOOD = polygon((108.70, 34.03), (108.72, 34.03), (108.72, 34.05), (108.70, 34.05), (108.70, 34.03))


def test_a_square_is_measured() -> None:
    drawn = read_area(GOOD, "wgs84", COUNTY)
    # 0.02° east at 34.04° N is 1 845 m, 0.02° north 2 226 m
    assert drawn.square_metres == pytest.approx(1845 * 2226, rel=0.02)
    assert drawn.doubts == []


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (polygon((108.70, 34.03), (108.72, 34.05), (108.72, 34.03), (108.70, 34.05), (108.70, 34.03)), "crosses"),
        (polygon((179.9, 34), (-179.9, 34), (-179.9, 35), (179.9, 34)), "dateline"),
        (polygon((179.9, 34), (180.1, 34), (180.1, 35), (179.9, 34)), "dateline"),
        (polygon((34.03, 108.70), (34.03, 108.72), (34.05, 108.72), (34.03, 108.70)), "swapped"),
        (polygon((36472000.5, 3767000), (36473000, 3767000), (36473000, 3768000), (36472000.5, 3767000)), "metres"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[]]}, "empty"),
        ({"type": "Polygon", "coordinates": [[["a", "b"], [1, 2], [2, 3]]]}, "type"),
        ({"type": "Polygon", "coordinates": [[[108.7, 34.0], [108.71, 34.0]]]}, "type"),
        ({"type": "Polygon", "coordinates": 7}, "empty"),
        ({"type": "Polygon"}, "empty"),
        ({"type": "Point", "coordinates": [108.7, 34.0]}, "type"),
        ("POLYGON((108 34))", "type"),
        (None, "type"),
        ({"type": "Polygon", "coordinates": [[[108.7, 34.0 + n * 1e-7] for n in range(20_001)]]}, "points"),
    ],
)
def test_what_cannot_be_an_area(geometry: Any, reason: str) -> None:
    with pytest.raises(BadArea) as bad:
        read_area(geometry, "wgs84", COUNTY)
    assert bad.value.reason == reason


def test_gcj02_is_converted() -> None:
    straight, shifted = read_area(GOOD, "wgs84", COUNTY), read_area(GOOD, "gcj02", COUNTY)
    first, moved = straight.geometry["coordinates"][0][0], shifted.geometry["coordinates"][0][0]
    assert 0.003 < abs(first[0] - moved[0]) < 0.007
    assert shifted.square_metres == pytest.approx(straight.square_metres, rel=0.01)


def test_outside_the_county_is_doubted_not_refused() -> None:
    far = polygon((110.0, 35.0), (110.1, 35.0), (110.1, 35.1), (110.0, 35.0))
    assert [doubt.mark for doubt in read_area(far, "wgs84", COUNTY).doubts] == ["outside"]


def test_swapped_inside_ninety_degrees_is_seen_by_the_county() -> None:
    near = Area.from_geojson({"type": "Polygon", "coordinates": [[[80, 34], [81, 34], [81, 35], [80, 35], [80, 34]]]})
    with pytest.raises(BadArea):
        read_area(polygon((34.2, 80.2), (34.3, 80.2), (34.3, 80.3), (34.2, 80.2)), "wgs84", near)
