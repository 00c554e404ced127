"""A crash with one trapped and three injured, and teams around it."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.readiness.teams.models import Team, TeamKind
from fenghuo.readiness.teams.services import OnCall, create_team, set_contacts
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import open_incident
from tests.county import County

type MakeTeam = Callable[..., Team]


@pytest.fixture
def desk(county: County) -> Actor:
    return county.actor("emo")


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
