from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.registry.services import create_unit
from fenghuo.readiness.plans.models import Duty, Plan
from fenghuo.readiness.plans.selectors.coverage import lacking
from fenghuo.readiness.plans.services import remind
from fenghuo.readiness.plans.services.reminding import AGAIN_AFTER
from tests.county import County


def keys(county: County, unit: str = "a", **asked: str) -> list[int]:
    return list(lacking(county.actor(unit, "clerk"), **asked).values_list("pk", flat=True))


def test_all_who_lack_one_are_reminded_in_one_act_and_it_is_on_record(county: County) -> None:
    head = county.post("village", "head")
    by = county.actor("a", "clerk")
    told = remind(keys(county), by=by)
    assert (told.units, told.unreachable, told.left) == (4, 3, 0)  # the others have nobody and no telephone
    message = Message.objects.filter(record=county.units["village"].pk, channel="in_app").get()
    assert message.person_id == head.person_id
    assert "基层应急预案" in message.text
    assert "/plans/quick/" in message.text
    assert Entry.objects.filter(verb="plan.unit_reminded").count() == 4
    assert Entry.objects.filter(verb="plan.reminded").count() == 1
    assert Duty.objects.get(unit=county.units["village"]).reminded_at is not None


def test_nobody_is_reminded_twice_within_some_days(county: County) -> None:
    by = county.actor("a", "clerk")
    remind(keys(county), by=by)
    sent = Message.objects.count()
    assert remind(keys(county), by=by).units == 0
    assert Message.objects.count() == sent
    Duty.objects.update(reminded_at=timezone.now() - AGAIN_AFTER - timedelta(minutes=1))
    assert remind(keys(county), by=by).units == 4


def test_who_has_filed_meanwhile_is_left_in_peace(county: County, make: object) -> None:
    found = keys(county)
    assert callable(make)
    plan: Plan = make("village", filed_on=timezone.localdate())
    told = remind(found, by=county.actor("a", "clerk"))
    assert told.units == 3
    assert not Message.objects.filter(record=plan.record.unit_id).exists()


def test_only_those_above_remind_and_only_their_own(county: County) -> None:
    found = keys(county, "emo")
    with pytest.raises(NotAllowed):
        remind(found, by=county.actor("village", "head"))
    with pytest.raises(NotAllowed):
        remind(found, by=county.actor("emo", "observer"))
    assert remind(found, by=county.actor("b", "clerk")).units == 0  # its own duty is not for reminding
    assert remind(found, by=county.actor("education", "clerk")).units == 1  # the school


def test_many_units_go_in_parts(county: County) -> None:
    for number in range(60):
        code = f"91610118MANY{number:05d}A"
        create_unit(by=SYSTEM, code=code, name=f"厂{number}", kind="enterprise", region=county.regions["b"])
    told = remind(keys(county, "b"), by=county.actor("b", "clerk"))
    assert told.units == 60
    assert Unit.objects.filter(plan_duties__reminded_at__isnull=False).count() == 60
