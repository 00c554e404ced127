"""What will miss its day: reckoned from the matrix at earlier days, without what is not known of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.submissions.services import accept
from fenghuo.oversight.workplan.forecasting import Outlook, Prospect, days_before, outlooks
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.seed import seed_text
from fenghuo.oversight.workplan.selectors import targets_of
from fenghuo.oversight.workplan.services import create_proof, load_plan, put_in_force, send_proof
from fenghuo.readiness.teams.services import create_team
from tests.county import County

from .conftest import at, in_force

type Make = Callable[..., Target]
type SignIn = Callable[..., Client]
NOW = datetime(2026, 7, 1, 9)


@pytest.fixture(autouse=True)
def midyear(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(NOW))


def ahead(plan: WorkPlan, moment: Moment | None = None, **said: Any) -> dict[str, Outlook]:
    plan.refresh_from_db()
    moment = moment or Moment.now()
    found = outlooks(SYSTEM, plan, moment, targets=targets_of(plan, moment), **said)
    return {one.target.title: one for one in found}


def proof(county: County, unit: str, month: int, kind: str = "exercise_record_up") -> None:
    made = create_proof(by=SYSTEM, unit=county.units[unit], kind=kind, title="资料")
    (course,) = send_proof(made, by=SYSTEM, on_paper=True, happened_at=at(month, 10))
    accept(course, by=SYSTEM, happened_at=at(month, 11))


DRILLS: dict[str, Any] = {"measure": "submissions.accepted", "options": {"kind": "exercise_record_up"}}


def test_the_days_looked_at_are_the_ends_of_months_that_are_over() -> None:
    assert days_before(2026, date(2026, 3, 31)) == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert len(days_before(2026, date(2026, 12, 31))) == 12


def test_a_slow_target_misses_its_day_by_the_straight_line(county: County, plan: WorkPlan, target: Make) -> None:
    """3 of 6 for both towns, in three months: 3 in 182 days make 3/182 × 183 more, 6.02 altogether; 12 are asked."""
    target(**DRILLS, title="慢", quota=6)
    target(**DRILLS, title="行", quota=3)
    in_force(plan)
    for month in (2, 4, 6):
        proof(county, "a", month)
    found = ahead(plan)
    slow = found["慢"]
    assert slow.prospect is Prospect.WILL_MISS
    assert (slow.value, slow.quota) == (3, 12)
    assert slow.found is not None
    assert slow.found.expected == pytest.approx(3 + 3 / 182 * 183)
    assert slow.found.shortfall == pytest.approx(12 - (3 + 3 / 182 * 183))
    assert [one.target.title for one in found.values()] == ["慢", "行"]  # the worst first: the other lacks no half


def test_no_unit_counts_for_more_than_it_owes(county: County, plan: WorkPlan, target: Make) -> None:
    target(**DRILLS, title="行", quota=3)
    in_force(plan)
    for month in (1, 2, 3, 4, 5, 6):
        proof(county, "a", month)
    one = ahead(plan)["行"]
    assert (one.value, one.quota) == (3, 6)


def test_what_was_there_before_the_year_is_no_pace(
    county: County, plan: WorkPlan, target: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    target(title="队", options={"kind": "general"}, quota=4)
    in_force(plan)
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(datetime(2025, 11, 1, 9)))
    for number in range(3):
        create_team(by=SYSTEM, unit=county.units["a"], name=f"队{number}", kind="general", people=20)
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(NOW))
    one = ahead(plan)["队"]
    assert (one.value, one.quota) == (3, 8)
    assert one.prospect is Prospect.NOT_STARTED


def test_unknown_days_are_left_out_and_named(county: County, plan: WorkPlan, target: Make) -> None:
    """Nobody counted how villages were covered before: no zero stands for it."""
    target("plans.covered", title="村", options={"who": "village"}, quota=100, quota_kind="percent")
    in_force(plan)
    one = ahead(plan)["村"]
    assert one.prospect in (Prospect.TOO_FEW, Prospect.UNKNOWN)
    assert one.found is None


def test_repeating_and_overdue_ones_stand_apart(county: County, plan: WorkPlan, target: Make) -> None:
    target(**DRILLS, title="季", every="quarter")
    target(**DRILLS, title="过期", due=date(2026, 3, 31))
    target(**DRILLS, title="成", quota=1, kinds=[], units=[county.units["a"]])
    target("shelters.ready", title="未核")
    in_force(plan)
    proof(county, "a", 2)
    proof(county, "a", 5)
    proof(county, "b", 2)
    found = ahead(plan)
    assert found["季"].prospect is Prospect.OVERDUE  # b missed the second quarter
    assert found["成"].prospect is Prospect.REACHED
    assert found["过期"].prospect is Prospect.REACHED
    assert "未核" not in found
    proof(county, "b", 5)
    assert ahead(plan)["季"].prospect is Prospect.REPEATING


def test_a_past_day_knows_nothing_of_later_ones(county: County, plan: WorkPlan, target: Make) -> None:
    target(**DRILLS, title="慢", quota=6)
    in_force(plan)
    for month in (2, 4, 6):
        proof(county, "a", month)
    then = ahead(plan, Moment.end_of(date(2026, 3, 15)))["慢"]
    assert then.value == 1
    assert then.found is not None
    assert then.found.today == date(2026, 3, 15)
    assert then.prospect is Prospect.TOO_FEW


def test_only_the_units_wanted_are_summed(county: County, plan: WorkPlan, target: Make) -> None:
    target(**DRILLS, title="慢", quota=6)
    in_force(plan)
    one = ahead(plan, wanted=lambda unit: unit.pk == county.units["b"].pk)["慢"]
    assert (one.units, one.value, one.quota) == (1, 0, 6)
    assert one.prospect is Prospect.NOT_STARTED


def queries(plan: WorkPlan) -> int:
    with CaptureQueriesContext(connection) as asked:
        ahead(plan)
    return len(asked)


def test_it_costs_a_matrix_for_each_day_and_no_more_for_more_targets(county: County, plan: WorkPlan) -> None:
    loaded = load_plan(seed_text(), by=SYSTEM, unit=county.units["emo"], year=2026)
    put_in_force(loaded.plan, by=SYSTEM, happened_at=at(1, 1, 0))
    whole = queries(loaded.plan)
    days = len(days_before(2026, timezone.localdate())) + 1
    assert days == 8
    assert whole <= 12 * days
    for one in list(Target.objects.filter(clause__plan=loaded.plan)):
        one.pk, one.key = None, f"{one.key}-x"
        one.save(force_insert=True)
    assert queries(loaded.plan) <= whole + 1


def test_the_page_says_it_in_a_sentence_and_the_card_how_many(
    county: County, plan: WorkPlan, target: Make, sign_in: SignIn
) -> None:
    target(**DRILLS, title="慢", quota=6)
    in_force(plan)
    for month in (2, 4, 6):
        proof(county, "a", month)
    client = sign_in("emo", "clerk")
    page = client.get(reverse("workplan:forecast")).content.decode()
    assert "Will miss its day: 3 more in 182 days" in page
    assert "Seasons and campaigns are not reckoned with" in page
    card = client.get(reverse("workplan:forecast_card") + "?group=township").content.decode()
    assert '<b class="wp-big wp-late">1</b>' in card
    assert "3.3" in card
    matrix = client.get("/workplan/?group=township").content.decode()
    assert f'hx-get="{reverse("workplan:forecast_card")}?group=township"' in matrix
    chinese = client.get(reverse("workplan:forecast"), headers={"accept-language": "zh-hans"}).content.decode()
    assert "照目前进度不能按期完成" in chinese
    for query in ("day=2026-02-31", "day=2019-01-01", "year=1999", "lead=x", "block=610118007000", "month=1"):
        assert client.get(f"{reverse('workplan:forecast')}?{query}").status_code == 200
        assert client.get(f"{reverse('workplan:forecast_card')}?{query}").status_code == 200


def test_a_township_sees_its_own_forecast_only(county: County, plan: WorkPlan, target: Make, sign_in: SignIn) -> None:
    target(**DRILLS, title="慢", quota=6)
    in_force(plan)
    proof(county, "a", 2)
    page = sign_in("b", "clerk").get(reverse("workplan:forecast")).content.decode()
    assert "0/6" in page
