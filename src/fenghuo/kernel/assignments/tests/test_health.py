"""A worker that no longer runs is seen from outside."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.assignments.models import Step
from fenghuo.kernel.messaging.models import Message
from tests.county import County
from tests.orders import give, staff


def test_what_lies_too_long_is_named(county: County, client: Client) -> None:
    checks = client.get("/readyz").json()["checks"]
    assert (checks["outbox"], checks["reminders"]) == ("ok", "ok")
    staff(county.units["a"], ("王", "13800000001", "duty_officer"), by=SYSTEM)
    give(county, county.actor("emo"), "a")
    assert client.get("/readyz").json()["checks"]["outbox"] == "ok"
    past = timezone.now() - timedelta(minutes=5)
    Message.objects.update(due_at=past, state="waiting")
    Step.objects.filter(done_at__isnull=True).update(due_at=past)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["outbox"].startswith("oldest")
    assert answer.json()["checks"]["reminders"].startswith("oldest")
