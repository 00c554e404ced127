"""Administrators see how old the newest backup is, what failed and what has expired; others see nothing of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.keeping.health import backup as waited
from fenghuo.kernel.keeping.models import Backup, State
from tests.county import County


@pytest.fixture
def page(county: County, client: Client) -> Client:
    client.force_login(
        Account.objects.get(person=county.account("guanli", role="administrator").person),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    client.get("/language/")
    return client


def said(client: Client, path: str) -> str:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def kept(name: str, days_ago: int, keep: int = 30, **more: Any) -> Backup:
    at = timezone.now() - timedelta(days=days_ago)
    values = {"state": State.MADE, "path": f"/far/{name}", "keep_until": at.date() + timedelta(days=keep)} | more
    return Backup.objects.create(name=name, made_at=at, made_by="root (command)", **values)


def test_none_yet(page: Client) -> None:
    text = said(page, "/backups/")
    assert "No backup has been made yet" in text
    assert "FENGHUO_BACKUP_AT" in text


def test_the_age_of_the_newest(page: Client, settings: Any) -> None:
    settings.BACKUP_AT = "03:30"
    kept("old.zip", 9)
    text = said(page, "/backups/")
    assert "9 days ago" in text
    assert "too old" in text
    kept("new.zip", 0, size=2_000_000, position=7, journal_ok=False, notes="the journal was not whole")
    text = said(page, "/backups/")
    assert "too old" not in text
    assert "not whole" in text


def test_a_failure_stands_on_the_page_and_on_today_until_one_succeeds(page: Client) -> None:
    kept("bad.zip", 0, state=State.FAILED, keep_until=None, notes="No space left on device")
    assert "No space left on device" in said(page, "/backups/")
    assert "bad.zip" in said(page, "/")
    kept("good.zip", 0)
    assert "bad.zip" not in said(page, "/")


def test_today_says_when_there_is_none_for_a_week(page: Client, county: County) -> None:
    assert "no recent backup" not in said(page, "/")  # it was installed just now
    Entry.objects.model.objects.bulk_create(
        [
            Entry(verb="x", actor_label="x", happened_at=when, recorded_at=when, text="{}")
            for when in [timezone.now() - timedelta(days=20)]
        ]
    )
    assert "no recent backup" in said(page, "/")
    kept("new.zip", 1)
    assert "no recent backup" not in said(page, "/")


def test_health_knows_the_daily_one_only(county: County, settings: Any) -> None:
    now = timezone.now()
    later = now + timedelta(days=3)
    assert waited(later) is None
    settings.BACKUP_AT = "03:30"
    assert waited(now) is None
    overdue = waited(later)
    assert overdue is not None
    assert overdue > timedelta(hours=2)
    kept("new.zip", -3)
    assert waited(later) is None


def test_an_expired_one_elsewhere_is_deleted_by_hand_and_noted(page: Client) -> None:
    backup = kept("far.zip", 40)
    assert "far.zip" in said(page, "/")
    assert "expired" in said(page, "/backups/")
    answer = page.post(f"/backups/{backup.pk}/removed/", {"reason": " "}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "say who deleted it" in answer.content.decode()
    answer = page.post(f"/backups/{backup.pk}/removed/", {"reason": "shredded"})
    assert answer.status_code == 302
    backup.refresh_from_db()
    assert backup.removed_at is not None
    assert "far.zip" not in said(page, "/")
    assert page.post("/backups/99999/removed/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["duty_officer", "duty_leader", "head", "clerk", "observer"])
def test_others_see_nothing(county: County, client: Client, role: str) -> None:
    backup = kept("far.zip", 40)
    post = county.account(role, role=role)
    client.force_login(
        Account.objects.get(person=post.person), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get("/backups/").status_code == 403
    assert client.post(f"/backups/{backup.pk}/removed/", {"reason": "x"}).status_code == 403
    text = client.get("/").content.decode()
    assert "far.zip" not in text
    assert "/backups/" not in text


def test_a_stranger_is_led_to_the_door(county: County, client: Client) -> None:
    assert client.get("/backups/").status_code == 302
