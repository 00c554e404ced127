"""The contact book shows whom somebody may see, by line and by block, and nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registry.services import archive_person
from fenghuo.readiness.organisations.services import enter_person
from tests.county import County

PAGE = "/organisations/contacts/"
LONG = "阿卜杜热合曼·买买提吐尔逊" * 4  # 52 characters
SignIn = Callable[..., Client]

SEEN = {
    ("a", "clerk"): True,
    ("a", "observer"): True,
    ("emo", "duty_officer"): True,
    ("emo", "observer"): True,
    ("village", "head"): False,
    ("education", "clerk"): False,
    ("b", "clerk"): False,
    ("neighbour", "duty_officer"): False,
}


@pytest.mark.parametrize(("unit", "role"), SEEN)
def test_only_people_in_sight_are_listed(county: County, sign_in: SignIn, unit: str, role: str) -> None:
    enter_person(by=SYSTEM, name="欧阳小草", unit=county.units["a"], title="镇长", mobile="13900000001")
    page = sign_in(unit, role).get(f"{PAGE}?q=欧阳").content.decode()
    assert ("13900000001" in page) == SEEN[unit, role]
    assert ('href="tel:13900000001"' in page) == SEEN[unit, role]


def test_lines_stand_before_blocks_and_villages_under_their_town(county: County, sign_in: SignIn) -> None:
    for unit, name in (("village", "村甲"), ("a", "镇乙"), ("education", "局丙"), ("b", "镇丁")):
        enter_person(by=SYSTEM, name=name, unit=county.units[unit], title="负责人")
    client = sign_in("emo", "clerk")
    page = client.get(PAGE).content.decode()
    # 余下街道 (…002) comes before 草堂街道 (…007) by the region tree's order of entry: a, then b
    assert page.index("局丙") < page.index("镇乙") < page.index("村甲")
    assert page.index("局丙") < page.index("镇丁")
    lines = client.get(f"{PAGE}?part=line").content.decode()
    assert "局丙" in lines
    assert "镇乙" not in lines
    block = client.get(f"{PAGE}?part=block&region=610118007000").content.decode()
    assert "镇乙" in block
    assert "村甲" in block
    assert "镇丁" not in block
    assert "局丙" not in block


@pytest.mark.parametrize("words", ["诸葛", "zgkm", "13900000002", "草堂街道", "武装部长"])
def test_found_by_name_pinyin_telephone_unit_or_post(county: County, sign_in: SignIn, words: str) -> None:
    enter_person(by=SYSTEM, name="诸葛孔明", unit=county.units["a"], title="武装部长", mobile="13900000002")
    assert "诸葛孔明" in sign_in("emo", "clerk").get(PAGE, {"q": words}).content.decode()


def test_who_left_is_no_longer_in_it(county: County, sign_in: SignIn) -> None:
    gone = enter_person(by=SYSTEM, name="司马相如", unit=county.units["a"], title="干事")
    archive_person(gone, by=SYSTEM, reason="调离")
    assert "司马相如" not in sign_in("emo", "clerk").get(PAGE).content.decode()


def test_a_long_name_and_a_mistyped_address_still_show_the_book(county: County, sign_in: SignIn) -> None:
    enter_person(by=SYSTEM, name=LONG, unit=county.units["a"], title="主任" * 30)
    client = sign_in("emo", "clerk")
    for query in ("", "?part=nowhere&region=x&page=zz", "?q=%00阿卜", f"?region={'9' * 300}"):
        answer = client.get(PAGE + query)
        assert answer.status_code == 200
        assert LONG in answer.content.decode()


def test_as_many_queries_for_a_hundred_people_as_for_one(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("emo", "clerk")
    for n in range(100):
        enter_person(by=SYSTEM, name=f"人{n}", unit=county.units["ab"[n % 2]], title="干事")
    with django_assert_max_num_queries(14):
        assert client.get(PAGE).status_code == 200


def test_without_a_sign_in_nobody_is_shown(county: County, client: Client) -> None:
    for page in (PAGE, f"{PAGE}contacts.vcf", f"{PAGE}contacts.xlsx", f"{PAGE}booklet/", "/organisations/check/"):
        assert client.get(page).status_code == 302
