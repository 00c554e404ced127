import json
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.documents.services import stage
from fenghuo.readiness.plans.demo_paper import paper
from fenghuo.readiness.plans.models import Plan
from fenghuo.readiness.plans.services import attach_paper
from tests.county import County

type Make = Callable[..., Plan]


def head(county: County, unit: str, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {county.key(unit, *scopes)}"}


def test_coverage_is_told_as_far_as_the_token_sees(county: County, make: Make, client: Client) -> None:
    make(filed_on=timezone.localdate())
    said = client.get("/api/v1/plans/coverage", headers=head(county, "a", "registers.read")).json()
    assert said["entries"] == {"asked": 4, "filed": 1, "due": 0, "drafted": 0, "none": 3, "percent": 25}
    assert [row["place"] for row in said["places"]] == ["610118007000"]
    assert said["places"][0]["by_kind"]["village"]["percent"] == 100
    education = client.get("/api/v1/plans/coverage", headers=head(county, "education", "registers.read")).json()
    assert [row["line"] for row in education["lines"]] == ["education"]
    assert client.get("/api/v1/plans/coverage", headers=head(county, "a", "intake.write")).status_code == 403
    assert client.get("/api/v1/plans/coverage").status_code == 401


def test_the_units_behind_the_figures_come_page_by_page(county: County, client: Client) -> None:
    key, cursor, found = head(county, "a", "registers.read"), "", list[str]()
    while True:
        page = client.get(f"/api/v1/plans/lacking?limit=2&cursor={cursor}", headers=key).json()
        found += [item["name"] for item in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(found) == len(set(found)) == 5
    school = client.get("/api/v1/plans/lacking?who=school", headers=key).json()["items"]
    assert [(item["kind"], item["state"], item["plan"]) for item in school] == [("unit", "none", None)]
    assert client.get("/api/v1/plans/lacking?state=lost", headers=key).status_code == 422


def test_a_machine_files_a_plan_once(
    county: County, make: Make, client: Client, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined,operator]
    plan = make()
    attach_paper(plan, stage(ContentFile(paper("预案")).chunks(), "预案.pdf"), by=SYSTEM)
    path = f"/api/v1/plans/{plan.record.number}/file"
    key = head(county, "village", "registers.read", "registers.write", "submissions.write")
    weak = head(county, "village", "registers.read")
    assert client.post(path, json.dumps({}), content_type="application/json", headers=weak).status_code == 403
    once = {**key, "Idempotency-Key": "1"}
    first = client.post(path, json.dumps({}), content_type="application/json", headers=once)
    assert first.status_code == 200, first.content
    assert [course["to"] for course in first.json()["courses"]] == ["610118007000"]
    again = client.post(path, json.dumps({}), content_type="application/json", headers=once)
    assert again.content == first.content
    assert client.post(path, json.dumps({}), content_type="application/json", headers=key).status_code == 409
    stranger = head(county, "b", "registers.read", "registers.write", "submissions.write")
    assert client.post(path, json.dumps({}), content_type="application/json", headers=stranger).status_code == 404


def test_plans_are_a_register_with_places(county: County, make: Make, client: Client) -> None:
    plan = make()
    county.regions["village"].latitude, county.regions["village"].longitude = 34.04, 108.71
    county.regions["village"].save(update_fields=["latitude", "longitude"])
    key = head(county, "a", "registers.read")
    items = client.get("/api/v1/registers/plans", headers=key).json()["items"]
    assert [item["id"] for item in items] == [plan.pk]
    places = client.get("/api/v1/registers/plans.geojson", headers=key).json()["features"]
    assert [place["geometry"]["coordinates"] for place in places] == [[108.71, 34.04]]
