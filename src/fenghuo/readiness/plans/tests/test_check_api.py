"""Checks of plans for machines: rounds, units drawn and findings, as far as the token sees."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.submissions.services import Hand
from fenghuo.kernel.web.search import find
from fenghuo.readiness.plans.checks.services import correct_finding
from fenghuo.readiness.plans.models import CheckRound, Finding
from tests.county import County

from .check_rounds import begun, checked, drawn, item_of


def head(county: County, unit: str, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {county.key(unit, *scopes)}"}


@pytest.fixture
def round_(county: County) -> CheckRound:
    made = begun(county)
    checked(item_of(made, county, "village"), no=("drill", "known"))
    return made


def test_a_check_is_told_with_its_units(round_: CheckRound, county: County, client: Client) -> None:
    key = head(county, "emo", "registers.read")
    (listed,) = client.get("/api/v1/plans/checks", headers=key).json()["items"]
    assert (listed["state"], listed["checked"], listed["seed"]) == ("under_way", 1, "2026188")
    detail = client.get(f"/api/v1/plans/checks/{round_.record.number}", headers=key).json()
    assert len(detail["units"]) == listed["drawn"]
    assert client.get("/api/v1/plans/checks?state=lost", headers=key).status_code == 422
    assert client.get("/api/v1/plans/checks/PC-0", headers=key).status_code == 404


def test_a_token_sees_as_much_as_its_unit(round_: CheckRound, county: County, client: Client) -> None:
    path = f"/api/v1/plans/checks/{round_.record.number}"
    assert client.get(path, headers=head(county, "neighbour", "registers.read")).status_code == 404
    assert client.get(path, headers=head(county, "emo", "intake.write")).status_code == 403
    assert client.get(path).status_code == 401
    seen = client.get(path, headers=head(county, "education", "registers.read")).json()["units"]
    whole = client.get(path, headers=head(county, "emo", "registers.read")).json()["units"]
    assert 0 < len(seen) < len(whole)


def test_findings_come_with_their_days(round_: CheckRound, county: County, client: Client) -> None:
    path, key = f"/api/v1/plans/checks/{round_.record.number}/findings", head(county, "emo", "registers.read")
    first, second = Finding.objects.order_by("pk")
    Finding.objects.filter(pk=first.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    late = client.get(f"{path}?late=true", headers=key).json()["items"]
    assert [(one["question"], one["late"]) for one in late] == [(first.question, True)]
    correct_finding(second, by=SYSTEM, text="已改", hand=Hand("李某"))
    (told,) = client.get(f"{path}?state=told", headers=key).json()["items"]
    assert told["brought_by_hand"]
    assert "李某" not in str(told)
    page = client.get(f"{path}?limit=1", headers=key).json()
    assert page["next"]
    assert len(client.get(f"{path}?limit=1&cursor={page['next']}", headers=key).json()["items"]) == 1


def test_search_finds_checks_and_the_units_drawn_once_it_has_begun(county: County) -> None:
    made = drawn(county)
    emo, village = county.actor("emo", "clerk"), county.actor("village", "head")
    assert any(made.record.number in hit.title for hit in find(emo, made.record.title))
    number = item_of(made, county, "village").record.number
    assert any(number in hit.title for hit in find(emo, number))
    assert not any(number in hit.title for hit in find(village, number))
