"""Supplements, dismiss, hand over and the list, for machines."""

import json
from typing import Any

import pytest
from django.test import Client

from fenghuo.response.incidents.models import Report, Supplement
from tests.county import County

URL = "/api/v1/reports"


class Machine:
    def __init__(self, client: Client, key: str) -> None:
        self.client, self.headers = client, {"Authorization": f"Bearer {key}"}

    def post(self, path: str, content: Any, once: str | None = None) -> Any:
        headers = self.headers | ({"Idempotency-Key": once} if once else {})
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.client.generic("POST", f"{URL}{path}", body, content_type="application/json", headers=headers)

    def get(self, path: str = "") -> Any:
        return self.client.get(f"{URL}{path}", headers=self.headers)


@pytest.fixture
def platform(client: Client, county: County) -> Machine:
    return Machine(client, county.key("110", "intake.write", "incidents.read"))


@pytest.fixture
def desk(client: Client, county: County) -> Machine:
    return Machine(client, county.key("emo", "incidents.read", "incidents.write"))


def test_later_facts_are_added_once(county: County, platform: Machine) -> None:
    report = county.report()
    facts = {"text": "伤者增至四人", "figures": {"injured": 4}, "happened_at": "2026-05-12T03:10:00+08:00"}
    first = platform.post(f"/{report.pk}/supplements", facts, "s1")
    again = platform.post(f"/{report.pk}/supplements", facts, "s1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert Supplement.objects.count() == 1
    assert platform.get(f"/{report.pk}").json()["supplements"][0]["figures"]["injured"] == 4
    other = platform.post(f"/{report.pk}/supplements", facts | {"text": "五人"}, "s1")
    assert other.status_code == 409


def test_a_supplement_needs_a_key_and_says_something(county: County, platform: Machine) -> None:
    report = county.report()
    assert platform.post(f"/{report.pk}/supplements", {"text": "x"}).status_code == 422
    assert platform.post(f"/{report.pk}/supplements", {}, "s1").status_code == 422
    assert platform.post(f"/{report.pk}/supplements", b"{", "s1").status_code == 400
    assert not Supplement.objects.exists()


def test_the_desk_dismisses_once(county: County, desk: Machine) -> None:
    report = county.report()
    answer = desk.post(f"/{report.pk}/dismiss", {"reason": "prank", "note": "孩子"})
    assert answer.status_code == 200
    assert answer.json()["state"] == "dismissed"
    assert desk.post(f"/{report.pk}/dismiss", {"reason": "prank"}).status_code == 409


def test_a_repeated_verb_with_its_key_is_safe(county: County, desk: Machine) -> None:
    report = county.report()
    first = desk.post(f"/{report.pk}/dismiss", {"reason": "advice"}, "d1")
    again = desk.post(f"/{report.pk}/dismiss", {"reason": "advice"}, "d1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content


def test_a_bad_reason_names_the_good_ones(county: County, desk: Machine) -> None:
    answer = desk.post(f"/{county.report().pk}/dismiss", {"reason": "boring"})
    assert answer.status_code == 422
    assert "prank" in answer.json()["errors"][0]["message"]


def test_handing_over_goes_to_a_unit_that_is_there(county: County, desk: Machine) -> None:
    report = county.report()
    taken = {"to": "610118000000-EDU", "received_by": "孙主任", "happened_at": "2026-05-12T03:20:00+08:00"}
    unknown = desk.post(f"/{report.pk}/hand_over", taken | {"to": "999"})
    assert unknown.json()["errors"][0]["field"] == "to"
    answer = desk.post(f"/{report.pk}/hand_over", taken)
    assert answer.status_code == 200
    assert answer.json()["state"] == "handed_over"


def test_a_platform_may_not_settle(county: County, platform: Machine) -> None:
    report = county.report()
    assert platform.post(f"/{report.pk}/dismiss", {"reason": "prank"}).status_code == 403
    assert Report.objects.get(pk=report.pk).state == "new"


def test_a_list_is_paged_without_gaps(county: County, platform: Machine) -> None:
    made = [county.report().pk for _ in range(5)]
    seen: list[int] = []
    cursor = ""
    for _page in range(5):
        said = platform.get(f"?limit=2&cursor={cursor}").json()
        seen += [item["id"] for item in said["items"]]
        cursor = said["next"] or ""
        if not cursor:
            break
    assert seen == made


@pytest.mark.parametrize("query", ["?limit=0", "?limit=9999", "?cursor=zz", "?since=gestern", "?cursor=-1"])
def test_bad_queries_are_named(platform: Machine, query: str) -> None:
    answer = platform.get(query)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_since_is_by_the_time_of_recording(county: County, platform: Machine) -> None:
    county.report()
    assert len(platform.get("?since=2020-01-01T00:00:00%2B08:00").json()["items"]) == 1
    assert platform.get("?since=2099-01-01T00:00:00%2B08:00").json()["items"] == []


def test_a_list_costs_the_same_for_many(county: County, platform: Machine, django_assert_max_num_queries: Any) -> None:
    for _ in range(8):
        county.report()
    with django_assert_max_num_queries(12):
        assert len(platform.get().json()["items"]) == 8


@pytest.mark.parametrize(("method", "path"), [("DELETE", ""), ("PUT", "/1"), ("GET", "/1/dismiss"), ("PATCH", "")])
def test_a_wrong_method_is_a_problem_document_too(platform: Machine, method: str, path: str) -> None:
    answer = platform.client.generic(method, f"{URL}{path}", headers=platform.headers)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"]


def test_bad_queries_give_back_what_was_given(platform: Machine) -> None:
    fault = platform.get("?since=gestern").json()["errors"][0]
    assert (fault["field"], fault["given"]) == ("since", "gestern")


def test_the_description_is_a_page_without_foreign_servers(client: Client, county: County) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "POST /api/v1/reports" in page
    assert 'id="ReportMessage"' in page
    assert "https://" not in page.replace("https://json-schema.org", "")


def test_the_description_names_every_promise(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(paths) >= {
        "/api/v1/reports",
        "/api/v1/reports/{report_id}",
        "/api/v1/reports/{report_id}/supplements",
        "/api/v1/reports/{report_id}/dismiss",
        "/api/v1/reports/{report_id}/hand_over",
    }
    for verb, required in (("supplements", True), ("dismiss", False)):
        told = paths[f"/api/v1/reports/{{report_id}}/{verb}"]["post"]["parameters"]
        assert {item["name"]: item["required"] for item in told} == {"report_id": True, "Idempotency-Key": required}
    assert "application/problem+json" in paths["/api/v1/reports"]["post"]["responses"]["422"]["content"]
