"""Days of a check that pass: the unit, its visitor and who has not visited are reminded by themselves, once a week."""

from datetime import timedelta

from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.messaging.models import Message
from fenghuo.readiness.plans.checks.services import correct_finding, remind_due
from fenghuo.readiness.plans.models import CheckItem, CheckRound, Finding
from tests.county import County

from .check_rounds import begun, checked, item_of


def all_reminded() -> int:
    many = 0
    while remind_due():
        many += 1
        assert many < 50
    return many


def due_in(days: int) -> None:
    Finding.objects.update(due_on=timezone.localdate() + timedelta(days=days))


def far(county: County) -> CheckRound:
    today = timezone.localdate()
    return begun(county, from_day=today, to_day=today + timedelta(days=90))


def test_a_finding_is_reminded_of_before_its_day_and_each_week_when_it_is_late(county: County) -> None:
    county.post("village", "head")
    item = checked(item_of(far(county), county, "village"), no=("drill", "known"))
    told = Message.objects.filter(record=item.pk, channel="in_app")
    before = told.count()
    assert all_reminded() == 0  # its day is far
    due_in(3)
    assert all_reminded() == 1
    assert told.count() == before + 1
    assert all_reminded() == 0
    Finding.objects.update(reminded_at=timezone.now() - timedelta(days=8))
    due_in(-1)
    assert all_reminded() == 1
    late = told.order_by("-pk")[0]
    assert "2" in late.text
    assert Message.objects.filter(record=item.pk).exclude(pk__in=told.values("pk")).filter(text=late.text).exists() or (
        told.filter(text=late.text).count() == 2
    )  # who visited it hears of it too


def test_what_is_put_right_is_not_reminded_of(county: County) -> None:
    item = checked(item_of(far(county), county, "village"))
    correct_finding(Finding.objects.get(item=item), by=SYSTEM, text="已演练")
    due_in(-5)
    assert all_reminded() == 0


def test_who_has_not_visited_is_reminded_of_all_visits_at_once(county: County) -> None:
    round_ = far(county)
    checkers = set(CheckItem.objects.filter(round=round_).values_list("checker", flat=True))
    CheckRound.objects.filter(pk=round_.pk).update(to_day=timezone.localdate() + timedelta(days=2))
    assert all_reminded() == len(checkers)
    assert all_reminded() == 0
    CheckRound.objects.filter(pk=round_.pk).update(state="closed")
    CheckItem.objects.update(reminded_at=None)
    assert all_reminded() == 0
