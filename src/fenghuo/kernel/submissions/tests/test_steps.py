"""Reviewers in order and side by side, by role; who left the post holds nothing up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import State, Submission
from fenghuo.kernel.submissions.presenting import rounds_of, stages
from tests.county import County
from tests.essays import Essays


@pytest.fixture
def sent(essays: Essays) -> Submission:
    return essays.send(None, "essay_steps", enclosed=())


def leave(by: Actor) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert by.post_id is not None
    Post.objects.filter(pk=by.post_id).update(until=yesterday)


def test_side_by_side_in_any_order_then_the_head(sent: Submission, county: County) -> None:
    clerk, leader, head = (county.actor("a", role) for role in ("clerk", "duty_leader", "head"))
    with pytest.raises(NotAllowed, match=str(Role.CLERK.label)):
        services.accept(sent, by=head)  # not the head's turn yet
    services.pass_step(sent, by=leader)
    with pytest.raises(NotAllowed):
        services.pass_step(sent, by=leader)
    with pytest.raises(WrongState):
        services.accept(sent, by=clerk)  # others come after
    services.pass_step(sent, by=clerk)
    with pytest.raises(Invalid):
        services.pass_step(sent, by=head)  # the last accepts
    assert services.accept(sent, by=head).state == State.ACCEPTED


def test_a_step_of_a_post_that_nobody_holds_goes_to_the_head_and_is_shown(sent: Submission, county: County) -> None:
    clerk, leader, head = (county.actor("a", role) for role in ("clerk", "duty_leader", "head"))
    assert stages(sent, rounds_of(sent)[0])[1].note == ""
    leave(clerk)
    assert stages(sent, rounds_of(sent)[0])[1].note != ""
    services.pass_step(sent, by=head)
    services.pass_step(sent, by=leader)
    assert services.accept(sent, by=head).state == State.ACCEPTED


def test_the_present_holder_reviews_not_the_one_who_left(sent: Submission, county: County) -> None:
    county.actor("a", "head")
    leave(county.actor("a", "clerk"))
    successor = county.actor("a", "clerk")
    county.actor("a", "duty_leader")
    services.pass_step(sent, by=successor)
    assert sent.rounds.get().reviews.get(role="clerk").done_by_id == successor.post_id


def test_without_holder_and_head_anybody_there(sent: Submission, county: County) -> None:
    officer = county.actor("a", "duty_officer")
    for _step in range(2):
        services.pass_step(sent, by=officer)
    assert services.accept(sent, by=officer).state == State.ACCEPTED


def test_steps_begin_anew_when_it_is_sent_again(sent: Submission, county: County) -> None:
    clerk, leader = county.actor("a", "clerk"), county.actor("a", "duty_leader")
    services.pass_step(sent, by=clerk)
    services.return_(sent, by=leader, reason="缺页")
    sent = services.resubmit(sent, by=county.actor("village", "clerk"))
    assert (sent.round, sent.step) == (2, 0)
    services.pass_step(sent, by=clerk)
