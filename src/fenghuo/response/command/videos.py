"""How the address of a camera or meeting is opened: in place where its host is allowed, else in a tab of its own."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

FILES = (".mp4", ".webm", ".ogv", ".mov")
USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Video:
    """`way`: frame (a page), file (a film) or away (a new tab); `host` is named when it is not allowed."""

    name: str
    address: str
    way: str
    host: str


def video(name: str, address: str) -> Video:
    way = "away"
    if may_play(address):
        way = "file" if urlsplit(address).path.lower().endswith(FILES) else "frame"
    return Video(name, address, way, urlsplit(address).netloc.rpartition("@")[2])


def may_play(address: str) -> bool:
    """Whether the page's policy lets it be opened in place: the same hosts stand in SECURE_CSP."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or USUAL.get(parts.scheme, 0)
    except ValueError:
        return False
    if parts.scheme not in USUAL or (settings.HTTPS and parts.scheme == "http"):  # browsers refuse mixed content
        return False
    return any(_names(allowed, host, port, USUAL[parts.scheme]) for allowed in settings.VIDEO_HOSTS)


def _names(allowed: str, host: str, port: int, usual: int) -> bool:
    name, _colon, number = allowed.partition(":")
    if port != (int(number) if number else usual):
        return False
    return host.endswith(name[1:]) if name.startswith("*.") else host == name
