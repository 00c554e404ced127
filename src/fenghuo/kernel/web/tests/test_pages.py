"""Every page of the shell: whole in both languages, within its budget of queries, closed to strangers."""

from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.registry.services import appoint, end_post
from tests.county import PASSWORD, SINCE, County

PAGES = [
    "/",
    "/search/?q=caotang",
    "/registers/units/",
    "/registers/units/?q=yjgl",
    "/units/610118000000-EMO/",
    "/registers/people/",
    "/regions/",
    "/post/",
]


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    post = county.account("desk")
    client.force_login(Account.objects.get(person=post.person), "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "烽火"), ("en", "Fenghuo")])
def test_a_page_is_there_in_both_languages(desk: Client, page: str, language: str, word: str) -> None:
    answer = desk.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert word in answer.content.decode()
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_led_to_sign_in(client: Client, county: County, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("page", ["/", "/registers/units/", "/registers/people/", "/regions/"])
def test_a_page_costs_at_most_twelve_queries(
    desk: Client, county: County, page: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        county.report()
    desk.get(page)
    with django_assert_max_num_queries(12):
        assert desk.get(page).status_code == 200


def test_today_starts_with_what_has_waited_longest(desk: Client, county: County) -> None:
    county.report(text="后来的事", received_at="2026-05-12T05:00:00+08:00")
    county.report(text="先来的事", received_at="2026-05-12T03:00:00+08:00")
    page = desk.get("/").content.decode()
    assert page.index("先来的事") < page.index("后来的事")


def test_today_without_anything_to_do_says_so(desk: Client) -> None:
    assert "empty" in desk.get("/").content.decode()


def test_part_of_a_page_comes_alone(desk: Client) -> None:
    part = desk.get("/", headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]


def test_whoever_holds_two_posts_chooses(desk: Client, county: County) -> None:
    account = Account.objects.get(username="desk")
    second = appoint(account.person, by=SYSTEM, unit=county.units["a"], role="clerk", since=SINCE)
    assert str(county.units["emo"]) in desk.get("/").content.decode()
    assert desk.post("/post/", {"post": second.pk}).status_code == 302
    assert str(county.units["a"]) in desk.get("/").content.decode()
    foreign = county.post("education")
    desk.post("/post/", {"post": foreign.pk})
    assert str(county.units["education"]) not in desk.get("/").content.decode()


def test_without_a_post_there_are_no_rights(desk: Client, county: County) -> None:
    post = Account.objects.get(username="desk").person.posts.get()
    end_post(post, by=SYSTEM, on=SINCE)
    answer = desk.get("/registers/units/")
    assert answer.status_code == 403
    assert b"web/post" not in answer.content


def test_people_of_other_units_are_not_shown(client: Client, county: County) -> None:
    county.post("education")
    post = county.account("village", "village", "head")
    client.force_login(Account.objects.get(person=post.person), "allauth.account.auth_backends.AuthenticationBackend")
    assert "教育局" not in client.get("/registers/people/").content.decode()
    assert "13800000000" not in client.get("/units/610118000000-EDU/").content.decode()
    assert client.get("/units/610118000000-EDU/").status_code == 200  # the unit itself is in the address book


def test_signing_in_and_being_locked_after_five_wrong_passwords(client: Client, county: County) -> None:
    county.account("desk")
    page = client.get("/accounts/login/")
    assert page.status_code == 200
    right = {"login": "desk", "password": PASSWORD}
    assert client.post("/accounts/login/", right).status_code == 302
    client.logout()
    for _ in range(5):
        answer = client.post("/accounts/login/", right | {"password": "wrong"})
    locked = client.post("/accounts/login/", right)
    assert 429 in {answer.status_code, locked.status_code}
    assert client.get("/").status_code == 302


def test_nobody_signs_up_and_no_password_is_mailed(client: Client, county: County) -> None:
    assert "signup" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD}).status_code == 200
    assert not Account.objects.filter(username="x").exists()
    assert client.get("/accounts/password/reset/").status_code == 404


def test_the_demo_door_is_shut_where_there_is_no_demo(desk: Client) -> None:
    assert desk.get("/demo/").status_code == 404
    assert desk.post("/demo/", {"username": "desk"}).status_code == 404


def test_a_language_is_kept_and_never_leads_elsewhere(desk: Client) -> None:
    answer = desk.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert "Units" in desk.get("/registers/units/").content.decode()


@pytest.mark.parametrize("page", ["/nowhere/", "/units/999/", "/reports/999999/"])
def test_what_is_not_there_is_said_plainly(desk: Client, page: str) -> None:
    answer = desk.get(page)
    assert answer.status_code == 404
    assert b"Traceback" not in answer.content


def test_typeahead_offers_codes_with_names(desk: Client) -> None:
    answer = desk.get("/units/options/?to=jyj").content.decode()
    assert 'value="610118000000-EDU"' in answer
    assert "<script" not in desk.get("/units/options/?to=<script>").content.decode()


def test_health_is_told(client: Client, county: County) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    ready = client.get("/readyz")
    assert set(ready.json()["checks"]) == {
        "database",
        "append_only",
        "queue",
        "sequencer",
        "files",
        "outbox",
        "reminders",
        "silence",
        "backup",
        "seals",
        "clocks",
        "disk",
    }
    assert b"fenghuo_journal_entries" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 401
