"""Receipts: their numbers, and the code in the QR by which anyone can check one."""

import hmac
from base64 import urlsafe_b64encode
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from fenghuo.kernel.registry.numbers import take_count
from fenghuo.standards.submission_kinds import SubmissionRule

from .models import ReceiptCode, Submission

CODE_BYTES = 16  # 128 bits: nobody guesses one


def receipt_number(held: Submission, rule: SubmissionRule, at: datetime) -> str:
    """A new one in the form of the kind, counted per region of six digits and year where the form names them."""
    region = held.receiver.region.code[:6] if held.receiver is not None else ""
    year = timezone.localdate(at).year
    counter = f"receipt:{region}" if "{region}" in rule.receipt else "receipt"
    day = date(year, 1, 1) if "{year}" in rule.receipt else date.min
    return rule.receipt.format(region=region, year=year, seq=f"{take_count(counter, day):04d}")


def code_of(one: Submission) -> str:
    """The secret of its receipt, the same whenever it is printed. It stands nowhere: it follows from the key."""
    said = f"receipt {one.pk} {one.record.number}".encode()
    mac = hmac.new(settings.SECRET_KEY.encode(), said, sha256).digest()
    return urlsafe_b64encode(mac[:CODE_BYTES]).rstrip(b"=").decode()


def digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def store_code(one: Submission) -> str:
    """Keep the digest of its code, so that it can be checked; twice does no harm. The code.

    A restored installation has another key, so that what is printed there has another code; the old one still holds.
    """
    code = code_of(one)
    row = ReceiptCode(digest=digest(code), submission_id=one.pk, made_at=timezone.now())
    ReceiptCode.objects.bulk_create([row], ignore_conflicts=True)
    return code


def find(code: str) -> Submission | None:
    """The submission whose receipt has this code. 1 query."""
    found = ReceiptCode.objects.filter(digest=digest(code[:100])).select_related(
        "submission__record", "submission__sender", "submission__receiver"
    )
    one = found.first()
    return one.submission if one is not None else None
