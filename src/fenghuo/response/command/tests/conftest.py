"""A crash with one trapped and three injured, and teams around it."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.tests.bridge import EAST, WEST, build_bridge_town
from fenghuo.readiness.teams.models import Team, TeamKind
from fenghuo.readiness.teams.services import OnCall, change_team, create_team, set_contacts
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import open_incident
from tests.county import County

type MakeTeam = Callable[..., Team]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(county: County) -> Actor:
    return county.actor("emo")


@pytest.fixture
def officer(county: County, client: Client) -> Client:
    client.force_login(Account.objects.get(person=county.account("wang").person), BACKEND)
    return client


@pytest.fixture
def crash(county: County, desk: Actor) -> Incident:
    return open_incident([county.report(figures={"injured": 3, "trapped": 1})], by=desk)


@pytest.fixture
def make_team(county: County) -> MakeTeam:
    """make_team(name, "rescue_cutting", km=2.0): so far north of the crash; one contact with a mobile telephone."""
    serial = count(1)

    def make(name: str, *capabilities: str, km: float | None = 2.0, unit: str = "emo") -> Team:
        said: dict[str, Any] = {"name": name, "kind": TeamKind.PROFESSIONAL, "capabilities": capabilities}
        if km is not None:
            said |= {"latitude": 34.0439 + km / 111.0, "longitude": 108.7108}
        made = create_team(by=SYSTEM, unit=county.units[unit], **said)
        number = next(serial)
        set_contacts(made, by=SYSTEM, contacts=[OnCall(name=f"{name}队长", phone=f"138000010{number:02d}")])
        return Team.objects.select_related("record").get(pk=made.pk)

    return make


@pytest.fixture
def across(county: County, crash: Incident, make_team: MakeTeam, settings: Any, tmp_path: Path) -> Incident:
    """The crash on the east bank, one team on the west bank and one on the north bridge's west end."""
    build_bridge_town(settings, tmp_path)
    for name, (latitude, longitude) in (("西岸队", WEST), ("北桥队", (34.07, 108.6005))):
        change_team(make_team(name), by=SYSTEM, latitude=latitude, longitude=longitude)
    crash.latitude, crash.longitude = EAST
    crash.save(update_fields=["latitude", "longitude"])
    return crash
