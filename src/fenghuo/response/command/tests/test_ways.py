"""The panel of ways and times: who is first there, along the roads as they are now."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.services import close_road
from fenghuo.kernel.maps.tests.bridge import BRIDGE, EAST, WEST, build_bridge_town
from fenghuo.readiness.teams.services import change_team
from fenghuo.response.command.ways import first_teams
from fenghuo.response.incidents.models import Incident
from tests.county import County

from .conftest import MakeTeam

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def across(county: County, crash: Incident, make_team: MakeTeam, settings: Any, tmp_path: Path) -> Incident:
    """The crash on the east bank, one team on the west bank and one on the north bridge's west end."""
    build_bridge_town(settings, tmp_path)
    for name, (latitude, longitude) in (("西岸队", WEST), ("北桥队", (34.07, 108.6005))):
        change_team(make_team(name), by=SYSTEM, latitude=latitude, longitude=longitude)
    crash.latitude, crash.longitude = EAST
    crash.save(update_fields=["latitude", "longitude"])
    return crash


def test_a_closure_changes_who_is_first(across: Incident, desk: Actor) -> None:
    before = first_teams(across, desk)
    assert [one.name for one in before] == ["西岸队", "北桥队"]
    assert not any(one.estimate for one in before)
    close_road(by=desk, where="中桥", reason="桥面过水", geometry=BRIDGE)
    after = first_teams(across, desk)
    assert [one.name for one in after] == ["北桥队", "西岸队"]
    assert after[1].minutes > before[0].minutes  # type: ignore[operator]


def test_the_panel_names_teams_minutes_and_closed_roads(across: Incident, county: County, client: Client) -> None:
    client.force_login(Account.objects.get(person=county.account("wang").person), BACKEND)
    page = client.get(f"/incidents/{across.record.number}/ways/", headers={"HX-Request": "true"}).content.decode()
    assert 'data-to="34.05,108.611"' in page
    assert 'data-from="34.05,108.599"' in page
    assert page.index("西岸队") < page.index("北桥队")
    assert (
        f"/incidents/{across.record.number}/ways/" in client.get(f"/incidents/{across.record.number}/").content.decode()
    )


def test_without_a_place_the_panel_says_so(crash: Incident, county: County, client: Client) -> None:
    crash.latitude = crash.longitude = None
    crash.save(update_fields=["latitude", "longitude"])
    client.force_login(Account.objects.get(person=county.account("wang").person), BACKEND)
    page = client.get(f"/incidents/{crash.record.number}/ways/")
    assert page.status_code == 200
    assert "data-to=" not in page.content.decode()
