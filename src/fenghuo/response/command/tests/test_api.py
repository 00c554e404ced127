"""Orders and proposals for machines: shapes, scopes, and what the incident's state forbids."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import Actor
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import close_incident
from tests.county import County

from .conftest import MakeTeam


class Machine:
    def __init__(self, county: County, *scopes: str) -> None:
        self._client = Client()
        self._headers = {"Authorization": f"Bearer {county.key('emo', *scopes)}"}

    def get(self, path: str) -> Any:
        return self._client.get(f"/api/v1{path}", headers=self._headers)

    def post(self, path: str, **said: Any) -> Any:
        return self._client.post(f"/api/v1{path}", said, content_type="application/json", headers=self._headers)


@pytest.fixture
def machine(county: County) -> Machine:
    return Machine(county, "incidents.read", "assignments.write")


def test_times_of_a_verbs_answer_are_written_as_when_it_is_read(
    county: County, crash: Incident, machine: Machine
) -> None:
    due = "2199-05-12T04:00:00+08:00"
    made = machine.post(f"/incidents/{crash.record.number}/assignments", to=["610118007000"], text="走", due=due)
    (order,) = made.json()["items"]
    assert datetime.fromisoformat(order["due"]) == datetime.fromisoformat(due)
    assert "T" in order["issued_at"]
    assert order == machine.get(f"/assignments/{order['id']}").json()


def test_no_orders_are_given_about_a_closed_incident(crash: Incident, desk: Actor, machine: Machine) -> None:
    close_incident(crash, by=desk, summary="完")
    refused = machine.post(f"/incidents/{crash.record.number}/assignments", to=["610118007000"], text="走")
    assert refused.status_code == 409
    assert machine.get("/assignments").json()["items"] == []


def test_who_may_read_incidents_may_read_proposals_and_no_telephone(
    county: County, crash: Incident, make_team: MakeTeam
) -> None:
    team = make_team("破拆", "rescue_cutting")
    reader = Machine(county, "incidents.read")
    answer = reader.get(f"/incidents/{crash.record.number}/proposal?kind=teams")
    assert answer.status_code == 200
    assert [choice["team"]["name"] for choice in answer.json()["choices"]] == ["破拆"]
    assert reader.get(f"/registers/teams/{team.pk}").json()["contacts"] is None
    assert "1380000" not in answer.content.decode()
    assert reader.get("/assignments").status_code == 403


def test_every_message_is_described_with_an_example() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    schemas = described["components"]["schemas"]
    operations = [(path, one) for path, doors in described["paths"].items() for one in doors.values()]
    bare = []
    for path, operation in operations:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        name = content["schema"]["$ref"].rpartition("/")[2]
        if not schemas[name].get("examples") and schemas[name].get("properties", {}).keys() != {"happened_at"}:
            bare.append(path)
    assert bare == []
