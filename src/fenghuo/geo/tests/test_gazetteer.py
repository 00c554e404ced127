import pytest

from ..gazetteer import Gazetteer, NamedPlace

PLACES = [
    NamedPlace("61", "鄠邑区", "0001", "county"),
    NamedPlace("61", "户县", "0001", "county", former=True),
    NamedPlace("61-1", "草堂街道", "00010001", "town", 34.03, 108.7),
    NamedPlace("61-1", "草堂镇", "00010001", "town", 34.03, 108.7, former=True),
    NamedPlace("61-2", "庞光街道", "00010002", "town", 34.0, 108.6),
    NamedPlace("61-11", "草堂营村委会", "000100010001", "village"),
    NamedPlace("61-12", "东街村委会", "000100010002", "village"),
    NamedPlace("61-21", "东街村委会", "000100020001", "village"),
]
GAZETTEER = Gazetteer(PLACES)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("草堂镇草堂营村口着火", "61-11", "草堂镇草堂营村口"),
        ("户县草堂街办发生火灾", "61-1", "户县草堂街办"),
        ("庞光街道东街村有人落水", "61-21", "庞光街道东街村"),
    ],
)
def test_a_place_by_any_of_its_names(text: str, code: str, words: str) -> None:
    found = GAZETTEER.find(text)
    assert found is not None
    assert (found.value.code, found.words) == (code, words)


def test_a_name_in_two_towns_is_not_decided() -> None:
    found = GAZETTEER.find("东街村着火")
    assert found is not None
    assert found.value.code is None
    assert found.value.candidates == ("61-12", "61-21")


def test_a_way_and_a_distance_move_the_position() -> None:
    found = GAZETTEER.find("草堂街道以北2公里处")
    assert found is not None
    assert found.value.latitude == pytest.approx(34.03 + 2000 / 111195, abs=1e-3)
    assert found.value.approximate


def test_an_address_outside_the_county_keeps_its_words() -> None:
    found = GAZETTEER.find("陕西省商洛市柞水县发生山洪")
    assert found is not None
    assert found.value.code is None
    assert found.words.startswith("陕西省商洛市柞水县")


def test_a_name_cut_off_at_the_end_of_the_text_stays_within_it() -> None:
    known = Gazetteer([NamedPlace("61-1", "草堂营", "0001", "town"), NamedPlace("61-2", "草堂营子沟", "0002", "town")])
    found = known.find("在草堂营")
    assert found is not None
    assert (found.words, found.end) == ("草堂营", 4)
