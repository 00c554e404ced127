from collections.abc import Callable

import pytest

from fenghuo.geo.areas import Area, position_doubts
from fenghuo.geo.coordinates import wgs84_to_bd09, wgs84_to_gcj02

SQUARE = Area.from_geojson(
    '{"type":"Polygon","coordinates":[[[108.3,33.7],[108.9,33.7],[108.9,34.2],[108.3,34.2],[108.3,33.7]]]}'
)


def test_inside_there_is_no_doubt() -> None:
    assert position_doubts(34.0, 108.5, SQUARE) == []
    assert position_doubts(33.7, 108.3, SQUARE) == []


@pytest.mark.parametrize(("latitude", "longitude"), [(108.5, 34.0), (108.3001, 33.7001)])
def test_swapped_axes(latitude: float, longitude: float) -> None:
    (doubt,) = position_doubts(latitude, longitude, SQUARE)
    assert (doubt.mark, doubt.latitude, doubt.longitude) == ("swapped", longitude, latitude)


@pytest.mark.parametrize(("crs", "convert"), [("gcj02", wgs84_to_gcj02), ("bd09", wgs84_to_bd09)])
def test_another_system_that_fits_is_offered(crs: str, convert: Callable[[float, float], tuple[float, float]]) -> None:
    inside = (33.9, 108.8999)
    given = convert(*inside)
    assert not SQUARE.contains(*given)
    (doubt,) = position_doubts(given[0], given[1], SQUARE)
    mark = doubt.as_mark()
    assert mark["mark"] == crs or crs == "bd09"  # what fits GCJ-02 too is read as the nearer one
    assert mark["latitude"] == pytest.approx(33.9, abs=0.01)


def test_far_outside_says_how_far() -> None:
    (doubt,) = position_doubts(34.3, 108.5, SQUARE)
    assert doubt.mark == "outside"
    assert doubt.metres == pytest.approx(11_132, rel=0.01)


def test_no_place_on_earth() -> None:
    assert [doubt.as_mark() for doubt in position_doubts(120.0, 120.0, SQUARE)] == [{"mark": "impossible"}]


@pytest.mark.parametrize("text", ["{}", "[]", '{"type":"Circle"}', "null"])
def test_what_is_no_geometry_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="GeoJSON"):
        Area.from_geojson(text)
