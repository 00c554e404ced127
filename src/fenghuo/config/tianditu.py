"""天地图 (the national map service): off unless the county sets its own key: a foreign server is then asked."""

import re

from django.core.exceptions import ImproperlyConfigured

SERVERS = [f"https://t{number}.tianditu.gov.cn" for number in range(8)]
KEY = re.compile(r"[0-9A-Za-z]{8,64}")
SERVER = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


def tianditu_key(said: str) -> str:
    """Raises: ImproperlyConfigured. It becomes part of addresses."""
    key = said.strip()
    if key and not KEY.fullmatch(key):
        raise ImproperlyConfigured("FENGHUO_TIANDITU_KEY must be the key as 天地图 issued it: letters and digits only.")
    return key


def tianditu_servers(key: str, said: str) -> list[str]:
    """Origins that pages may fetch tiles from: none without a key; the service's own unless a county has a mirror.

    Raises: ImproperlyConfigured. They become part of the page's policy, so that nothing else may slip in.
    """
    if not key:
        return []
    servers = [server for part in said.split(",") if (server := part.strip().lower().rstrip("/"))]
    for server in servers:
        if not SERVER.fullmatch(server):
            raise ImproperlyConfigured(
                f"FENGHUO_TIANDITU_SERVERS names {server!r}: write origins like https://map.example.cn, by commas."
            )
    return servers or SERVERS
