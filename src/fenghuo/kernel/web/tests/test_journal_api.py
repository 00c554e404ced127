"""GET /api/v1/journal: the journal for machines, scoped, in order, and without anything personal."""

import json
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.journal.models import Entry, Position
from fenghuo.kernel.journal.sequencer import number_waiting
from tests.county import County

URL = "/api/v1/journal"


def get(key: str, query: str = "") -> Any:
    number_waiting()
    return Client(headers={"Authorization": f"Bearer {key}"}).get(f"{URL}{query}")


def items(key: str, query: str = "") -> list[dict[str, Any]]:
    answer = get(key, query)
    assert answer.status_code == 200, answer.content.decode()
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


@pytest.fixture
def key(county: County) -> str:
    return county.key("emo", "journal.read")


def test_an_entry_reads_in_both_languages_and_holds_nothing_personal(county: County, key: str) -> None:
    report = county.report(caller={"name": "李四", "phone": "13900000000"})
    (entry,) = items(key, "?verb=report.received")
    assert set(entry) == {"position", "verb", "happened_at", "recorded_at", "actor", "sentence", "about"}
    assert "接报" in entry["sentence"]["zh"] or "来报" in entry["sentence"]["zh"]
    assert "received" in entry["sentence"]["en"]
    assert entry["about"][0] == {
        "id": report.pk,
        "kind": "report",
        "number": report.record.number,
        "exercise": False,
    }
    assert "李四" not in get(key).content.decode()
    assert "13900000000" not in get(key).content.decode()


def test_asking_again_after_next_gives_all_in_order_and_none_twice(county: County, key: str) -> None:
    for _ in range(5):
        county.report()
    number_waiting()
    seen: list[int] = []
    after = 0
    while True:
        answer = get(key, f"?after={after}&limit=3").json()
        seen += [one["position"] for one in answer["items"]]
        if answer["next"] == after:
            break
        after = answer["next"]
    assert seen == sorted(set(seen))
    assert after == Position.objects.count()
    assert get(key, f"?after={after}").json() == {"items": [], "next": after}
    assert get(key, "?after=9223372036854775807").json()["items"] == []


def test_a_machine_hears_of_what_its_unit_sees(county: County, key: str) -> None:
    report = county.report(location={"address": "余下街道"})
    about = f"?about={report.record.number}"
    assert [one["verb"] for one in items(key, about)] == ["report.received"]
    stranger = county.key("a", "journal.read")
    assert items(stranger, "?verb=report") == []
    hidden, missing = get(stranger, about), get(stranger, "?about=R19990101-0001")
    assert hidden.status_code == missing.status_code == 422
    told = [answer.json()["errors"][0] for answer in (hidden, missing)]
    assert told[0]["message"] == told[1]["message"]
    assert told[0]["field"] == "about"


def test_it_is_filtered_by_record_verb_unit_and_time(county: County, key: str) -> None:
    report, other = county.report(), county.report()
    assert {one["about"][0]["id"] for one in items(key, f"?about={report.pk}")} == {report.pk}
    assert {one["about"][0]["id"] for one in items(key, "?verb=report")} == {report.pk, other.pk}
    assert items(key, "?verb=report&unit=610118000000-EMO") == []
    assert len(items(key, "?verb=report&unit=610118000000-110")) == 2
    middle = Entry.objects.filter(verb="report.received").order_by("-pk")[0].recorded_at
    since = middle.isoformat().replace("+", "%2B")
    assert len(items(key, f"?verb=report&from={since}")) == 1
    assert len(items(key, f"?verb=report&to={since}")) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?verb=nonsense", "verb"),
        ("?verb=report.nonsense", "verb"),
        ("?unit=nowhere", "unit"),
        ("?about=99999999999999999999999", "about"),
        ("?from=2026-05-12T24:30:00%2B08:00", "from"),
        ("?from=2026-02-30T00:00:00%2B08:00", "from"),
        ("?from=2026-05-12T00:00:00", "from"),
        ("?from=0001-01-01T00:00:00%2B08:00", "from"),
        ("?from=2026-05-12T00:00:00Z&to=2026-05-11T00:00:00Z", "to"),
        ("?from=yesterday", "from"),
        ("?after=-1", "after"),
        ("?after=x", "after"),
        ("?after=99999999999999999999999", "after"),
        ("?limit=0", "limit"),
        ("?limit=501", "limit"),
    ],
)
def test_bad_input_is_named_field_by_field(key: str, query: str, field: str) -> None:
    answer = get(key, query)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert field in [error["field"] for error in answer.json()["errors"]]


def test_several_faults_are_told_at_once(key: str) -> None:
    answer = get(key, "?verb=x&unit=y&about=z")
    assert [error["field"] for error in answer.json()["errors"]] == ["verb", "about", "unit"]


def test_it_needs_its_scope(county: County) -> None:
    assert Client().get(URL).status_code == 401
    assert get(county.key("emo", "incidents.read", "registers.read")).status_code == 403
    assert get(county.key("emo", "journal.read")).status_code == 200


def test_the_whole_costs_the_same_however_many_entries(
    county: County, key: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        county.report()
    number_waiting()
    client = Client(headers={"Authorization": f"Bearer {key}"})
    with django_assert_max_num_queries(6):
        answer = client.get(f"{URL}?verb=report&unit=610118000000-110")
    assert len(json.loads(answer.content)["items"]) == 8
