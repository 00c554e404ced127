"""The newest root leaves the house by mail, each day once, or to another node, and both are on record."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, Refused, WrongState
from fenghuo.kernel.journal.models import Entry, Seal
from fenghuo.kernel.journal.roots import read_roots
from fenghuo.kernel.journal.sealing import seal_waiting
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.witnesses.daily import mail_todays_root
from fenghuo.kernel.witnesses.models import GivenRoot, KeptRoot
from fenghuo.kernel.witnesses.services import mail_root, post_root
from tests.county import County

ADDRESS = "archive@example.org"


@pytest.fixture
def newest(county: County) -> Seal:
    number_waiting()
    seal_waiting()
    return Seal.objects.latest("number")


def test_a_mail_carries_the_root_so_that_verify_can_read_it_back(newest: Seal, county: County) -> None:
    (message,) = mail_root([ADDRESS], by=SYSTEM)
    assert (message.channel, message.address) == ("email", ADDRESS)
    line = next(line for line in message.text.splitlines() if line.startswith("{"))
    assert read_roots(line) == {newest.number: newest.hash}
    entry = Entry.objects.get(verb="root.given")
    assert newest.hash in entry.text
    assert ADDRESS not in entry.text


def test_a_wrong_address_is_named_and_nobody_gets_anything(newest: Seal) -> None:
    with pytest.raises(Invalid) as refused:
        mail_root([ADDRESS, "not an address"], by=SYSTEM)
    assert refused.value.faults[0].given == "not an address"
    assert not Message.objects.exists()


def test_nothing_is_given_before_something_is_sealed(county: County) -> None:
    with pytest.raises(WrongState):
        mail_root([ADDRESS], by=SYSTEM)


def test_each_address_gets_one_a_day(newest: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mail_todays_root() == 0, "nobody is named"
    monkeypatch.setattr(settings, "ROOTS_TO", [ADDRESS])
    assert mail_todays_root() == 1
    monkeypatch.setattr(settings, "ROOTS_TO", [ADDRESS, "court@example.org"])
    assert mail_todays_root() == 1, "only who was added"
    assert mail_todays_root() == 0
    assert GivenRoot.objects.filter(day=timezone.localdate()).count() == 2
    GivenRoot.objects.update(day="2020-02-29")
    assert mail_todays_root() == 2, "the next day"


def answering(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """httpx reaches this very installation, which is its own other node."""
    asked: list[str] = []

    def post(url: str, *, content: str, headers: dict[str, str], timeout: float) -> httpx.Response:
        asked.append(url)
        path = "/" + url.split("//", 1)[1].split("/", 1)[1]
        sent = {"Authorization": headers["Authorization"]}
        answer = client.post(path, data=content, content_type="application/json", headers=sent)
        return httpx.Response(answer.status_code, content=answer.content)

    monkeypatch.setattr(httpx, "post", post)
    return asked


def test_another_node_keeps_it(newest: Seal, county: County, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(client, monkeypatch)
    key = county.key("emo", "roots.write")
    monkeypatch.setenv("FENGHUO_ROOTS_TOKEN", key)
    call_command("journal", "roots", "--post", "https://city.example/")
    assert asked == ["https://city.example/api/v1/journal/roots"]
    kept = KeptRoot.objects.get()
    assert (kept.unit_id, kept.number, kept.hash) == (county.units["emo"].pk, newest.number, newest.hash)
    assert kept.sealed_at == newest.sealed_at
    assert GivenRoot.objects.get().way == "post"


def test_a_node_that_does_not_take_it_is_told_of(
    newest: Seal, county: County, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(client, monkeypatch)
    with pytest.raises(Refused, match="401"):
        post_root("https://city.example", "wrong", by=SYSTEM)
    with pytest.raises(Invalid):
        post_root("file:///etc/passwd", "wrong", by=SYSTEM)
    monkeypatch.setattr(httpx, "post", lambda *args, **named: httpx.Response(200, content=b"<html>"))
    with pytest.raises(Refused):
        post_root("https://city.example", "key", by=SYSTEM)
    assert not GivenRoot.objects.exists()
    monkeypatch.delenv("FENGHUO_ROOTS_TOKEN", raising=False)
    with pytest.raises(CommandError, match="token"):
        call_command("journal", "roots", "--post", "https://city.example")


def test_verify_compares_with_what_was_printed(
    newest: Seal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("journal", "roots")
    printed = capsys.readouterr().out
    (tmp_path / "roots.json").write_text(printed)
    call_command("journal", "verify", "--json", "--against", str(tmp_path / "roots.json"))
    assert json.loads(capsys.readouterr().out)["ok"] is True
    (tmp_path / "roots.json").write_text(printed.replace(newest.hash, "ab" * 32))
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify", "--json", "--against", str(tmp_path / "roots.json"))
    assert ended.value.code == 1
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["first_bad"]["batch"] == newest.number


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '[{"number": "1", "hash": "x"}]', '[{"number": 1, "hash": "x"}]', "[1]", '{"roots": 1}'],
)
def test_a_file_of_roots_that_cannot_be_read_is_said_to_be_so(
    newest: Seal, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "roots.json").write_text(content)
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify", "--against", str(tmp_path / "roots.json"))
    assert ended.value.code == 1
    problem: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert problem["errors"][0]["field"].startswith("roots")
