"""What the desk does with a report that leads to no incident, walked state by state."""

import pytest

from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents.messages import SupplementMessage
from fenghuo.response.incidents.models import DismissReason, Report, ReportState
from fenghuo.response.incidents.reading import read_message
from fenghuo.response.incidents.services import add_supplement, dismiss_report, hand_over_report
from fenghuo.response.incidents.states import REPORT_STATES
from tests.county import County


def test_dismissing_needs_a_known_reason_and_other_needs_a_note(county: County) -> None:
    report, desk = county.report(), county.actor("emo")
    for reason, field in (("because", "reason"), ("other", "note")):
        with pytest.raises(Invalid) as refused:
            dismiss_report(report, by=desk, reason=reason)
        assert refused.value.faults[0].field == field
    assert Report.objects.get(pk=report.pk).state == ReportState.NEW
    dismiss_report(report, by=desk, reason=DismissReason.PRANK)
    assert Report.objects.get(pk=report.pk).state == ReportState.DISMISSED


def test_handed_over_it_is_seen_by_the_receiver(county: County) -> None:
    report, desk, receiver = county.report(), county.actor("emo"), county.actor("education")
    assert not Report.objects.visible_to(receiver).exists()
    hand_over_report(report, by=desk, to=county.units["education"], received_by="孙主任")
    assert list(Report.objects.visible_to(receiver)) == [report]
    assert not Entry.objects.filter(text__contains="孙主任").exists()


def test_handing_over_needs_to_know_who_took_it(county: County) -> None:
    with pytest.raises(Invalid):
        hand_over_report(county.report(), by=county.actor("emo"), to=county.units["education"], received_by=" ")


def test_who_may_not_settle(county: County) -> None:
    report = county.report()
    with pytest.raises(NotFound):
        dismiss_report(report, by=county.actor("b", "clerk"), reason="prank")
    with pytest.raises(NotAllowed):
        dismiss_report(report, by=county.actor("emo", "observer"), reason="prank")
    with pytest.raises(NotAllowed):
        dismiss_report(report, by=county.machine("110", "intake.write"), reason="prank")


@pytest.mark.parametrize("state", ReportState.values)
@pytest.mark.parametrize("verb", ["dismiss", "hand_over"])
def test_each_pair_of_state_and_verb_is_as_the_table_says(county: County, state: str, verb: str) -> None:
    report, desk = county.report(), county.actor("emo")
    Report.objects.filter(pk=report.pk).update(state=state)

    def act() -> Report:
        if verb == "dismiss":
            return dismiss_report(report, by=desk, reason="advice")
        return hand_over_report(report, by=desk, to=county.units["psb"], received_by="周")

    if verb in REPORT_STATES.verbs(state):
        assert act().state == REPORT_STATES.check(state, verb)
    else:
        with pytest.raises(WrongState):
            act()
        assert Report.objects.get(pk=report.pk).state == state


@pytest.mark.parametrize("state", ReportState.values)
def test_facts_can_be_added_in_every_state(county: County, state: str) -> None:
    machine = county.machine()
    report = county.report(machine)
    Report.objects.filter(pk=report.pk).update(state=state)
    said = read_message(SupplementMessage, {"text": "又有一人受伤", "figures": {"injured": 4}})
    supplement = add_supplement(report, said, by=machine)
    assert supplement.figures == {"injured": 4}
    assert Report.objects.get(pk=report.pk).figures == report.figures


def test_a_supplement_says_at_least_something() -> None:
    with pytest.raises(Invalid):
        read_message(SupplementMessage, {"figures": {"injured": None}})
