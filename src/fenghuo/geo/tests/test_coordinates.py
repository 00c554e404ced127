from random import Random

import numpy as np
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
