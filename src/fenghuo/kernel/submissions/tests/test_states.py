"""Every verb in every state, for those who may and those who may not."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed, NotFound, Refused, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import Remark, State, Submission
from fenghuo.kernel.submissions.services import Said
from fenghuo.kernel.submissions.states import SENDERS_VERBS, SUBMISSION_STATES
from tests.county import County
from tests.essays import Essays

VERBS = sorted({row.verb for row in SUBMISSION_STATES.rows})
# What follows from a verb on the submission that it was passed on as.
FOLLOWING = ("accepted_above", "taken_back")


@dataclass
class Cast:
    sender: Actor
    receiver: Actor
    above: Actor


@pytest.fixture
def cast(county: County) -> Cast:
    return Cast(county.actor("enterprise", "clerk"), county.actor("a", "clerk"), county.actor("emo", "clerk"))


@pytest.fixture(autouse=True)
def enterprise(essays: Essays) -> None:
    essays.enterprise()


def act(verb: str, it: Submission, cast: Cast) -> object:
    verbs: dict[str, Callable[[], object]] = {
        "send": lambda: services.send(it, by=cast.sender),
        "withdraw": lambda: services.withdraw(it, by=cast.sender, reason="写错了"),
        "answer": lambda: services.answer_remark(it, _remark(it), by=cast.sender, text="已补"),
        "resubmit": lambda: services.resubmit(it, by=cast.sender),
        "take": lambda: services.take(it, by=cast.receiver),
        "pass_step": lambda: services.pass_step(it, by=cast.receiver),
        "remark": lambda: services.remark(it, [Said("缺页")], by=cast.receiver),
        "return_": lambda: services.return_(it, by=cast.receiver, reason="缺页"),
        "accept": lambda: services.accept(it, by=cast.receiver),
        "forward": lambda: services.forward(it, by=cast.receiver),
        "deem": lambda: services.deem(it, at=timezone.now()),
    }
    return verbs[verb]()


def _remark(it: Submission) -> int:
    found = Remark.objects.filter(round__submission=it).first()
    return found.pk if found is not None else 0


def brought_to(state: str, essays: Essays, cast: Cast, verb: str) -> Submission:
    """A submission in this state, of the kind that knows the verb."""
    if state == State.GAP:
        return essays.send_all(cast.sender, "essay", "essay_line", unit="enterprise", partly=True)[1]
    kind = {"pass_step": "essay_steps", "deem": "essay_silent"}.get(verb, "essay")
    made = essays.send(cast.sender, "essay", unit="enterprise")
    Submission.objects.filter(pk=made.pk).update(kind=kind)
    if verb == "pass_step":
        made.rounds.get().reviews.create(place=0, role="clerk")
        made.rounds.get().reviews.create(place=1, role="head")
    if state == State.FORWARDED and kind != "essay":
        Submission.objects.filter(pk=made.pk).update(kind="essay")
    steps: dict[str, Callable[[], object]] = {
        State.SUBMITTED: lambda: None,
        State.IN_REVIEW: lambda: act("take", made, cast),
        State.RETURNED: lambda: services.return_(made, by=cast.receiver, reason="缺页", remarks=[Said("少第二页")]),
        State.ACCEPTED: lambda: (
            services.accept(made, by=essays.county.actor("a", "clerk")) if verb != "pass_step" else None
        ),
        State.DEEMED: lambda: None,
        State.FORWARDED: lambda: act("forward", made, cast),
        State.WITHDRAWN: lambda: act("withdraw", made, cast),
    }
    steps[state]()
    if state in (State.ACCEPTED, State.DEEMED):
        Submission.objects.filter(pk=made.pk).update(state=state)
    if state == State.RETURNED and verb == "resubmit":
        act("answer", made, cast)
    return made


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in FOLLOWING])
def test_each_pair_is_as_the_table_says(essays: Essays, cast: Cast, state: str, verb: str) -> None:
    it = brought_to(state, essays, cast, verb)
    if verb == "send" and state == State.GAP:
        essays.supervise(essays.county.units["enterprise"], "education")
    entries, heard = Entry.objects.count(), len(essays.heard)
    if verb in SUBMISSION_STATES.verbs(state):
        act(verb, it, cast)
        it.refresh_from_db()
        assert it.state == SUBMISSION_STATES.check(state, verb)
        assert Entry.objects.count() > entries
        assert len(essays.heard) > heard or verb == "answer"
    else:
        with pytest.raises(WrongState):
            act(verb, it, cast)
        it.refresh_from_db()
        assert it.state == state
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", FOLLOWING)
def test_what_follows_from_the_next_level_is_as_the_table_says(
    essays: Essays, cast: Cast, state: str, verb: str
) -> None:
    """Only what was passed on can be accepted above or taken back: no other state has one that follows it."""
    it = brought_to(state, essays, cast, verb)
    above = Submission.objects.filter(forwarded_from=it).first()
    assert (verb in SUBMISSION_STATES.verbs(state)) == (above is not None)
    if above is None:
        return
    if verb == "accepted_above":
        services.accept(above, by=cast.above)
    else:
        services.withdraw(above, by=cast.receiver, reason="再看看")
    it.refresh_from_db()
    assert it.state == SUBMISSION_STATES.check(state, verb)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in (*FOLLOWING, "deem")])
def test_strangers_other_blocks_readers_and_the_other_side_are_refused(
    essays: Essays, county: County, cast: Cast, verb: str
) -> None:
    it = essays.send(cast.sender, "essay", unit="enterprise")
    other_side = cast.receiver if verb in SENDERS_VERBS else cast.sender
    refusals: list[tuple[Actor, type[Refused]]] = [
        (county.actor("b", "clerk"), NotFound),
        (county.actor("education", "clerk"), NotFound),
        (county.actor("neighbour", "clerk"), NotFound),
        (county.actor("a", "observer"), NotAllowed),
        (county.actor("enterprise", "observer"), NotAllowed),
        (county.actor("emo", "head"), NotAllowed),  # the superior sees it and leaves it to those it was sent to
        (other_side, NotAllowed),
    ]
    for by, why in refusals:
        with pytest.raises(why):
            act(verb, it, Cast(by, by, by))
    it.refresh_from_db()
    assert it.state == State.SUBMITTED
