"""What single cells mean. The codes are examples of GB 11643-1999 and GB 32100-2015."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from ..book import CellError, Raw, Shown, Uncomputed
from ..fields import Field, Kind
from ..values import Position, Read, Scalar, Unreadable, read_value


def field(kind: Kind, unit: str = "", *, many: bool = False) -> Field:
    return Field("one", ("一",), kind, unit=unit, many=many)


def read(raw: Raw, kind: Kind, unit: str = "", heading: str = "") -> Read:
    return read_value(raw, field(kind, unit), heading)


@pytest.mark.parametrize(
    ("raw", "unit", "heading", "value"),
    [
        (3, "㎡", "亩", "2000"),
        ("2亩", "㎡", "", "1333.33"),
        ("１２００", "", "", "1200"),
        ("1,200.50", "", "", "1200.5"),
        ("一百二十三", "", "", "123"),
        ("壹佰", "", "", "100"),
        ("两千零五", "", "", "2005"),
        ("三万五", "", "", "35000"),
        ("三万零五", "", "", "30005"),
        ("一千二百万", "", "", "12000000"),
        ("三点五", "", "", "3.5"),
        ("半亩", "㎡", "", "333.33"),
        ("1.2万", "", "", "12000"),
        ("1.2万元", "万元", "", "1.2"),
        ("3000元", "万元", "", "0.3"),
        ("1.5亿元", "万元", "", "15000"),
        (5, "元", "万元", "50000"),
        ("1000斤", "吨", "", "0.5"),
        ("500公斤", "吨", "", "0.5"),
        ("2公顷", "㎡", "亩", "20000"),
        ("200 m²", "㎡", "", "200"),
        ("85%", "%", "", "85"),
        (Shown(0.85, percent=True), "%", "", "85"),
        (Shown(0.85, percent=True), "", "", "0.85"),
        (Shown(3, unit="亩"), "㎡", "", "2000"),
        (0.1 + 0.2, "", "", "0.3"),
        ("-5", "", "", "-5"),
    ],
)
def test_numbers(raw: Raw, unit: str, heading: str, value: str) -> None:
    assert read(raw, "decimal", unit, heading).value == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "value", "about"),
    [
        ("约200平方米", 200, "about"),
        ("200左右", 200, "about"),
        ("200余", 200, "more_than"),
        ("200多平方米", 200, "more_than"),
        ("≥100", 100, "at_least"),
        ("100平方米以上", 100, "at_least"),
        ("不足50", 50, "less_than"),
        ("不超过300", 300, "at_most"),
    ],
)
def test_an_approximate_number_says_so(raw: str, value: int, about: str) -> None:
    found = read(raw, "decimal", "㎡")
    assert (found.value, found.about) == (value, about)
    assert [code for code, _params in found.warnings] == [f"number.{about}"]


def test_a_count_keeps_the_word_it_is_counted_in() -> None:
    assert read("20顶", "integer") == Read(20, counted_in="顶")


@pytest.mark.parametrize(
    ("raw", "kind", "unit", "code"),
    [
        ("3-5", "integer", "", "number.range"),
        ("三至五", "integer", "", "number.range"),
        ("七八十", "integer", "", "number.range"),
        ("3+2", "integer", "", "number.sum"),
        ("20.5", "integer", "", "number.not_whole"),
        ("20箱", "integer", "人", "number.other_unit"),
        ("200人", "decimal", "㎡", "number.other_unit"),
        ("5万", "decimal", "万元", "number.scale_twice"),
        ("12abc", "decimal", "", "number.unit"),
        ("很多", "decimal", "", "number.none"),
        (datetime(2012, 3, 5), "integer", "", "number.date"),
        (1e20, "decimal", "", "number.too_large"),
        (CellError("#N/A"), "decimal", "", "cell.error"),
        (Uncomputed("=A1"), "decimal", "", "cell.uncomputed"),
        ("2012.5.12-2013.6", "date", "", "date.two"),
        ("2012年5月至今", "date", "", "date.two"),
        ("5月12日", "date", "", "date.no_year"),
        ("12.5.12", "date", "", "date.short_year"),
        ("2012年13月1日", "date", "", "date.no_such_day"),
        ("2011-02-29", "date", "", "date.no_such_day"),
        (2012.1, "date", "", "date.ten_or_one"),
        ("长期", "date", "", "date.none"),
        ("1012-05-12", "date", "", "date.year"),
        ("2012年", "month", "", "date.month_missing"),
        ("1.38E+10", "phone", "", "phone.spoilt"),
        (2984812345, "phone", "", "phone.zero_lost"),
        ("1380000123", "phone", "", "phone.digits"),
        ("13800001234 13900001234", "phone", "", "phone.several"),
        ("没有电话", "phone", "", "phone.none"),
        (6.10125e17, "identity_number", "", "identity.spoilt"),
        ("6.10125E+17", "identity_number", "", "identity.spoilt"),
        ("610125199001011000", "identity_number", "", "identity.spoilt"),
        ("110105194912310021", "identity_number", "", "identity.check"),
        ("110105194913310029", "identity_number", "", "identity.birth"),
        ("610125900101123", "identity_number", "", "identity.fifteen"),
        ("61012519900101123", "identity_number", "", "identity.length"),
        ("9135O200MA2YJ1XR9G", "credit_code", "", "credit.signs"),
        ("M000100Y-4", "credit_code", "", "credit.organisation"),
        (911000000000000000, "credit_code", "", "credit.spoilt"),
        (34.1, "longitude", "", "position.latitude_here"),
        ("108.6,34.1", "longitude", "", "position.two_here"),
        (1083520, "longitude", "", "position.outside"),
        ("108°75′", "longitude", "", "position.minutes"),
        (0, "latitude", "", "position.zero"),
        ("108.6", "coordinates", "", "position.two_needed"),
        ("可能", "boolean", "", "boolean.none"),
        (6.10125e17, "text", "", "text.digits_lost"),
    ],
)
def test_what_cannot_be_read_says_why(raw: Raw, kind: Kind, unit: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(raw, kind, unit)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("2012年5月12日", date(2012, 5, 12), "day"),
        ("2012-5-12", date(2012, 5, 12), "day"),
        ("2012.05.12.", date(2012, 5, 12), "day"),
        ("２０１２／５／１２", date(2012, 5, 12), "day"),
        ("20120512", date(2012, 5, 12), "day"),
        (20120512, date(2012, 5, 12), "day"),
        ("二〇一二年五月十二日", date(2012, 5, 12), "day"),
        (41041, date(2012, 5, 12), "day"),
        ("41041", date(2012, 5, 12), "day"),
        (datetime(2012, 5, 12), date(2012, 5, 12), "day"),
        ("2012.5", date(2012, 5, 1), "month"),
        (2012.5, date(2012, 5, 1), "month"),
        (Shown(2012.1, places=2), date(2012, 10, 1), "month"),
        ("2012/05", date(2012, 5, 1), "month"),
        ("2012年2月底", date(2012, 2, 29), "month"),
        ("2012年", date(2012, 1, 1), "year"),
        (2012, date(2012, 1, 1), "year"),
        ("2012年底", date(2012, 12, 31), "year"),
    ],
)
def test_days(raw: Raw, value: date, precision: str) -> None:
    found = read(raw, "date")
    assert (found.value, found.precision) == (value, precision)
    assert bool(found.warnings) == (precision != "day" or raw == "41041"), "what was not said is said to be taken"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (13800001234.0, "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("+86-29-84812345", "029-84812345"),
        ("138-0000-1234", "13800001234"),
        ("(029)84812345", "029-84812345"),
        ("02984812345", "029-84812345"),
        ("0911-2112345转8012", "0911-2112345-8012"),
        ("手机:13800001234", "13800001234"),
        ("12379", "12379"),
    ],
)
def test_telephones(raw: Raw, value: str) -> None:
    assert read(raw, "phone") == Read(value)


def test_several_telephones_where_several_are_kept() -> None:
    found = read_value("13800001234、029-84812345\n13900001234", field("phone", many=True))
    assert found.value == ("13800001234", "029-84812345", "13900001234")


def test_a_name_beside_a_telephone_is_left_aside_aloud() -> None:
    assert read("张三13800001234", "phone") == Read("13800001234", (("phone.words", {"words": "张三"}),))


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("11010519491231002x", "identity_number", "11010519491231002X"),
        ("440524188001010014", "identity_number", "440524188001010014"),
        ("91350100M000100Y43", "credit_code", "91350100M000100Y43"),
        ("91350200ma2yj1xr9g", "credit_code", "91350200MA2YJ1XR9G"),
    ],
)
def test_codes(raw: str, kind: Kind, value: str) -> None:
    assert read(raw, kind) == Read(value)


def test_a_credit_code_with_a_wrong_check_sign_is_kept_with_a_warning() -> None:
    assert read("91350200MA2YJ1XR9H", "credit_code").warnings == (("credit.check", {}),)


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("108°35′20″", "longitude", Decimal("108.5888889")),
        ("E108°35'20\"", "longitude", Decimal("108.5888889")),
        ("东经108度35分20秒", "longitude", Decimal("108.5888889")),
        ("北纬34.1°", "latitude", Decimal("34.1")),
        ("108.6,34.1", "coordinates", Position(Decimal("34.1"), Decimal("108.6"))),
        ("34.1，108.6", "coordinates", Position(Decimal("34.1"), Decimal("108.6"))),
        ("E:108.6 N:34.1", "coordinates", Position(Decimal("34.1"), Decimal("108.6"))),
        ("108°35′20″E 34°6′N", "coordinates", Position(Decimal("34.1"), Decimal("108.5888889"))),
        ("√", "boolean", True),
        ("无", "boolean", False),
        (0, "boolean", False),
        (" a　 b\u200b ", "text", "a b"),
        (12.0, "text", "12"),
    ],
)
def test_positions_and_words(raw: Raw, kind: Kind, value: Scalar) -> None:
    assert read(raw, kind).value == value


@pytest.mark.parametrize("raw", ["无", "/", "—", "暂无", "  ", "－"])
@pytest.mark.parametrize("kind", ["text", "integer", "date", "phone", "longitude"])
def test_signs_that_mean_nothing(raw: str, kind: Kind) -> None:
    assert read(raw, kind).value is None
