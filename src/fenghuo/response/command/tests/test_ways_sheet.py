"""The sheet with map and way: what stands on it, for whom, and what it says where there is nothing to draw."""

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.services import close_road
from fenghuo.kernel.maps.tests.bridge import BRIDGE
from fenghuo.response.command.sheet import sheet
from fenghuo.response.incidents.models import Incident
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_it_leads_the_first_team_along_the_roads_and_round_what_is_closed(
    across: Incident, officer: Client, desk: Actor
) -> None:
    address = f"/incidents/{across.record.number}/ways/print/"
    page = officer.get(address)
    said = page.content.decode()
    assert page.context["sheet"].team.name == "西岸队"
    assert ["中桥" in step for step in page.context["sheet"].way.steps].count(True) == 1
    assert 'class="way" d="M' in said
    assert "style=" not in said
    close_road(by=desk, where="中桥", reason="积水", geometry=BRIDGE, effect="flooded", depth_cm=80)
    page = officer.get(address, {"team": page.context["sheet"].team.number})
    assert any("北桥" in step for step in page.context["sheet"].way.steps)
    (mark,) = page.context["sheet"].drawing.restricted
    assert (mark.number, mark.sign) == (1, "≈ 80 cm")
    assert "积水" in page.content.decode()


def test_everything_asked_for_lies_within_the_drawing(across: Incident, desk: Actor) -> None:
    made = sheet(across, desk)
    assert made is not None
    drawing = made.drawing
    assert {mark.name for mark in drawing.marks} >= {across.record.title, "西岸队"}
    assert all(0 <= mark.x <= drawing.width and 0 <= mark.y <= drawing.height for mark in drawing.marks)
    place, team = drawing.marks[0], next(mark for mark in drawing.marks if mark.name == "西岸队")
    assert team.x < place.x  # west is left
    # 1.1 km between the banks, by the bar that stands on the sheet
    assert (place.x - team.x) * drawing.metres / drawing.bar == pytest.approx(1106, rel=0.02)


def test_a_team_that_is_cut_off_is_told_so(across: Incident, officer: Client, desk: Actor) -> None:
    whole = {"type": "Polygon", "coordinates": [[[108, 33], [109, 33], [109, 35], [108, 35], [108, 33]]]}
    number = sheet(across, desk).teams[0].number  # type: ignore[union-attr]
    close_road(by=desk, where="全县", reason="冰雪", geometry=whole)
    page = officer.get(f"/incidents/{across.record.number}/ways/print/", {"team": number, "mode": "car"})
    assert page.context["sheet"].way.none
    assert page.context["sheet"].way.none in page.content.decode()


def test_without_a_place_or_roads_it_is_still_a_page(crash: Incident, officer: Client) -> None:
    address = f"/incidents/{crash.record.number}/ways/print/"
    assert officer.get(address).status_code == 200  # no team, no roads
    crash.latitude = crash.longitude = None
    crash.save(update_fields=["latitude", "longitude"])
    page = officer.get(address)
    assert page.context["sheet"] is None
    assert "<svg" not in page.content.decode()


def test_who_may_not_see_the_incident_gets_no_sheet(across: Incident, county: County) -> None:
    client = Client()
    client.force_login(Account.objects.get(person=county.account("town", "b", "clerk").person), BACKEND)
    assert client.get(f"/incidents/{across.record.number}/ways/print/").status_code == 404
