"""Incidents through the machine door, as interfaces.md promises them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.journal.sequencer import number_waiting
from tests.county import County

SQUARE = {"type": "Polygon", "coordinates": [[[108.70, 34.03], [108.72, 34.03], [108.72, 34.05], [108.70, 34.03]]]}


class Machine:
    def __init__(self, county: County, unit: str = "emo", *scopes: str) -> None:
        wanted = scopes or ("incidents.read", "incidents.write", "intake.write")
        self.headers = {"Authorization": f"Bearer {county.key(unit, *wanted)}"}
        self.client = Client()

    def get(self, path: str, **query: Any) -> Any:
        number_waiting()  # what the sequencer does within 100 ms
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, path: str, body: Any, key: str = "") -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def test_the_whole_road(county: County) -> None:
    desk = Machine(county)
    first, second = county.report(figures={"injured": 3, "trapped": 1}), county.report()
    made = desk.post("incidents", {"reports": [first.pk]})
    assert made.status_code == 201
    incident = made.json()
    number = incident["number"]
    assert incident["state"] == "open"
    assert incident["proposal"]["level"] == 4
    assert "493" in incident["proposal"]["source_number"]
    assert {"R8", "R9"} <= {clock["rule"] for clock in incident["clocks"]}
    assert incident["figures"]["figures"]["dead"] is None
    verbs: list[tuple[str, dict[str, Any]]] = [
        ("join_report", {"report": second.pk}),
        ("grade", {"level": 4}),
        ("change_kind", {"kind": "fire"}),
        ("set_figures", {"source": "县医院", "as_of": timezone.localtime().isoformat(), "figures": {"dead": 3}}),
        ("choose_figures", {"source": "县医院"}),
        ("draw_area", {"name": "警戒区", "geometry": SQUARE}),
        ("note", {"text": "吊车已到"}),
        (
            "set_response",
            {
                "level": 4,
                "matters": "救援",
                "measures": "封路",
                "until": (timezone.localtime() + timedelta(hours=6)).isoformat(),
            },
        ),
        ("tell", {"rules": ["R8"], "to": "县总值班室", "received_by": "赵某"}),
        ("separate_report", {"report": second.pk, "reason": "另一起"}),
        ("control", {}),
        ("close", {"summary": "完"}),
        ("reopen", {"reason": "复燃"}),
    ]
    for verb, body in verbs:
        answer = desk.post(f"incidents/{number}/{verb}", body)
        assert answer.status_code == 200, (verb, answer.content.decode())
    after = desk.get(f"incidents/{number}").json()
    assert (after["state"], after["kind"], after["level"]) == ("open", "fire", 4)
    assert after["proposal"]["level"] == 3
    assert after["figures"]["source"] == "县医院"
    assert [one["source"] for one in after["figures_by_source"]] == ["110", "县医院"]
    assert after["areas"][0]["name"] == "警戒区"
    assert [report["id"] for report in after["reports"]] == [first.pk]
    lines = desk.get(f"incidents/{number}/timeline").json()["items"]
    told = [line["verb"] for line in lines if not line["verb"].startswith("clock.")]  # a call of long ago is late
    assert told[0] == "incident.opened"
    assert {f"incident.{verb}" for verb in ("report_joined", "graded", "closed", "reopened")} <= set(told)
    assert all(line["position"] for line in lines)


def test_changes_in_order(county: County) -> None:
    desk, police = Machine(county), Machine(county, "110", "incidents.read", "intake.write")
    mine, foreign = county.report(), county.report(county.machine("120"), source="120")
    one = desk.post("incidents", {"reports": [mine.pk]}).json()
    other = desk.post("incidents", {"reports": [foreign.pk]}).json()
    desk.post(f"incidents/{one['number']}/control", {})
    page = police.get("incidents/changes", after=0).json()
    assert {item["incident"]["number"] for item in page["items"]} == {one["number"]}
    positions = [item["position"] for item in page["items"]]
    assert positions == sorted(positions)
    assert page["items"][-1]["verb"] == "incident.controlled"
    assert police.get("incidents/changes", after=page["next"]).json() == {"items": [], "next": page["next"]}
    assert police.get(f"incidents/{other['number']}").status_code == 404
    assert police.post(f"incidents/{one['number']}/control", {}).status_code == 403


def test_wrong_states_and_wrong_input(county: County) -> None:
    desk = Machine(county)
    report = county.report()
    number = desk.post("incidents", {"reports": [report.pk]}).json()["number"]
    assert desk.post(f"incidents/{number}/close", {"summary": "完"}).status_code == 200
    for verb, body in (
        ("control", {}),
        ("close", {"summary": "完"}),
        ("grade", {"level": 3, "basis": "x"}),
        ("join_report", {"report": county.report().pk}),
    ):
        assert desk.post(f"incidents/{number}/{verb}", body).status_code == 409, verb
    desk.post(f"incidents/{number}/reopen", {"reason": "x"})
    for verb, body, field in (
        ("grade", {"level": 5, "basis": "x"}, "level"),
        ("grade", {}, "level"),
        ("change_kind", {"kind": "ufo"}, "kind"),
        ("set_figures", {"source": "x", "as_of": "2026-05-12T03:04:05", "figures": {"dead": 1}}, "as_of"),
        ("set_figures", {"source": "x", "as_of": "2026-05-12T03:04:05+08:00", "figures": {"dead": -1}}, "figures.dead"),
        ("set_figures", {"source": "x", "as_of": "2026-05-12T03:04:05+08:00", "figures": {"deaths": 1}}, None),
        ("join_report", {"report": 999999}, "report"),
        ("separate_report", {"report": county.report().pk, "reason": "x"}, "report"),
        ("draw_area", {"name": "a", "geometry": {"type": "Point", "coordinates": [1, 2]}}, "geometry"),
        ("set_response", {"level": 4}, "matters"),
        ("note", {"text": " "}, "text"),
        ("close", {"summary": ""}, "summary"),
    ):
        answer = desk.post(f"incidents/{number}/{verb}", body)
        assert answer.status_code == 422, (verb, body, answer.content.decode())
        fields = [fault["field"] for fault in answer.json()["errors"]]
        assert field is None or field in fields, (verb, fields)
    assert desk.post("incidents", {"reports": []}).status_code == 422
    assert desk.post("incidents", {"reports": [report.pk]}).status_code == 409
    assert desk.get("incidents/20200101-0001").status_code == 404
    assert desk.get("incidents", state="lost").status_code == 422


def test_a_verb_sent_twice_is_done_once(county: County) -> None:
    desk = Machine(county)
    body = {"reports": [county.report().pk]}
    first, again = desk.post("incidents", body, key="k1"), desk.post("incidents", body, key="k1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    number = first.json()["number"]
    for _time in range(2):
        assert desk.post(f"incidents/{number}/control", {}, key="k2").status_code == 200
    assert desk.post(f"incidents/{number}/note", {"text": "a"}, key="k2").status_code == 409


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 2),
        ({"state": "controlled"}, 1),
        ({"kind": "fire"}, 1),
        ({"region": "610118007000"}, 2),
        ({"region": "610118002000"}, 0),
        ({"exercise": "true"}, 0),
        ({"since": "2100-01-01T00:00:00+08:00"}, 0),
    ],
)
def test_filters(county: County, query: dict[str, str], expected: int) -> None:
    desk = Machine(county)
    desk.post("incidents", {"reports": [county.report(kind="fire").pk]})
    number = desk.post("incidents", {"reports": [county.report().pk]}).json()["number"]
    desk.post(f"incidents/{number}/control", {})
    assert len(desk.get("incidents", **query).json()["items"]) == expected


def test_a_report_names_its_incident_and_its_likely_duplicates(county: County) -> None:
    desk = Machine(county)
    one, two = county.report(), county.report()
    found = desk.get(f"reports/{two.pk}").json()
    assert [duplicate["record"] for duplicate in found["possible_duplicates"]] == [one.pk]
    assert found["possible_duplicates"][0]["why"]
    made = desk.post("incidents", {"reports": [one.pk]}).json()
    assert desk.get(f"reports/{one.pk}").json()["incident"] == {"id": made["id"], "number": made["number"]}
    assert desk.get(f"reports/{two.pk}").json()["possible_duplicates"][0]["number"] == made["number"]
