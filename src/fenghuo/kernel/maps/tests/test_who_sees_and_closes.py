"""Every door to restrictions, for the whole standing cast: page, list, layer, machine; read, enter, change, lift."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.models import Closure
from tests.county import County

from .bridge import BRIDGE
from .test_closures import closed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHANGE, READ, NOTHING = "closes and lifts", "reads", "sees nothing"
CAST = {
    ("emo", "duty_officer"): CHANGE,
    ("emo", "clerk"): CHANGE,
    ("government", "head"): CHANGE,
    ("psb", "duty_officer"): CHANGE,
    ("emo", "observer"): READ,
    ("psb", "observer"): READ,
    ("education", "clerk"): READ,  # another line of the same county
    ("a", "duty_officer"): READ,  # towns: by the share that each closure gives
    ("b", "clerk"): READ,
    ("village", "head"): NOTHING,
    ("neighbour", "duty_officer"): NOTHING,
}
FORM = {"where": "渭丰桥", "reason": "施工", "geometry": json.dumps(BRIDGE), "effect": "slowed", "factor": "2"}

type SignIn = Callable[[str, str], Client]


@pytest.fixture
def sign_in(county: County) -> SignIn:
    def client(unit: str, role: str) -> Client:
        made = Client()
        person = county.account(f"{role}-{unit}", unit, role).person
        made.force_login(Account.objects.get(person=person), BACKEND)
        return made

    return client


@pytest.mark.parametrize("exercise", [False, True])
@pytest.mark.parametrize(("who", "may"), CAST.items())
def test_who_may_what(county: County, sign_in: SignIn, who: tuple[str, str], may: str, exercise: bool) -> None:
    made = closed(county.actor("emo"), exercise=exercise)
    client, address = sign_in(*who), f"/map/closures/{made.record.number}/"
    reads, changes = may != NOTHING, may == CHANGE
    assert client.get(address).status_code == (200 if reads else 404)
    assert (made.record.title in client.get("/map/closures/").content.decode()) == reads
    layer = "closures-exercise" if exercise else "closures"
    assert len(client.get(f"/map/layers/{layer}.json").json()["features"]) == int(reads)
    assert client.get("/map/closures/new/").status_code == (200 if changes else 403)
    assert client.post("/map/closures/new/", FORM).status_code == (302 if changes else 403)
    assert Closure.objects.count() == 1 + changes
    assert client.get(f"{address}change/").status_code == (200 if changes else 403 if reads else 404)
    client.post(f"{address}lift/")
    made.refresh_from_db()
    assert (made.lifted_at is not None) == changes


@pytest.mark.parametrize(
    ("unit", "scope", "seen", "closes"),
    [
        ("psb", "registers.write", True, 201),
        ("psb", "registers.read", True, 403),
        ("education", "registers.write", True, 403),
        ("neighbour", "registers.write", False, 403),
        ("emo", "intake.write", None, 403),
    ],
)
def test_machines_by_unit_and_scope(county: County, unit: str, scope: str, seen: bool | None, closes: int) -> None:
    made = closed(county.actor("emo"))
    headers = {"Authorization": f"Bearer {county.key(unit, scope)}"}
    answer = Client().get("/api/v1/closures", headers=headers)
    if seen is None:
        assert answer.status_code == 403
    else:
        assert [one["number"] for one in answer.json()["items"]] == ([made.record.number] if seen else [])
        one = Client().get(f"/api/v1/closures/{made.record.number}", headers=headers)
        assert one.status_code == (200 if seen else 404)
    said: Any = FORM | {"geometry": BRIDGE, "factor": 2}
    posted = Client().post("/api/v1/closures", json.dumps(said), content_type="application/json", headers=headers)
    assert posted.status_code == closes


def test_nobody_who_is_not_signed_in_asks_the_roads(county: County) -> None:
    for path in ("", "closures/", "layers/closures.json", "route.json", "reach.json", "county.pmtiles", "layers/"):
        assert Client().get(f"/map/{path}").status_code in (302, 401), path
