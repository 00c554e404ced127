"""A pasted text becomes a draft: clauses, responsible units, days and numbers, and what a person has to look at."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.open_points import doubts_said, open_points_said
from fenghuo.oversight.workplan.scopes import named_in
from fenghuo.oversight.workplan.selectors import clauses_of, targets_of
from fenghuo.oversight.workplan.services import change_target, draft_plan
from tests.county import County

pytestmark = pytest.mark.django_db

TEXT = """2026年应急管理工作要点
一、加强队伍建设
(一)组建综合应急队伍。各乡镇要在7月份以前组建一支不少于100人的综合应急队伍。
(二)完善指挥中心。区教育局要在6月底以前完成校园应急广播建设;县气象局要适时开展演练。
"""

type Draft = Callable[..., WorkPlan]
type SignIn = Callable[[str, str], Client]


@pytest.fixture
def draft(county: County) -> Draft:
    def made(text: str = TEXT, **said: object) -> WorkPlan:
        return draft_plan(text, by=SYSTEM, unit=county.units["emo"], **said)  # type: ignore[arg-type]

    return made


def by_title(plan: WorkPlan, words: str) -> Target:
    (found,) = [one for one in targets_of(plan) if words in one.words]
    return found


def test_clauses_and_targets_stand_in_the_draft_with_their_words(draft: Draft) -> None:
    made = draft()
    assert (made.year, made.record.title, made.state) == (2026, "2026年应急管理工作要点", "draft")
    assert [(one.number, one.chapter) for one in clauses_of(made)] == [
        ("1.1", "加强队伍建设"),
        ("1.2", "加强队伍建设"),
    ]
    towns = by_title(made, "各乡镇")
    assert (towns.kinds, towns.quota, towns.measure) == ("township", 1, "")
    assert towns.words == "各乡镇要在7月份以前组建一支不少于100人的综合应急队伍。"


def test_a_day_that_can_be_read_in_two_ways_is_said_with_both(draft: Draft) -> None:
    towns = by_title(draft(), "各乡镇")
    assert towns.due == date(2026, 6, 30)
    two_ways, further = open_points_said(towns)
    assert "7月份以前" in two_ways
    assert "2026-07-31" in two_ways
    assert "不少于100人" in further  # one team is the number; how large it must be belongs to the measure


def test_a_unit_that_is_known_leads_and_one_that_is_not_is_named(draft: Draft, county: County) -> None:
    made = draft()
    school = by_title(made, "校园")
    assert school.due == date(2026, 6, 30)
    assert list(named_in(school).lead) == [county.units["education"]]
    assert list(named_in(school).scope) == [county.units["education"]]
    weather = by_title(made, "气象局")
    assert any("县气象局" in said for said in open_points_said(weather))
    assert any("适时" in said for said in open_points_said(weather))


def test_what_was_corrected_is_open_no_longer(draft: Draft) -> None:
    towns = by_title(draft(), "各乡镇")
    changed = change_target(towns, by=SYSTEM, due=date(2026, 7, 31))
    changed.refresh_from_db()
    assert changed.open_points == []
    assert changed.words  # the words it came from stay


def test_a_number_that_stands_twice_keeps_both_clauses_and_is_said(draft: Draft) -> None:
    made = draft(TEXT.replace("(二)", "(一)"))
    assert [one.number for one in clauses_of(made)] == ["1.1", "1.1-2"]
    assert doubts_said(made)


@pytest.mark.parametrize(
    ("text", "said", "fields"),
    [
        ("今天天气很好。我们去看海。", {}, ["text"]),
        ("Dear all, the meeting is at ten.", {}, ["text"]),
        ("\x00\x01\ufffd" * 30, {}, ["text"]),
        (TEXT.replace("2026年", ""), {}, ["year"]),
        (TEXT.split("\n", 1)[1], {"year": 2026}, ["title"]),
        (TEXT, {"year": 20260}, ["year"]),
    ],
)
def test_what_is_no_plan_is_refused_with_the_reason(
    draft: Draft, text: str, said: dict[str, object], fields: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        draft(text, **said)
    assert [fault.field for fault in refused.value.faults] == fields
    assert not WorkPlan.objects.exists()


def test_the_page_reads_a_text_and_keeps_what_it_refuses(sign_in: SignIn) -> None:
    client = sign_in("emo", "clerk")
    refused = client.post("/workplan/plans/paste/", {"text": "今天天气很好。"})
    assert refused.status_code == 422
    assert "今天天气很好。" in refused.content.decode()
    answer = client.post("/workplan/plans/paste/", {"text": TEXT}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "气象局" in page
    assert WorkPlan.objects.get().record.title in page


def test_only_an_emergency_office_begins_a_plan(sign_in: SignIn) -> None:
    assert sign_in("a", "clerk").post("/workplan/plans/paste/", {"text": TEXT}).status_code == 403
    assert not WorkPlan.objects.exists()
