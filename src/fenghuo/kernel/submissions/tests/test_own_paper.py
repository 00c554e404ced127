"""Nobody decides upon one's own paper: not the sender's people, nor who sent it and holds a post on the other side."""

import pytest

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post
from fenghuo.kernel.access.errors import NotAllowed, WrongState
from fenghuo.kernel.registry.services import appoint, merge_units
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import State
from tests.county import SINCE, County
from tests.essays import Essays


def test_who_sent_it_does_not_accept_it_in_another_post(essays: Essays, county: County) -> None:
    post = county.post("village", "clerk")
    sent = essays.send(actor_for_post(post))
    both = appoint(post.person, by=SYSTEM, unit=county.units["a"], role="clerk", since=SINCE)
    with pytest.raises(NotAllowed):
        services.accept(sent, by=actor_for_post(both))
    assert services.accept(sent, by=county.actor("a", "clerk")).state == State.ACCEPTED


def test_who_entered_what_was_brought_by_hand_may_accept_it(essays: Essays, county: County) -> None:
    clerk = county.actor("a", "clerk")
    sent = essays.send(clerk, unit="village", hand=services.Hand("李某"))
    assert services.accept(sent, by=clerk).state == State.ACCEPTED


def test_units_that_became_one_do_not_accept_from_themselves(essays: Essays, county: County) -> None:
    """The town takes in the enterprise that filed with it; the county decides instead."""
    essays.enterprise()
    sent = essays.send(None, "essay", unit="enterprise")
    merge_units(county.units["a"], county.units["enterprise"], by=SYSTEM, choose=dict.fromkeys(("name",), "kept"))
    sent.refresh_from_db()
    assert sent.sender_id == sent.receiver_id == county.units["a"].pk
    with pytest.raises(NotAllowed):
        services.accept(sent, by=county.actor("a", "clerk"))
    above = services.forward(sent, by=county.actor("a", "head"))
    services.accept(above, by=county.actor("emo", "clerk"))
    sent.refresh_from_db()
    assert sent.state == State.ACCEPTED


def test_a_course_goes_on_with_the_unit_that_is_left(essays: Essays, county: County) -> None:
    sent = essays.send()
    merge_units(county.units["b"], county.units["a"], by=SYSTEM, choose={"name": "kept"})
    sent.refresh_from_db()
    assert (sent.receiver, sent.record.unit) == (county.units["b"], county.units["b"])
    assert services.accept(sent, by=county.actor("b", "clerk")).state == State.ACCEPTED


def test_what_was_withdrawn_is_not_accepted(essays: Essays, county: County) -> None:
    clerk = county.actor("village", "clerk")
    sent = essays.send(clerk)
    services.withdraw(sent, by=clerk, reason="写错了")
    with pytest.raises(WrongState):
        services.accept(sent, by=county.actor("a", "clerk"))


def test_only_the_unit_itself_sends_its_papers(essays: Essays, county: County) -> None:
    with pytest.raises(NotAllowed):
        essays.send(county.actor("a", "clerk"), unit="village")


def test_by_hand_only_the_receiver_enters_it(essays: Essays, county: County) -> None:
    with pytest.raises(NotAllowed):
        essays.send(county.actor("emo", "clerk"), unit="village", hand=services.Hand("李某"))


def test_what_comes_back_by_hand_is_entered_by_the_receiver_alone(essays: Essays, county: County) -> None:
    clerk = county.actor("a", "clerk")
    sent = essays.send(clerk, unit="village", hand=services.Hand("李某"))
    services.return_(sent, by=clerk, reason="缺页", remarks=[services.Said("第三页")])
    with pytest.raises(NotAllowed):
        services.resubmit(sent, by=county.actor("emo", "clerk"), hand=services.Hand("李某"))
    again = services.resubmit(sent, by=clerk, hand=services.Hand("王某"))
    assert (again.round, again.rounds.get(number=2).brought_by) == (2, "王某")
    assert again.rounds.get(number=1).remarks.get().answer
    assert services.accept(again, by=clerk).state == State.ACCEPTED
