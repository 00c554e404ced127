"""Beside each proposed team stands what would be done without it, and what the county loses; the same on paper."""

from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.services import change_place
from fenghuo.response.command.presenting import present_teams
from fenghuo.response.command.proposing import propose_teams
from fenghuo.response.incidents.models import Incident
from tests.county import County

from .conftest import MakeTeam


def test_who_would_go_instead_and_how_much_later(crash: Incident, desk: Actor, make_team: MakeTeam) -> None:
    make_team("近处破拆队", "rescue_cutting", km=2.0)
    make_team("远处破拆队", "rescue_cutting", km=8.0)
    shown = present_teams(propose_teams(crash, desk))
    (row,) = [one for one in shown.choices if one.name == "近处破拆队"]
    assert "远处破拆队" in row.without
    assert shown.runner_up
    assert shown.proven


def test_nobody_can_take_its_place(crash: Incident, desk: Actor, make_team: MakeTeam) -> None:
    make_team("唯一破拆队", "rescue_cutting", km=2.0)
    shown = present_teams(propose_teams(crash, desk))
    (row,) = [one for one in shown.choices if one.name == "唯一破拆队"]
    assert row.without
    assert "唯一破拆队" in row.without


def test_a_town_that_loses_its_last_team_is_named(
    crash: Incident, desk: Actor, make_team: MakeTeam, county: County
) -> None:
    town = Region.objects.get(pk=county.regions["a"].pk)
    change_place(town, by=SYSTEM, latitude=34.05, longitude=108.71)
    make_team("唯一破拆队", "rescue_cutting", km=2.0)
    shown = present_teams(propose_teams(crash, desk))
    assert shown.uncovered == [town.name]
    make_team("留守队", "pumping", km=1.0)
    assert present_teams(propose_teams(crash, desk)).uncovered == []


def test_page_and_paper_say_the_same(crash: Incident, officer: Client, make_team: MakeTeam) -> None:
    make_team("近处破拆队", "rescue_cutting", km=2.0)
    make_team("远处破拆队", "rescue_cutting", km=8.0)
    for end in ("orders/", "orders/print/"):
        answer = officer.get(f"/incidents/{crash.record.number}/{end}")
        page = answer.content.decode()
        assert answer.status_code == 200
        (row,) = [one for one in answer.context["proposal"].choices if one.name == "近处破拆队"]
        assert row.without in page
        assert answer.context["proposal"].proof in page
