"""The storm night with its answers: every order ends answered, withdrawn or back at the desk."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from fenghuo.config.demo.loading import load
from fenghuo.config.demo.night_desk import NightDesk
from fenghuo.config.demo.storm import EVENTS, night
from fenghuo.config.management.commands.replay import DESK_SCOPES, places
from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.assignments.models import Assignment, State
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.registry.services import create_token
from tests.orders import pass_minutes


class Door:
    def __init__(self, key: str) -> None:
        self.headers = {"Authorization": f"Bearer {key}"}
        self.client = Client()

    def __call__(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        address = f"/api/v1/{path}"
        if method == "GET":
            answer = self.client.get(address, headers=self.headers)
        else:
            headers = self.headers | ({"Idempotency-Key": body["source_id"]} if path == "reports" else {})
            answer = self.client.post(address, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()


def take_statistics() -> None:
    """What PostgreSQL's autovacuum does every minute, and cannot do inside a test's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.mark.django_db
def test_every_order_of_the_night_is_answered_withdrawn_or_escalated() -> None:
    load()
    demo_orders = set(Assignment.objects.values_list("pk", flat=True))
    unit = Unit.objects.get(code="610118000000-EMO")
    door = Door(create_token(by=SYSTEM, name="night", unit=unit, scopes=["intake.write", *DESK_SCOPES])[1])
    desk = NightDesk(door)
    for one in night(places(), timezone.localtime()):
        if one.number % 25 == 0:
            take_statistics()
        if one.adds_to is None:
            status, answer = door("POST", "reports", one.content)
            assert status == 201, answer
            desk.take(one, answer["id"])
    desk.end()
    while pass_minutes(60):
        pass
    given = Assignment.objects.exclude(pk__in=demo_orders)
    assert len(desk.incidents) == EVENTS
    assert given.count() > 30  # twelve teams, four of them at most away at one time
    states = {state: given.filter(state=state).count() for state in State.values}
    # Each kind of end has happened, so that the night says something.
    assert states[State.FINISHED] > 15
    assert states[State.DECLINED] > 0
    assert states[State.WITHDRAWN] > 0
    silent = given.filter(state=State.SENT)
    assert silent.exists()
    assert not silent.filter(escalated_at__isnull=True).exists()
    # It is the demo county: nothing of it has left the house or waits to leave.
    assert not Message.objects.filter(channel__in=("sms", "email"), state__in=("waiting", "sending", "sent")).exists()
