"""Closed roads on pages and for machines."""

import json
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.models import Closure
from tests.county import County

from .bridge import BRIDGE
from .test_closures import closed

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAID = {"where": "涝河中桥", "reason": "桥面过水", "geometry": BRIDGE}


def signed_in(county: County, unit: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=county.account(f"desk-{unit}", unit).person), BACKEND)
    return client


def test_the_desk_closes_changes_and_lifts_on_pages(county: County) -> None:
    desk = signed_in(county, "emo")
    made = desk.post("/map/closures/new/", SAID | {"geometry": json.dumps(BRIDGE)}, follow=True)
    assert "涝河中桥" in made.content.decode()
    one = Closure.objects.get()
    address = f"/map/closures/{one.record.number}/"
    assert made.redirect_chain == [(address, 302)]
    assert "涝河中桥" in desk.get("/map/closures/").content.decode()
    page = desk.get(f"{address}change/").content.decode()
    assert "桥面过水" in page
    form = {"where": "涝河中桥", "reason": "桥墩冲毁", "geometry": json.dumps(BRIDGE), "version": "1"}
    form["from_at"] = desk.get(f"{address}change/").context["form"]["from_at"].value().strftime("%Y-%m-%dT%H:%M:%S")
    assert desk.post(f"{address}change/", form).status_code == 302
    one.refresh_from_db()
    assert one.reason == "桥墩冲毁"
    assert one.from_at.microsecond  # was not touched
    assert desk.post(f"{address}change/", form | {"reason": "别的"}).status_code == 422  # changed meanwhile
    desk.post(f"{address}lift/")
    assert "涝河中桥" not in desk.get("/map/closures/").content.decode()
    assert "涝河中桥" in desk.get("/map/closures/?view=past").content.decode()


def test_what_was_typed_and_drawn_is_kept_when_it_is_refused(county: County) -> None:
    page = signed_in(county, "emo").post("/map/closures/new/", SAID | {"geometry": json.dumps(BRIDGE), "reason": ""})
    assert page.status_code == 422
    assert page.context["form"]["where"].value() == "涝河中桥"
    assert "108.605" in page.content.decode()
    assert not Closure.objects.exists()


def test_a_town_reads_and_closes_nothing(county: County) -> None:
    made = closed(county.actor("emo"))
    town = signed_in(county, "a")
    page = town.get(f"/map/closures/{made.record.number}/").content.decode()
    assert "涝河中桥" in page
    assert "/lift/" not in page
    assert town.get("/map/closures/new/").status_code == 403
    (feature,) = town.get("/map/layers/closures.json").json()["features"]
    assert feature["geometry"]["type"] == "LineString"
    assert feature["properties"]["standing"] == "closed"
    assert signed_in(county, "village").get("/map/layers/closures.json").json()["features"] == []


@pytest.fixture
def machine(county: County) -> Any:
    key = county.key("psb", "registers.write")

    def ask(method: str, path: str, said: Any = None, **headers: str) -> Any:
        more = {"Authorization": f"Bearer {key}", **headers}
        body = json.dumps(said) if said is not None else ""
        return Client().generic(method, f"/api/v1{path}", body, content_type="application/json", headers=more)

    return ask


def test_a_machine_of_public_security_closes_lists_and_lifts(machine: Any) -> None:
    made = machine("POST", "/closures", SAID, **{"Idempotency-Key": "a"})
    assert made.status_code == 201
    assert machine("POST", "/closures", SAID, **{"Idempotency-Key": "a"}).json() == made.json()
    one = made.json()
    assert (one["where"], one["standing"], one["unit"]) == ("涝河中桥", "closed", "610118000000-PSB")
    assert machine("GET", "/closures").json()["items"] == [one]
    lifted = machine("POST", f"/closures/{one['number']}/lift", {})
    assert lifted.json()["standing"] == "lifted"
    assert machine("POST", f"/closures/{one['number']}/lift", {}).status_code == 409
    assert machine("GET", "/closures").json()["items"] == []
    assert len(machine("GET", "/closures?all=true").json()["items"]) == 1


def test_a_machine_is_told_which_field_is_wrong(machine: Any) -> None:
    refused = machine("POST", "/closures", SAID | {"geometry": {"type": "Polygon", "coordinates": []}})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["geometry"]
