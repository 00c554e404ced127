"""The orders' panel, its page without scripts, and the pages of orders."""

from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.assignments.models import Assignment, State
from fenghuo.kernel.assignments.services import withdraw
from fenghuo.kernel.messaging.models import Message
from fenghuo.readiness.teams.services import change_team
from fenghuo.response.incidents.models import Incident, IncidentState
from fenghuo.response.incidents.services import close_incident
from tests.county import County

from .conftest import MakeTeam

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def address(it: Incident, end: str = "orders/") -> str:
    return f"/incidents/{it.record.number}/{end}"


def test_orders_go_to_those_who_are_ticked(
    crash: Incident, officer: Client, make_team: MakeTeam, county: County
) -> None:
    one, other = make_team("破拆", "rescue_cutting"), make_team("急救", "medical")
    page = officer.get(address(crash)).content.decode()
    assert "破拆" in page
    said = {"to": [str(one.pk), str(other.pk)], "unit": county.units["a"].code, "text": "立即赶赴草堂营村村口"}
    assert officer.post(address(crash), said).status_code == 302
    given = Assignment.objects.order_by("pk")
    assert [row.to_name for row in given] == ["破拆", "急救", "草堂街道办事处"]
    assert given[0].travel_minutes is not None
    assert Message.objects.filter(channel="sms").count() == 2
    panel = officer.get(address(crash), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel
    assert "破拆" in panel


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": "走"}, "to"),
        ({"text": "", "to": "TEAM"}, "text"),
        ({"text": "走", "unit": "没有的单位"}, "unit"),
        ({"text": "走", "to": "TEAM", "due_at": "2020-01-01T00:00"}, "due_at"),
        ({"text": "走", "to": "999999"}, "to"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    crash: Incident, officer: Client, make_team: MakeTeam, said: dict[str, Any], field: str
) -> None:
    team = make_team("破拆", "rescue_cutting")
    sent = {name: str(team.pk) if value == "TEAM" else value for name, value in said.items()}
    answer = officer.post(address(crash), sent)
    assert answer.status_code == 422
    assert not Assignment.objects.exists()
    page = answer.content.decode()
    assert 'class="message error"' in page or 'class="fault"' in page
    if said["text"]:
        assert f">{said['text']}</textarea>" in page.replace("\r", "").replace(">\n", ">")


def test_an_incident_with_open_orders_is_not_closed(crash: Incident, officer: Client, make_team: MakeTeam) -> None:
    team = make_team("破拆", "rescue_cutting")
    officer.post(address(crash), {"to": str(team.pk), "text": "走"})
    order = Assignment.objects.get()
    answer = officer.post(address(crash, "close/"), {"summary": "完"})
    assert answer.status_code == 422
    assert order.record.number in answer.content.decode()
    officer.post(f"/orders/{order.record.number}/withdraw/", {"reason": "不需要"})
    officer.post(address(crash, "close/"), {"summary": "完"})
    crash.refresh_from_db()
    assert crash.state == IncidentState.CLOSED


def test_an_answer_by_telephone_is_noted_on_the_orders_page(
    crash: Incident, officer: Client, make_team: MakeTeam
) -> None:
    team = make_team("破拆", "rescue_cutting")
    officer.post(address(crash), {"to": str(team.pk), "text": "走"})
    order = Assignment.objects.get()
    path = f"/orders/{order.record.number}/"
    assert "破拆队长" in officer.get(path).content.decode()
    wrong = officer.post(f"{path}decline/", {"reason": "", "name": "老李"})
    assert wrong.status_code == 422
    assert "老李" in wrong.content.decode()
    assert officer.post(f"{path}acknowledge/", {"eta_minutes": "12", "name": "老李"}).status_code == 302
    order.refresh_from_db()
    assert order.state == State.ACKNOWLEDGED
    assert "老李" in officer.get(path).content.decode()


def test_pages_cost_at_most_twelve_queries(
    crash: Incident, desk: Actor, officer: Client, make_team: MakeTeam, django_assert_max_num_queries: Any
) -> None:
    teams = [make_team(f"队{number}", "rescue_cutting", "medical", km=number + 1.0) for number in range(8)]
    for team in teams[:5]:
        officer.post(address(crash), {"to": str(team.pk), "text": "走"})
    order = Assignment.objects.order_by("pk")[0]
    withdraw(order, by=desk, reason="误")
    for path in (address(crash, ""), "/orders/", "/orders/?view=all", f"/orders/{order.record.number}/", "/"):
        officer.get(path)
        with django_assert_max_num_queries(12):
            assert officer.get(path).status_code == 200, path


def test_the_panel_costs_no_more_with_more_teams_and_orders(
    crash: Incident, officer: Client, make_team: MakeTeam, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        make_team(f"队{number}", "rescue_cutting", km=number + 1.0)
    officer.get(address(crash))
    with django_assert_max_num_queries(22):
        officer.get(address(crash), headers={"HX-Request": "true"})


def test_cameras_are_added_and_removed(crash: Incident, officer: Client) -> None:
    path = address(crash, "videos/")
    assert officer.post(path, {"name": "桥头", "address": "javascript:alert(1)"}).status_code == 422
    officer.post(path, {"name": "桥头", "address": "https://video.example.invalid/1"})
    assert "桥头" in officer.get(path).content.decode()
    made = crash.videos.get()
    officer.post(f"{path}{made.pk}/remove/")
    assert "桥头" not in officer.get(path).content.decode()


def test_who_only_reads_sees_no_whole_telephone_of_those_ordered(
    county: County, crash: Incident, officer: Client, make_team: MakeTeam
) -> None:
    team = make_team("破拆", "rescue_cutting")
    officer.post(address(crash), {"to": str(team.pk), "text": "走"})
    path = f"/orders/{Assignment.objects.get().record.number}/"
    observer = Client()
    observer.force_login(Account.objects.get(person=county.account("li", "emo", "observer").person), BACKEND)
    for page in (path, address(crash), address(crash, "")):
        assert "13800001001" not in observer.get(page).content.decode()
    assert "13800001001" in officer.get(path).content.decode()
    assert "1001" in observer.get(path).content.decode()


def test_a_link_to_answer_with_stands_on_no_page_of_others(
    crash: Incident, officer: Client, make_team: MakeTeam
) -> None:
    team = make_team("破拆", "rescue_cutting")
    officer.post(address(crash), {"to": str(team.pk), "text": "走"})
    message = Message.objects.get(channel="sms")
    secret = message.link.rpartition("/")[2]
    number = Assignment.objects.get().record.number
    for page in (f"/orders/{number}/", "/messages/", f"/messages/{message.pk}/", address(crash), "/"):
        assert secret not in officer.get(page).content.decode()


@pytest.mark.parametrize("back", ["foo", "//evil.example/", "https://evil.example/", "javascript:alert(1)", "/orders/"])
def test_after_an_answer_one_comes_back_to_a_page_of_this_house(
    crash: Incident, officer: Client, make_team: MakeTeam, back: str
) -> None:
    team = make_team("破拆", "rescue_cutting")
    officer.post(address(crash), {"to": str(team.pk), "text": "走"})
    answer = officer.post(f"/orders/{Assignment.objects.get().record.number}/acknowledge/", {"back": back})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_no_orders_are_given_on_the_page_of_a_closed_incident(
    county: County, crash: Incident, desk: Actor, officer: Client
) -> None:
    close_incident(crash, by=desk, summary="完")
    answer = officer.post(address(crash), {"unit": county.units["a"].code, "text": "走"})
    assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_a_township_answers_for_its_own_and_not_for_a_countys_team_that_is_based_there(
    county: County, crash: Incident, officer: Client, make_team: MakeTeam
) -> None:
    police, own = make_team("交警中队", "traffic_control"), make_team("街道队", "rescue_cutting", unit="a")
    change_team(police, by=SYSTEM, region=county.regions["a"])
    town = Client()
    town.force_login(Account.objects.get(person=county.account("zhao", "a").person), BACKEND)
    said = {"to": [str(police.pk), str(own.pk)], "unit": county.units["village"].code, "text": "走"}
    officer.post(address(crash), said)
    for order in Assignment.objects.select_related("record"):
        town.post(f"/orders/{order.record.number}/decline/", {"reason": "来不了"})
    states = dict(Assignment.objects.values_list("to_name", "state"))
    assert states == {"交警中队": "sent", "街道队": "declined", "草堂营村村委会": "declined"}
