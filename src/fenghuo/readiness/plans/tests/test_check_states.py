"""Every pair of the three tables, walked through the services that carry it out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import WrongState
from fenghuo.readiness.plans.checks.services import (
    assign_item,
    change_round,
    close_round,
    correct_finding,
    draw_round,
    finish_item,
    keep_answers,
    send_back_finding,
    start_round,
    verify_finding,
)
from fenghuo.readiness.plans.checks.states import FINDING_STATES, ITEM_STATES, ROUND_STATES
from fenghuo.readiness.plans.models import CheckItem, CheckRound, Finding, FindingState, ItemState, RoundState
from tests.county import County

from .check_rounds import all_said, begun, checked, drafted, drawn, item_of

ROUND_VERBS = ("change", "draw", "assign", "start", "check", "close")
ITEM_VERBS = ("answer", "assign", "finish")
FINDING_VERBS = ("correct", "verify", "send_back")


def round_in(county: County, state: str) -> CheckRound:
    if state == RoundState.DRAFTED:
        return drafted(county)
    if state == RoundState.DRAWN:
        return drawn(county)
    round_ = begun(county)
    return close_round(round_, by=SYSTEM, reason="汛情") if state == RoundState.CLOSED else round_


def do_round(county: County, round_: CheckRound, verb: str) -> None:
    if verb in ("assign", "check") and round_.state == RoundState.DRAFTED:
        ROUND_STATES.check(round_.state, verb)  # there is no unit yet to which it could be done
    acts: dict[str, Callable[[], object]] = {
        "change": lambda: change_round(round_, by=SYSTEM, correct_days=15),
        "draw": lambda: draw_round(round_, by=SYSTEM),
        "assign": lambda: assign_item(item_of(round_, county, "village"), by=SYSTEM, checker=county.units["emo"]),
        "start": lambda: start_round(round_, by=SYSTEM),
        "check": lambda: checked(item_of(round_, county, "village")),
        "close": lambda: close_round(round_, by=SYSTEM, reason="汛情"),
    }
    acts[verb]()


@pytest.mark.parametrize("state", RoundState.values)
@pytest.mark.parametrize("verb", ROUND_VERBS)
def test_a_round_goes_where_the_table_says_or_is_refused(county: County, state: str, verb: str) -> None:
    round_ = round_in(county, state)
    rows = {(row.start, row.verb): row.end for row in ROUND_STATES.rows}
    if (state, verb) in rows:
        do_round(county, round_, verb)
    else:
        with pytest.raises(WrongState):
            do_round(county, round_, verb)
    assert CheckRound.objects.get(pk=round_.pk).state == rows.get((state, verb), state)


@pytest.mark.parametrize("state", ItemState.values)
@pytest.mark.parametrize("verb", ITEM_VERBS)
def test_a_visit_goes_where_the_table_says_or_is_refused(county: County, state: str, verb: str) -> None:
    item = item_of(begun(county), county, "village")
    keep_answers(item, all_said(item), by=SYSTEM)
    if state == ItemState.CHECKED:
        finish_item(item, by=SYSTEM)
    rows = {(row.start, row.verb): row.end for row in ITEM_STATES.rows}

    def do() -> None:
        if verb == "answer":
            # A late answer is kept beside, and never changes a finished visit: see test_check_answers.
            ITEM_STATES.check(CheckItem.objects.get(pk=item.pk).state, verb)
        elif verb == "assign":
            assign_item(item, by=SYSTEM, checker=county.units["emo"])
        else:
            finish_item(item, by=SYSTEM)

    if (state, verb) in rows:
        do()
    else:
        with pytest.raises(WrongState):
            do()
    assert CheckItem.objects.get(pk=item.pk).state == rows.get((state, verb), state)


def finding_in(county: County, state: str) -> Finding:
    found = Finding.objects.get(item=checked(item_of(begun(county), county, "village")))
    if state != FindingState.ISSUED:
        found = correct_finding(found, by=SYSTEM, text="已补演练")
    if state == FindingState.VERIFIED:
        return verify_finding(found, by=SYSTEM)
    return send_back_finding(found, by=SYSTEM, text="无记录") if state == FindingState.SENT_BACK else found


@pytest.mark.parametrize("state", FindingState.values)
@pytest.mark.parametrize("verb", FINDING_VERBS)
def test_a_finding_goes_where_the_table_says_or_is_refused(county: County, state: str, verb: str) -> None:
    found = finding_in(county, state)
    verbs: dict[str, Callable[..., Finding]] = {
        "correct": correct_finding,
        "verify": verify_finding,
        "send_back": send_back_finding,
    }
    act = verbs[verb]
    rows = {(row.start, row.verb): row.end for row in FINDING_STATES.rows}
    if (state, verb) in rows:
        act(found, by=SYSTEM, text="说明")
    else:
        with pytest.raises(WrongState):
            act(found, by=SYSTEM, text="说明")
    assert Finding.objects.get(pk=found.pk).state == rows.get((state, verb), state)


def test_a_finding_is_due_so_many_days_after_it_was_issued(county: County) -> None:
    found = Finding.objects.get(item=checked(item_of(begun(county, correct_days=15), county, "village")))
    assert found.due_on == timezone.localdate() + timedelta(days=15)


def test_the_verbs_of_the_tables_are_those_walked() -> None:
    assert {row.verb for row in ROUND_STATES.rows} == set(ROUND_VERBS)
    assert {row.verb for row in ITEM_STATES.rows} == set(ITEM_VERBS)
    assert {row.verb for row in FINDING_STATES.rows} == set(FINDING_VERBS)
