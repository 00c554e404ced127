import pytest

from fenghuo.standards.region_codes import check_region_code, level_of


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("610000000000", "province"),
        ("610100000000", "city"),
        ("610118000000", "county"),
        ("610118007000", "town"),
        ("610118007226", "village"),
        ("500101000000", "county"),
    ],
)
def test_levels(code: str, level: str) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize(
    "code",
    ["", "610118", "61011800700x", "６10118000000", "0101180000000", "990000000000", "610100007000", "610118000226"],
)
def test_malformed_codes_are_refused(code: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        check_region_code(code)
