from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.geo.coordinates import (
    bd09_to_wgs84,
    convert,
    from_wgs84,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

CHINA = st.tuples(st.floats(18, 53), st.floats(74, 134))


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 * 111_320)


@settings(deadline=None)  # the first call compiles
@given(CHINA)
def test_there_and_back_is_the_same_to_a_billionth_of_a_degree(point: tuple[float, float]) -> None:
    for there, back in ((wgs84_to_gcj02, gcj02_to_wgs84), (wgs84_to_bd09, bd09_to_wgs84)):
        found = back(*there(*point))
        assert abs(found[0] - point[0]) < 1e-9
        assert abs(found[1] - point[1]) < 1e-9


@settings(deadline=None)  # the first call compiles
@given(CHINA)
def test_the_shift_is_some_hundred_metres(point: tuple[float, float]) -> None:
    assert 10 < metres(point, wgs84_to_gcj02(*point)) < 1200


def test_outside_china_nothing_is_shifted() -> None:
    assert wgs84_to_gcj02(60.17, 24.94) == (60.17, 24.94)
    assert to_wgs84(60.17, 24.94, "wgs84") == (60.17, 24.94)


def test_in_xian_a_gcj02_reading_lies_east_by_some_hundred_metres() -> None:
    latitude, longitude = wgs84_to_gcj02(34.0439, 108.7108)
    assert longitude > 108.7108
    assert 150 < metres((latitude, longitude), (34.0439, 108.7108)) < 700


def test_many_at_once_are_the_same_as_each_alone_and_come_back_to_a_centimetre() -> None:
    dice = Random(1)
    points = [(dice.uniform(-60, 60), dice.uniform(60, 140)) for _one in range(2000)]
    for crs in ("gcj02", "bd09"):
        there = convert(points, "wgs84", crs)
        alone = np.array([from_wgs84(*point, crs) for point in points])
        assert np.abs(there - alone).max() < 1e-12
        assert np.abs(convert(there, crs, "wgs84") - np.array(points)).max() < 1e-9


def test_what_is_no_number_stays_none_and_ends() -> None:
    made = convert([(float("nan"), 108.0), (34.1, 108.6)], "gcj02", "wgs84")
    assert np.isnan(made[0, 0])
    assert np.abs(made[1] - gcj02_to_wgs84(34.1, 108.6)).max() < 1e-9


PUBLISHED = {  # the published formulas (eviltransform, coordtransform) written out term by term
    (39.915, 116.404): ((39.91640428150164, 116.41024449916938), (39.922699552216216, 116.41662724378733)),
    (34.1085, 108.6051): ((34.106822304342494, 108.60953147796207), (34.1131143007514, 108.61596045493496)),
    (22.5431, 114.0579): ((22.54038281422246, 114.06301399856547), (22.546041559073544, 114.06956398703267)),
}


@pytest.mark.parametrize("place", PUBLISHED)
def test_the_shifts_are_those_of_the_published_formulas(place: tuple[float, float]) -> None:
    for shifted, wanted in zip((wgs84_to_gcj02(*place), wgs84_to_bd09(*place)), PUBLISHED[place], strict=True):
        assert shifted == pytest.approx(wanted, abs=1e-9)


EDGES = [(0.8293, 100.0), (55.8271, 100.0), (30.0, 72.004), (30.0, 137.8347), (30.0, 105.0), (35.0, 105.0000001)]


@pytest.mark.parametrize("edge", EDGES)
def test_at_the_edge_of_the_shift_one_comes_back_too(edge: tuple[float, float]) -> None:
    dice = Random(2)
    for _one in range(300):
        place = edge[0] + dice.uniform(-0.002, 0.002), edge[1] + dice.uniform(-0.002, 0.002)
        shifted = wgs84_to_gcj02(*place)
        back = gcj02_to_wgs84(*shifted)
        if shifted != place:  # what lies beyond may be the image of what lies within: the two cannot be told apart
            assert abs(back[0] - place[0]) < 1e-9
            assert abs(back[1] - place[1]) < 1e-9
        assert wgs84_to_gcj02(*back) == pytest.approx(shifted, abs=1e-9)


def test_a_position_at_the_origin_is_no_error() -> None:
    assert metres(bd09_to_wgs84(*wgs84_to_bd09(0.0, 0.0)), (0.0, 0.0)) < 0.01
