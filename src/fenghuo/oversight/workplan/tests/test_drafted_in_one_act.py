"""A plan that is drafted in one act is looked at before the lock is taken, and written in a handful of statements."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.journal.models import Entry
from fenghuo.oversight.workplan.models import WorkPlan
from fenghuo.oversight.workplan.seed import seed_text
from fenghuo.oversight.workplan.selectors import targets_of
from fenghuo.oversight.workplan.services import copy_forward, draft_plan, load_plan
from tests.county import County

pytestmark = pytest.mark.django_db

HEAD = "2026年应急管理工作要点\n一、加强队伍建设\n"
CLAUSE = "({n})组建第{n}支队伍。各乡镇要在6月底以前组建一支不少于{n}人的综合应急队伍,区教育局要做好配合工作。\n"
NUMBERS = "一二三四五六七八九十"


def text(clauses: int) -> str:
    return HEAD + "".join(CLAUSE.format(n=NUMBERS[place]) for place in range(clauses))


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_as_many_statements_for_ten_clauses_as_for_three(county: County) -> None:
    office = county.units["emo"]
    few = statements(lambda: draft_plan(text(3), by=SYSTEM, unit=office))
    many = statements(lambda: draft_plan(text(10), by=SYSTEM, unit=office))
    assert many == few


def test_the_history_has_one_entry_for_the_act(county: County) -> None:
    loaded = load_plan(seed_text(), by=SYSTEM, unit=county.units["emo"], year=2026)
    copied = copy_forward(loaded.plan, by=SYSTEM, year=2027)
    for plan, verb in ((loaded.plan, "workplan.loaded"), (copied, "workplan.copied")):
        verbs = Entry.objects.filter(about__record=plan.pk, about__place=0).values_list("verb", flat=True)
        assert sorted(verbs) == sorted(["workplan.created", verb])
    assert [one.title for one in targets_of(copied)] == [one.title for one in targets_of(loaded.plan)]


def test_what_is_wrong_leaves_nothing(county: County) -> None:
    with pytest.raises(Invalid):
        load_plan(seed_text().replace('due = "07-31"', 'due = "07-32"'), by=SYSTEM, unit=county.units["emo"])
    with pytest.raises(NotAllowed):
        draft_plan(text(3), by=county.actor("a", "clerk"), unit=county.units["emo"])
    assert not WorkPlan.objects.exists()
