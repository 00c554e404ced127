"""sms.toml: what is wrong with it is said field by field, with the way out."""

from pathlib import Path
from typing import Any

import pytest

from fenghuo.kernel.messaging.channels import NotSent
from fenghuo.kernel.messaging.channels.sms.callbacks import moment
from fenghuo.kernel.messaging.channels.sms.channel import judge
from fenghuo.kernel.messaging.channels.sms.gateway import BadGateway, Gateway, fill, gateway

WHOLE = 'url = "https://sms.example/send"\n[body]\nto = "{phone}"\ntext = "{text}"\nid = "{reference}"\n'


def faults(settings: Any, tmp_path: Path, text: str) -> str:
    settings.SMS_GATEWAY = tmp_path / "sms.toml"
    settings.SMS_GATEWAY.write_text(text, encoding="utf-8")
    try:
        gateway()
    except BadGateway as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE, ""),
        ("url = ", "is no TOML"),
        ("", "url is missing: add it"),
        (WHOLE.replace("https", "ftp"), "url"),
        ("timeout = 3\n" + WHOLE, "timeout is not known here"),
        ('encoding = "xml"\n' + WHOLE, "encoding"),
        (WHOLE.replace("{text}", "{words}"), "knows no {words}"),
        (WHOLE.replace("{phone}", "x"), "names {phone} nowhere"),
        (WHOLE + '[accepted]\npath = "code"\n', "accepted.values"),
        (WHOLE + '[accepted]\npattern = "("\n', "accepted.pattern"),
        (WHOLE + '[replies]\nphone = "m"\ntext = "c"\n', "add [callbacks]"),
        (WHOLE + '[callbacks]\nsecret = "short"\n', "callbacks.secret"),
        (WHOLE + '[receipts]\ndelivered = ["D"]\nfailed = ["F"]\n', "neither reference nor id"),
        (WHOLE + '[query]\nurl = "https://sms.example/{other}"\npath = "s"\nknown = [1]\n', "knows no {other}"),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(settings: Any, tmp_path: Path, text: str, said: str) -> None:
    found = faults(settings, tmp_path, text)
    assert said in found
    assert bool(found) == bool(said)


def test_templates_are_filled_at_once() -> None:
    template = {"a": ["{text}", {"b": "{phone}-{unknown}"}], "c": 1}
    assert fill(template, {"text": "{phone}", "phone": "1"}) == {"a": ["{phone}", {"b": "1-{unknown}"}], "c": 1}


@pytest.mark.parametrize(
    ("accepted", "status", "body", "expected"),
    [
        ("", 200, b"", ("", None)),
        ("", 404, b"", (None, False)),
        ("", 429, b"", (None, True)),
        ("", 502, b"", (None, True)),
        ('path = "r.0.code"\nvalues = ["0"]\nid = "r.0.id"', 200, b'{"r":[{"code":0,"id":77}]}', ("77", None)),
        ('path = "ok"\nvalues = [true]', 200, b'{"ok":true}', ("", None)),
        ('path = "ok"\nvalues = [true]', 200, b'{"ok":false}', (None, False)),
        ('path = "ok"\nvalues = [true]', 200, b'[{"ok":true}]', (None, False)),
        ('path = "ok"\nvalues = [true]', 200, b"<html>", (None, True)),
        (r"pattern = '^0,(?P<id>\d+)'", 200, b"0,123", ("123", None)),
        (r"pattern = '^0,(?P<id>\d+)'", 200, b"-4,no money", (None, False)),
    ],
)
def test_what_an_answer_means(
    settings: Any, tmp_path: Path, accepted: str, status: int, body: bytes, expected: tuple[str | None, bool | None]
) -> None:
    assert faults(settings, tmp_path, f"{WHOLE}[accepted]\n{accepted}\n") == ""
    described = gateway()
    assert isinstance(described, Gateway)
    if expected[0] is not None:
        assert judge(described, status, body).gateway_id == expected[0]
        return
    with pytest.raises(NotSent) as refused:
        judge(described, status, body)
    assert refused.value.again is expected[1]


@pytest.mark.parametrize(
    "said",
    ["2026-05-12T03:04:05+08:00", "2026-05-12 03:04:05", "2026/05/12 03:04:05", "20260512030405", "1778526245"],
)
def test_times_are_read_as_gateways_write_them(said: str) -> None:
    found = moment(said)
    assert found is not None
    assert found.timestamp() == 1778526245
    assert moment("yesterday") is None
    assert moment("99999999999999") is None
