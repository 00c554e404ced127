"""Which system a position is in is told where the hints tell it, and not guessed where they do not."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.geo.areas import Area
from fenghuo.geo.coordinates import SYSTEMS, from_wgs84
from fenghuo.geo.systems import Outline, Spot, likely_system

SCHOOL = (34.1085, 108.6051)
HINT = Spot("涝店小学", SCHOOL, 60.0)
COUNTY = Outline("鄠邑区", Area(shapely.box(108.30, 33.70, 108.90, 34.20)))
IN_CHINA = st.tuples(st.floats(20, 50), st.floats(80, 130))


@given(IN_CHINA, st.sampled_from(sorted(SYSTEMS)))
def test_a_known_spot_tells_the_system(place: tuple[float, float], crs: str) -> None:
    verdict = likely_system(*from_wgs84(*place, crs), [Spot("x", place, 30.0)])
    assert verdict.crs in (crs, "")  # where the shift is small it may not tell, but it never tells wrongly
    assert verdict.readings[0].crs == crs
    assert sum(one.share for one in verdict.readings) == pytest.approx(1)


@pytest.mark.parametrize("crs", SYSTEMS)
def test_reasons_say_how_far_each_reading_lies_from_the_spot(crs: str) -> None:
    verdict = likely_system(*from_wgs84(*SCHOOL, crs), [HINT])
    assert verdict.crs == crs
    assert verdict.readings[0].at == pytest.approx(SCHOOL, abs=1e-8)
    (reason,) = verdict.readings[0].reasons
    assert (reason.hint, reason.kind, round(reason.metres)) == ("涝店小学", "spot", 0)
    assert all(one.reasons[0].metres > 300 for one in verdict.readings[1:])


def test_an_outline_tells_only_near_its_edge() -> None:
    inside = likely_system(*SCHOOL, [COUNTY])
    assert (inside.crs, inside.why) == ("", "too alike")
    edge = likely_system(*from_wgs84(34.0, 108.8992, "bd09"), [COUNTY])  # read as it stands it lies 900 m outside
    assert edge.crs == "bd09"
    assert {one.crs: round(one.reasons[0].metres) == 0 for one in edge.readings}["wgs84"] is False


def test_without_a_hint_or_far_from_all_of_them_it_cannot_tell() -> None:
    assert likely_system(*SCHOOL, []).why == "no hint"
    far = likely_system(31.0, 104.0, [HINT, COUNTY])
    assert (far.crs, far.why) == ("", "nowhere near")


def test_a_village_is_too_large_a_hint() -> None:
    verdict = likely_system(*from_wgs84(*SCHOOL, "gcj02"), [Spot("涝店镇", SCHOOL, 1500.0)])
    assert (verdict.crs, verdict.why) == ("", "too alike")


def test_outside_china_there_is_nothing_to_tell() -> None:
    verdict = likely_system(60.17, 24.94, [Spot("Helsinki", (60.17, 24.94), 50.0)])
    assert (verdict.crs, verdict.why) == ("", "no shift")


def test_hints_that_agree_make_it_surer() -> None:
    said = from_wgs84(*SCHOOL, "gcj02")
    one = likely_system(*said, [Spot("a", SCHOOL, 250.0)])
    two = likely_system(*said, [Spot("a", SCHOOL, 250.0), Spot("b", SCHOOL, 250.0)])
    assert two.readings[0].share > one.readings[0].share


def test_what_is_no_position_is_refused() -> None:
    with pytest.raises(ValueError, match="no position"):
        likely_system(108.6, 34.1, [HINT])
