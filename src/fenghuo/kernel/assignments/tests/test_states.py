"""Every verb in every state, for those who may and those who may not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, Refused, WrongState
from fenghuo.kernel.assignments import services
from fenghuo.kernel.assignments.models import Answer, Assignment, State, Way
from fenghuo.kernel.assignments.states import ASSIGNMENT_STATES
from fenghuo.kernel.journal.models import Entry
from tests.county import County
from tests.orders import give

VERBS = sorted({row.verb for row in ASSIGNMENT_STATES.rows})


def act(verb: str, it: Assignment, by: Actor) -> object:
    return {
        "acknowledge": lambda: services.acknowledge(it, by=by, eta_minutes=20),
        "decline": lambda: services.decline(it, by=by, reason="泵车在修"),
        "progress": lambda: services.report_progress(it, by=by, text="已过桥"),
        "finish": lambda: services.finish(it, by=by, result="已疏通"),
        "withdraw": lambda: services.withdraw(it, by=by, reason="不需要了"),
    }[verb]()


def brought_to(state: str, it: Assignment, desk: Actor) -> None:
    steps: dict[str, Callable[[], object]] = {
        State.SENT: lambda: None,
        State.ACKNOWLEDGED: lambda: act("acknowledge", it, desk),
        State.DECLINED: lambda: act("decline", it, desk),
        State.UNDER_WAY: lambda: act("progress", it, desk),
        State.FINISHED: lambda: act("finish", it, desk),
        State.WITHDRAWN: lambda: act("withdraw", it, desk),
    }
    steps[state]()


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_pair_is_as_the_table_says(county: County, state: str, verb: str) -> None:
    desk = county.actor("emo")
    (order,) = give(county, desk, "a")
    brought_to(state, order, desk)
    entries = Entry.objects.count()
    if verb in ASSIGNMENT_STATES.verbs(state):
        act(verb, order, desk)
        order.refresh_from_db()
        assert order.state == ASSIGNMENT_STATES.check(state, verb)
        assert Entry.objects.count() > entries
    else:
        with pytest.raises(WrongState):
            act(verb, order, desk)
        order.refresh_from_db()
        assert order.state == state
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("verb", VERBS)
def test_strangers_other_blocks_and_readers_are_refused(county: County, verb: str) -> None:
    desk = county.actor("emo")
    (order,) = give(county, desk, "a")
    refusals: list[tuple[Actor, type[Refused]]] = [
        (county.actor("b"), NotFound),
        (county.actor("education"), NotFound),
        (county.actor("neighbour"), NotFound),
        (county.actor("emo", "observer"), NotAllowed),
    ]
    for by, why in refusals:
        with pytest.raises(why):
            act(verb, order, by)
    order.refresh_from_db()
    assert order.state == State.SENT


def test_the_receiver_answers_and_may_not_withdraw_what_others_ordered(county: County) -> None:
    desk, village = county.actor("emo"), county.actor("village")
    (order,) = give(county, desk, "village")
    act("acknowledge", order, village)
    answer = Answer.objects.get()
    assert (answer.way, answer.eta_minutes) == (Way.PAGE, 20)
    with pytest.raises(NotAllowed):
        act("withdraw", order, village)


def test_what_the_desk_notes_for_them_is_called_noted_by_hand(county: County) -> None:
    desk = county.actor("emo")
    (order,) = give(county, desk, "a")
    services.acknowledge(order, by=desk, eta_minutes=5, said=services.Said(Way.PAGE, name="老李"))
    answer = Answer.objects.get()
    assert (answer.way, answer.name) == (Way.NOTED, "老李")
    assert "老李" not in Entry.objects.get(verb="assignment.acknowledged").text


def test_an_answer_ends_the_chain(county: County) -> None:
    desk = county.actor("emo")
    (order,) = give(county, desk, "a")
    act("acknowledge", order, desk)
    assert not order.steps.filter(done_at__isnull=True).exists()


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_absurd_minutes_are_refused(county: County, minutes: int) -> None:
    desk = county.actor("emo")
    (order,) = give(county, desk, "a")
    with pytest.raises(Invalid):
        services.acknowledge(order, by=desk, eta_minutes=minutes)


def test_the_clock_of_a_machine_may_be_a_little_ahead(county: County) -> None:
    desk, now = county.actor("emo"), timezone.now()
    (order,) = give(county, desk, "a")
    services.acknowledge(order, by=desk, happened_at=now + timedelta(minutes=1))
    with pytest.raises(Invalid):
        services.finish(order, by=desk, result="完", happened_at=now + timedelta(minutes=5))
