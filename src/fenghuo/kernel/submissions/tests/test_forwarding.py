"""To the next level and back: what was passed on is accepted above, returned to who passed it on, or taken back."""

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotFound, WrongState
from fenghuo.kernel.access.guard import sees
from fenghuo.kernel.registry.services import create_unit
from fenghuo.kernel.submissions import selectors, services
from fenghuo.kernel.submissions.models import State
from tests.county import County
from tests.essays import Essays


def test_the_receipt_of_the_next_level_is_that_of_the_whole_way(essays: Essays, county: County) -> None:
    village, town, office = (county.actor(unit, "clerk") for unit in ("village", "a", "emo"))
    sent = essays.send(village)
    above = services.forward(sent, by=town, note="请审")
    assert (above.sender, above.receiver, above.act) == (county.units["a"], county.units["emo"], sent.act)
    assert [row.item for row in above.rounds.get().enclosures.all()] == ["issued_text"]
    done = services.accept(above, by=office)
    sent.refresh_from_db()
    assert sent.state == State.ACCEPTED
    assert [course.receipt for course in essays.heard[-1]] == [done.receipt, done.receipt]
    assert selectors.submission(village, above.pk) == above  # who wrote it follows it all the way


def test_taken_back_it_can_be_returned_to_who_wrote_it(essays: Essays, county: County) -> None:
    town = county.actor("a", "clerk")
    sent = essays.send()
    above = services.forward(sent, by=town)
    services.return_(above, by=county.actor("emo", "clerk"), reason="缺页")
    services.withdraw(above, by=town, reason="退村补正")
    services.return_(sent, by=town, reason="缺页")
    sent.refresh_from_db()
    assert sent.state == State.RETURNED


def test_a_kind_that_ends_here_goes_no_further(essays: Essays, county: County) -> None:
    essays.enterprise(supervised="education")
    sent = essays.send(None, "essay_line", unit="enterprise")
    with pytest.raises(WrongState):
        services.forward(sent, by=county.actor("education", "clerk"))


def test_an_authority_outside_answers_through_the_sender(essays: Essays, county: County) -> None:
    city = create_unit(by=SYSTEM, code="CITY", name="西安市应急管理局", kind="superior", region=county.regions["city"])
    office = county.actor("emo", "clerk")
    sent = essays.send(office, "essay_outside", unit="emo", enclosed=())
    assert sent.receiver == city
    done = services.accept(sent, by=office, receipt="市备〔2026〕7号")
    assert done.receipt == "市备〔2026〕7号"


def test_the_receiver_sees_the_paper_and_no_longer_after_a_withdrawal(essays: Essays, county: County) -> None:
    essays.enterprise(supervised="education")
    clerk, office = county.actor("enterprise", "clerk"), county.actor("education", "clerk")
    sent = essays.send(clerk, "essay_line", unit="enterprise")
    assert sees(office, sent.paper)
    services.withdraw(sent, by=clerk, reason="写错了")
    assert not sees(office, sent.paper)
    assert selectors.submission(office, sent.pk).state == State.WITHDRAWN
    with pytest.raises(NotFound):
        selectors.submission(county.actor("psb", "clerk"), sent.pk)
