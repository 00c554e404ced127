"""Answers from telephones that had no connection: once each, in their order, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, WrongState
from fenghuo.readiness.plans.checks.services import AnswerSaid, finish_item, keep_answers, settle_answer
from fenghuo.readiness.plans.models import CheckAnswer, CheckItem, CheckRound, Finding
from tests.county import County

from .check_rounds import all_said, begun, checked, drawn, item_of, key


def item(county: County) -> CheckItem:
    return item_of(begun(county), county, "village")


def holding(one: CheckItem, question: str = "drill") -> str | None:
    return one.answers.filter(question=question, state="holds").values_list("value", flat=True).first()


def test_sent_twice_they_count_once(county: County) -> None:
    one = item(county)
    said = all_said(one, no=("drill",))
    assert {out.how for out in keep_answers(one, said, by=SYSTEM)} == {"kept"}
    before = list(CheckAnswer.objects.order_by("pk").values())
    assert {out.how for out in keep_answers(one, said, by=SYSTEM)} == {"known"}
    assert list(CheckAnswer.objects.order_by("pk").values()) == before


def test_they_keep_the_time_at_which_they_were_given(county: County) -> None:
    one, now = item(county), timezone.now()
    CheckRound.objects.update(drawn_at=now - timedelta(days=2))
    one = CheckItem.objects.select_related("record__unit__region", "round__record").get(pk=one.pk)
    given = now - timedelta(hours=5)
    keep_answers(one, [AnswerSaid("drill", "yes", key=key(), given_at=given)], by=SYSTEM)
    assert CheckAnswer.objects.get().given_at == given
    ahead = AnswerSaid("known", "yes", key=key(), given_at=now + timedelta(days=400))
    keep_answers(one, [ahead], by=SYSTEM)
    assert CheckAnswer.objects.get(question="known").given_at <= timezone.now()


def test_a_chain_from_one_telephone_holds_to_its_last(county: County) -> None:
    one, first, second = item(county), key(), key()
    chain = [AnswerSaid("drill", "yes", key=first), AnswerSaid("drill", "no", "无记录", second, base=first)]
    assert [out.how for out in keep_answers(one, chain, by=SYSTEM)] == ["kept", "kept"]
    assert holding(one) == "no"
    assert {out.how for out in keep_answers(one, chain, by=SYSTEM)} == {"known"}
    assert holding(one) == "no"


def test_what_another_answered_meanwhile_is_shown_and_not_overwritten(county: County) -> None:
    one, mine = item(county), key()
    keep_answers(one, [AnswerSaid("drill", "yes", key=key())], by=SYSTEM)
    (out,) = keep_answers(one, [AnswerSaid("drill", "no", key=mine)], by=SYSTEM)
    assert (out.how, holding(one)) == ("conflict", "yes")
    later = AnswerSaid("drill", "no", "看过台账", key(), base=mine)
    keep_answers(one, [later], by=SYSTEM)
    waiting = CheckAnswer.objects.get(state="conflict")
    assert waiting.note == "看过台账"  # one answer waits beside, not each step to it
    rest = [said for said in all_said(one) if said.question != "drill"]
    keep_answers(one, rest, by=SYSTEM)
    with pytest.raises(Invalid):
        finish_item(one, by=SYSTEM)
    settle_answer(waiting, by=SYSTEM, take=True)
    assert holding(one) == "no"
    finish_item(one, by=SYSTEM)
    assert Finding.objects.get().question == "drill"
    with pytest.raises(WrongState):
        settle_answer(waiting, by=SYSTEM, take=False)


def test_two_who_say_the_same_do_not_differ(county: County) -> None:
    one = item(county)
    keep_answers(one, [AnswerSaid("drill", "yes", key=key())], by=SYSTEM)
    (out,) = keep_answers(one, [AnswerSaid("drill", "yes", key=key())], by=SYSTEM)
    assert out.how == "same"
    assert CheckAnswer.objects.count() == 1


def test_what_comes_after_the_visit_was_finished_is_kept_beside(county: County) -> None:
    one = item(county)
    checked(one)
    (out,) = keep_answers(one, [AnswerSaid("known", "no", "三人不知", key())], by=SYSTEM)
    assert (out.how, holding(one, "known")) == ("conflict", "yes")
    late = CheckAnswer.objects.get(state="conflict")
    with pytest.raises(WrongState):
        settle_answer(late, by=SYSTEM, take=True)
    assert settle_answer(late, by=SYSTEM, take=False).state == "aside"
    assert Finding.objects.count() == 1


def test_one_that_cannot_be_used_says_why_and_stops_no_other(county: County) -> None:
    one = item(county)
    good = AnswerSaid("drill", "yes", key=key())
    bad = [replace(good, value="maybe", key=key()), replace(good, question="castle", key=key()), replace(good, key="x")]
    outcomes = keep_answers(one, [*bad, replace(good, note="长" * 1001, key=key()), good], by=SYSTEM)
    assert [out.how for out in outcomes] == ["refused"] * 4 + ["kept"]
    assert all(out.why for out in outcomes[:4])


def test_nothing_is_answered_before_it_has_begun_or_left_unanswered_at_the_end(county: County) -> None:
    waiting = item_of(drawn(county), county, "village")
    with pytest.raises(WrongState):
        keep_answers(waiting, all_said(waiting), by=SYSTEM)
    one = item(county)
    with pytest.raises(Invalid) as refused:
        finish_item(one, by=SYSTEM)
    assert len(refused.value.faults) == len(all_said(one))
