"""A "no" becomes a finding of which the unit's holders are told."""

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Message
from fenghuo.readiness.plans.checks.services import correct_finding, send_back_finding, verify_finding
from fenghuo.readiness.plans.models import Finding
from tests.county import County

from .check_rounds import begun, checked, item_of


def test_each_no_is_a_finding_and_the_holders_are_told_once(county: County) -> None:
    head = county.post("village", "head")
    item = checked(item_of(begun(county), county, "village"), no=("drill", "known"))
    assert set(Finding.objects.values_list("question", "note")) == {("drill", "现场看到"), ("known", "现场看到")}
    told = Message.objects.get(record=item.pk, channel="in_app")
    assert told.person_id == head.person_id
    assert f"/plans/checks/units/{item.record.number}/" in told.text


def test_without_a_no_nothing_is_found_and_nobody_told(county: County) -> None:
    item = checked(item_of(begun(county), county, "village"), no=())
    assert not Finding.objects.exists()
    assert not Message.objects.filter(record=item.pk).exists()


def test_what_was_sent_back_says_why_and_is_told_again(county: County) -> None:
    county.post("village", "head")
    item = checked(item_of(begun(county), county, "village"))
    found = Finding.objects.get()
    correct_finding(found, by=SYSTEM, text="已演练")
    back = send_back_finding(found, by=SYSTEM, text="没有签到表")
    assert back.remark == "没有签到表"
    assert Message.objects.filter(record=item.pk, channel="in_app").count() == 2
    correct_finding(found, by=SYSTEM, text="已补签到表")
    assert verify_finding(found, by=SYSTEM).settled_at is not None
    verbs = ["plancheck.corrected", "plancheck.sent_back", "plancheck.corrected", "plancheck.verified"]
    assert list(Entry.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)) == verbs
    assert "签到表" not in Entry.objects.filter(verb="plancheck.sent_back").values_list("text", flat=True)[0]
