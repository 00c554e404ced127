"""The panel of ways and times: who is first there, along the roads as they are now."""

from django.test import Client

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.services import close_road
from fenghuo.kernel.maps.tests.bridge import BRIDGE
from fenghuo.response.command.ways import first_teams
from fenghuo.response.incidents.models import Incident
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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
