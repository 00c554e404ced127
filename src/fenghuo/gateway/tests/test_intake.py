"""POST /api/v1/reports as interfaces.md promises, through Django's door (the fast lane uses the same code)."""

import json
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Token
from fenghuo.kernel.web.models import Answered
from fenghuo.response.incidents.models import Quarantined, Report
from tests.county import County
from tests.messages import message

URL = "/api/v1/reports"


def post(client: Client, key: str, content: Any, once: str | None = "k1", **headers: str) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    sent = {"Authorization": f"Bearer {key}"} | ({"Idempotency-Key": once} if once is not None else {}) | headers
    return client.generic("POST", URL, body, content_type="application/json", headers=sent)


@pytest.fixture
def key(county: County) -> str:
    return county.key()


def test_a_report_is_answered_with_201_and_its_number(client: Client, key: str) -> None:
    answer = post(client, key, message(figures={"injured": 3, "dead": None}))
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert set(said) >= {"id", "number", "state", "incident", "possible_duplicates", "received_at", "recorded_at"}
    assert said["state"] == "new"
    assert said["incident"] is None
    assert said["possible_duplicates"] == []
    assert said["received_at"] == "2026-05-12T03:04:05+08:00"
    assert said["figures"]["injured"] == 3
    assert said["figures"]["dead"] is None


def test_the_same_again_gets_the_first_answer_byte_for_byte(client: Client, key: str) -> None:
    content = message()
    first, second = post(client, key, content), post(client, key, dict(reversed(content.items())))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.content == second.content
    other_key = post(client, key, content, once="k2")
    assert other_key.status_code == 200
    assert other_key.content == first.content
    assert Report.objects.count() == 1


def test_the_same_key_or_number_with_other_content_is_a_conflict(client: Client, key: str) -> None:
    content = message(source_id="1")
    number = post(client, key, content).json()["number"]
    same_key = post(client, key, content | {"text": "别的", "source_id": "2"})
    same_number = post(client, key, content | {"text": "别的"}, once="k2")
    for answer in (same_key, same_number):
        assert answer.status_code == 409
        assert answer["Content-Type"] == "application/problem+json"
        assert number in answer.json()["detail"]
    assert "supplements" in same_number.json()["detail"]
    assert Report.objects.count() == 1


def test_two_tokens_may_use_the_same_key(client: Client, county: County) -> None:
    assert post(client, county.key(), message()).status_code == 201
    assert post(client, county.key(), message()).status_code == 201


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer \xe9"])
def test_without_a_valid_token_it_is_401(client: Client, key: str, header: str) -> None:
    answer = post(client, key, message(), Authorization=header)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not Quarantined.objects.exists()


def test_without_the_scope_it_is_403(client: Client, county: County) -> None:
    answer = post(client, county.key("110", "incidents.read"), message())
    assert answer.status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{not json", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"[]", {}, 422),
        (b"null", {}, 422),
        (b"{}", {}, 422),
        (b'{"text": "\\ud800"}', {}, 422),
    ],
)
def test_what_cannot_be_read_is_kept_in_quarantine(
    client: Client, key: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = post(client, key, body, **headers)
    assert answer.status_code == status, answer.content
    said = answer.json()
    kept = Quarantined.objects.select_related("record").get()
    assert said["quarantine"] == kept.record.number
    assert bytes(kept.body) == body
    assert not Report.objects.exists()


def test_a_wrong_type_is_415_and_kept(client: Client, key: str) -> None:
    sent = {"Authorization": f"Bearer {key}", "Idempotency-Key": "k"}
    answer = client.generic("POST", URL, b"text=fire", content_type="application/x-www-form-urlencoded", headers=sent)
    assert answer.status_code == 415
    assert answer.json()["quarantine"].startswith("Q")


def test_bad_input_names_field_message_and_given(client: Client, key: str) -> None:
    answer = post(client, key, message(figures={"injured": -1}, source="911"))
    assert answer.status_code == 422
    faults = {fault["field"]: fault for fault in answer.json()["errors"]}
    assert faults["figures.injured"]["given"] == -1
    assert "110" in faults["source"]["message"]


@pytest.mark.parametrize("once", [None, "", "x" * 129])
def test_the_idempotency_key_is_required(client: Client, key: str, once: str | None) -> None:
    answer = post(client, key, message(), once=once)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_same_unreadable_message_again_is_counted_not_doubled(client: Client, key: str) -> None:
    first, second = post(client, key, b"{bad"), post(client, key, b"{bad")
    assert first.json()["quarantine"] == second.json()["quarantine"]
    assert Quarantined.objects.get().times == 2


def test_only_the_hash_of_the_key_is_kept(client: Client, key: str) -> None:
    post(client, key, message())
    assert not Token.objects.filter(digest=key).exists()
    assert not Answered.objects.filter(body__contains=key).exists()


def test_another_platform_does_not_see_the_report(client: Client, county: County) -> None:
    key = county.key()
    pk = post(client, key, message()).json()["id"]
    own = client.get(f"{URL}/{pk}", headers={"Authorization": f"Bearer {key}"})
    assert own.status_code == 200
    other = client.get(f"{URL}/{pk}", headers={"Authorization": f"Bearer {county.key('120')}"})
    missing = client.get(f"{URL}/999999999", headers={"Authorization": f"Bearer {key}"})
    assert (other.status_code, missing.status_code) == (404, 404)
    assert other.json()["detail"] == missing.json()["detail"]
