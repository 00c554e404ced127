"""Units that lag are asked in letters, answer them in time, and how they stand is counted all the same."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fenghuo.kernel.access.actor import SYSTEM, Actor, actor_for_post
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.services import finish
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.measures.asking import Moment
from fenghuo.oversight.workplan.models import Letter, Target, WorkPlan
from fenghuo.oversight.workplan.selectors import lagging_in, letter_by_number, matrix
from fenghuo.oversight.workplan.services import send_letters, withdraw_letter
from fenghuo.readiness.teams.services import create_team
from tests.county import County

from .conftest import in_force

type Make = Callable[..., Target]
type SignIn = Callable[[str, str], Client]


@pytest.fixture
def asked(plan: WorkPlan, target: Make) -> Target:
    """Both townships have to have a team of a hundred by the year's end."""
    made = target(title="不少于100人的综合应急队伍", options={"people": "100"})
    in_force(plan)
    return made


@pytest.fixture
def office(county: County) -> Actor:
    return actor_for_post(county.post("emo", "clerk"))


def test_a_letter_says_how_it_stood_and_asks_to_answer(
    county: County, plan: WorkPlan, asked: Target, office: Actor
) -> None:
    (letter,) = send_letters(plan, {county.units["a"].pk: [asked.pk]}, by=office, text="请尽快组建")
    assert [(row.value, row.needed) for row in letter.rows.all()] == [(0, 1)]
    order = Assignment.objects.get(about=letter.pk)
    assert order.to_id == county.units["a"].pk
    assert "不少于100人的综合应急队伍" in order.text
    assert "请尽快组建" in order.text
    clock = Clock.objects.get(record=letter.pk)
    assert order.due_at == clock.due_at
    assert clock.certainty == "?"  # the county's own rule, and called so


def test_its_answer_meets_the_clock_and_makes_no_team(
    county: County, plan: WorkPlan, asked: Target, office: Actor
) -> None:
    (letter,) = send_letters(plan, {county.units["a"].pk: [asked.pk]}, by=office)
    town = actor_for_post(county.post("a", "clerk"))
    finish(Assignment.objects.get(about=letter.pk), by=town, result="正在招募")
    assert Clock.objects.get(record=letter.pk).met_at is not None
    (row,) = matrix(SYSTEM, plan, Moment.now()).rows
    assert row.cells[county.units["a"].pk].reading.value == 0  # declared is not reached


def test_who_sees_it(county: County, plan: WorkPlan, asked: Target, office: Actor) -> None:
    (letter,) = send_letters(plan, {county.units["a"].pk: [asked.pk]}, by=office)
    number = letter.record.number
    for unit in ("emo", "a"):
        assert letter_by_number(actor_for_post(county.post(unit, "clerk")), number).pk == letter.pk
    for unit in ("b", "education"):
        with pytest.raises(NotFound):
            letter_by_number(actor_for_post(county.post(unit, "clerk")), number)


def test_nobody_is_asked_twice_before_the_answer(county: County, plan: WorkPlan, asked: Target, office: Actor) -> None:
    wanted = {county.units["a"].pk: [asked.pk]}
    (letter,) = send_letters(plan, wanted, by=office)
    with pytest.raises(Conflict, match=letter.record.number):
        send_letters(plan, wanted, by=office)
    (other,) = [one for one in lagging_in(matrix(office, plan, Moment.now())) if one.unit == county.units["a"]]
    assert other.lags[0].letter == letter.record.number
    withdraw_letter(letter, by=office, reason="误发")
    assert Clock.objects.get(record=letter.pk).ended_at is not None
    assert Assignment.objects.get(about=letter.pk).state == "withdrawn"
    send_letters(plan, wanted, by=office)


def test_what_is_reached_or_not_owed_is_refused_and_nothing_goes_out(
    county: County, plan: WorkPlan, asked: Target, office: Actor
) -> None:
    create_team(
        by=SYSTEM, unit=county.units["b"], name="综合队", kind="general", people=120, region=county.regions["b"]
    )
    for unit in ("b", "education"):
        with pytest.raises(Invalid):
            send_letters(plan, {county.units["a"].pk: [asked.pk], county.units[unit].pk: [asked.pk]}, by=office)
    with pytest.raises(Invalid):
        send_letters(plan, {}, by=office)
    assert not Letter.objects.exists()
    assert not Assignment.objects.exists()


def test_only_the_keeper_sends_and_withdraws_and_says_why(
    county: County, plan: WorkPlan, asked: Target, office: Actor
) -> None:
    wanted = {county.units["a"].pk: [asked.pk]}
    for unit in ("a", "education"):
        with pytest.raises((NotAllowed, NotFound)):
            send_letters(plan, wanted, by=actor_for_post(county.post(unit, "clerk")))
    (letter,) = send_letters(plan, wanted, by=office)
    with pytest.raises(NotAllowed):
        withdraw_letter(letter, by=actor_for_post(county.post("a", "clerk")), reason="不愿意")
    with pytest.raises(Invalid):
        withdraw_letter(letter, by=office, reason="  ")
    withdraw_letter(letter, by=office, reason="误发")
    with pytest.raises(WrongState):
        withdraw_letter(letter, by=office, reason="再撤")


def test_a_draft_is_not_supervised(county: County, plan: WorkPlan, target: Make, office: Actor) -> None:
    made = target()
    with pytest.raises(WrongState):
        send_letters(plan, {county.units["a"].pk: [made.pk]}, by=office)


def test_the_pages(county: County, plan: WorkPlan, asked: Target, sign_in: SignIn) -> None:
    desk = sign_in("emo", "clerk")
    refused = desk.post("/workplan/letters/new/", {"text": "请尽快组建"})
    assert refused.status_code == 422
    assert "请尽快组建" in refused.content.decode()  # what was typed is kept
    about = f"{county.units['a'].pk}-{asked.pk}"
    assert about in desk.get("/workplan/letters/new/").content.decode()
    assert desk.post("/workplan/letters/new/", {"about": [about, "x-y"], "text": ""}).status_code == 302
    number = Letter.objects.get().record.number
    for client in (desk, sign_in("a", "clerk")):
        for path in ("/workplan/letters/", f"/workplan/letters/{number}/", f"/workplan/letters/{number}/paper/"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert number in answer.content.decode()
    assert sign_in("a", "clerk").get("/workplan/letters/new/").status_code == 403
    assert number not in sign_in("b", "clerk").get("/workplan/letters/").content.decode()
    assert desk.post(f"/workplan/letters/{number}/withdraw/", {"reason": ""}).status_code == 422
    assert desk.post(f"/workplan/letters/{number}/withdraw/", {"reason": "误发"}).status_code == 302
    assert "误发" in desk.get(f"/workplan/letters/{number}/").content.decode()


def test_the_list_costs_no_more_for_more_letters(
    county: County, plan: WorkPlan, asked: Target, office: Actor, sign_in: SignIn
) -> None:
    desk, counts = sign_in("emo", "clerk"), []
    for unit in ("a", "b"):
        send_letters(plan, {county.units[unit].pk: [asked.pk]}, by=office)
        desk.get("/workplan/letters/")  # what is asked once a process is asked here
        with CaptureQueriesContext(connection) as seen:
            assert desk.get("/workplan/letters/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
