"""Reading what the gateway calls back with: JSON or a form, one or a list, by the names in sms.toml."""

import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from django.utils import timezone

from .gateway import BadGateway, Gateway, gateway
from .paths import is_among, value_at

type Meaning = Literal["delivered", "failed", "ignored", ""]

MOST_ITEMS = 2000


class Unreadable(Exception):
    """The body holds nothing that could be a receipt or a reply."""


def gateway_called(secret: str) -> Gateway | None:
    """The gateway, when this is the secret of its callbacks; compared in constant time."""
    try:
        described = gateway()
    except BadGateway:
        return None
    if described is None or described.callbacks is None:
        return None
    right = hmac.compare_digest(described.callbacks.secret.encode(), secret.encode())
    return described if right else None


def items_in(content: Any, where: str) -> list[Mapping[str, Any]]:
    """The receipts or replies in a body that was parsed. Raises: Unreadable."""
    found = value_at(content, where)
    if isinstance(found, str):  # JSON inside a field of a form
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            raise Unreadable from None
    items = found if isinstance(found, list) else [found]
    if not items or len(items) > MOST_ITEMS or not all(isinstance(item, dict) for item in items):
        raise Unreadable
    return items


def meaning_of(status: str) -> Meaning:
    """What a status of a receipt means by sms.toml; "" when it does not say."""
    try:
        described = gateway()
    except BadGateway:
        return ""
    receipts = described.receipts if described else None
    if receipts is None:
        return ""
    if is_among(status, receipts.delivered):
        return "delivered"
    if is_among(status, receipts.failed):
        return "failed"
    return "ignored" if is_among(status, receipts.ignored) else ""


def moment(said: str) -> datetime | None:
    """A time as gateways write it: ISO, 2026-05-12 03:04:05, 20260512030405, seconds or milliseconds since 1970.

    Without an offset it is the county's time. None when it is none of these.
    """
    digits = said.strip()
    if re.fullmatch(r"\d{10}|\d{13}", digits):
        return datetime.fromtimestamp(int(digits[:10]), UTC)
    if re.fullmatch(r"\d{12}|\d{14}", digits):
        digits = f"{digits[:8]}T{digits[8:]}"
    try:
        found = datetime.fromisoformat(digits.replace("/", "-"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.get_current_timezone())
