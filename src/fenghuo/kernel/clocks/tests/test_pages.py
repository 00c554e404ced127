"""The pages of deadlines: what is due, soonest first; one of them with what can be done; the record's own page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.clocks.lateness import LateWhy
from fenghuo.kernel.clocks.models import Clock, LateReason
from fenghuo.kernel.clocks.services import meet
from tests.clocks import entry_of_all, matter, run_clock
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(county: County, client: Client, unit: str = "emo", role: str = "duty_leader") -> Client:
    post = county.account(f"{unit}{role}", unit, role)
    client.force_login(Account.objects.get(person=post.person), BACKEND)
    return client


def test_what_ends_first_comes_first_and_others_blocks_stay_hidden(county: County, client: Client) -> None:
    now = timezone.now()
    made = [run_clock(matter(county, "a"), started=now - timedelta(minutes=ago)) for ago in (5, 50, 20)]
    run_clock(matter(county, "b", title="余下的事"), started=now)
    page = browser(county, client, "a", "clerk").get("/clocks/")
    assert [line.it.id for line in page.context["lines"]] == [made[1].pk, made[2].pk, made[0].pk]
    assert "余下的事" not in page.content.decode()


def test_the_list_asks_the_same_however_long_it_is(
    county: County, client: Client, django_assert_max_num_queries: Any
) -> None:
    now, desk = timezone.now(), browser(county, client)
    for turn in range(40):
        run_clock(matter(county), started=now - timedelta(minutes=turn), turn=turn)
    desk.get("/clocks/")
    with django_assert_max_num_queries(14):
        desk.get("/clocks/")


def test_paused_with_a_reason_and_let_run_again(county: County, client: Client) -> None:
    leader = browser(county, client)
    clock = run_clock(matter(county), started=timezone.now() - timedelta(minutes=5))
    refused = leader.post(f"/clocks/{clock.pk}/pause/", {"pause-reason": " "})
    assert refused.status_code == 422
    assert leader.post(f"/clocks/{clock.pk}/pause/", {"pause-reason": "技术鉴定"}).status_code == 302
    page = leader.get(f"/clocks/{clock.pk}/").content.decode()
    assert f"/clocks/{clock.pk}/resume/" in page
    assert leader.post(f"/clocks/{clock.pk}/resume/", {}).status_code == 302
    assert Clock.objects.get(pk=clock.pk).due_at >= clock.due_at


@pytest.mark.parametrize("verb", ["pause", "resume", "extend", "explain", "destroy"])
def test_what_makes_no_sense_is_refused_and_what_was_typed_is_kept(county: County, client: Client, verb: str) -> None:
    leader, start = browser(county, client), timezone.now() - timedelta(minutes=5)
    clock = run_clock(matter(county), started=start)
    meet(clock.record_id, ["R8"], timezone.now(), entry_of_all().pk)
    said = {f"{verb}-reason": "已写的话", f"{verb}-days": "3", f"{verb}-why": "hands", f"{verb}-text": "已写的话"}
    page = leader.post(f"/clocks/{clock.pk}/{verb}/", said)
    assert page.status_code == (404 if verb == "destroy" else 422)
    if verb in ("pause", "extend", "explain"):
        assert "已写的话" in page.content.decode()


def test_a_reason_of_ten_thousand_characters_is_refused(county: County, client: Client) -> None:
    desk = browser(county, client)
    clock = run_clock(matter(county), started=timezone.now() - timedelta(hours=1))
    page = desk.post(f"/clocks/{clock.pk}/explain/", {"explain-why": "hands", "explain-text": "字" * 10_000})
    assert page.status_code == 422
    assert not LateReason.objects.exists()


def test_the_reason_is_asked_for_and_given_on_the_records_own_page(county: County, client: Client) -> None:
    desk = browser(county, client)
    report = county.report(received_at=(timezone.localtime() - timedelta(hours=1)).isoformat())
    clock = Clock.objects.get(record=report.pk)
    address = f"/reports/{report.pk}/"
    assert f"/clocks/{clock.pk}/explain/" in desk.get(address).content.decode()
    said = {"explain-why": "hands", "explain-text": "当班只有一人", "back": "record"}
    done = desk.post(f"/clocks/{clock.pk}/explain/", said)
    assert (done.status_code, done["Location"]) == (302, address)
    page = desk.get(address).content.decode()
    assert f"/clocks/{clock.pk}/explain/" not in page
    assert str(LateWhy.HANDS.label) in page


@pytest.mark.parametrize("address", ["/clocks/999999/", f"/clocks/{2**70}/"])
def test_what_is_not_there_is_not_found(county: County, client: Client, address: str) -> None:
    assert browser(county, client).get(address).status_code == 404


def test_another_units_clock_is_not_found(county: County, client: Client) -> None:
    clock = run_clock(matter(county, "b"), started=timezone.now())
    assert browser(county, client, "a", "clerk").get(f"/clocks/{clock.pk}/").status_code == 404
