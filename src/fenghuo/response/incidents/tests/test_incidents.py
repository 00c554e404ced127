"""An incident from its first report to its end: every verb in every state, and what stands in the journal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, WrongState
from fenghuo.kernel.documents.services import stage
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents import services
from fenghuo.response.incidents.closing import Matter, _checks, check
from fenghuo.response.incidents.models import Incident, IncidentState, Note, Report, ReportState
from fenghuo.response.incidents.selectors import incident, reports_of
from fenghuo.response.incidents.states import INCIDENT_STATES
from tests.county import County

SQUARE = {"type": "Polygon", "coordinates": [[[108.70, 34.03], [108.72, 34.03], [108.72, 34.05], [108.70, 34.03]]]}
VERBS = sorted({row.verb for row in INCIDENT_STATES.rows})


def opened(county: County, **said: Any) -> Incident:
    return services.open_incident([county.report(figures={"injured": 1})], by=county.actor("emo"), **said)


def acts(county: County, it: Incident, by: Actor) -> dict[str, Callable[[], object]]:
    """Each verb with arguments that fit."""
    now = timezone.now()
    person = services.Person("李某", "injured", hospital="区医院")
    other = services.open_incident([county.report()], by=by)
    apart = services.open_incident([county.report()], by=by)
    told = county.report()
    file = services.attach_file(it, stage([b"first"], "a.txt"), by=by)
    inside = Report.objects.filter(memberships__incident=it, memberships__separated_at__isnull=True)[0]
    if it.state != IncidentState.CLOSED:
        services.join_incident(it, apart, by=by)
    return {
        "join_report": lambda: services.join_report(it, told, by=by),
        "separate_report": lambda: services.separate_report(it, inside, by=by, reason="另一起"),
        "join_incident": lambda: services.join_incident(it, other, by=by),
        "separate_incident": lambda: services.separate_incident(it, apart, by=by, reason="两起"),
        "grade": lambda: services.grade_incident(it, by=by, level=3, basis="会商研判"),
        "change_kind": lambda: services.change_kind(it, by=by, kind="fire"),
        "correct": lambda: services.correct_incident(it, by=by, title="草堂营村车祸", reason="地名有误"),
        "set_figures": lambda: services.set_figures(it, by=by, source="县医院", as_of=now, figures={"dead": 1}),
        "choose_figures": lambda: services.choose_figures(it, by=by, source="110"),
        "draw_area": lambda: services.draw_area(it, by=by, name="警戒区", geometry=SQUARE),
        "set_response": lambda: services.set_response(
            it, by=by, level=4, matters="救援", measures="封路", until=now + timedelta(hours=6)
        ),
        "tell": lambda: services.note_told(it, by=by, rules=["R8"], to="县总值班室", received_by="赵某"),
        "list_casualty": lambda: services.list_casualty(it, person, by=by),
        "note": lambda: services.add_note(it, by=by, text="吊车已到"),
        "attach": lambda: services.attach_file(it, stage([b"second"], "b.txt"), by=by),
        "detach": lambda: services.detach_file(it, file.pk, by=by, reason="传错了"),
        "control": lambda: services.control_incident(it, by=by),
        "close": lambda: services.close_incident(it, by=by, summary="两车相撞,已处置完毕"),
        "reopen": lambda: services.reopen_incident(it, by=by, reason="又有伤者"),
    }


@pytest.mark.parametrize("state", IncidentState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_pair_of_state_and_verb_is_as_the_table_says(county: County, state: str, verb: str) -> None:
    desk = county.actor("emo")
    it = opened(county)
    if state == IncidentState.CONTROLLED:
        services.control_incident(it, by=desk)
    if state == IncidentState.CLOSED:
        services.close_incident(it, by=desk, summary="完")
    it.refresh_from_db()
    act = acts(county, it, desk)[verb]
    entries = Entry.objects.count()
    if verb in INCIDENT_STATES.verbs(state):
        act()
        it.refresh_from_db()
        assert it.state == INCIDENT_STATES.check(state, verb)
        assert Entry.objects.count() > entries
    else:
        with pytest.raises(WrongState):
            act()
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_not(county: County, verb: str) -> None:
    it = opened(county)
    for actor, refusal in (
        (county.actor("emo", "observer"), NotAllowed),
        (county.actor("b", "clerk"), NotFound),
        (county.machine("110", "intake.write", "incidents.read"), NotAllowed),
    ):
        with pytest.raises(refusal):
            acts_as(county, it, actor)[verb]()


def acts_as(county: County, it: Incident, by: Actor) -> dict[str, Callable[[], object]]:
    """The verbs prepared by the desk, carried out by another."""
    desk = county.actor("emo")
    prepared = acts(county, it, desk)
    changed: dict[str, Callable[[], object]] = {}
    for verb, act in prepared.items():
        cells = act.__closure__ or ()
        names = act.__code__.co_freevars

        def run(act: Callable[[], object] = act, names: Any = names, cells: Any = cells) -> object:
            at = names.index("by")
            before, cells[at].cell_contents = cells[at].cell_contents, by
            try:
                return act()
            finally:
                cells[at].cell_contents = before

        changed[verb] = run
    return changed


def test_what_is_not_given_is_taken_from_the_reports(county: County) -> None:
    first = county.report(text="草堂营村两车相撞", happened_at="2026-05-12T02:58:00+08:00")
    second = county.report(county.machine("120"), source="120", kind=None, location=None)
    it = services.open_incident([second, first], by=county.actor("emo"))
    assert it.kind == "road_traffic"
    assert it.record.title == "草堂营村道路交通事故"
    assert it.occurred_at == first.happened_at
    assert it.learned_at == min(first.received_at, second.received_at)
    assert (it.latitude, it.longitude) == (first.latitude, first.longitude)
    assert {report.state for report in reports_of(it, county.actor("emo"))} == {ReportState.JOINED}


def test_all_three_platforms_see_the_incident_but_not_each_others_calls(county: County) -> None:
    police, ambulance = county.machine("110"), county.machine("120")
    first, second = county.report(police), county.report(ambulance, source="120")
    it = services.open_incident([first, second], by=county.actor("emo"))
    for machine, own in ((police, first), (ambulance, second)):
        assert incident(machine, it.record.number) == it
        assert reports_of(it, machine) == [own]
    services.separate_report(it, second, by=county.actor("emo"), reason="另一起")
    with pytest.raises(NotFound):
        incident(ambulance, it.record.number)
    assert incident(police, it.record.number) == it


def test_joined_and_separated_again(county: County) -> None:
    desk = county.actor("emo")
    it, report = opened(county), county.report(figures={"injured": 9})
    services.join_report(it, report, by=desk)
    entries = Entry.objects.count()
    services.join_report(it, report, by=desk)  # again: nothing
    assert Entry.objects.count() == entries
    services.separate_report(it, report, by=desk, reason="不是一回事")
    report.refresh_from_db()
    assert report.state == ReportState.NEW
    assert not Entry.objects.filter(text__contains="不是一回事").exists()
    with pytest.raises(Invalid) as refused:
        services.separate_report(it, report, by=desk, reason="再来")
    assert refused.value.faults[0].field == "report"
    services.join_report(it, report, by=desk)


def test_a_report_belongs_to_one_incident(county: County) -> None:
    desk, report = county.actor("emo"), county.report()
    one, other = opened(county), opened(county)
    services.join_report(one, report, by=desk)
    with pytest.raises(Conflict) as refused:
        services.join_report(other, report, by=desk)
    assert one.record.number in str(refused.value.message)
    with pytest.raises(Conflict):
        services.open_incident([report], by=desk)


def test_a_dismissed_call_may_turn_out_to_be_true(county: County) -> None:
    desk, report = county.actor("emo"), county.report()
    services.dismiss_report(report, by=desk, reason="prank")
    services.open_incident([report], by=desk)
    report.refresh_from_db()
    assert report.state == ReportState.JOINED


def test_two_incidents_that_are_one(county: County) -> None:
    desk = county.actor("emo")
    one, other = opened(county), opened(county)
    services.join_incident(one, other, by=desk)
    assert incident(desk, other.record.number) == one
    assert len(reports_of(one, desk)) == 2
    other.refresh_from_db()
    with pytest.raises(WrongState) as refused:
        services.reopen_incident(other, by=desk, reason="x")
    assert one.record.number in str(refused.value.message)
    services.separate_incident(one, other, by=desk, reason="两起")
    assert incident(desk, other.record.number) == other
    assert len(reports_of(one, desk)) == 1
    with pytest.raises(Invalid):
        services.separate_incident(one, other, by=desk, reason="两起")
    with pytest.raises(Invalid):
        services.join_incident(one, one, by=desk)


def test_the_level_needs_a_basis_unless_it_is_the_proposed_one(county: County) -> None:
    desk, it = county.actor("emo"), opened(county)
    assert it.proposed_level == 4
    services.grade_incident(it, by=desk, level=4)
    for wrong in (0, 5):
        with pytest.raises(Invalid):
            services.grade_incident(it, by=desk, level=wrong, basis="x")
    with pytest.raises(Invalid) as refused:
        services.grade_incident(it, by=desk, level=2, basis=" ")
    assert refused.value.faults[0].field == "basis"
    it.refresh_from_db()
    assert it.level == 4
    services.set_figures(it, by=desk, source="110", as_of=timezone.now(), figures={"dead": 3})
    it.refresh_from_db()
    assert (it.level, it.proposed_level) == (4, 3)
    assert Entry.objects.filter(verb="incident.level_proposed").count() == 2


def test_a_response_needs_its_four_fields(county: County) -> None:
    desk, it = county.actor("emo"), opened(county)
    with pytest.raises(Invalid) as refused:
        services.set_response(it, by=desk, level=4, matters=" ", measures="")
    assert [fault.field for fault in refused.value.faults] == ["matters", "measures", "until"]
    with pytest.raises(Invalid):
        services.set_response(it, by=desk, level=4, matters="a", measures="b", until=timezone.now())
    with pytest.raises(WrongState):
        services.set_response(it, by=desk, level=None)


def test_what_is_open_is_asked_before_closing(county: County) -> None:
    desk, it = county.actor("emo"), opened(county)

    @check
    def orders(incident: Incident) -> list[Matter]:
        return [Matter("指令未办结:县医院", blocks=True)]

    try:
        with pytest.raises(WrongState, match="指令未办结"):
            services.close_incident(it, by=desk, summary="完")
        it.refresh_from_db()
        assert it.state == IncidentState.OPEN
    finally:
        _checks.remove(orders)
    with pytest.raises(Invalid):
        services.close_incident(it, by=desk, summary=" ")
    services.close_incident(it, by=desk, summary="完")


def test_entered_afterwards(county: County) -> None:
    desk, it = county.actor("emo"), opened(county)
    earlier = timezone.now() - timedelta(hours=3)
    note = services.add_note(it, by=desk, text="停电期间:二中队出动", happened_at=earlier)
    assert note.entry.happened_at == earlier
    assert "二中队" not in note.entry.text
    with pytest.raises(Invalid) as refused:
        services.add_note(it, by=desk, text="x", happened_at=timezone.now() + timedelta(hours=1))
    assert refused.value.faults[0].field == "happened_at"
    assert Note.objects.count() == 1


def test_who_has_it(county: County) -> None:
    it = opened(county)
    wang, li = county.actor("emo"), county.actor("emo", "duty_leader")
    services.take(it, by=wang)
    services.take(it, by=wang)
    with pytest.raises(Conflict):
        services.take(it, by=li)
    with pytest.raises(Refused):
        services.give_back(it, by=li)
    services.take(it, by=li, over=True)
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="record.taken").order_by("pk")] == [
        "record.taken",
        "record.taken_over",
    ]
    services.look(it, by=wang)
    services.look(it, by=li)
    assert services.others_looking(it, by=wang) == [li.label]


def test_casualties_are_private(county: County) -> None:
    desk, it = county.actor("emo"), opened(county)
    person = services.Person("赵小红", "injured", identity="610125199001011234", hospital="区医院")
    row = services.list_casualty(it, person, by=desk)
    services.change_casualty(it, row.pk, by=desk, condition="dead")
    with pytest.raises(Invalid):
        services.show_casualties(it, by=desk, reason="")
    assert [one.name for one in services.show_casualties(it, by=desk, reason="联系家属")] == ["赵小红"]
    row.refresh_from_db()
    assert (row.condition, row.hospital) == ("dead", "区医院")
    with pytest.raises(Invalid):
        services.remove_casualty(it, row.pk, by=desk, reason=" ")
    services.remove_casualty(it, row.pk, by=desk, reason="登记错误")
    with pytest.raises(NotFound):
        services.remove_casualty(it, row.pk, by=desk, reason="登记错误")
    with pytest.raises(NotAllowed):
        services.show_casualties(it, by=county.actor("emo", "observer"), reason="看看")
    assert not Entry.objects.filter(text__contains="赵小红").exists()


def test_a_village_without_a_position_is_placed_where_its_town_is(county: County) -> None:
    town = county.regions["a"]
    town.latitude, town.longitude = 34.03, 108.71
    town.save()
    it = services.open_incident([county.report(location={"address": "草堂营村"})], by=county.actor("emo"))
    assert (it.latitude, it.longitude, it.approximate) == (34.03, 108.71, True)
