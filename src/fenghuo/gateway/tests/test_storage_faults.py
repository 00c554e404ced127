"""A full disk or a read-only database: 507 or 503, never 201, and nothing by halves."""

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from fenghuo.response.incidents.models import Report
from tests.county import make_county
from tests.messages import message

SQLITE = connection.vendor == "sqlite"


def send(key: str, **said: object) -> Any:
    return Client().generic(
        "POST",
        "/api/v1/reports",
        json.dumps(message(**said)).encode(),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": str(said["source_id"])},
    )


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def committed_county() -> str:
    with transaction.atomic():
        return make_county().key()


@pytest.mark.skipif(not SQLITE, reason="the disk of the test's PostgreSQL is not its own")
def test_a_full_disk_is_507(fresh_database: None) -> None:
    key = committed_county()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 40}")
    answers = [send(key, source_id=str(number), text="长" * 3000) for number in range(60)]
    statuses = [answer.status_code for answer in answers]
    full = statuses.index(507)
    assert set(statuses[:full]) == {201}
    assert set(statuses[full:]) <= {201, 507}
    assert answers[full]["Retry-After"]
    run("PRAGMA max_page_count = 1073741823")
    assert Report.objects.count() == statuses.count(201)
    assert send(key, source_id="afterwards").status_code == 201


def test_a_read_only_database_is_503(fresh_database: None) -> None:
    key = committed_county()
    run("PRAGMA query_only = ON" if SQLITE else "SET default_transaction_read_only = on")
    answer = send(key, source_id="1")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    run("PRAGMA query_only = OFF" if SQLITE else "SET default_transaction_read_only = off")
    assert not Report.objects.exists()
    assert send(key, source_id="1").status_code == 201
