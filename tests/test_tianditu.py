"""天地图 is a county's own choice: without a key no page names it, with one only its servers are asked."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from fenghuo.config import settings as flat
from fenghuo.config.tianditu import SERVERS, tianditu_key, tianditu_servers
from fenghuo.kernel.access.models import Account
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


def test_without_a_key_no_foreign_server_is_named(desk: Client) -> None:
    assert flat.TIANDITU_SERVERS == []
    assert tianditu_servers("", "https://map.example.cn") == []
    assert desk.get("/map/base.json").json()["backgrounds"] == []
    assert "tianditu" not in desk.get("/map/closures/").headers["Content-Security-Policy"]


def test_with_a_key_its_map_and_pictures_can_be_chosen(desk: Client, settings: Any) -> None:
    settings.TIANDITU_KEY, settings.TIANDITU_SERVERS = KEY, tianditu_servers(KEY, "")
    map_, pictures = desk.get("/map/base.json").json()["backgrounds"]
    assert [map_["name"], pictures["name"]] == ["vec", "img"]
    assert "天地图" in map_["credit"]
    assert map_["note"]
    ground, names = map_["tiles"]
    assert [address.split("/vec_w")[0] for address in ground] == SERVERS
    assert all("LAYER=cva" in address for address in names)
    # Web Mercator: not the grid of degrees, which the map could not lay down
    assert all(
        f"TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={KEY}" in one for one in ground
    )


@pytest.mark.parametrize("said", ["key with spaces", "short", "x" * 65, "abc&tk=evil12345", "'; script-src *"])
def test_what_is_no_key_is_refused(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FENGHUO_TIANDITU_KEY"):
        tianditu_key(said)


@pytest.mark.parametrize(
    "said", ["map.example.cn", "https://a.cn; script-src *", "https://*", "ftp://a.cn", "https://a.cn/x"]
)
def test_nothing_else_slips_into_the_policy(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FENGHUO_TIANDITU_SERVERS"):
        tianditu_servers(KEY, said)
