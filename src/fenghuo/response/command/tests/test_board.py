"""The wall board: what stands on it, in which order, for whom, and at what price."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.assignments.models import Way
from fenghuo.kernel.assignments.receivers import addressees
from fenghuo.kernel.assignments.services import Order, Place, Said, acknowledge, decline, issue, report_progress
from fenghuo.kernel.web.strip import Scene, tiles_for
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import create_team
from fenghuo.response.command.board import Picture, picture
from fenghuo.response.command.pins import map_data
from fenghuo.response.command.services import add_video
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import control_incident, draw_area, grade_incident, open_incident, set_figures
from tests.county import County
from tests.orders import give

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BY_PHONE = Said(way=Way.NOTED, name="李队")
SQUARE = {"type": "Polygon", "coordinates": [[[108.7, 34.0], [108.8, 34.0], [108.8, 34.1], [108.7, 34.0]]]}


@pytest.fixture
def desk(county: County) -> Actor:
    return county.actor("emo")


def shown(actor: Actor) -> Picture:
    return picture(Scene(actor, timezone.now()))


def signed_in(county: County, client: Client, unit: str = "emo", role: str = "duty_officer") -> Client:
    client.force_login(Account.objects.get(person=county.account(f"at-{unit}", unit, role).person), BACKEND)
    return client


def opened(county: County, desk: Actor, **said: Any) -> Incident:
    return open_incident([county.report(received_at=timezone.localtime().isoformat(), **said)], by=desk)


def team(county: County, desk: Actor, name: str) -> Team:
    return create_team(
        by=desk, name=name, kind="professional", unit=county.units["emo"], latitude=34.1, longitude=108.6
    )


def send(desk: Actor, incident: Incident, *teams: Team) -> Any:
    found = addressees(desk, [one.pk for one in teams])
    orders = [Order(found[one.pk], "立即前往", travel_minutes=12) for one in teams]
    return issue(incident, orders, by=desk, place=Place("村口", 34.0439, 108.7108))


def test_forces_are_counted_by_what_they_answered(county: County, desk: Actor) -> None:
    incident = opened(county, desk)
    teams = [team(county, desk, f"队{number}") for number in range(4)]
    there, way, cannot, _silent = send(desk, incident, *teams)
    acknowledge(there, by=desk, eta_minutes=5, said=BY_PHONE)
    report_progress(there, by=desk, arrived=True, said=BY_PHONE)
    acknowledge(way, by=desk, eta_minutes=20, said=BY_PHONE)
    decline(cannot, by=desk, reason="车坏了", said=BY_PHONE)
    (row,) = shown(desk).rows
    assert (row.forces.sent, row.forces.there, row.forces.silent, row.forces.declined) == (3, 1, 1, 1)
    assert row.forces.next_at is not None
    assert shown(desk).silent == 1


def test_figures_are_those_of_the_source_that_is_shown(county: County, desk: Actor) -> None:
    incident = opened(county, desk, figures={"injured": 3})
    set_figures(incident, by=desk, source="卫健局", as_of=timezone.now(), figures={"injured": 5, "dead": 1})
    (row,) = shown(desk).rows
    assert [number for _word, number in row.figures] == [3]
    Incident.objects.filter(pk=incident.pk).update(figures_source="卫健局")
    (row,) = shown(desk).rows
    assert sorted(number for _word, number in row.figures) == [1, 5]
    assert row.source == "卫健局"


def test_nobody_harmed_is_said_only_when_it_is_known(county: County, desk: Actor) -> None:
    opened(county, desk)
    known = opened(county, desk, text="厨房起火", kind="fire", figures={"dead": 0, "injured": 0})
    assert {row.it.pk: row.unharmed for row in shown(desk).rows}[known.pk] is True
    assert sum(row.unharmed for row in shown(desk).rows) == 1


def test_what_wants_attention_comes_first(county: County, desk: Actor) -> None:
    calm = opened(county, desk, text="甲")
    grave = opened(county, desk, text="乙")
    grade_incident(grave, by=desk, level=2, basis="研判")
    silent = opened(county, desk, text="丙")
    grade_incident(silent, by=desk, level=4, basis="研判")
    held = opened(county, desk, text="丁")
    control_incident(held, by=desk)
    give(county, desk, "a", about=silent)
    assert [row.it.pk for row in shown(desk).rows] == [silent.pk, grave.pk, calm.pk, held.pk]
    late = Scene(desk, timezone.now() + timedelta(days=3))
    assert all(row.late for row in picture(late).rows if row.due_at)


def test_a_township_sees_its_own_block_only(county: County, desk: Actor) -> None:
    mine = opened(county, desk)
    other = opened(county, desk, text="余下着火", location={"address": "余下街道"}, kind="fire")
    give(county, desk, "psb", about=other)
    add_video(other, by=desk, name="余下路口", address="https://video.example.cn/1")
    draw_area(other, by=desk, name="警戒区", geometry=SQUARE)
    town = county.actor("a")
    found = shown(town)
    assert [row.it.pk for row in found.rows] == [mine.pk]
    assert (found.orders, found.areas) == ([], [])
    assert len(shown(desk).rows) == 2
    assert len(shown(desk).areas) == 1


def test_the_map_says_who_is_where(county: County, desk: Actor) -> None:
    incident = opened(county, desk)
    there, way, silent, _idle = (team(county, desk, name) for name in ("到", "途", "默", "闲"))
    orders = send(desk, incident, there, way, silent)
    acknowledge(orders[0], by=desk, eta_minutes=5, said=BY_PHONE)
    report_progress(orders[0], by=desk, arrived=True, said=BY_PHONE)
    acknowledge(orders[1], by=desk, eta_minutes=20, said=BY_PHONE)
    data = map_data(shown(desk), desk)
    looks = {point["title"]: point["look"] for point in data["points"]}
    assert [looks[name] for name in ("到", "途", "默", "闲")] == ["there", "way", "silent", "idle"]
    places = {point["title"]: (point["latitude"], point["longitude"]) for point in data["points"]}
    assert places["到"] == (34.0439, 108.7108)
    assert places["途"] == (34.1, 108.6)
    assert data["ways"] == [[[108.6, 34.1], [108.7108, 34.0439]]]


def test_tiles_are_those_of_rooms_that_are_there(county: County, desk: Actor) -> None:
    tiles = {tile.name: tile.value for tile in tiles_for(Scene(desk, timezone.now()))}
    assert set(tiles) == {"duty"}  # no teams, no figure of teams
    assert tiles["duty"].look == "late"  # nobody is on duty: that must be seen
    one, _other = team(county, desk, "一队"), team(county, desk, "二队")
    send(desk, opened(county, desk), one)
    tiles = {tile.name: tile.value for tile in tiles_for(Scene(desk, timezone.now()))}
    assert tiles["forces"].text == "1"


@pytest.mark.parametrize(("language", "duty"), [("zh-hans", "县总值班室"), ("en", "county duty office")])
def test_the_page_speaks_both_languages(county: County, client: Client, desk: Actor, language: str, duty: str) -> None:
    incident = opened(county, desk)
    give(county, desk, "a", about=incident)
    with translation.override(language):
        page = signed_in(county, client).get("/board/", headers={"Accept-Language": language}).content.decode()
    assert f'lang="{language}"' in page
    assert incident.record.title in page
    assert duty in page


def test_an_exercise_cannot_be_mistaken(county: County, client: Client, desk: Actor) -> None:
    incident = opened(county, desk)
    assert b"exercise-band" not in signed_in(county, client).get("/board/").content
    incident.record.exercise = True
    incident.record.save(update_fields=["exercise"])
    assert b"exercise-band" in client.get("/board/").content
    assert map_data(shown(desk), desk)["points"][0]["title"] != incident.record.title


def test_how_much_it_asks_does_not_grow(
    county: County, client: Client, desk: Actor, django_assert_max_num_queries: Any
) -> None:
    teams = [team(county, desk, f"队{number}") for number in range(6)]
    for number in range(5):
        incident = opened(county, desk, text=f"第{number}起", figures={"injured": number})
        send(desk, incident, teams[number], teams[number + 1])
        add_video(incident, by=desk, name="球机", address="https://video.example.cn/1")
        draw_area(incident, by=desk, name="警戒区", geometry=SQUARE)
    signed_in(county, client).get("/board/")
    with django_assert_max_num_queries(12):
        assert client.get("/board/").content.count(b'class="inc') >= 5
    for part, most in (("incidents", 9), ("news", 5), ("strip", 8)):
        with django_assert_max_num_queries(most):
            assert client.get("/board/", {"part": part}, headers={"HX-Request": "true"}).status_code == 200


def test_a_part_is_no_whole_page(county: County, client: Client, desk: Actor) -> None:
    opened(county, desk)
    signed_in(county, client)
    for part in ("incidents", "news", "strip"):
        page = client.get("/board/", {"part": part}).content
        assert b"<html" not in page
        assert f'id="board-{part}"'.encode() in page


def test_strangers_are_led_to_the_door_and_parts_stay_as_they_are(client: Client, county: County) -> None:
    assert client.get("/board/").status_code == 302
    assert client.get("/board/?part=news", headers={"HX-Request": "true"}).status_code == 403
