"""The pages: register, drawing up, confirming; and what other pages and the API say afterwards."""

import json

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.destruction.models import Order
from fenghuo.kernel.destruction.previewing import preview
from fenghuo.kernel.web.models import Answered
from fenghuo.response.incidents.models import Report
from tests.county import County
from tests.destruction.orders import carried_out, closed_incident, confirmed, dismissed_report, drafted, work
from tests.messages import message

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(county: County, username: str, unit: str, role: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=county.account(username, unit, role).person), BACKEND)
    return client


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_from_the_form_to_the_last_record(county: County) -> None:
    clerk = signed_in(county, "clerk", "emo", "clerk")
    head = signed_in(county, "head", "government", "head")
    number = closed_incident(county).record.number
    wrong = clerk.post("/destruction/new/", {"records": number, "reason": "信息不再需要"})
    assert wrong.status_code == 422
    assert number in wrong.content.decode()
    assert "信息不再需要" in wrong.content.decode()
    answer = clerk.post("/destruction/new/", {"records": number, "basis": "erl85", "reason": "信息不再需要"})
    assert answer["Location"] == "/destruction/1/"
    order = Order.objects.get()
    assert "confirm/" not in text_of(clerk, "/destruction/1/")
    shown = text_of(head, "/destruction/1/")
    assert f'value="{preview(order).fingerprint}"' in shown
    assert "/destruction/1/" in text_of(head, "/")
    head.post("/destruction/1/confirm/", {"seen": "something else"})
    assert Order.objects.get().state == "drafted"
    head.post("/destruction/1/confirm/", {"seen": preview(order).fingerprint})
    assert "every 2s" in text_of(head, "/destruction/1/")
    work()
    assert "every 2s" not in text_of(head, "/destruction/1/")
    assert "信息不再需要" in text_of(head, "/destruction/")


def test_who_may_not_is_told_so(county: County) -> None:
    order = drafted(county, closed_incident(county))
    officer = signed_in(county, "officer", "emo", "duty_officer")
    stranger = signed_in(county, "stranger", "neighbour", "head")
    for path in ("/destruction/", "/destruction/1/", "/destruction/rules/", "/destruction/new/"):
        assert officer.get(path).status_code == 403
    assert stranger.get("/destruction/1/").status_code == 404
    assert stranger.post("/destruction/1/confirm/", {"seen": preview(order).fingerprint}).status_code == 404
    assert stranger.get("/destruction/99999999999999999999/").status_code == 404
    assert Order.objects.get().state == "drafted"


def test_cancelling_asks_for_a_reason(county: County) -> None:
    drafted(county, closed_incident(county))
    head = signed_in(county, "head", "government", "head")
    assert head.post("/destruction/1/cancel/", {"reason": ""}).status_code == 422
    assert head.post("/destruction/1/cancel/", {"reason": "证据保全"}).status_code == 302
    assert Order.objects.get().state == "cancelled"


def test_a_record_is_held_and_let_go_on_its_page(county: County) -> None:
    incident = closed_incident(county)
    leader = signed_in(county, "leader", "emo", "duty_leader")
    page = f"/destruction/records/{incident.pk}/"
    assert f"/destruction/new/?records={incident.record.number}" in text_of(leader, page)
    assert page in text_of(leader, f"/incidents/{incident.record.number}/")
    assert leader.post(f"{page}hold/", {"reason": ""}).status_code == 422
    leader.post(f"{page}hold/", {"reason": "检察机关调阅"})
    shown = text_of(leader, page)
    assert "检察机关调阅" in shown
    assert "/destruction/new/?records=" not in shown
    leader.post(f"{page}lift/", {"reason": "调阅完毕"})
    assert "检察机关调阅" not in text_of(leader, page)


def test_a_mistake_in_the_rules_is_shown_and_is_no_500(county: County, settings: object, tmp_path: object) -> None:
    settings.OWN_RETENTION = tmp_path / "retention.csv"  # type: ignore[attr-defined,operator]
    settings.OWN_RETENTION.write_text("id,subject\nRT1,people\n")  # type: ignore[attr-defined]
    assert "RT1" in text_of(signed_in(county, "leader", "emo", "duty_leader"), "/destruction/rules/")


@pytest.mark.parametrize(
    "path", ["/incidents/{number}/", "/incidents/", "/reports/", "/reports/{report}/", "/search/?q={number}"]
)
def test_pages_say_it_and_still_read(county: County, path: str) -> None:
    incident = closed_incident(county)
    report = Report.objects.get()
    carried_out(county, incident)
    desk = signed_in(county, "desk", "emo", "duty_leader")
    shown = text_of(desk, path.format(number=incident.record.number, report=report.pk))
    if path in ("/incidents/{number}/", "/reports/{report}/"):
        assert "/destruction/1/" in shown
        assert text_of(desk, f"/records/{incident.pk}/history/")


def test_machines_are_told_which_order_it_was(client: Client, county: County) -> None:
    headers = {"Authorization": f"Bearer {county.key('110', 'intake.write', 'incidents.read')}"}
    body = json.dumps(message(source_id="1", caller={"name": "张某", "phone": "13800000000"})).encode()

    def post(once: str, content: bytes = body) -> int:
        sent = headers | {"Idempotency-Key": once}
        return client.generic(
            "POST", "/api/v1/reports", content, content_type="application/json", headers=sent
        ).status_code

    assert post("k1") == 201
    report = Report.objects.select_related("record").get()
    Report.objects.update(state="dismissed")
    carried_out(county, report)
    said = client.get(f"/api/v1/reports/{report.pk}", headers=headers).json()
    assert (said["destroyed_by"], said["text"], said["caller"]) == (1, "", {"name": "", "phone": ""})
    (listed,) = client.get("/api/v1/reports", headers=headers).json()["items"]
    assert listed["destroyed_by"] == 1
    assert post("k1") == 410  # the key is remembered: it is not taken for a new call
    assert Report.objects.count() == 1
    assert Answered.objects.get().body == ""


def test_an_incident_and_its_timeline_tell_machines(client: Client, county: County) -> None:
    incident = closed_incident(county)
    headers = {"Authorization": f"Bearer {county.key('emo', 'incidents.read')}"}
    path = f"/api/v1/incidents/{incident.record.number}"
    assert client.get(path, headers=headers).json()["destroyed_by"] is None
    carried_out(county, incident)
    said = client.get(path, headers=headers).json()
    assert (said["destroyed_by"], said["summary"]) == (1, "")
    lines = client.get(f"{path}/timeline", headers=headers).json()["items"]
    assert {line["verb"]: line["destroyed_by"] for line in lines}["incident.closed"] == 1
    assert "destruction.carried_out" in [line["verb"] for line in lines]


def test_the_register_says_how_many_of_a_dozen(county: County) -> None:
    reports = [dismissed_report(county) for _number in range(3)]
    confirmed(county, drafted(county, *reports))
    work()
    assert "3 / 3" in text_of(signed_in(county, "leader", "emo", "duty_leader"), "/destruction/")
