"""A crash with one trapped and three injured, and teams around it."""

from collections.abc import Callable

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
    serial = iter(range(1, 100))

    def make(name: str, *capabilities: str, km: float | None = 2.0, unit: str = "emo") -> Team:
        number = next(serial)
        position = {} if km is None else {"latitude": 34.0439 + km / 111.0, "longitude": 108.7108}
        made = create_team(
            by=desk,
            name=name,
            kind=TeamKind.PROFESSIONAL,
            unit=county.units[unit],
            capabilities=capabilities,
            **position,
        )
        set_contacts(made, [OnCall(name=f"{name}队长", phone=f"138000010{number:02d}")], by=desk)
        return Team.objects.select_related("record").get(pk=made.pk)

    return make
