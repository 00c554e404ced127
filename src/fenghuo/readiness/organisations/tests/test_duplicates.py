from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Person, Record, Unit
from fenghuo.kernel.registry.models import Merged, NotSame
from fenghuo.kernel.registry.services import add_person, create_unit, merge_people
from tests.county import County

type SignIn = Callable[..., Client]
PAIRS = reverse("duplicates:pairs", args=["people"])


def two(county: County, unit: str = "a") -> tuple[Person, Person]:
    first = add_person(by=SYSTEM, name="欧阳小草", unit=county.units[unit], mobile="13900000001")
    return first, add_person(
        by=SYSTEM, name="欧阳 小草", unit=county.units[unit], mobile="13900000002", phone="84810001"
    )


def compare(one: int, other: int, slug: str = "people") -> str:
    return reverse("duplicates:compare", args=[slug, one, other])


@pytest.mark.parametrize(
    ("unit", "role", "sees"),
    [
        ("a", "clerk", True),
        ("emo", "duty_officer", True),
        ("emo", "administrator", True),
        ("b", "clerk", False),
        ("education", "clerk", False),
        ("neighbour", "clerk", False),
        ("village", "head", False),
    ],
)
def test_a_pair_is_shown_to_those_who_keep_both(
    county: County, sign_in: SignIn, unit: str, role: str, sees: bool
) -> None:
    one, other = two(county)
    client = sign_in(unit, role)
    assert ("欧阳小草" in client.get(PAIRS).content.decode()) == sees
    address = compare(one.pk, other.pk)
    assert client.get(address).status_code == (200 if sees else 404)
    said = {"keep": str(one.pk), "name": str(one.pk), "mobile": str(one.pk)}
    assert client.post(address, said).status_code == (302 if sees else 404)
    assert Merged.objects.exists() == sees


def test_who_only_reads_is_refused(county: County, sign_in: SignIn) -> None:
    one, other = two(county)
    client = sign_in("a", "observer")
    assert client.get(PAIRS).status_code == 403
    assert client.get(compare(one.pk, other.pk)).status_code == 403
    assert client.post(compare(one.pk, other.pk), {"keep": str(one.pk)}).status_code == 403


def test_merging_and_separating_by_page(county: County, sign_in: SignIn) -> None:
    one, other = two(county)
    client = sign_in("a", "clerk")
    address = compare(one.pk, other.pk)
    undecided = client.post(address, {"keep": str(other.pk), "name": str(one.pk)})
    assert undecided.status_code == 422
    page = undecided.content.decode()
    assert "Mobile telephone: " in page
    assert f'name="name" value="{one.pk}" required checked' in page  # what was chosen is kept
    assert client.post(address, {"keep": "7", "name": str(one.pk)}).status_code == 422
    said = {"keep": str(other.pk), "name": str(one.pk), "mobile": str(other.pk)}
    assert client.post(address, said).status_code == 302
    other.refresh_from_db()
    assert (other.name, other.mobile) == ("欧阳小草", "13900000002")
    listed = client.get(reverse("registers:list", args=["people"])).content.decode()
    assert listed.count("欧阳小草") == 1
    old = client.get(reverse("registers:row", args=["people", one.pk])).content.decode()
    assert "merged into another row" in old
    assert reverse("registers:row", args=["people", other.pk]) in old
    assert "Take it back" not in old
    assert client.get(address).status_code == 404
    merge = Merged.objects.get()
    separate = reverse("duplicates:separate", args=["people", merge.pk])
    assert "Separate" in client.get(reverse("duplicates:merged", args=["people"])).content.decode()
    client.post(separate)
    assert Record.objects.get(pk=one.pk).archived_at is None
    again = client.post(separate, follow=True).content.decode()
    assert "already been separated" in again


def test_a_choice_made_upon_an_older_row_is_refused(county: County, sign_in: SignIn) -> None:
    one, other = two(county)
    said = {"keep": str(one.pk), "name": str(one.pk), "mobile": str(one.pk), f"version_{one.pk}": "99"}
    answer = sign_in("a", "clerk").post(compare(one.pk, other.pk), said)
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in answer.content.decode()


def test_not_the_same_is_remembered(county: County, sign_in: SignIn) -> None:
    one, other = two(county)
    client = sign_in("a", "clerk")
    address = reverse("duplicates:not_same", args=["people", other.pk, one.pk])
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert NotSame.objects.count() == 1
    assert "欧阳小草" not in client.get(PAIRS).content.decode()


def test_nonsense_in_the_address(county: County, sign_in: SignIn) -> None:
    client = sign_in("a", "clerk")
    one, _other = two(county)
    for address in (compare(one.pk, one.pk), compare(one.pk, 10**30), "/duplicates/ghosts/"):
        assert client.get(address).status_code == 404, address


def test_units_and_where_an_old_address_leads(county: County, sign_in: SignIn, client: Client) -> None:
    def school(code: str, name: str) -> Unit:
        return create_unit(by=SYSTEM, code=code, name=name, kind="school", region=county.regions["a"])

    one, other = school("S1", "鄠邑区草堂小学"), school("S2", "草堂小学")
    desk = sign_in("emo", "duty_officer")
    assert "草堂小学" in desk.get(reverse("duplicates:pairs", args=["units"])).content.decode()
    assert desk.get(compare(one.pk, other.pk, "units")).status_code == 200
    said = {"keep": str(other.pk), "name": str(other.pk)}
    assert desk.post(compare(one.pk, other.pk, "units"), said).status_code == 302
    old = desk.get(reverse("web:unit", args=["S1"])).content.decode()
    assert reverse("web:unit", args=["S2"]) in old
    head = {"Authorization": f"Bearer {county.key('emo', 'registers.read')}"}
    gone = client.get(f"/api/v1/registers/units/{one.pk}", headers=head)
    assert gone.status_code == 410
    assert str(other.pk) in gone.content.decode()
    listed = client.get("/api/v1/registers/units?limit=200", headers=head).json()["items"]
    assert [row["id"] for row in listed if "草堂小学" in row["name"]] == [other.pk]


def test_machines_read_where_a_person_went(county: County, client: Client) -> None:
    one, other = two(county)
    merge_people(one, other, by=SYSTEM, choose={"name": "kept", "mobile": "kept"})
    head = {"Authorization": f"Bearer {county.key('a', 'registers.read')}"}
    assert client.get(f"/api/v1/registers/people/{other.pk}", headers=head).json()["merged_into"] == one.pk
    assert client.get(f"/api/v1/registers/people/{one.pk}", headers=head).json()["merged_into"] is None


def test_the_number_of_queries_does_not_grow(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("a", "clerk")
    for place in range(15):
        for _twice in range(2):
            add_person(by=SYSTEM, name=f"人{place}", unit=county.units["a"])
    client.get(PAIRS)
    with django_assert_max_num_queries(20):
        page = client.get(PAIRS).content.decode()
    assert "人14" in page
