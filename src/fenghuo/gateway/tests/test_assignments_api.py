"""Proposal and orders through the machine door, as interfaces.md promises them."""

from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.readiness.teams.services import OnCall, create_team, set_contacts
from tests.county import County

from .test_incidents_api import Machine

SCOPES = ("incidents.read", "incidents.write", "intake.write", "assignments.read", "assignments.write")


@pytest.fixture
def desk(county: County) -> Machine:
    return Machine(county, "emo", *SCOPES)


@pytest.fixture
def number(county: County, desk: Machine) -> str:
    made = desk.post("incidents", {"reports": [county.report(figures={"injured": 3, "trapped": 1}).pk]})
    found: str = made.json()["number"]
    return found


@pytest.fixture
def team(county: County) -> Any:
    made = create_team(
        by=SYSTEM,
        unit=county.units["psb"],
        name="消防一中队",
        kind="professional",
        capabilities=["rescue_cutting"],
        latitude=34.06,
        longitude=108.70,
    )
    set_contacts(made, by=SYSTEM, contacts=[OnCall(name="王队", phone="13800000001")])
    return made


def test_proposal_orders_and_answers(county: County, desk: Machine, number: str, team: Any) -> None:
    proposal = desk.get(f"incidents/{number}/proposal", kind="teams").json()
    (choice,) = proposal["choices"]
    assert (choice["team"]["id"], choice["estimate"], choice["minutes"] > 0) == (team.pk, True, True)
    assert choice["why"]
    assert {one["capability"] for one in proposal["unmet"]} >= {"medical", "traffic_control"}
    assert proposal["estimate"] is True
    body = {"to": [team.pk, county.units["a"].code], "text": "立即赶赴现场"}
    made = desk.post(f"incidents/{number}/assignments", body, key="k1")
    assert made.status_code == 201
    first, second = made.json()["items"]
    assert (first["state"], first["to"]["kind"], second["to"]["code"]) == ("sent", "team", county.units["a"].code)
    again = desk.post(f"incidents/{number}/assignments", body, key="k1")
    assert (again.status_code, again.content) == (200, made.content)
    assert desk.post(f"incidents/{number}/assignments", body).status_code == 409
    listed = desk.get(f"incidents/{number}/assignments").json()["items"]
    assert [one["number"] for one in listed] == [first["number"], second["number"]]
    verbs: list[tuple[str, dict[str, Any], str]] = [
        ("acknowledge", {"eta_minutes": 20}, "acknowledged"),
        ("progress", {"text": "已过桥"}, "under_way"),
        ("progress", {"arrived": True}, "under_way"),
        ("finish", {"result": "两人救出"}, "finished"),
    ]
    for verb, said, state in verbs:
        answer = desk.post(f"assignments/{first['id']}/{verb}", said)
        assert (answer.status_code, answer.json()["state"]) == (200, state), verb
    document = answer.json()
    assert document["arrived_at"] is not None
    assert [one["verb"] for one in document["answers"]] == ["acknowledge", "progress", "progress", "finish"]
    assert desk.post(f"assignments/{first['id']}/withdraw", {"reason": "迟"}).status_code == 409
    assert desk.post(f"assignments/{second['number']}/withdraw", {"reason": "不需要"}).json()["state"] == "withdrawn"
    verbs_told = [one["verb"] for one in desk.get("incidents/changes").json()["items"]]
    assert {"assignment.issued", "assignment.acknowledged", "assignment.finished"} <= set(verbs_told)


def test_the_platform_that_reported_follows_the_orders_and_no_other(county: County, desk: Machine, team: Any) -> None:
    platform, stranger = Machine(county, "110"), Machine(county, "education", *SCOPES)
    report = county.report(county.machine("110"))
    number = desk.post("incidents", {"reports": [report.pk]}).json()["number"]
    made = desk.post(f"incidents/{number}/assignments", {"to": [team.pk], "text": "走"}).json()["items"][0]
    assert "assignment.issued" in {one["verb"] for one in platform.get("incidents/changes").json()["items"]}
    assert platform.get(f"incidents/{number}/assignments").status_code == 403
    assert stranger.get(f"assignments/{made['id']}").status_code == 404
    assert stranger.post(f"assignments/{made['id']}/acknowledge", {}).status_code == 404


def test_the_receiving_unit_answers_by_machine(county: County, desk: Machine, number: str) -> None:
    town = Machine(county, "b", "assignments.read", "assignments.write")
    made = desk.post(f"incidents/{number}/assignments", {"to": [county.units["b"].code], "text": "走"}).json()["items"][
        0
    ]
    (seen,) = town.get("assignments").json()["items"]
    assert seen["id"] == made["id"]
    answer = town.post(f"assignments/{made['id']}/decline", {"reason": "人员不足"}).json()
    assert (answer["state"], answer["answers"][0]["way"]) == ("declined", "machine")
    assert town.post(f"assignments/{made['id']}/withdraw", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"to": [], "text": "走"}, "to"),
        ({"to": ["nobody"], "text": "走"}, "to.0"),
        ({"to": [1], "text": ""}, "text"),
        ({"to": ["610118007000"], "text": "走", "due": "2020-01-01T00:00:00+08:00"}, "due"),
        ({"to": ["610118007000"], "text": "x" * 2001}, "text"),
        ({"to": ["610118007000"], "text": "走", "happened_at": "2099-01-01T00:00:00+08:00"}, "happened_at"),
    ],
)
def test_bad_input_names_its_field_and_stores_nothing(
    desk: Machine, number: str, body: dict[str, Any], field: str
) -> None:
    answer = desk.post(f"incidents/{number}/assignments", body)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert desk.get(f"incidents/{number}/assignments").json()["items"] == []


def test_kinds_that_nobody_can_propose_yet_are_said_so(desk: Machine, number: str) -> None:
    assert desk.get(f"incidents/{number}/proposal", kind="shelters").status_code == 422
