"""An enterprise files with its township and its supervising department: one act, two receipts, each its own course."""

import pytest

from fenghuo.kernel.access.errors import Conflict, WrongState
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import State, Submission
from fenghuo.kernel.submissions.services import Said
from fenghuo.kernel.submissions.services.checking import NoReceiver
from tests.county import County
from tests.essays import Essays

BOTH = ("essay", "essay_line")


def test_one_act_gets_one_receipt_at_once_and_the_other_after_correction(essays: Essays, county: County) -> None:
    essays.enterprise(supervised="education")
    clerk, town, office = (county.actor(unit, "clerk") for unit in ("enterprise", "a", "education"))
    block, line = essays.send_all(clerk, *BOTH, unit="enterprise")
    assert block.act == line.act
    assert [one.receiver for one in (block, line)] == [county.units["a"], county.units["education"]]
    assert line.subject == "education"
    services.accept(block, by=town)
    services.return_(line, by=office, reason="缺页", remarks=[Said("第三页", "issued_text")])
    block.refresh_from_db()
    assert block.receipt == f"610118-{block.sent_at.year}-0001"
    assert [course.state for course in essays.heard[-1]] == ["accepted", "returned"]
    services.answer_remark(line, line.rounds.get().remarks.get().pk, by=clerk, text="补上了")
    services.resubmit(line, by=clerk)
    done = services.accept(line, by=office)
    assert done.receipt == f"610118-{block.sent_at.year}-0002"
    assert [course.accepted for course in essays.heard[-1]] == [True, True]
    assert Record.objects.get(pk=block.paper_id).checked_by == "accepted accepted"


def test_without_a_supervising_department_nothing_is_sent_and_it_is_said_who_can_help(
    essays: Essays, county: County
) -> None:
    essays.enterprise()
    with pytest.raises(NoReceiver) as refused:
        essays.send_all(None, *BOTH, unit="enterprise")
    assert "鄠邑区应急管理局" in str(refused.value)
    assert not Submission.objects.exists()
    assert essays.heard == []


def test_what_can_go_goes_and_the_gap_stays_until_somebody_supervises(essays: Essays, county: County) -> None:
    unit = essays.enterprise()
    clerk = county.actor("enterprise", "clerk")
    block, gap = essays.send_all(clerk, *BOTH, unit="enterprise", partly=True)
    assert (block.state, gap.state, gap.receiver) == (State.SUBMITTED, State.GAP, None)
    assert [course.to for course in essays.heard[-1]] == ["草堂街道办事处", ""]
    with pytest.raises(NoReceiver):
        services.send(gap, by=clerk)
    essays.supervise(unit, "education")
    sent = services.send(gap, by=clerk)
    assert (sent.state, sent.receiver) == (State.SUBMITTED, county.units["education"])
    services.accept(sent, by=county.actor("education", "clerk"))


def test_nothing_at_all_can_be_sent_partly(essays: Essays) -> None:
    essays.enterprise()
    with pytest.raises(NoReceiver):
        essays.send_all(None, "essay_line", unit="enterprise", partly=True)


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_sending_twice_names_the_number_it_has(essays: Essays, county: County, state: str) -> None:
    clerk = county.actor("village", "clerk")
    first = essays.send(clerk)
    if state == "accepted":
        services.accept(first, by=county.actor("a", "clerk"))
        first.refresh_from_db()
    with pytest.raises(Conflict) as refused:
        essays.send(clerk, paper=first.paper)
    assert first.record.number in str(refused.value)
    assert first.receipt in str(refused.value)


def test_a_revised_paper_is_filed_again(essays: Essays, county: County) -> None:
    clerk = county.actor("village", "clerk")
    first = essays.send(clerk)
    services.accept(first, by=county.actor("a", "clerk"))
    again = essays.send(clerk, paper=first.paper, again=True)
    assert again.record.number != first.record.number


def test_what_the_room_refuses_is_not_sent(essays: Essays) -> None:
    essays.refuses = "尚未签发"
    with pytest.raises(WrongState, match="尚未签发"):
        essays.send()
    assert not Submission.objects.exists()
