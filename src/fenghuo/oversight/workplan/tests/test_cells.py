"""A cell leads to the records that count, to what is missing and where it is made, and to what counts no longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.measures.asking import Moment
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.services import accept
from fenghuo.oversight.workplan.models import Target, WorkPlan
from fenghuo.oversight.workplan.reckoning import Stand
from fenghuo.oversight.workplan.selectors.cells import detail
from fenghuo.oversight.workplan.services import archive_proof, create_proof, send_proof
from fenghuo.readiness.teams.services import create_team
from tests.county import County

from .conftest import in_force, reading
from .test_matrix_equals_a_recount import make_plan
from .world import on_day

type Make = Callable[..., Target]
DRILL = "exercise_record_up"


def proof(county: County, unit: str = "a") -> Submission:
    made = create_proof(by=SYSTEM, unit=county.units[unit], kind=DRILL, title="防汛演练资料")
    (sent,) = send_proof(made, by=SYSTEM, on_paper=True)
    return sent


@pytest.fixture
def drills(plan: WorkPlan, target: Make) -> Target:
    made = target("submissions.accepted", options={"kind": DRILL})
    in_force(plan)
    return made


def drills_of_2026(county: County) -> tuple[WorkPlan, Target]:
    with on_day(0):
        plan = make_plan(county)
        return plan, Target.objects.get(clause__plan=plan, key="drills")


def test_what_is_missing_says_where_it_is_made(county: County, drills: Target) -> None:
    found = detail(county.actor("a", "clerk"), drills, county.units["a"], Moment.now())
    (part,) = found.parts
    (lack,) = part.lacking
    assert lack.address == reverse("workplan:new_proof") + f"?kind={DRILL}"
    assert (part.counting, part.ended) == ([], [])


def test_what_is_under_way_is_named_until_it_is_accepted(county: County, plan: WorkPlan, drills: Target) -> None:
    sent = proof(county)
    (part,) = detail(county.actor("a", "clerk"), drills, county.units["a"], Moment.now()).parts
    (lack,) = part.lacking
    assert sent.record.number in lack.what
    assert lack.address == reverse("submissions:submission", args=[sent.record.number])
    assert reading(plan, drills, county.units["a"]).stand in (Stand.OPEN, Stand.OVERDUE)
    accept(sent, by=SYSTEM)
    found = detail(county.actor("a", "clerk"), drills, county.units["a"], Moment.now())
    (part,) = found.parts
    assert [one.piece.record for one in part.counting] == [sent.pk]
    assert found.cell.reading.stand is Stand.DONE
    assert reading(plan, drills, county.units["b"]).value == 0


def test_a_withdrawn_record_lowers_the_figure_and_says_since_when(county: County) -> None:
    """Accepted on 3 May and withdrawn on 1 June: it counts on 15 May and not on 15 June. Later than the year, too."""
    may, june = 113, 142  # days after the tenth of January
    plan, drills = drills_of_2026(county)
    with on_day(may):
        sent = proof(county)
        accept(sent, by=SYSTEM)
    with on_day(june):
        archive_proof(sent.paper.as_workplan_proof, by=SYSTEM, reason="重复")
    unit = county.units["a"]
    with on_day(june + 30):
        day = timezone.localdate()
        then = [reading(plan, drills, unit, Moment.end_of(day - timedelta(days=back))).value for back in (47, 17)]
        assert then == [1, 0]
        (part,) = detail(county.actor("a", "clerk"), drills, unit, Moment.now()).parts
        assert part.counting == []
        (ended,) = part.ended
        assert (ended.piece.on, ended.piece.ended_on) == (day - timedelta(days=59), day - timedelta(days=30))
        assert ended.piece.why


def test_after_the_years_end_a_withdrawal_changes_now_and_not_the_last_day(county: County) -> None:
    plan, drills = drills_of_2026(county)
    unit = county.units["a"]
    with on_day(100):
        sent = proof(county)
        accept(sent, by=SYSTEM)
    with on_day(400):
        archive_proof(sent.paper.as_workplan_proof, by=SYSTEM, reason="查实不符")
    with on_day(401):
        last = Moment.end_of(timezone.localdate().replace(year=2026, month=12, day=31))
        assert reading(plan, drills, unit, last).stand is Stand.DONE
        assert reading(plan, drills, unit).stand is Stand.OVERDUE


def test_a_team_that_is_too_small_is_what_is_missing(county: County, plan: WorkPlan, target: Make) -> None:
    made = target(options={"kind": "general", "people": "100"})
    in_force(plan)
    team = create_team(by=SYSTEM, unit=county.units["a"], name="综合队", kind="general", people=60)
    (part,) = detail(SYSTEM, made, county.units["a"], Moment.now()).parts
    (lack,) = part.lacking
    assert lack.address == reverse("registers:change", args=["teams", team.pk])
    assert "60" in lack.note


def test_whoever_may_not_see_the_unit_sees_no_cell(county: County, drills: Target) -> None:
    for actor in (county.actor("b", "clerk"), county.actor("village", "head"), county.actor("neighbour", "head")):
        with pytest.raises(NotFound):
            detail(actor, drills, county.units["a"], Moment.now())


def test_who_leads_sees_the_figure_and_not_what_lies_behind_it(county: County, plan: WorkPlan, target: Make) -> None:
    made = target("submissions.accepted", options={"kind": DRILL}, lead=[county.units["education"]])
    in_force(plan)
    accept(proof(county), by=SYSTEM)
    found = detail(county.actor("education", "head"), made, county.units["a"], Moment.now())
    (part,) = found.parts
    assert found.cell.reading.stand is Stand.DONE
    assert (part.counting, part.hidden) == ([], 1)
