"""An administrator changes what the county sets: sees what it does first, is refused what contradicts itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.clocks.models import Clock, DaysOff, OwnRule
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.web.today import items_for
from tests.clocks import matter, run_clock
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROW: dict[str, Any] = {
    "id": "R8",
    "subject": "incident",
    "kinds": "*",
    "anchor": "learned",
    "span": "20m",
    "way": "phone",
    "duty": "duty",
    "what_zh": "首报(电话)",
    "to_zh": "县总值班室",
    "in_force_from": "2026-01-01",
    "own_source": "鄠政办发〔2026〕1号",
    "decided_on": "2026-01-05",
    "seen": "0",
}


@pytest.fixture
def admin(county: County, client: Client) -> Client:
    post = county.account("admin", "emo", "administrator")
    client.force_login(Account.objects.get(person=post.person), BACKEND)
    return client


@pytest.fixture
def clocks(county: County) -> list[Clock]:
    now = timezone.now()
    return [run_clock(matter(county), started=now - timedelta(minutes=ago)) for ago in (5, 25)]


def change(browser: Client, step: str = "preview", **said: str) -> Any:
    return browser.post("/clocks/rules/R8/change/", ROW | said | {"step": step})


def test_first_what_it_would_do_then_it_is_done(admin: Client, clocks: list[Clock]) -> None:
    page = change(admin)
    assert page.status_code == 200
    effect = page.context["effect"]
    assert (effect["count"], effect["late"]) == (2, 1)  # 20 minutes: the one of 25 minutes ago is late at once
    assert not OwnRule.objects.exists()
    before = {clock.pk: clock.due_at for clock in clocks}
    done = change(admin, "confirm", seen="0")
    assert done.status_code == 302
    assert {one.pk: one.due_at for one in Clock.objects.filter(rule="R8")} == {
        pk: due - timedelta(minutes=10) for pk, due in before.items()
    }
    assert Entry.objects.filter(verb="clock.moved").count() == 2
    shown = admin.get("/clocks/rules/R8/").content.decode()
    assert "鄠政办发〔2026〕1号" in shown
    assert "20m" in shown  # the history says from what to what


def test_two_administrators_do_not_overwrite_each_other(admin: Client, clocks: list[Clock]) -> None:
    assert change(admin, "confirm").status_code == 302
    second = change(admin, "confirm", span="15m")  # from a page that was opened before
    assert second.status_code == 422
    assert OwnRule.objects.get().columns["span"] == "20m"
    assert b'value="15m"' in second.content  # what was typed is kept
    newest = str(OwnRule.objects.get().entry_id)
    assert change(admin, "confirm", span="15m", seen=newest).status_code == 302


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"valid_to": "2025-12-31"}, "valid_to"),
        ({"in_force_from": "2026-02-29"}, "in_force_from"),
        ({"span": "at_once", "repeats": "yes"}, "repeats"),
        ({"span": "0m"}, "span"),
        ({"span": "soon"}, "span"),
        ({"span": "daily@25:00", "repeats": "yes"}, "span"),
        ({"when": "level>=3 & level<=2"}, "when"),
        ({"kinds": "volcano"}, "kinds"),
        ({"own_source": ""}, "own_source"),
        ({"decided_on": "2999-01-01"}, "decided_on"),
        ({"region_code": "61"}, "region_code"),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(
    admin: Client, clocks: list[Clock], said: dict[str, str], field: str
) -> None:
    for step in ("preview", "confirm"):
        page = change(admin, step, **said)
        assert page.status_code == 422, page.status_code
        form = page.context["form"]
        assert set(form.errors) & {field, "span" if field == "repeats" else field}, form.errors
    assert not OwnRule.objects.exists()
    assert not Entry.objects.filter(verb="clock.moved").exists()


def test_what_a_law_fixes_is_not_changed_here(admin: Client) -> None:
    page = admin.post("/clocks/rules/R3/change/", ROW | {"id": "R3", "step": "confirm"})
    assert page.status_code == 422
    assert not OwnRule.objects.exists()
    assert b"/rules/R3/change/" not in admin.get("/clocks/rules/R3/").content


def test_what_the_county_sets_is_never_shown_as_law(admin: Client, clocks: list[Clock]) -> None:
    change(admin, "confirm")
    rows = [row for row in admin.get("/clocks/rules/").context["rules"] if row.id == "R8"]
    assert [(row.law, row.unsure, row.own) for row in rows] == [(False, True, True)]
    assert all("《" not in row.basis for row in rows)


def test_withdrawn_the_shipped_one_holds_again(admin: Client, clocks: list[Clock]) -> None:
    change(admin, "confirm")
    own = OwnRule.objects.get()
    address = f"/clocks/rules/own/{own.pk}/withdraw/"
    said = {"seen": str(own.entry_id), "reason": "已废止"}
    first = admin.post(address, said | {"step": "preview"})
    assert first.context["effect"]["count"] == 2
    assert admin.post(address, said | {"reason": "", "step": "confirm"}).status_code == 422
    assert admin.post(address, said | {"seen": "0", "step": "confirm"}).status_code == 422
    assert admin.post(address, said | {"step": "confirm"}).status_code == 302
    assert {one.pk: one.due_at for one in Clock.objects.all()} == {one.pk: one.due_at for one in clocks}


def test_others_read_the_rules_and_change_nothing(county: County, client: Client) -> None:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    assert client.get("/clocks/rules/").status_code == 200
    assert client.get("/clocks/rules/R8/").status_code == 200
    assert client.get("/clocks/rules/R8/change/").status_code == 403
    assert client.post("/clocks/rules/R8/change/", ROW | {"step": "confirm"}).status_code == 403
    assert client.post("/clocks/days-off/", {"notice": "x", "step": "confirm"}).status_code == 403
    assert client.get("/clocks/rules/none/").status_code == 404


NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦:1月1日(周五)至3日(周日)放假调休,共3天。
"""


def test_a_notice_that_lacks_holidays_is_refused_and_kept(admin: Client) -> None:
    page = admin.post("/clocks/days-off/", {"notice": NOTICE, "step": "confirm"})
    assert page.status_code == 422
    assert "春节" in str(page.context["form"].errors)
    assert "2027年部分节假日" in page.content.decode()
    assert not DaysOff.objects.exists()


def test_from_october_on_the_missing_table_is_said_aloud(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, officer = county.actor("emo", "administrator"), county.actor("emo")
    for day, said in ((date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2027, 1, 1), True)):
        monkeypatch.setattr(timezone, "localdate", lambda *_args, day=day: day)
        assert any("days-off" in item.url for item in items_for(admin)) is said
        assert not any("days-off" in item.url for item in items_for(officer))
