"""A few teams in the small county of the tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import create_team
from tests.county import County

type MakeTeam = Callable[..., Team]


@pytest.fixture
def make_team(county: County) -> MakeTeam:
    """make_team(unit="a", **values): a team of that unit on record."""
    serial = count(1)

    def make(unit: str = "a", **said: Any) -> Team:
        values = {"name": f"应急队{next(serial)}", "kind": "general"} | said
        return create_team(by=SYSTEM, unit=county.units[unit], **values)

    return make
