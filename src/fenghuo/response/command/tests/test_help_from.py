"""Where something stays unmet, whom to telephone is said beside it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry.services import create_unit
from fenghuo.response.command.help_from import MOST, who_could_be_asked
from fenghuo.response.command.presenting import present_teams
from fenghuo.response.command.proposing import propose_teams
from fenghuo.response.incidents.models import Incident
from tests.county import County

from .conftest import MakeTeam


def test_the_line_then_neighbours_then_superiors(county: County, crash: Incident, desk: Actor) -> None:
    above = create_unit(by=SYSTEM, code="610100000000-EMO", name="西安市应急管理局", kind=UnitKind.SUPERIOR,
                        region=county.regions["city"], phone="029-86780000")  # fmt: skip
    found = [(one.code, one.phone) for one in who_could_be_asked(crash, desk)]
    codes = [code for code, _phone in found]
    assert codes.index(county.units["transport"].code) < codes.index(county.units["neighbour"].code)
    assert found[-1] == (above.code, "029-86780000")
    assert county.units["education"].code not in codes  # another line
    assert county.units["emo"].code not in codes  # the own unit


def test_they_are_few_and_cost_the_same(
    county: County, crash: Incident, desk: Actor, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        create_unit(by=SYSTEM, code=f"6101{number:02d}-X", name=f"邻县{number}应急局", kind=UnitKind.EMERGENCY_OFFICE,
                    region=county.regions["city"])  # fmt: skip
    with django_assert_max_num_queries(2):
        found = who_could_be_asked(crash, desk)
    assert [one.code for one in found if one.code.endswith("-X")] == [f"6101{number:02d}-X" for number in range(MOST)]
    assert county.units["transport"].code in [one.code for one in found]


def test_the_page_says_it_only_where_something_is_missing(
    county: County, crash: Incident, desk: Actor, make_team: MakeTeam, officer: Client
) -> None:
    pages = [reverse(name, args=[crash.record.number]) for name in ("command:orders", "command:proposal_sheet")]
    name = county.units["transport"].short_name or county.units["transport"].name
    assert present_teams(propose_teams(crash, desk)).unmet
    for page in pages:
        assert name in officer.get(page).content.decode()
    for number in range(3):
        make_team(
            f"全能队{number}",
            "rescue_cutting",
            "medical",
            "traffic_control",
            "heavy_lifting",
            "road_clearing",
            "hazmat",
            "firefighting",
        )
    assert [row.what for row in present_teams(propose_teams(crash, desk)).unmet] == []
    for page in pages:
        assert name not in officer.get(page).content.decode()
