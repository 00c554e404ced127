"""Roots of other nodes are kept as they come; two of one number say that a journal was rewritten."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.models import Entry, Seal
from fenghuo.kernel.journal.sealing import seal_waiting
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.witnesses.models import KeptRoot
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROOT = {
    "node": "610124000000",
    "number": 7,
    "last": 70,
    "algorithm": "sm3",
    "hash": "0f" * 32,
    "sealed_at": "2026-05-12T03:04:05.000001Z",
}


def post(client: Client, key: str, **changed: Any) -> Any:
    content = json.dumps(ROOT | changed)
    headers = {"Authorization": f"Bearer {key}"}
    return client.post("/api/v1/journal/roots", content, content_type="application/json", headers=headers)


def test_it_is_kept_once(client: Client, county: County) -> None:
    key = county.key("a", "roots.write")
    assert post(client, key).status_code == 201
    assert post(client, key).status_code == 200
    kept = KeptRoot.objects.get()
    assert (kept.unit_id, kept.number, kept.algorithm) == (county.units["a"].pk, 7, "sm3")
    assert Entry.objects.filter(verb="root.kept").count() == 1


def test_another_hash_of_the_same_number_is_kept_too_and_shown(
    client: Client, county: County, capsys: pytest.CaptureFixture[str]
) -> None:
    key = county.key("a", "roots.write")
    post(client, key)
    assert post(client, key, hash="0e" * 32).status_code == 201
    assert '"differs":true' in Entry.objects.filter(verb="root.kept").latest("pk").text
    number_waiting()
    seal_waiting()
    client.force_login(Account.objects.get(person=county.account("it", role="administrator").person), BACKEND)
    page = client.get("/journal/seals/").content.decode()
    assert 'class="message error"' in page
    call_command("journal", "roots", "--kept", county.units["a"].code)
    assert [root["hash"] for root in json.loads(capsys.readouterr().out)["roots"]] == ["0f" * 32, "0e" * 32]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hash", "0F" * 32),
        ("hash", "x"),
        ("number", 0),
        ("number", "7"),
        ("algorithm", "md5"),
        ("sealed_at", "yesterday"),
    ],
)
def test_what_is_no_root_is_named(client: Client, county: County, field: str, value: Any) -> None:
    answer = post(client, county.key("a", "roots.write"), **{field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert not KeptRoot.objects.exists()


def test_it_takes_a_token_of_its_own_scope(client: Client, county: County) -> None:
    assert post(client, county.key("a", "intake.write")).status_code == 403
    assert post(client, "none").status_code == 401


def test_a_machine_reads_our_newest(client: Client, county: County) -> None:
    headers = {"Authorization": f"Bearer {county.key('a', 'journal.read')}"}
    assert client.get("/api/v1/journal/roots/newest", headers=headers).status_code == 409
    number_waiting()
    seal_waiting()
    root = client.get("/api/v1/journal/roots/newest", headers=headers).json()
    assert root["hash"] == Seal.objects.latest("number").hash
    other = {"Authorization": f"Bearer {county.key('a', 'incidents.read')}"}
    assert client.get("/api/v1/journal/roots/newest", headers=other).status_code == 403
