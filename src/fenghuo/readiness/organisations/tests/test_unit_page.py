"""A unit's page shows its emergency organisation to those who may see it: parts, vacancies, duties on paper."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.registry.services import add_person, appoint
from tests.county import SINCE, County

SignIn = Callable[..., Client]
PAGE = "/units/610118007000/"


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def _staff(county: County) -> None:
    for name, role, title in (("王镇长", "head", "镇长"), ("李专干", "clerk", "应急专干"), ("周干事", "member", "")):
        person = add_person(by=SYSTEM, name=name, unit=county.units["a"], mobile="13900000001")
        appoint(person, by=SYSTEM, unit=county.units["a"], role=role, title=title, since=SINCE)


@pytest.mark.parametrize(
    ("unit", "role", "sees"),
    [
        ("a", "member", True),
        ("a", "observer", True),
        ("emo", "duty_officer", True),
        ("b", "clerk", False),
        ("education", "clerk", False),
        ("village", "head", False),
        ("neighbour", "duty_officer", False),
    ],
)
def test_who_sees_the_people(county: County, sign_in: SignIn, unit: str, role: str, sees: bool) -> None:
    _staff(county)
    answer = sign_in(unit, role).get(PAGE)
    assert answer.status_code == 200  # the unit itself is in the address book
    page = answer.content.decode()
    for said in ("王镇长", "13900000001", "Leading body"):
        assert (said in page) == sees, said


def test_leading_body_office_and_what_is_vacant(county: County, sign_in: SignIn) -> None:
    client = sign_in("emo", "clerk")
    page = client.get(PAGE).content.decode()
    assert page.count("set by this county, no law") == 2  # a head, and a clerk or duty officer
    _staff(county)
    page = client.get(PAGE).content.decode()
    assert "set by this county, no law" not in page
    places = [page.index(said) for said in ("Leading body", "王镇长", "Office", "李专干", "Others", "周干事")]
    assert places == sorted(places)
    assert "鄠邑区应急管理局" in page  # the office above it


def test_as_many_queries_for_fifty_posts_as_for_three(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(17):
        _staff(county)
    client = sign_in("emo", "clerk")
    with django_assert_max_num_queries(25):
        assert client.get(PAGE).status_code == 200


def _duties(county: County) -> str:
    return f"/files/of/{county.units['a'].pk}/"


def _brought() -> SimpleUploadedFile:
    return SimpleUploadedFile("应急职责.txt", "一、组织先期处置。".encode())


def test_duties_are_attached_read_and_taken_off_with_a_reason(county: County, sign_in: SignIn) -> None:
    client = sign_in("a", "clerk")
    assert client.post(_duties(county), {"file": _brought(), "note": "三定方案"}).status_code == 302
    made = Attachment.objects.get()
    page = client.get(PAGE).content.decode()
    assert "应急职责.txt" in page
    assert "三定方案" in page
    assert client.get(f"/files/{made.pk}/{made.name}").status_code == 200
    client.post(f"/files/{made.pk}/off/", {"reason": " "})
    assert Attachment.objects.get().removed_at is None
    client.post(f"/files/{made.pk}/off/", {"reason": "已修订"})
    assert "应急职责.txt" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("unit", "role"), [("a", "observer"), ("b", "clerk"), ("education", "clerk"), ("village", "head")]
)
def test_others_attach_and_take_off_nothing(county: County, sign_in: SignIn, unit: str, role: str) -> None:
    sign_in("a", "clerk").post(_duties(county), {"file": _brought()})
    made = Attachment.objects.get()
    client = sign_in(unit, role)
    assert client.post(_duties(county), {"file": _brought()}).status_code in (404, 422)
    assert client.post(f"/files/{made.pk}/off/", {"reason": "x"}).status_code in (404, 422)
    assert (client.get(f"/files/{made.pk}/{made.name}").status_code == 200) == (unit == "a")
    assert Attachment.objects.get().removed_at is None


def test_no_file_or_an_empty_one_is_said(county: County, sign_in: SignIn) -> None:
    client = sign_in("a", "clerk")
    for brought in ({}, {"file": SimpleUploadedFile("空.txt", b"")}):
        said = client.post(_duties(county), brought, follow=True).content.decode()
        assert "Choose a file first." in said or "is empty" in said
    assert not Attachment.objects.exists()
