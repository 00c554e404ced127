"""What was written down in a check goes with it by an order; who was visited and what was answered stays."""

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.destruction.rooms import rooms
from fenghuo.readiness.plans.checks.services import close_round, correct_finding, send_back_finding
from fenghuo.readiness.plans.models import CheckAnswer, CheckItem, CheckRound, Finding
from tests.county import County
from tests.destruction.orders import confirmed, drafted, work

from .check_rounds import begun, checked, item_of


def test_the_notes_of_a_closed_check_go_by_an_order(county: County) -> None:
    round_ = begun(county)
    item = checked(item_of(round_, county, "village"))
    correct_finding(Finding.objects.get(), by=SYSTEM, text="王村长已补")
    send_back_finding(Finding.objects.get(), by=SYSTEM, text="王村长再补")
    room = next(one for one in rooms() if one.name == "plan_checks")
    assert room.obstacles is not None
    assert room.obstacles([round_.pk], False) == {round_.pk: "check_not_closed"}
    close_round(round_, by=SYSTEM, reason="王村长住院")
    assert room.obstacles([round_.pk], False) == {}
    confirmed(county, drafted(county, numbers=[round_.record.number]))
    work()
    found = Finding.objects.get()
    assert (found.note, found.correction, found.remark) == ("", "", "")
    assert CheckRound.objects.get().closing == ""
    answers = CheckAnswer.objects.filter(item=item)
    assert set(answers.values_list("note", flat=True)) == {""}
    assert answers.filter(value="no").count() == 1
    assert CheckItem.objects.count() == 4
