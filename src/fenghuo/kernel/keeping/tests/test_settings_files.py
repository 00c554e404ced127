"""The county's own files travel; its secrets do not, and are named."""

from pathlib import Path
from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.keeping.archive.settings_files import settings_of, without_secrets
from fenghuo.kernel.keeping.restoring import restore

from .conftest import House

GATEWAY = """
url = "https://sms.example/send"   # ours
encoding = "json"
[headers]
Authorization = "Bearer top-secret-1"
"X-App" = 'top-secret-2'
[values]
signature = "鄠邑应急"
[body]
mobile = "{phone}"
content = "【{signature}】{text}"
[accepted]
path = "code"
values = [0]
[query]
url = "https://sms.example/status?ref={reference}&apikey=top-secret-3"
path = "state"
known = ["accepted"]
[callbacks]
secret = "at-least-20-characters"
answer = "OK"
"""


def test_secrets_of_the_gateway_are_blanked_and_named() -> None:
    text, names = without_secrets(GATEWAY)
    assert names == ["callbacks.secret", "headers.Authorization", "headers.X-App", "query.url", "values.signature"]
    for secret in ("top-secret", "at-least-20"):
        assert secret not in text
    for kept in ('url = "https://sms.example/send"', 'mobile = "{phone}"', "values = [0]", 'answer = "OK"'):
        assert kept in text


@pytest.mark.parametrize(
    "text",
    [
        '# once top-secret-1\n[headers]\nAuthorization = "top-secret-1"',
        '[headers]\nAuthorization = """\ntop-secret-1"""',
        'headers = { Authorization = "top-secret-1", other = "x" }',
        'password = [\n "top-secret-1",\n "top-secret-2"]',
        'headers.Authorization = "top-secret-1"',
        'url = "https://me:top-secret-1@sms.example/"',
        "[headers\nAuthorization",
    ],
)
def test_a_secret_never_travels_however_it_is_written(text: str, tmp_path: Path) -> None:
    (tmp_path / "sms.toml").write_text(text)
    found = settings_of(tmp_path, {})
    assert b"top-secret" not in b"".join(found.files.values())
    assert any(line.startswith("sms.toml") for line in found.blanked)


def test_variables_travel_by_name_only_unless_they_hold_no_secret(tmp_path: Path) -> None:
    given = {
        "FENGHUO_NODE": "610118",
        "FENGHUO_BASE_URL": "https://me:pass@county.example",
        "FENGHUO_SMTP_URL": "smtps://me:pass@mail.example",
        "FENGHUO_SECRET_KEY": "s" * 60,
        "DATABASE_URL": "postgres://me:pass@db/x",
        "HOME": "/root",
    }
    found = settings_of(tmp_path, given)
    assert found.variables == {"FENGHUO_NODE": "610118"}
    named = {line.partition(":")[0] for line in found.blanked}
    assert named == {"FENGHUO_BASE_URL", "FENGHUO_SMTP_URL", "DATABASE_URL", "the secret key"}


def test_own_rules_come_back_and_nothing_is_overwritten(house: House, settings: Any) -> None:
    (house.data / "deadlines.csv").write_text("id,minutes\nfirst,20\n")
    (house.data / "needs.csv").write_text("then")
    (house.data / "sms.toml").write_text(GATEWAY)
    path = house.backup()
    content = path.read_bytes()
    for secret in (b"top-secret", settings.SECRET_KEY.encode()):
        assert secret not in content
    (house.data / "deadlines.csv").unlink()
    (house.data / "sms.toml").unlink()
    (house.data / "needs.csv").write_text("now")
    done = restore(path, by=SYSTEM, replace=True)
    assert done.placed == ["deadlines.csv"]
    assert done.beside == ["needs.csv.from-backup", "sms.toml.from-backup"]
    assert (house.data / "needs.csv").read_text() == "now"
    assert not (house.data / "sms.toml").exists()  # half a gateway must not begin to send
    assert "top-secret" not in (house.data / "sms.toml.from-backup").read_text()
