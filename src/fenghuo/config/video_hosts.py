"""FENGHUO_VIDEO_HOSTS read: whose cameras and meetings the board may open in place."""

import re

from django.core.exceptions import ImproperlyConfigured

HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?", re.ASCII)


def video_hosts(said: str) -> list[str]:
    """Hosts, with a port where it is not the usual one, separated by commas; *.example.cn is every host below it.

    Raises: ImproperlyConfigured. They become part of the page's policy, so that nothing else may slip in.
    """
    hosts = [host for part in said.split(",") if (host := part.strip().lower())]
    for host in hosts:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"FENGHUO_VIDEO_HOSTS names {host!r}: write hosts like video.example.cn or 10.0.0.8:8443, by commas."
            )
    return hosts
