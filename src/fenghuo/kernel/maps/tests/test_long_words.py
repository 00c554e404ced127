"""A list of restrictions with nothing in it, and with words as long as they may be."""

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from tests.county import County

from .test_closures import closed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


def test_an_empty_list_says_what_belongs_there(desk: Client) -> None:
    for address in ("/map/closures/", "/map/closures/?view=past"):
        page = desk.get(address).content.decode()
        assert 'class="card pad empty"' in page
        assert "<table" not in page


def test_the_longest_words_go_in_and_come_out_whole(desk: Client, county: County) -> None:
    where, reason = "桥" * 200, "<水>" * 66
    made = closed(county.actor("emo"), where=where, reason=reason)
    page = desk.get("/map/closures/").content.decode()
    assert where in page
    assert "<水>" not in page
    assert "&lt;水&gt;" * 66 in page
    assert where in desk.get(f"/map/closures/{made.record.number}/").content.decode()
    (feature,) = desk.get("/map/layers/closures.json").json()["features"]
    assert feature["properties"]["title"] == where
