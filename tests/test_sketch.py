"""The sketch of the county on the page behind a link."""

from typing import Any

import pytest

from fenghuo.kernel.maps.sketch import sketch
from tests.county import County


def test_the_place_stands_where_it_lies(county: County) -> None:
    north_west, south_east = sketch(34.15, 108.35), sketch(33.75, 108.85)
    assert north_west is not None
    assert south_east is not None
    assert north_west.spot.x < south_east.spot.x
    assert north_west.spot.y < south_east.spot.y
    assert north_west.outline.startswith("M")
    assert 0 <= north_west.spot.y <= north_west.height


@pytest.mark.parametrize("at", [(None, None), (34.1, None), (40.0, 108.6), (34.1, 120.0)])
def test_there_is_none_without_a_place_in_the_county(county: County, at: Any) -> None:
    assert sketch(*at) is None


def test_there_is_none_without_a_county(db: None) -> None:
    assert sketch(34.1, 108.6) is None
