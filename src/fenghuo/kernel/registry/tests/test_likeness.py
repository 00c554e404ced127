import pytest

from fenghuo.kernel.registry.likeness import Pair, PersonRow, UnitRow, likely_people, likely_units, plain_unit_name

ABOVE = ("陕西省", "西安市", "鄠邑区")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("草堂街道办事处", "草堂街道"),
        ("鄠邑区草堂街道办事处", "草堂街道办"),
        ("西安市鄠邑区草堂街道办事处", "鄠邑草堂街道"),
        ("祖庵镇人民政府", "鄠邑区祖庵镇政府"),
        ("草堂营村村民委员会", "草堂营村委会"),
        ("西街社区居民委员会", "西街居委会"),
        ("鄠邑区草堂（中心）小学", "草堂(中心)小学"),
        ("ABC包装厂", "ＡＢＣ 包装厂"),
        ("秦岭建材有限责任公司", "秦岭建材有限公司"),
    ],
)
def test_one_unit_under_several_names(one: str, other: str) -> None:
    assert plain_unit_name(one, ABOVE) == plain_unit_name(other, ABOVE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("草堂街道办事处", "余下街道办事处"), ("草堂镇", "草堂街道"), ("草堂村委会", "草堂社区居委会"), ("东村", "西村")],
)
def test_two_units(one: str, other: str) -> None:
    assert plain_unit_name(one, ABOVE) != plain_unit_name(other, ABOVE)


def test_nothing_is_left_of_no_name() -> None:
    assert plain_unit_name("鄠邑区", ABOVE) == "鄠邑区"


def unit(key: int, name: str, region: str, **said: str) -> UnitRow:
    return UnitRow(key, name, said.get("kind", "school"), said.get("code", str(key)), said.get("phone", ""), region)


def test_likely_units() -> None:
    rows = [
        unit(1, "草堂小学", "0001", phone="029-84810001"),
        unit(2, "草堂小学", "00010001", phone="02984810001"),
        unit(3, "草堂小学", "0002"),  # another town
        unit(4, "纸箱厂", "0003", code="9161-a"),
        unit(5, "包装厂", "0004", code="9161A"),
        unit(6, "医院", "0001", phone="029-84810001", kind="institution"),  # shares a telephone, is of another kind
    ]
    assert likely_units(rows) == [Pair(1, 2, ("unit_name", "phone")), Pair(4, 5, ("code",))]


def person(key: int, name: str, mobile: str = "", unit: int = 1, region: str = "0001") -> PersonRow:
    return PersonRow(key, name, mobile, unit, region)


def test_likely_people() -> None:
    rows = [
        person(1, "李四", "13900000001"),
        person(2, "李 四", "+86 139 0000 0001"),
        person(3, "李四", unit=2, region="00010001"),
        person(4, "李四", unit=3, region="0002"),
        person(5, "王五", "13900000001", unit=9, region="0009"),
        person(6, "赵六"),
        person(7, "钱七"),
    ]
    found = {(pair.one, pair.other): pair.reasons for pair in likely_people(rows)}
    assert found == {
        (1, 2): ("mobile", "name_in_unit"),
        (1, 3): ("name_in_place",),
        (2, 3): ("name_in_place",),
        (1, 5): ("mobile",),
        (2, 5): ("mobile",),
    }
    assert likely_people(rows)[0].reasons == ("mobile", "name_in_unit")


def test_a_number_that_all_share_makes_no_square_of_pairs() -> None:
    rows = [person(key, f"人{key}", "029-84810000") for key in range(1000)]
    assert len(likely_people(rows)) == 999
