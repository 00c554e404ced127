"""The desk's pages of reports."""

from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.response.incidents import services
from fenghuo.response.incidents.models import Quarantined, Report
from fenghuo.response.incidents.services import quarantine
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = {
    "source": "unit",
    "source_id": "form-1",
    "received_at": "2026-05-12T03:04:05",
    "text": "甘河右岸堤脚管涌",
    "kind": "flood",
    "address": "草堂街道",
    "injured": "0",
}


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


@pytest.mark.parametrize(
    "page", ["/reports/", "/reports/?state=new&source=110&q=x", "/reports/new/", "/reports/unreadable/"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_is_there(desk: Client, county: County, page: str, language: str) -> None:
    county.report()
    answer = desk.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()


def test_a_list_costs_the_same_for_many(desk: Client, county: County, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        county.report()
    desk.get("/reports/")
    with django_assert_max_num_queries(12):
        assert desk.get("/reports/").status_code == 200
    with django_assert_max_num_queries(12):
        assert desk.get("/reports/", headers={"HX-Request": "true"}).status_code == 200


def test_the_filters_find(desk: Client, county: County) -> None:
    county.report(text="一只猫在树上", source="119")
    county.report(text="两车相撞")
    assert "一只猫" in desk.get("/reports/?q=猫").content.decode()
    assert "两车" not in desk.get("/reports/?q=猫").content.decode()
    assert "两车" not in desk.get("/reports/?source=119").content.decode()
    assert "一只猫" not in desk.get("/reports/?state=dismissed").content.decode()
    assert desk.get("/reports/?page=zz&q=%00").status_code == 200


def test_a_report_by_hand_goes_on_record_once(desk: Client) -> None:
    first = desk.post("/reports/new/", FORM)
    again = desk.post("/reports/new/", FORM)
    assert first.status_code == again.status_code == 302
    report = Report.objects.get()
    assert first["Location"] == again["Location"] == f"/reports/{report.pk}/"
    assert report.figures == {"injured": 0}
    page = desk.get(first["Location"]).content.decode()
    assert "甘河右岸堤脚管涌" in page


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"received_at": "gestern"}, "received_at"),
        ({"latitude": "34"}, "latitude"),
        ({"latitude": "abc"}, "latitude"),
        ({"injured": "-1"}, "injured"),
        ({"injured": "1.5"}, "injured"),
        ({"caller_name": "名" * 200}, "caller_name"),
        ({"kind": "alien"}, "kind"),
    ],
)
def test_what_was_typed_stays_on_the_form(desk: Client, said: dict[str, str], field: str) -> None:
    answer = desk.post("/reports/new/", FORM | {"address": "留下的地点"} | said)
    assert answer.status_code == 422
    assert "留下的地点" in answer.content.decode()
    assert answer.context["form"].errors[field]
    assert not Report.objects.exists()


def test_markup_is_shown_as_text(desk: Client, county: County) -> None:
    report = county.report(text="<script>alert(1)</script>", caller={"name": "<b>x</b>", "phone": '"><img>'})
    for page in ("/reports/", f"/reports/{report.pk}/", "/"):
        body = desk.get(page).content.decode()
        assert "<script>alert" not in body
        assert "<b>x</b>" not in body
        assert '"><img>' not in body


def test_settling_from_the_page(desk: Client, county: County) -> None:
    report = county.report()
    refused = desk.post(f"/reports/{report.pk}/dismiss/", {"reason": "other", "note": ""})
    assert refused.status_code == 422
    assert desk.post(f"/reports/{report.pk}/dismiss/", {"reason": "prank", "note": ""}).status_code == 302
    assert desk.post(f"/reports/{report.pk}/dismiss/", {"reason": "prank"}).status_code == 422
    other = county.report()
    unclear = desk.post(f"/reports/{other.pk}/hand-over/", {"to": "区", "received_by": "孙"})
    assert unclear.status_code == 422
    assert "610118000000" in unclear.content.decode()
    by_name = desk.post(f"/reports/{other.pk}/hand-over/", {"to": "鄠邑区教育局", "received_by": "孙"})
    assert by_name.status_code == 302
    assert Report.objects.get(pk=other.pk).state == "handed_over"


def test_facts_added_from_the_page(desk: Client, county: County) -> None:
    report = county.report()
    assert desk.post(f"/reports/{report.pk}/facts/", {"text": "又来一车", "injured": "4"}).status_code == 302
    assert "又来一车" in desk.get(f"/reports/{report.pk}/").content.decode()
    assert desk.post(f"/reports/{report.pk}/facts/", {"text": ""}).status_code == 422


def test_who_may_not_see_it_gets_404_for_everything(client: Client, county: County) -> None:
    report = county.report()
    client.force_login(Account.objects.get(person=county.account("b", "b", "clerk").person), BACKEND)
    assert client.get(f"/reports/{report.pk}/").status_code == 404
    for verb in ("dismiss", "hand-over", "facts"):
        assert client.post(f"/reports/{report.pk}/{verb}/", {"reason": "prank"}).status_code == 404
    assert report.text not in client.get("/reports/").content.decode()
    assert report.text not in client.get(f"/search/?q={report.record.number}").content.decode()


def test_an_observer_sees_no_buttons_and_is_refused(client: Client, county: County) -> None:
    report = county.report()
    client.force_login(Account.objects.get(person=county.account("o", "emo", "observer").person), BACKEND)
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "<form method" not in page.partition('<main id="main"')[2]
    assert client.post(f"/reports/{report.pk}/dismiss/", {"reason": "prank"}).status_code == 422
    assert client.get("/reports/new/").status_code == 403
    assert Report.objects.get(pk=report.pk).state == "new"


def test_an_unreadable_message_is_seen_and_settled(desk: Client, county: County) -> None:
    kept = quarantine(
        by=county.machine(),
        body="{坏<script>".encode(),
        digest="0" * 64,
        content_type="application/json",
        status=400,
        faults=[{"field": "", "message": "not JSON", "given": None}],
    )
    page = desk.get("/reports/unreadable/").content.decode()
    assert "{坏&lt;script&gt;" in page
    assert kept.record.number in page
    assert desk.get("/").status_code == 200
    assert desk.post(f"/reports/unreadable/{kept.pk}/settle/", {"note": ""}).status_code == 302
    assert Quarantined.objects.get().settled_at is None
    desk.post(f"/reports/unreadable/{kept.pk}/settle/", {"note": "已回拨"})
    assert Quarantined.objects.get().settled_at is not None


def test_the_incident_page_costs_the_same_however_much_there_is(
    desk: Client, county: County, django_assert_max_num_queries: Any
) -> None:
    by = county.actor("emo")
    it = services.open_incident([county.report(figures={"injured": 1})], by=by)
    for n in range(10):
        services.join_report(it, county.report(source="120", figures={"injured": n}), by=by)
        services.add_note(it, by=by, text=f"第{n}条")
        services.list_casualty(it, services.Person("李某", "injured"), by=by)
    services.join_incident(it, services.open_incident([county.report()], by=by), by=by)
    address = f"/incidents/{it.record.number}/"
    desk.get(address)
    with django_assert_max_num_queries(12):
        page = desk.get(address).content.decode()
    assert "第9条" in page
