"""The full record of one thing: filtered, page by page, on paper, and closed to who may not see it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.models import Position
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.web.views import history as view
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(county: County, unit: str = "emo", role: str = "duty_officer") -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=county.account(f"{unit}-{role}", unit, role).person), BACKEND)
    return client


@pytest.fixture
def desk(county: County) -> Client:
    return signed_in(county)


def acts(pk: int, count: int, verb: str = "record.given_back") -> None:
    now = timezone.now()
    with transaction.atomic():
        for place in range(count):
            record(verb, SYSTEM, about=[pk], happened_at=now - timedelta(minutes=count - place))
    number_waiting()


def positions(body: str) -> int:
    return len(re.findall(r"<li><time datetime", body))


def test_filters_stand_in_the_address_and_in_the_form(desk: Client, county: County) -> None:
    report = county.report()
    acts(report.pk, 3)
    url = f"/records/{report.pk}/history/"
    assert positions(desk.get(url).content.decode()) == 4
    body = desk.get(f"{url}?kind=report").content.decode()
    assert positions(body) == 1
    assert '<option value="report" selected>' in body
    assert positions(desk.get(f"{url}?unit=610118000000-110").content.decode()) == 1
    day = timezone.localtime() - timedelta(days=2)
    assert positions(desk.get(f"{url}?since={day:%Y-%m-%d}").content.decode()) == 3
    assert positions(desk.get(f"{url}?until={day:%Y-%m-%d}").content.decode()) == 1


def test_words_are_those_that_stand_there_also_in_notes(desk: Client, county: County) -> None:
    from fenghuo.response.incidents.services import add_note, open_incident

    actor = county.actor("emo")
    led = open_incident([county.report()], by=actor)
    add_note(led, by=actor, text="涝河大桥北口已封闭")
    url = f"/records/{led.pk}/history/"
    body = desk.get(f"{url}?q=涝河大桥").content.decode()
    assert positions(body) == 1
    assert "涝河大桥北口已封闭" in body
    assert positions(desk.get(f"{url}?q=无此字样").content.decode()) == 0
    assert "涝河大桥北口已封闭" in desk.get(f"{url}?print=1").content.decode()


def test_oldest_first_and_page_by_page(desk: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PAGE", 10)
    report = county.report()
    acts(report.pk, 24)
    seen = 0
    url = f"/records/{report.pk}/history/?order=oldest"
    for _ in range(3):
        body = desk.get(url).content.decode()
        seen += positions(body)
        found = re.search(r'rel="next" href="\?([^"]+)"', body)
        url = f"/records/{report.pk}/history/?{found[1].replace('&amp;', '&')}" if found else ""
    assert seen == 25
    assert url == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026-02-30T08:00", "2026-02-30T08:00"),
        ("since=1986-05-04T02:30", "1986-05-04T02:30"),  # the hour that was skipped
        ("since=2026-05-12T24:30", "2026-05-12T24:30"),
        ("since=0000-01-01", "0000-01-01"),
        ("since=9999-01-01", "9999-01-01"),
        ("since=gestern", "gestern"),
        ("since=2026-05-12&until=2026-05-11", "2026-05-11"),
        ("kind=nonsense", "nonsense"),
        ("unit=nowhere", "nowhere"),
        ("after=x", "x"),
        ("after=99999999999999999999999999", ""),
        ("order=sideways", "sideways"),
        ("kind=%00", ""),
    ],
)
def test_bad_input_is_told_and_kept(desk: Client, county: County, query: str, said: str) -> None:
    report = county.report()
    answer = desk.get(f"/records/{report.pk}/history/?{query}")
    assert answer.status_code == (200 if query == "kind=%00" else 422)
    body = answer.content.decode().partition('<main id="main"')[2]
    assert said in body
    if query != "kind=%00":
        assert "fault" in body or "message error" in body
        assert positions(body) == 0
    if not query.startswith("after=9"):  # a paper begins at the beginning
        assert desk.get(f"/records/{report.pk}/history/?{query}&print=1").status_code == answer.status_code


@pytest.mark.parametrize("said", ["2026-05-12 08:00", "2026/5/12 8:00", "2026年5月12日", "２０２６-05-12T24:00"])
def test_times_are_read_as_people_write_them(desk: Client, county: County, said: str) -> None:
    report = county.report()
    assert desk.get(f"/records/{report.pk}/history/", {"since": said}).status_code == 200


def test_the_end_of_a_day_and_24_00_are_the_same(desk: Client, county: County) -> None:
    report = county.report()
    with transaction.atomic():
        at = timezone.make_aware(datetime(2026, 5, 12, 23, 59, 59))
        record("record.taken", SYSTEM, about=[report], happened_at=at)
    number_waiting()
    url = f"/records/{report.pk}/history/?kind=record&until="
    assert positions(desk.get(f"{url}2026-05-12").content.decode()) == 1
    assert positions(desk.get(f"{url}2026-05-12T24:00").content.decode()) == 1
    assert positions(desk.get(f"{url}2026-05-12T23:59").content.decode()) == 1
    assert positions(desk.get(f"{url}2026-05-12T23:58").content.decode()) == 0


def test_what_one_may_not_see_answers_like_what_is_not_there(county: County) -> None:
    report = county.report(location={"address": "余下街道"})
    stranger = signed_in(county, "a", "clerk")
    hidden = stranger.get(f"/records/{report.pk}/history/")
    missing = stranger.get("/records/999999999/history/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.decode().replace(str(report.pk), "") == missing.content.decode().replace("999999999", "")
    assert stranger.get("/records/99999999999999999999999999/history/").status_code == 404
    assert stranger.get("/records/x/history/").status_code == 404
    assert Client().get(f"/records/{report.pk}/history/").status_code == 302


def test_the_paper_says_of_what_when_by_whom_and_how_many(desk: Client, county: County) -> None:
    report = county.report()
    acts(report.pk, 2)
    body = desk.get(f"/records/{report.pk}/history/?print=1").content.decode()
    assert report.record.number in body
    assert str(county.units["emo"]) in body
    assert timezone.localtime().strftime("%Y-%m-%d") in body
    assert "<dd>3</dd>" in body
    assert "style=" not in body
    assert body.count("<tr>") == 4  # the heads and three entries


def test_a_paper_that_is_cut_says_so(desk: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PRINTED", 5)
    report = county.report()
    acts(report.pk, 8)
    assert 'class="fault"' in desk.get(f"/records/{report.pk}/history/?print=1").content.decode()


@pytest.mark.parametrize("query", ["", "?print=1", "?kind=record&since=2020-01-01&order=oldest", "?q=交"])
def test_it_costs_the_same_however_long(
    desk: Client, county: County, query: str, django_assert_max_num_queries: Any
) -> None:
    report = county.report()
    url = f"/records/{report.pk}/history/{query}"
    desk.get(url)
    for count in (2, 60):
        acts(report.pk, count)
        with django_assert_max_num_queries(10):
            assert desk.get(url).status_code == 200
    assert Position.objects.count() > 60
