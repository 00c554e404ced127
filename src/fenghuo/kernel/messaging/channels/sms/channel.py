"""SMS over the county's HTTP gateway, with kept connections."""

import json
import re
import threading
import time
from typing import Any
from urllib.parse import quote

import httpx

from ..channel import Accepted, NotSent, Outgoing
from .gateway import BadGateway, Gateway, fill, gateway
from .paths import is_among, keepable, text_at, value_at

LONGEST = 10.0  # seconds for an answer
CONNECT = 3.0
LONGEST_QUERY = 4.0
MOST_BYTES = 64 * 1024
LANES = 8


class SmsChannel:
    name, outside, lanes, lease_s = "sms", True, LANES, 30.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: tuple[str, httpx.Client] | None = None

    def obstacle(self) -> str:
        try:
            return "" if gateway() else "not_set_up"
        except BadGateway:
            return "misconfigured"

    def send(self, outgoing: Outgoing) -> Accepted:
        described = _described()
        values = described.values | {
            "phone": outgoing.address,
            "text": outgoing.text,
            "reference": outgoing.reference,
        }
        address = fill(described.url, {name: quote(value, safe="") for name, value in values.items()})
        content = fill(described.body, values)
        headers = fill(described.headers, values)
        try:
            status, body = self._ask(described, described.method, address, headers, content, LONGEST)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            raise NotSent(_said(error), again=True) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
            raise NotSent(_said(error), again=False) from error
        except httpx.HTTPError as error:
            raise NotSent(_said(error), again=True, unknown=True) from error
        return judge(described, status, body)

    def find(self, reference: str) -> Accepted | None:
        described = _described()
        query = described.query
        if query is None:
            return None
        values = described.values | {"reference": reference}
        address = fill(query.url, {name: quote(value, safe="") for name, value in values.items()})
        try:
            status, body = self._ask(
                described,
                query.method,
                address,
                fill(described.headers, values),
                fill(query.body, values),
                LONGEST_QUERY,
            )
        except httpx.HTTPError as error:
            raise NotSent(_said(error), again=True, unknown=True) from error
        if status >= 500:
            raise NotSent(f"HTTP {status}", again=True, unknown=True)
        found = value_at(_json(body), query.path)
        has_it = found is not None and is_among(found, query.known)
        return Accepted(said=keepable(f"found: {found}")[:500]) if has_it else None

    def _ask(
        self,
        described: Gateway,
        method: str,
        address: str,
        headers: dict[str, str],
        content: Any,
        longest: float,
    ) -> tuple[int, bytes]:
        """(status, body). A gateway that drips its answer is left after `longest` seconds."""
        sent: dict[str, Any] = {}
        if method != "GET":
            sent = {"data" if described.encoding == "form" else "json": content}
        end = time.monotonic() + longest
        timeout = httpx.Timeout(longest, connect=CONNECT)
        body = b""
        with self._kept(described).stream(method, address, headers=headers, timeout=timeout, **sent) as answer:
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES or time.monotonic() > end:
                    raise httpx.ReadTimeout("the answer does not end")
            return answer.status_code, body

    def _kept(self, described: Gateway) -> httpx.Client:
        """One client, whose connections all threads share; a new one when another proxy is described."""
        with self._lock:
            if self._client is None or self._client[0] != described.proxy:
                limits = httpx.Limits(max_connections=LANES * 2, max_keepalive_connections=LANES)
                # What the environment says of proxies is meant for others; the county's own stands in sms.toml.
                client = httpx.Client(limits=limits, trust_env=False, proxy=described.proxy or None)
                self._client = (described.proxy, client)
            return self._client[1]


def judge(described: Gateway, status: int, body: bytes) -> Accepted:
    """What an answer means. Raises: NotSent."""
    said = f"HTTP {status} {_readable(body)}".strip()
    if status >= 500:
        raise NotSent(said, again=True, unknown=True)
    accepted, again = described.accepted, described.again
    document = _json(body)
    if status in accepted.status:
        if accepted.pattern:
            if found := re.search(accepted.pattern, body.decode("utf-8", "replace")):
                return Accepted(keepable(str(found.groupdict().get("id") or ""))[:128], said)
        elif not accepted.path or is_among(value_at(document, accepted.path), accepted.values):
            return Accepted(text_at(document, accepted.id)[:128], said)
        elif document is None:
            # A page of a proxy, or half an answer: nobody knows what became of the message.
            raise NotSent(said, again=True, unknown=True)
    path = again.path or accepted.path
    retry = status in again.status or (bool(path) and is_among(value_at(document, path), again.values))
    raise NotSent(said, again=retry)


def _described() -> Gateway:
    try:
        described = gateway()
    except BadGateway as error:
        raise NotSent(str(error), again=True) from error
    if described is None:
        raise NotSent("no gateway is set up", again=True)
    return described


def _readable(body: bytes) -> str:
    """An answer as people can read it: \\u4f59\\u989d is 余额."""
    document = _json(body)
    text = json.dumps(document, ensure_ascii=False) if document is not None else body.decode("utf-8", "replace")
    return keepable(text)[:300]


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip(": ")
