"""Where to build next, as pages, paper and workbook see it: teams and villages of the small county."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registry.services import create_region
from fenghuo.readiness.teams.services import create_team
from tests.county import County
from tests.test_covering import client_of

pytestmark = pytest.mark.django_db

HERE, NEAR, FAR, FARTHER = (34.10, 108.60), (34.11, 108.61), (34.10, 108.75), (34.11, 108.76)


@pytest.fixture(autouse=True)
def no_roads(settings: Any, tmp_path: Any) -> None:
    settings.MAPS = tmp_path / "none"


@pytest.fixture
def villages(county: County) -> County:
    """Two villages near the only team, two far from it with most of the people; one of unknown position."""
    for code, name, town, at, people in (
        ("610118007201", "近一村委会", "a", HERE, 500),
        ("610118007202", "近二村委会", "a", NEAR, None),
        ("610118002201", "远一村委会", "b", FAR, 3000),
        ("610118002202", "远二村委会", "b", FARTHER, 900),
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
    create_team(
        by=SYSTEM,
        unit=county.units["a"],
        name="近处消防队",
        kind="general",
        latitude=HERE[0],
        longitude=HERE[1],
        region=county.regions["a"],
        capabilities=["firefighting"],
    )
    return county


type Ask = Callable[[str], Any]


@pytest.fixture
def ask(villages: County) -> Ask:
    client = client_of(villages, "emo")

    def asked(query: str) -> Any:
        return client.get("/map/siting/" + query)

    return asked


def chosen(answer: Any) -> list[str]:
    return [one.village.name for one in answer.context["places"]]


def test_the_next_one_is_where_most_people_wait_longest(ask: Ask) -> None:
    answer = ask("?new=1")
    assert answer.status_code == 200
    assert chosen(answer) == ["远一村"]
    assert answer.context["worth"].proven
    page = answer.content.decode()
    assert "远一村" in page
    assert "已证明" in page
    gains = [(row.village.name, row.now > row.then) for row in answer.context["page"]]
    assert gains == [("远一村", True), ("远二村", True)]


def test_what_is_there_can_be_left_out(ask: Ask) -> None:
    answer = ask("?new=1&beside=nothing")
    assert [one.now for one in answer.context["page"]] == [None] * 4  # nobody is served without them
    assert ask("?new=1&choice=medical").context["found"].existing == {}


def test_the_curve_begins_with_what_is_there(ask: Ask) -> None:
    answer = ask("?new=3&aim=cover&minutes=5")
    points = answer.context["curve"]
    assert [point.number for point in points] == list(range(len(points)))
    assert points[0].names == ""
    assert [point.bar for point in points] == sorted(point.bar for point in points)


def test_a_position_nobody_knows_is_said(ask: Ask) -> None:
    answer = ask("")
    assert [one.name for one in answer.context["unplaced"]] == ["草堂营村"]
    assert any("位置不详" in one for one in answer.context["reasons"])


@pytest.mark.parametrize(
    ("query", "field", "kept"),
    [("?new=99", "new", 'value="99"'), ("?minutes=x", "minutes", 'value="x"'), ("?aim=best", "aim", "best")],
)
def test_what_cannot_be_asked_is_said_and_kept(ask: Ask, query: str, field: str, kept: str) -> None:
    answer = ask(query)
    assert answer.status_code == 422
    assert [fault.field for fault in answer.context["faults"]] == [field]
    assert kept in answer.content.decode()
    assert answer.context["found"].proposal is not None  # the usual question is answered meanwhile


def test_without_any_position_the_way_out_is_said(county: County) -> None:
    answer = client_of(county, "emo").get("/map/siting/")
    assert answer.status_code == 200
    assert "没有" in answer.content.decode()


def test_the_paper_says_what_the_page_says(ask: Ask) -> None:
    on_page = chosen(ask("?new=2"))
    paper = ask("paper/?new=2")
    assert chosen(paper) == on_page
    text = paper.content.decode()
    assert all(name in text for name in on_page)
    assert paper.context["drawing"].marks


def test_the_workbook_has_every_village(villages: County) -> None:
    answer = client_of(villages, "emo").get("/map/siting.xlsx?new=1")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = {row[2]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert {"610118007201", "610118007202", "610118002201", "610118002202"} <= set(rows)
    far = rows["610118002201"]
    now, then = far[4], far[6]
    assert isinstance(now, int)
    assert isinstance(then, int)
    assert now > then


def test_a_stranger_is_asked_to_sign_in(villages: County) -> None:
    assert Client().get("/map/siting/").status_code in {302, 403}
