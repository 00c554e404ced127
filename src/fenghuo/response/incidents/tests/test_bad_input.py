"""What a tired officer or a careless platform may send: nothing breaks, nothing is stored by halves, all is named."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.registry.services import create_region
from fenghuo.response.incidents import services
from fenghuo.response.incidents.models import Area, Incident, Report, ReportState
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LONG = "草堂营村着火了快来人" * 1000
CROSSED = [[108.6, 34.0], [108.7, 34.1], [108.7, 34.0], [108.6, 34.1], [108.6, 34.0]]
OVER_THE_DATE_LINE = [[179, 34], [-179, 34], [-179, 35], [179, 35], [179, 34]]


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


def typed(desk: Client, text: str, **said: str) -> dict[str, Any]:
    form = {"source": "unit", "source_id": "form-1", "received_at": "2026-05-12T04:00:00", "text": text} | said
    answer = desk.post("/reports/new/typing/", form)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def kept(desk: Client, text: str, **said: str) -> Report:
    form = {"source": "unit", "source_id": "form-1", "received_at": "2026-05-12T04:00:00", "text": text} | said
    answer = desk.post("/reports/new/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    return Report.objects.get(source_id="form-1")


def test_ten_thousand_characters_without_a_stop(desk: Client) -> None:
    assert typed(desk, LONG)["guesses"]["kind"]["value"] == "fire"
    report = kept(desk, LONG)
    assert report.text == LONG
    assert LONG[:50] in desk.get(f"/reports/{report.pk}/").content.decode()


def test_two_dates_the_events_own_counts(desk: Client) -> None:
    said = typed(desk, "5月12日1时接报,5月11日23时10分草堂营村失火")
    assert said["guesses"]["happened_at"]["value"] == "2026-05-11T23:10:00"


def test_a_bulletin_of_last_year_keeps_its_year_and_is_marked(desk: Client) -> None:
    said = typed(desk, "2025年5月11日23时10分,草堂营村失火,1人死亡")
    moment = said["guesses"]["happened_at"]["value"]
    assert moment == "2025-05-11T23:10:00"
    report = kept(desk, "2025年5月11日23时10分,草堂营村失火,1人死亡", happened_at=moment)
    assert "long_past" in [mark["mark"] for mark in report.marks]


def test_a_name_in_three_towns_is_shown_with_all_three_and_decides_nothing(desk: Client, county: County) -> None:
    third = create_region(
        by=SYSTEM, code="610118003000", name="玉蝉街道", level="town", parent=county.regions["county"]
    )
    for code, town in (
        ("610118007300", county.regions["a"]),
        ("610118002300", county.regions["b"]),
        ("610118003300", third),
    ):
        create_region(by=SYSTEM, code=code, name="东街村委会", level="village", parent=town)
    said = typed(desk, "东街村一民房着火")
    assert said["place"] is None
    for name in ("草堂街道东街村", "余下街道东街村", "玉蝉街道东街村"):
        assert name in said["side"]
    report = kept(desk, "东街村一民房着火", address="东街村")
    assert report.record.region is not None
    assert report.record.region.level == "county"
    assert typed(desk, "玉蝉街道东街村一民房着火")["guesses"]["address"]["value"] == "玉蝉街道东街村"


@pytest.mark.parametrize("figure", ["-3", "1.5", "99999999999", "三", "1e3"])
def test_absurd_figures_are_named_and_what_was_typed_stays(desk: Client, figure: str) -> None:
    answer = desk.post(
        "/reports/new/",
        {"source": "unit", "source_id": "x", "received_at": "2026-05-12T04:00:00", "text": "留下的话", "dead": figure},
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["dead"]
    assert "留下的话" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_range_of_dead_is_not_entered(desk: Client) -> None:
    said = typed(desk, "草堂营村房屋倒塌,3至5人死亡,2人受伤")
    assert "dead" not in said["guesses"]
    assert said["guesses"]["injured"]["value"] == "2"


@pytest.mark.parametrize("ring", [CROSSED, OVER_THE_DATE_LINE])
def test_an_area_that_cannot_be_is_refused_beside_its_form(desk: Client, county: County, ring: list[Any]) -> None:
    it = services.open_incident([county.report()], by=county.actor("emo"))
    shape = json.dumps({"type": "Polygon", "coordinates": [ring]})
    answer = desk.post(f"/incidents/{it.record.number}/draw_area/", {"name": "警戒区", "geometry": shape})
    assert answer.status_code == 422
    fault = answer.context["forms"]["draw_area"].errors["geometry"][0]
    assert fault in answer.content.decode()
    assert not Area.objects.exists()


def test_what_is_still_open_is_shown_before_closing(desk: Client, county: County) -> None:
    it = services.open_incident([county.report(figures={"missing": 2})], by=county.actor("emo"))
    page = desk.get(f"/incidents/{it.record.number}/left-open/", headers={"Accept-Language": "en"}).content.decode()
    assert "Nobody has confirmed the level." in page
    assert "Missing: 2" in page
    answer = desk.post(f"/incidents/{it.record.number}/close/", {"summary": " "}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "Missing: 2" in answer.content.decode()
    assert Incident.objects.get(pk=it.pk).state == "open"


def test_separating_what_was_never_joined_is_said_on_the_page(desk: Client, county: County) -> None:
    it = services.open_incident([county.report()], by=county.actor("emo"))
    stranger, other = county.report(), services.open_incident([county.report()], by=county.actor("emo"))
    for verb, key in (("separate_report", str(stranger.pk)), ("separate_incident", other.record.number)):
        answer = desk.post(
            f"/incidents/{it.record.number}/{verb}/", {"key": key, "reason": "不是"}, headers={"Accept-Language": "en"}
        )
        assert answer.status_code == 422
        assert "not" in " ".join(str(message) for message in answer.context["messages"])
        assert 'class="message error"' in answer.content.decode()
    stranger.refresh_from_db()
    assert stranger.state == ReportState.NEW


def test_the_future_is_refused_for_verbs_and_marked_for_calls(desk: Client, county: County) -> None:
    it = services.open_incident([county.report()], by=county.actor("emo"))
    later = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    answer = desk.post(f"/incidents/{it.record.number}/note/", {"text": "还没发生", "happened_at": later})
    assert answer.status_code == 422
    assert "还没发生" in answer.content.decode()
