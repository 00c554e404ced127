"""A receipt on paper: what its code tells anyone, and that it tells nothing else; numbers in the county's own form."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from fenghuo.kernel.documents.typesetting import fonts
from fenghuo.kernel.submissions import receipts, services
from fenghuo.kernel.submissions.models import ReceiptCode, Submission
from fenghuo.kernel.submissions.views.checking import MOST_WRONG
from tests.county import County
from tests.essays import Essays


@pytest.fixture
def accepted(essays: Essays, county: County) -> Submission:
    cache.clear()
    return services.accept(essays.send(), by=county.actor("a", "clerk"))


def test_anyone_checks_it_and_learns_neither_title_nor_person(accepted: Submission, client: Client) -> None:
    page = client.get(f"/receipts/{receipts.code_of(accepted)}/")
    said = page.content.decode()
    assert page.status_code == 200
    for word in (accepted.receipt, accepted.record.number, "草堂营村村委会", "草堂街道办事处"):
        assert word in said
    assert accepted.record.title not in said
    assert "张三" not in said


def test_only_the_digest_is_kept(accepted: Submission) -> None:
    code = receipts.code_of(accepted)
    assert len(code) >= 22
    assert ReceiptCode.objects.get().digest == receipts.digest(code)


def test_with_another_key_the_printed_code_still_holds(accepted: Submission, client: Client, settings: Any) -> None:
    old = receipts.code_of(accepted)
    settings.SECRET_KEY = "another-one-after-a-restore"
    new = receipts.store_code(accepted)
    assert old != new
    assert [client.get(f"/receipts/{code}/").status_code for code in (old, new)] == [200, 200]


def test_who_tries_codes_is_stopped_for_a_minute(accepted: Submission, client: Client) -> None:
    tried = [client.get(f"/receipts/wrong-{n}/").status_code for n in range(MOST_WRONG + 1)]
    assert tried == [404] * MOST_WRONG + [429]
    assert client.get(f"/receipts/{receipts.code_of(accepted)}/").status_code == 429


def test_a_code_may_be_typed_or_its_address_pasted(accepted: Submission, client: Client) -> None:
    code = receipts.code_of(accepted)
    for typed in (code, f"http://127.0.0.1:8000/receipts/{code}/"):
        assert client.get("/receipts/", {"code": typed})["Location"] == f"/receipts/{code}/"


def test_on_paper_and_as_pdf(accepted: Submission, sign_in: Callable[..., Client]) -> None:
    clerk = sign_in("village", "clerk")
    page = clerk.get(f"/submissions/{accepted.record.number}/receipt/").content.decode()
    assert re.search(r'<svg class="qr"', page)
    assert accepted.receipt in page
    if fonts():
        assert clerk.get(f"/submissions/{accepted.record.number}/receipt.pdf").content.startswith(b"%PDF")


def test_without_acceptance_there_is_none(essays: Essays, sign_in: Callable[..., Client]) -> None:
    sent = essays.send()
    assert sign_in("village", "clerk").get(f"/submissions/{sent.record.number}/receipt/").status_code == 409


def test_numbers_in_the_form_of_the_county(essays: Essays, county: County, settings: Any) -> None:
    path: Path = settings.OWN_SUBMISSION_KINDS
    text = path.read_text(encoding="utf-8").replace("essay_up,,COUNTY", "essay_up,鄠备{year}-{seq},COUNTY", 1)
    path.write_text(text, encoding="utf-8")
    done = services.accept(essays.send(), by=county.actor("a", "clerk"))
    assert done.receipt == f"鄠备{done.sent_at.year}-0001"
