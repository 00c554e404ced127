"""The work plan for machines."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.readiness.teams.services import create_team
from tests.county import County

from .conftest import in_force

type Make = Callable[..., Target]


def head(county: County, unit: str, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {county.key(unit, *(scopes or ('measures.read',)))}"}


def test_clauses_and_targets(county: County, plan: WorkPlan, target: Make, client: Client) -> None:
    target(options={"kind": "general", "people": "100"}, lead=[county.units["psb"]])
    target("shelters.ready")
    in_force(plan)
    said = client.get(f"/api/v1/workplans/{plan.year}", headers=head(county, "village")).json()
    (clause,) = said["clauses"]
    first, second = clause["targets"]
    assert (first["options"], first["lead"]) == ({"kind": "general", "people": "100"}, ["610118000000-PSB"])
    assert (first["measured"], second["measured"]) == (True, False)
    assert client.get("/api/v1/workplans/1999", headers=head(county, "emo")).status_code == 404
    assert client.get(f"/api/v1/workplans/{plan.year}", headers=head(county, "emo", "intake.write")).status_code == 403
    assert client.get(f"/api/v1/workplans/{plan.year}").status_code == 401


def test_progress_of_every_unit_and_of_one(county: County, plan: WorkPlan, target: Make, client: Client) -> None:
    target(options={"people": "100"})
    target("shelters.ready")
    in_force(plan)
    create_team(by=SYSTEM, unit=county.units["a"], name="综合队", kind="general", people=100)
    address, key = f"/api/v1/workplans/{plan.year}/progress", head(county, "emo")
    items = client.get(address, headers=key).json()["items"]
    assert {(one["unit"], one["state"], one["value"], one["quota"]) for one in items if one["state"] == "done"} == {
        ("610118007000", "done", 1, 1)
    }
    assert [one["value"] for one in items if one["state"] == "unmeasured"] == [None, None]  # null: unknown, never 0
    mine = client.get(f"{address}?unit=610118007000", headers=key).json()["items"]
    assert [one["unit"] for one in mine] == ["610118007000"] * 2
    detail = client.get(next(one["evidence"] for one in mine if one["state"] == "done"), headers=key).json()
    assert ["综合队" in one["title"] for one in detail["counting"]] == [True]
    assert client.get(f"{address}?unit=NOBODY", headers=key).status_code == 404
    assert client.get(f"{address}?day=yesterday", headers=key).status_code == 422
    last_year = f"{timezone.localdate().year - 1}-05-01"
    assert client.get(f"{address}?day={last_year}", headers=key).status_code == 404


def test_a_token_sees_as_much_as_its_unit(county: County, plan: WorkPlan, target: Make, client: Client) -> None:
    target()
    in_force(plan)
    address = f"/api/v1/workplans/{plan.year}/progress"
    items = client.get(address, headers=head(county, "b")).json()["items"]
    assert {one["unit"] for one in items} == {"610118002000"}
