"""Who is within reach, as pages, workbooks and machines see it: teams against villages of the small county."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.maps.services import close_road
from fenghuo.kernel.maps.tests.bridge import BRIDGE, EAST, WEST, build_bridge_town
from fenghuo.kernel.registry.services import create_region
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import create_team, set_team_state
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FAR = (34.05, 108.75)  # twelve kilometres east

type Page = Callable[..., Any]


@pytest.fixture(autouse=True)
def no_roads(settings: Any, tmp_path: Any) -> None:
    settings.MAPS = tmp_path / "none"


@pytest.fixture
def reach(county: County) -> County:
    """The village of the county has no position; three more: one west, one east of the river, one far off."""
    for code, name, town, at, people in (
        ("610118007201", "西岸村委会", "a", WEST, 1200),
        ("610118007202", "东岸村委会", "a", EAST, None),
        ("610118002201", "远山村委会", "b", FAR, 300),
    ):
        create_region(
            by=SYSTEM,
            code=code,
            name=name,
            level="village",
            parent=county.regions[town],
            latitude=at[0],
            longitude=at[1],
            people=people,
        )
    teams: tuple[tuple[str, str, tuple[float, float] | None, str], ...] = (
        ("a", "西岸消防队", WEST, "firefighting"),
        ("a", "西岸救护队", WEST, "medical"),
        ("b", "远山队", FAR, "firefighting"),
        ("b", "无位置队", None, "pumping"),
    )
    for unit, name, base, slug in teams:
        create_team(
            by=SYSTEM,
            unit=county.units[unit],
            name=name,
            kind="general",
            latitude=base[0] if base else None,
            longitude=base[1] if base else None,
            region=county.regions[unit if base else "county"],
            capabilities=[slug],
        )
    return county


def client_of(county: County, unit: str, role: str = "duty_officer") -> Client:
    client = Client()
    account = county.account(f"{unit}-{role}", unit, role)
    client.force_login(Account.objects.get(person=account.person), BACKEND)
    return client


def page(county: County, query: str = "", unit: str = "emo") -> Any:
    return client_of(county, unit).get(f"/map/coverage/{query}")


def test_figures_say_what_is_reached_and_what_nobody_knows(reach: County) -> None:
    shown = page(reach, "?within=5min")
    within = shown.context["within"]
    assert (len(within.covered), len(within.twice), len(within.once)) == (3, 2, 1)
    assert (within.people.known, within.people.unknown) == (1500, 1)
    assert [one.name for one in shown.context["unplaced"]] == ["草堂营村"]
    assert [one.name for one in shown.context["unplaced_sites"]] == ["无位置队"]
    text = shown.content.decode()
    assert "草堂营村" in text
    assert "No roads are loaded" in text or "尚未载入道路" in text
    assert "inf" not in text.lower().replace("info", "")


def test_the_worst_served_stand_first_and_link_to_their_places(reach: County) -> None:
    shown = page(reach)
    rows = list(shown.context["page"])
    assert rows[0].village.name == "东岸村"
    assert f'href="{rows[0].url}"' in shown.content.decode()
    assert rows[0].estimate


def test_what_hangs_on_one_site_is_named_with_its_villages(reach: County) -> None:
    (one,) = page(reach, "?choice=firefighting&within=5min&town=610118002000").context["hanging"]
    assert (one.site.name, [village.name for village in one.villages]) == ("远山队", ["远山村"])


def test_a_capability_and_a_state_narrow_what_covers(reach: County) -> None:
    desk = client_of(reach, "emo")
    assert len(desk.get("/map/coverage/?choice=medical").context["found"].sites) == 1
    nothing = desk.get("/map/coverage/?choice=hazmat")
    assert nothing.status_code == 200
    assert nothing.context["found"].coverage is None
    team = next(one for one in Team.objects.select_related("record") if one.name == "西岸救护队")
    set_team_state(team, by=SYSTEM, state="unavailable", reason="检修")
    assert len(desk.get("/map/coverage/?choice=medical").context["found"].sites) == 1
    assert desk.get("/map/coverage/?choice=medical&who=ready").context["found"].sites == {}


def test_nobody_is_counted_whom_the_reader_may_not_see(reach: County) -> None:
    sites = page(reach, unit="a").context["found"].sites
    assert {one.name for one in sites.values()} == {"西岸消防队", "西岸救护队"}
    town = client_of(reach, "a", "clerk")
    for address in ("/map/coverage/", "/map/coverage.csv"):
        assert "远山队" not in town.get(address).content.decode()
    book = load_workbook(BytesIO(town.get("/map/coverage.xlsx").content)).active
    assert "远山队" not in str([[cell.value for cell in row] for row in book.iter_rows()])  # type: ignore[union-attr]


def test_closures_of_this_moment_are_heeded_and_may_be_left_out(reach: County, settings: Any, tmp_path: Any) -> None:
    build_bridge_town(settings, tmp_path)
    close_road(by=reach.actor("emo"), where="涝河中桥", reason="桥面过水", geometry=BRIDGE)

    desk = client_of(reach, "emo")

    def east(roads: str) -> float:
        shown = desk.get(f"/map/coverage/?choice=medical&roads={roads}")
        return next(float(one.cost) for one in shown.context["found"].coverage.served if one.demand.name == "东岸村")

    assert east("now") > east("open") + 60


def test_where_no_road_leads_is_said_and_counted_first(reach: County, settings: Any, tmp_path: Any) -> None:
    build_bridge_town(settings, tmp_path)
    everywhere = {
        "type": "Polygon",
        "coordinates": [[[108.5, 34], [108.7, 34], [108.7, 34.1], [108.5, 34.1], [108.5, 34]]],
    }
    close_road(by=reach.actor("emo"), where="全城", reason="洪水", geometry=everywhere)
    shown = page(reach, "?choice=medical")
    rows = list(shown.context["page"])
    assert rows[0].site is None
    assert shown.context["cut_off"] >= 1
    assert "inf" not in shown.content.decode().replace("info", "").lower()


def test_metres_are_asked_in_a_straight_line(reach: County) -> None:
    within = page(reach, "?within=1000m&choice=medical").context["within"]
    assert within.covered == ("610118007201",)
    assert within.uncovered == ("610118002201", "610118007202")


@pytest.mark.parametrize(
    "query",
    ["?within=0min", "?within=ten", "?minutes=5&metres=5", "?mode=tank", "?choice=x", "?town=1", "?of=moons", "?who=x"],
)
def test_what_cannot_be_asked_is_said_by_its_field_above_the_usual_answer(reach: County, query: str) -> None:
    shown = page(reach, query)
    assert shown.status_code == 422
    assert shown.context["faults"][0].field
    assert shown.context["within"].threshold.most == 10


def test_a_county_without_villages_or_teams_says_what_belongs_there(county: County) -> None:
    assert page(county).context["found"].coverage is None


def test_the_workbook_and_the_table_have_a_row_for_every_village(reach: County) -> None:
    desk = client_of(reach, "emo")
    book = load_workbook(BytesIO(desk.get("/map/coverage.xlsx?within=5min").content)).active
    assert book is not None
    rows = [[cell.value for cell in row] for row in book.iter_rows(min_row=2)]
    assert [row[1] for row in rows] == ["东岸村", "西岸村", "远山村", "草堂营村"]
    assert rows[0][3] is None  # nobody knows how many live there
    assert rows[3][6] is None
    lines = desk.get("/map/coverage.csv?within=5min").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 4
    assert "东岸村" in lines[1]


def test_a_machine_is_told_the_same(reach: County) -> None:
    headers = {"Authorization": f"Bearer {reach.key('emo', 'registers.read')}"}
    answer = Client().get("/api/v1/maps/coverage?minutes=5", headers=headers)
    assert answer.status_code == 200
    said = answer.json()
    five = next(one for one in said["within"] if one["minutes"] == 5)
    assert (five["covered"], five["twice"], five["people"]) == (3, 2, {"known": 1500, "unknown": 1})
    assert said["worst"][0]["name"] == "东岸村"
    assert said["worst"][0]["people"] is None
    assert [one["name"] for one in said["positions_unknown"]] == ["草堂营村"]
    refused = Client().get("/api/v1/maps/coverage?minutes=-5", headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "minutes")
    without = {"Authorization": f"Bearer {reach.key('110', 'intake.write')}"}
    assert Client().get("/api/v1/maps/coverage", headers=without).status_code == 403
