"""A register's rows as a layer of maps: what the list shows, narrowed by the same words, and no more."""

from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.readiness.teams.models import TeamKind
from fenghuo.readiness.teams.services import create_team
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(county: County, unit: str, role: str = "clerk") -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=county.account(f"p-{unit}", unit, role).person), BACKEND)
    return client


@pytest.fixture
def teams(county: County) -> None:
    for name, kind, unit, position in (
        ("草堂义务队", TeamKind.VOLUNTEER, "a", (34.04, 108.71)),
        ("余下综合队", TeamKind.GENERAL, "b", (34.05, 108.6)),
    ):
        said: Any = {"latitude": position[0], "longitude": position[1]}
        create_team(by=SYSTEM, unit=county.units[unit], name=name, kind=kind, **said)


def titles(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/map/layers/teams.json{query}")
    return sorted(one["properties"]["title"] for one in answer.json()["features"])


def test_the_layer_is_narrowed_as_the_list_is(county: County, teams: None) -> None:
    desk = signed_in(county, "emo")
    assert titles(desk) == ["余下综合队", "草堂义务队"]
    for query, left in (
        ("?kind=volunteer", ["草堂义务队"]),
        ("?q=余下", ["余下综合队"]),
        ("?region=610118002000", ["余下综合队"]),
        ("?state=archive", []),
        ("?kind=nonsense&q=草堂", ["草堂义务队"]),  # what cannot be used is left out, as the list does
    ):
        listed = desk.get(f"/registers/teams/{query}").content.decode()
        assert titles(desk, query) == left
        assert [name for name in ("余下综合队", "草堂义务队") if name in listed] == left


def test_it_shows_what_the_actor_may_see(county: County, teams: None) -> None:
    town = signed_in(county, "a")
    assert titles(town) == ["草堂义务队"]
    assert titles(town, "?kind=general") == []
    assert titles(signed_in(county, "neighbour")) == []


def test_the_list_leads_to_the_map_with_its_filters_and_back(county: County, teams: None) -> None:
    desk = signed_in(county, "emo")
    assert "/map/?show=teams&amp;kind=volunteer" in desk.get("/registers/teams/?kind=volunteer").content.decode()
    page = desk.get("/map/?show=teams&kind=volunteer")
    (team,) = (one for one in page.context["shown"] if one.name == "teams")
    assert team.asked
    assert team.address == "/map/layers/teams.json?kind=volunteer"
    assert team.home == "/registers/teams/?kind=volunteer"
    assert {one.name for one in page.context["shown"] if not one.asked} >= {"incidents", "plan_coverage"}
    assert "closures" not in {one.name for one in page.context["shown"]}  # every map shows them anyway
