"""An order is drawn up by one person and confirmed by another; what must not go is refused by name."""

import pytest

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.destruction.models import Item, Order
from fenghuo.kernel.destruction.previewing import preview
from fenghuo.kernel.destruction.rooms import reason_said
from fenghuo.kernel.destruction.services import (
    cancel_order,
    carry_out_part,
    confirm_order,
    draft_order,
    hold_record,
    lift_hold,
)
from fenghuo.kernel.journal.models import Entry, Private
from fenghuo.kernel.registry.services import appoint
from fenghuo.response.incidents.models import Report
from fenghuo.response.incidents.services import (
    add_note,
    dismiss_report,
    open_incident,
    reopen_incident,
    separate_report,
)
from tests.county import SINCE, County
from tests.destruction.orders import carried_out, closed_incident, confirmed, dismissed_report, drafted, work


def faults_of(county: County, numbers: list[str], **said: str) -> dict[str, str]:
    given = {"basis": "erl85", "reason": "应急处置工作结束"} | said
    before = Order.objects.count()
    with pytest.raises(Invalid) as refused:
        draft_order(numbers, by=county.actor("emo", "clerk"), **given)
    assert Order.objects.count() == before
    return {fault.field: str(fault.message) for fault in refused.value.faults}


def test_the_preview_names_all_that_will_go_and_touches_nothing(county: County) -> None:
    incident = closed_incident(county, reports=2)
    order = drafted(county, incident)
    private = Private.objects.count()
    found = preview(order)
    assert len(found.records) == 3  # the incident and its two reports
    assert (found.counts["calls"], found.counts["incidents"]) == (2, 1)
    assert found.counts["private_values"] == 3  # two calls, one closing
    assert found.obstacles == {}
    assert Private.objects.count() == private
    assert Report.objects.exclude(text="").count() == 2


def test_what_was_confirmed_is_gone_and_the_journal_says_so(county: County) -> None:
    incident = closed_incident(county)
    order = carried_out(county, incident)
    incident.refresh_from_db()
    report = Report.objects.get()
    assert (order.state, order.no) == ("done", 1)
    assert (incident.summary, incident.address, report.text, report.caller_name) == ("", "", "", "")
    assert (incident.kind, incident.state, report.kind, report.source) == (
        "road_traffic",
        "closed",
        "road_traffic",
        "110",
    )
    verbs = list(Entry.objects.filter(verb__startswith="destruction.").order_by("pk").values_list("verb", flat=True))
    assert verbs == [f"destruction.{word}" for word in ("drafted", "confirmed", "carried_out", "completed")]
    assert order.removed["calls"] == 1


def test_an_order_needs_a_basis_a_reason_and_records(county: County) -> None:
    number = closed_incident(county).record.number
    assert set(faults_of(county, [], basis="", reason=" ")) == {"basis", "reason", "records"}
    assert set(faults_of(county, [number], basis="other")) == {"basis_text"}
    assert "13800000000" not in str(Order.objects.values())
    assert set(faults_of(county, [number], reason="按张某(１３８００００００００)要求")) == {"reason"}


def test_what_one_may_not_see_is_not_told_from_what_is_not_there(county: County) -> None:
    number = closed_incident(county).record.number
    stranger = county.actor("neighbour", "clerk")
    said = set()
    for named in (number, "20990101-0001"):
        with pytest.raises(Invalid) as refused:
            draft_order([named], by=stranger, basis="erl85", reason="x")
        said.add(str(refused.value).replace(named, "…"))
    assert len(said) == 1
    order = drafted(county, closed_incident(county))
    with pytest.raises(NotFound):
        confirm_order(order, by=county.actor("neighbour", "head"), seen="x")
    with pytest.raises(NotAllowed):
        draft_order([number], by=county.actor("emo", "duty_officer"), basis="erl85", reason="x")


def test_what_is_open_is_refused_by_number(county: County) -> None:
    incident = open_incident([county.report()], by=county.actor("emo"))
    report, new = Report.objects.select_related("record").get(), county.report()
    for one in (incident, report, new):
        assert one.record.number in faults_of(county, [one.record.number])["records"]


def test_a_report_that_was_joined_elsewhere_since_stays(county: County) -> None:
    """Between the draft and its turn a report moved into an incident that is being worked on."""
    desk = county.actor("emo")
    incident = closed_incident(county, reports=2)
    order = confirmed(county, drafted(county, incident))
    reopen_incident(incident, by=desk, reason="又有伤者")
    report = Report.objects.select_related("record").first()
    assert report is not None
    separate_report(incident, report, by=desk, reason="另一起")
    open_incident([report], by=desk)
    work()
    order.refresh_from_db()
    assert order.state == "done"
    assert set(order.items.values_list("state", "why")) == {
        ("left", "not_closed"),
        ("left", "incident_open"),
    }
    assert Report.objects.exclude(text="").count() == 2
    assert Entry.objects.filter(verb="destruction.left").count() == 2


def test_what_an_open_incident_says_of_a_destroyed_report_stays(county: County) -> None:
    """Why it was separated is the incident's own, and goes with the incident."""
    desk = county.actor("emo")
    report = county.report()
    incident = open_incident([report, county.report()], by=desk)
    separate_report(incident, report, by=desk, reason="另一起,来电人张某")
    dismiss_report(report, by=desk, reason="prank", note="张某")
    carried_out(county, Report.objects.select_related("record").get(pk=report.pk))
    separated, dismissed = (
        Entry.objects.get(verb=verb).pk for verb in ("incident.report_separated", "report.dismissed")
    )
    kept = set(Private.objects.values_list("pk", flat=True))
    assert separated in kept
    assert dismissed not in kept


def test_nobody_confirms_their_own_order_in_whatever_post(county: County) -> None:
    post = county.post("emo", "head")
    author = actor_for_post(post)
    order = draft_order([closed_incident(county).record.number], by=author, basis="erl85", reason="x")
    other = appoint(post.person, by=SYSTEM, unit=county.units["government"], role="commander", since=SINCE)
    for by in (author, actor_for_post(other)):
        with pytest.raises(NotAllowed):
            confirm_order(order, by=by, seen=preview(order).fingerprint)
    for role in ("clerk", "duty_leader", "administrator"):
        with pytest.raises(NotAllowed):
            confirm_order(order, by=county.actor("emo", role), seen=preview(order).fingerprint)
    assert confirmed(county, order).state == "running"


def test_who_confirms_must_have_seen_what_will_go(county: County) -> None:
    incident = closed_incident(county)
    order = drafted(county, incident)
    seen = preview(order).fingerprint
    add_note(incident, by=county.actor("emo"), text="家属王某来电")
    with pytest.raises(Conflict):
        confirm_order(order, by=county.actor("government", "head"), seen=seen)
    assert confirmed(county, order).state == "running"


def test_the_same_twice_is_refused_while_it_waits_and_when_nothing_is_left(county: County) -> None:
    report = dismissed_report(county)
    order = drafted(county, report)
    assert reason_said("ordered") in faults_of(county, [report.record.number])["records"]
    confirmed(county, order)
    with pytest.raises(WrongState):
        confirmed(county, order)
    work()
    assert reason_said("nothing_left") in faults_of(county, [report.record.number])["records"]


def test_it_can_be_cancelled_before_and_in_the_middle(county: County) -> None:
    reports = [dismissed_report(county) for _number in range(25)]
    head = county.actor("government", "head")
    order = drafted(county, *reports)
    with pytest.raises(Invalid):
        cancel_order(order, by=head, reason=" ")
    with pytest.raises(NotAllowed):
        cancel_order(order, by=county.actor("emo", "clerk"), reason="x")  # another clerk than its author
    cancel_order(order, by=head, reason="证据保全")
    assert Report.objects.exclude(text="").count() == 25
    order = confirmed(county, drafted(county, *reports))
    carry_out_part(order, 10)
    cancel_order(order, by=head, reason="证据保全")
    work()
    said = set(Item.objects.filter(order=order).values_list("state", "why"))
    assert said == {("done", ""), ("left", "order_cancelled")}
    assert Report.objects.exclude(text="").count() == 15
    with pytest.raises(WrongState):
        cancel_order(order, by=head, reason="x")


def test_what_is_held_and_what_belongs_to_it_stays(county: County) -> None:
    incident = closed_incident(county)
    report = Report.objects.select_related("record").get()
    leader = county.actor("emo", "duty_leader")
    with pytest.raises(Invalid):
        hold_record(incident, by=leader, reason="")
    with pytest.raises(NotAllowed):
        hold_record(incident, by=county.actor("emo", "clerk"), reason="x")
    hold_record(incident, by=leader, reason="检察机关调阅")
    with pytest.raises(Conflict):
        hold_record(incident, by=leader, reason="x")
    assert reason_said("held") in faults_of(county, [incident.record.number])["records"]
    assert reason_said("held_with") in faults_of(county, [report.record.number])["records"]
    lift_hold(incident, by=leader, reason="调阅完毕")
    order = confirmed(county, drafted(county, incident))
    hold_record(report, by=leader, reason="又要调阅")  # of what belongs to it, after the confirmation
    work()
    assert set(order.items.values_list("target__kind", "state", "why")) == {
        ("incident", "done", ""),
        ("report", "left", "held"),
    }
    assert Report.objects.get().text
