"""An SMS gateway that is simulated, and ways to let time pass."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db.models import F

from fenghuo.kernel.access.models import Record
from fenghuo.kernel.messaging.delivering import Deliverer
from fenghuo.kernel.messaging.models import Message
from tests.county import County
from tests.sms_gateway import Gateway, sms_gateway


@pytest.fixture
def sms(tmp_path: Path, settings: Any) -> Iterator[Gateway]:
    """A gateway that works, described in sms.toml."""
    settings.SMS_GATEWAY = tmp_path / "sms.toml"
    with sms_gateway() as made:
        made.write(settings.SMS_GATEWAY)
        yield made


@pytest.fixture
def about(county: County) -> Callable[..., Record]:
    """A record in 草堂街道 that messages may be about."""

    def make(**said: Any) -> Record:
        town = county.regions["a"]
        given = {"kind": "test", "title": "草堂营村事故", "unit": county.units["emo"], "region": town}
        return Record.objects.create(**given | {"block": town.path} | said)

    return make


def work() -> None:
    """The worker, until nothing is due any more."""
    Deliverer(Event()).run_until_idle()


def after(span: timedelta) -> None:
    """So much time passes for every message."""
    Message.objects.update(due_at=F("due_at") - span, began_at=F("began_at") - span)
