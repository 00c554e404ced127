"""The page of seals: the newest root in words and as a code, and nothing for those without the right."""

import re

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.models import Seal
from fenghuo.kernel.journal.sealing import seal_next, seal_waiting
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.witnesses.qr import svg
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(client: Client, county: County, role: str) -> Client:
    client.force_login(Account.objects.get(person=county.account(f"x-{role}", role=role).person), BACKEND)
    return client


def test_the_newest_root_stands_there_in_full(client: Client, county: County) -> None:
    desk = signed_in(client, county, "administrator")
    assert "proof_check.py" in desk.get("/journal/seals/").content.decode()
    number_waiting()
    while seal_next(3):
        pass
    newest = Seal.objects.latest("number")
    page = desk.get("/journal/seals/").content.decode()
    assert "".join(re.findall(r"<span>([0-9a-f]{8})</span>", page)) == newest.hash
    assert 'class="qr"' in page
    assert f"{newest.first}–{newest.last}" in page


def test_the_list_costs_the_same_for_many(
    client: Client, county: County, django_assert_max_num_queries: object
) -> None:
    desk = signed_in(client, county, "administrator")
    number_waiting()
    while seal_next(1):
        pass
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        desk.get("/journal/seals/?page=2")


def test_who_may_not_see_it(client: Client, county: County) -> None:
    number_waiting()
    seal_waiting()
    assert signed_in(client, county, "duty_officer").get("/journal/seals/").status_code == 403
    assert signed_in(client, county, "head").get("/journal/seals/").status_code == 200
    assert Client().get("/journal/seals/").status_code == 302


def test_the_script_can_be_taken_along(client: Client, county: County) -> None:
    answer = signed_in(client, county, "administrator").get("/journal/seals/proof_check.py")
    assert answer["Content-Disposition"].endswith('"proof_check.py"')
    text = answer.content.decode()
    assert text.startswith("#!/usr/bin/env python3")
    assert "fenghuo." not in text.replace("fenghuo-proof-1", "")


@pytest.mark.parametrize("text", ["a", '{"node":"610118000000","number":1,"hash":"' + "ab" * 32 + '"}'])
def test_the_code_is_square_with_its_three_corners(text: str) -> None:
    drawn = svg(text, "root")
    size = int(re.findall(r'viewBox="0 0 (\d+)', drawn)[0])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1", drawn)}
    assert (size - 8 - 17) % 4 == 0, "a QR code has 17 + 4 × version modules a side"
    for x, y in ((4, 4), (size - 11, 4), (4, size - 11)):
        ring = {(x + step, y) for step in range(7)} | {(x, y + step) for step in range(7)}
        assert ring <= dark
    assert not any(x < 4 or y < 4 for x, y in dark)
