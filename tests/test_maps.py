"""What a map asks for: the county's base, layers of what may be seen, tiles in ranges."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.response.incidents.services import open_incident
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


def test_the_base_is_the_countys_own(desk: Client) -> None:
    base = desk.get("/map/base.json").json()
    assert base["bounds"] == [108.3, 33.7, 108.9, 34.2]
    assert base["boundary"]["features"][0]["properties"] == {"title": "鄠邑区"}
    assert base["tiles"] is False
    assert desk.get("/map/county.pmtiles").status_code == 404


def test_a_layer_shows_what_may_be_seen(desk: Client, county: County, client: Client) -> None:
    open_incident([county.report()], by=county.actor("emo"))
    (feature,) = desk.get("/map/layers/incidents.json").json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [108.7108, 34.0439]}
    assert desk.get("/map/layers/nothing.json").status_code == 404
    other = Client()
    other.force_login(Account.objects.get(person=county.account("town", "b", "clerk").person), BACKEND)
    assert other.get("/map/layers/incidents.json").json()["features"] == []


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("", 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-12", 416, b"", "bytes */10"),
    ],
)
def test_tiles_come_in_ranges(
    desk: Client, settings: Any, tmp_path: Path, asked: str, status: int, body: bytes, said: str | None
) -> None:
    settings.MAPS = tmp_path
    (tmp_path / "county.pmtiles").write_bytes(b"0123456789")
    answer = desk.get("/map/county.pmtiles", headers={"Range": asked} if asked else {})
    given = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert (answer.status_code, given, answer.headers.get("Content-Range")) == (status, body, said)
