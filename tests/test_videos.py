"""Cameras and meetings are opened in place only where the county's own setting allows their host."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from fenghuo.config import settings as flat
from fenghuo.config.video_hosts import video_hosts
from fenghuo.kernel.access.models import Account
from fenghuo.response.command.services import add_video
from fenghuo.response.command.videos import may_play, video
from tests.county import County
from tests.orders import incident

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_hosts_are_read_from_one_line() -> None:
    assert video_hosts(" video.example.cn, 10.0.0.8:8443,*.gov.example ,") == [
        *("video.example.cn", "10.0.0.8:8443", "*.gov.example")
    ]
    assert video_hosts("") == []


@pytest.mark.parametrize("said", ["a.cn; script-src *", "'unsafe-inline'", "*", "https://a.cn", "a b"])
def test_nothing_else_slips_into_the_policy(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FENGHUO_VIDEO_HOSTS"):
        video_hosts(said)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://video.example.cn/live/7", True),
        ("http://video.example.cn/live/7", True),
        ("https://VIDEO.example.cn:443/x", True),
        ("https://video.example.cn:8443/x", False),
        ("https://cam.example.cn:8443/x", True),
        ("https://cam.example.cn/x", False),
        ("https://a.meet.example.cn/9", True),
        ("https://meet.example.cn/9", False),
        ("https://video.example.cn.evil.example/x", False),
        ("https://video.example.cn@evil.example/x", False),
        ("rtsp://video.example.cn/x", False),
        ("https://video.example.cn:x/", False),
    ],
)
def test_only_named_hosts_play_in_place(settings: Any, address: str, allowed: bool) -> None:
    settings.VIDEO_HOSTS = ["video.example.cn", "cam.example.cn:8443", "*.meet.example.cn"]
    assert may_play(address) is allowed


def test_a_page_on_https_plays_nothing_over_http(settings: Any) -> None:
    settings.VIDEO_HOSTS, settings.HTTPS = ["video.example.cn"], True
    assert may_play("https://video.example.cn/1")
    assert not may_play("http://video.example.cn/1")


def test_a_film_is_a_film_and_a_page_a_page(settings: Any) -> None:
    settings.VIDEO_HOSTS = ["video.example.cn"]
    assert video("球机", "https://video.example.cn/a.mp4").way == "file"
    assert video("会议", "https://video.example.cn/9").way == "frame"
    away = video("会议", "https://who:secret@meet.example.org/9")
    assert (away.way, away.host) == ("away", "meet.example.org")


def test_by_default_the_policy_allows_this_house_alone(client: Client, county: County) -> None:
    assert flat.SECURE_CSP["frame-src"] == flat.SECURE_CSP["media-src"] == ["'self'"]
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "frame-src 'self';" in policy


def test_the_board_offers_the_videos_of_its_incidents(county: County, client: Client, settings: Any) -> None:
    settings.VIDEO_HOSTS = ["video.example.cn"]
    desk = county.actor("emo")
    it = incident(county, desk)
    add_video(it, by=desk, name="甘河大桥球机", address="https://video.example.cn/live/7")
    add_video(it, by=desk, name="会商", address="https://meeting.example.org/9")
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    page = client.get("/board/").content.decode()
    assert 'data-video="frame" data-host="video.example.cn"' in page
    assert 'data-video="away" data-host="meeting.example.org"' in page
