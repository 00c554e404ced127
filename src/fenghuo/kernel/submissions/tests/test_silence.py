"""The receiver's five working days: each round has its own; silence accepts where the law says so, and is late else."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.services import settle
from fenghuo.kernel.clocks.ticking import do_due
from fenghuo.kernel.journal.models import EntryAbout
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import State, Submission
from fenghuo.kernel.submissions.silence import deem_due, silent_now
from fenghuo.standards.deadlines import Facts
from tests.county import County
from tests.essays import Essays

XIAN = ZoneInfo("Asia/Shanghai")
# The fifth working day after this Monday is Monday 18 May 2026, which ends at 24:00; the holidays ended on the 5th.
MONDAY = datetime(2026, 5, 11, 9, 0, tzinfo=XIAN)
OVER = datetime(2026, 5, 19, 0, 0, tzinfo=XIAN)


def silent(essays: Essays) -> Submission:
    return essays.send(None, "essay_silent", enclosed=(), happened_at=MONDAY)


def test_five_working_days_without_an_answer_are_acceptance(essays: Essays) -> None:
    sent = silent(essays)
    assert Clock.objects.get(record=sent.pk).rule == "S9"
    assert deem_due(OVER - timedelta(seconds=1)) == 0
    assert deem_due(OVER) == 1
    sent.refresh_from_db()
    assert (sent.state, sent.settled_at, sent.receipt) == (State.DEEMED, OVER, "")
    assert [course.accepted for course in essays.heard[-1]] == [True]
    assert sent.codes.count() == 1
    assert deem_due(OVER) == 0
    assert not silent_now(OVER).exists()


def test_a_return_in_time_is_an_answer_and_the_next_sending_has_its_own_days(essays: Essays, county: County) -> None:
    sent = silent(essays)
    services.return_(sent, by=county.actor("a", "clerk"), reason="缺页", happened_at=MONDAY + timedelta(days=1))
    assert deem_due(OVER) == 0
    again = MONDAY + timedelta(days=2)
    services.resubmit(sent, by=county.actor("village", "clerk"), enclosed=(), happened_at=again)
    clocks = Clock.objects.filter(record=sent.pk).order_by("turn")
    assert [(one.turn, one.met_at is not None) for one in clocks] == [(0, True), (1, False)]
    assert deem_due(OVER) == 0
    assert deem_due(OVER + timedelta(days=2)) == 1


def test_looking_at_it_is_no_answer(essays: Essays, county: County) -> None:
    sent = silent(essays)
    services.take(sent, by=county.actor("a", "clerk"))
    assert deem_due(OVER) == 1


def test_other_kinds_are_late_and_the_sender_hears_of_it(essays: Essays, county: County) -> None:
    county.actor("village", "clerk")
    sent = essays.send(None, happened_at=MONDAY)
    assert Clock.objects.get(record=sent.pk).rule == "P7"
    assert deem_due(OVER) == 0
    before = list(Message.objects.filter(record=sent.pk).values_list("pk", flat=True))
    do_due(timezone.now())
    assert EntryAbout.objects.filter(record=sent.pk, entry__verb="clock.late").exists()
    told = Message.objects.filter(record=sent.pk).exclude(pk__in=before)
    of_village = told.filter(person__record__unit=county.units["village"])
    assert of_village.exists()
    with pytest.raises(WrongState):
        services.deem(sent, at=OVER)


def test_the_duty_to_file_is_met_by_sending_and_open_again_after_a_withdrawal(essays: Essays, county: County) -> None:
    paper = essays.write()
    entry = record("essay.issued", SYSTEM, about=[paper.pk])
    settle(paper.pk, "plan", Facts(marks=frozenset({"village"})), {"issued": MONDAY}, entry)
    clerk = county.actor("village", "clerk")
    duty = Clock.objects.get(record=paper.pk, rule="P6-village")
    sent = essays.send(clerk, "essay_silent", paper=paper, enclosed=(), happened_at=MONDAY + timedelta(days=1))
    duty.refresh_from_db()
    assert duty.met_at == MONDAY + timedelta(days=1)
    services.withdraw(sent, by=clerk, reason="写错了")
    duty.refresh_from_db()
    assert duty.met_at is None
    assert not Clock.objects.filter(record=sent.pk, ended_at=None).exists()
