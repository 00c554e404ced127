"""How e-mail and SMS are set up, as the operator sees it."""

import smtplib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from fenghuo.config.mail import mailers
from fenghuo.config.safety import in_force, unsafe


def test_check_tells_sms_faults_and_dangers_and_no_secrets(
    county: object, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SMS_GATEWAY = tmp_path / "sms.toml"
    settings.SMS_GATEWAY.write_text(
        'url = "http://sms.example/send"\n[body]\nto = "{phone}"\ntext = "{text}"\n[headers]\nkey = "geheim"\n'
    )
    said = " ".join(unsafe(tmp_path))
    assert "not https" in said
    assert "{reference}" in said
    call_command("check")
    assert "geheim" not in capsys.readouterr().out
    settings.SMS_GATEWAY.write_text("url = 1")
    assert "url" in " ".join(unsafe(tmp_path))
    call_command("check")
    assert "cannot be used" in capsys.readouterr().out


def test_the_address_of_the_server_is_read() -> None:
    options = mailers("smtp+tls://duty%40huyi:p%2Fw@mail.example:2525")["default"]["OPTIONS"]
    assert (options["username"], options["password"], options["port"]) == ("duty@huyi", "p/w", 2525)
    assert (options["use_tls"], options["use_ssl"]) == (True, False)
    assert mailers("smtps://mail.example")["default"]["OPTIONS"]["port"] == 465
    assert mailers("smtp://mail.example")["default"]["OPTIONS"]["port"] == smtplib.SMTP_PORT
    for wrong in ("mail.example", "http://mail.example", "smtp://", "smtp://user:secret@mail.example:abc"):
        with pytest.raises(ImproperlyConfigured, match="FENGHUO_SMTP_URL") as refused:
            mailers(wrong)
        assert "secret" not in str(refused.value)


def test_the_mail_password_is_never_shown(county: object, settings: Any, tmp_path: Path) -> None:
    settings.SMTP_URL = "smtp://duty:geheim@mail.example"
    said = " ".join([*in_force().values(), *unsafe(tmp_path)])
    assert "mail.example" in said
    assert "clear" in said
    assert "geheim" not in said
