"""Pages: the matrix, a cell, a unit's list, writing a plan, sending a proof."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.services import accept
from fenghuo.oversight.workplan.models import PlanState, Proof, Target, WorkPlan
from fenghuo.oversight.workplan.seed import seed_text
from fenghuo.readiness.teams.services import create_team
from tests.county import County

from .conftest import in_force

type SignIn = Callable[..., Client]
type Make = Callable[..., Target]
MATRIX = "/workplan/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def test_without_a_plan_it_says_what_belongs_there(county: County, sign_in: SignIn) -> None:
    assert reverse("workplan:new_plan") in sign_in("emo", "clerk").get(MATRIX).content.decode()
    assert reverse("workplan:new_plan") not in sign_in("a", "clerk").get(MATRIX).content.decode()


def test_a_cell_says_its_state_by_word_and_shape_and_leads_on(
    county: County, plan: WorkPlan, target: Make, sign_in: SignIn
) -> None:
    made = target(options={"kind": "general", "people": "100"})
    target("shelters.ready", title="避难场所")
    in_force(plan)
    create_team(by=SYSTEM, unit=county.units["a"], name="综合队", kind="general", people=120)
    shown = sign_in("emo", "clerk").get(MATRIX).content.decode()
    cell = reverse("workplan:cell", args=[made.pk, county.units["a"].code])
    assert re.search(rf'wp-cell wp-done"><a href="{cell}"[^>]*aria-label="[^"]*reached 1/1"', shown)
    assert "not measured yet" in shown
    assert ">1/2<" in shown
    page = sign_in("emo", "clerk").get(cell).content.decode()
    assert "综合队" in page
    own = sign_in("a", "clerk").get(reverse("workplan:mine"), follow=True).content.decode()
    assert cell in own


def test_filters_stand_in_the_address_and_nonsense_is_borne(
    county: County, plan: WorkPlan, target: Make, sign_in: SignIn
) -> None:
    target(title="甲项", lead=[county.units["psb"]])
    target(title="乙项")
    in_force(plan)
    client = sign_in("emo", "clerk")
    narrowed = client.get(f"{MATRIX}?lead=610118000000-PSB").content.decode()
    assert "甲项" in narrowed
    assert "乙项" not in narrowed
    block = client.get(f"{MATRIX}?block=610118007000").content.decode()
    assert 'title="草堂街道办事处"' in block
    assert 'title="余下街道办事处"' not in block
    for query in ("month=1", "line=education", "group=department", "day=2026-02-31", "day=9999-12-31", "year=abcd"):
        assert client.get(f"{MATRIX}?{query}").status_code == 200
    assert "No target fits" in client.get(f"{MATRIX}?month=1").content.decode()
    before = client.get(f"{MATRIX}?day={timezone.localdate().year - 1}-05-01").content.decode()
    assert "No work plan was in force on" in before


def test_a_plan_is_written_on_pages(county: County, sign_in: SignIn) -> None:
    client, year = sign_in("emo", "head"), timezone.localdate().year
    client.post(reverse("workplan:new_plan"), {"year": year, "title": "要点", "begin": ""})
    plan = WorkPlan.objects.get()
    number = plan.record.number
    client.post(reverse("workplan:new_clause", args=[number]), {"number": "3.3", "title": "队伍", "text": "百人"})
    clause = plan.clauses.get()
    address = reverse("workplan:new_target", args=[number, clause.pk])
    assert "teams.registered" in client.get(address).content.decode()
    said = {"title": "百人队", "quota": 0, "every": "once", "due": f"{year}-07-31", "weight": 1, "kinds": ["township"]}
    said |= {"option_kind": ["general"], "option_people": "100", "lead": "鄠邑区公安局\n没有的单位"}
    refused = client.post(f"{address}?measure=teams.registered", said)
    assert refused.status_code == 422
    assert "没有的单位" in refused.content.decode()  # what was typed is kept
    said |= {"lead": "鄠邑区公安局"}
    assert "must lie between 1" in client.post(f"{address}?measure=teams.registered", said).content.decode()
    client.post(f"{address}?measure=teams.registered", said | {"quota": 1})
    made = Target.objects.get()
    assert (made.options, made.quota) == ({"kind": "general", "people": "100"}, 1)
    client.post(reverse("workplan:put_in_force", args=[number]))
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE
    change = reverse("workplan:change_target", args=[made.pk])
    assert "everybody can read it" in client.post(change, said | {"quota": 2}).content.decode()
    client.post(change, said | {"quota": 2, "due": f"{year}-12-31", "reason": "加码"})
    assert Target.objects.get(until=None).quota == 2
    words = reverse("workplan:change_plan", args=[number])
    assert "Store" in client.get(words).content.decode()
    client.post(words, {"title": "要点(修订)", "preamble": "前言", "reason": "措辞"})
    plan.record.refresh_from_db()
    assert plan.record.title == "要点(修订)"
    history = client.get(reverse("workplan:plan", args=[number])).content.decode()
    assert "quota 1 → 2" in history
    assert "加码" in history


def test_a_file_is_loaded_and_a_bad_one_says_where(county: County, sign_in: SignIn) -> None:
    client = sign_in("emo", "head")
    bad = SimpleUploadedFile("plan.toml", b'title = "x"\nyear = 2026\n[[clause]]\nnumber = "1"')
    refused = client.post(reverse("workplan:load"), {"file": bad})
    assert refused.status_code == 422
    assert "clause 1" in refused.content.decode()
    good = SimpleUploadedFile("plan.toml", seed_text().encode())
    shown = client.post(reverse("workplan:load"), {"file": good, "year": 2026}, follow=True).content.decode()
    assert "610118000000-HOU" in shown  # a unit that is not here, said
    number = WorkPlan.objects.get().record.number
    saved = client.get(reverse("workplan:export", args=[number])).content.decode()
    assert 'number = "6.3"' in saved


@pytest.mark.parametrize("unit", ["a", "village", "psb"])
def test_others_read_the_plan_and_are_not_offered_to_write_it(
    county: County, plan: WorkPlan, target: Make, sign_in: SignIn, unit: str
) -> None:
    made = target()
    in_force(plan)
    client, number = sign_in(unit, "head"), plan.record.number
    shown = client.get(reverse("workplan:plan", args=[number])).content.decode()
    change = reverse("workplan:change_target", args=[made.pk])
    assert change not in shown
    assert client.get(change).status_code == 403
    assert client.post(reverse("workplan:put_in_force", args=[number])).status_code == 403
    assert client.get(reverse("workplan:new_plan")).status_code == 403


def test_a_proof_is_entered_sent_and_counts_when_it_is_accepted(
    county: County, plan: WorkPlan, target: Make, sign_in: SignIn
) -> None:
    made = target("submissions.accepted", options={"kind": "exercise_record_up"})
    in_force(plan)
    client = sign_in("a", "clerk")
    cell = reverse("workplan:cell", args=[made.pk, county.units["a"].code])
    begin = reverse("workplan:new_proof") + "?kind=exercise_record_up"
    assert begin in client.get(cell).content.decode()
    client.post(begin, {"kind": "exercise_record_up", "title": "防汛演练资料", "done_on": ""})
    proof = Proof.objects.get()
    send = reverse("workplan:send_proof", args=[proof.record.number])
    assert client.post(send).status_code in (409, 422)  # nothing lies in it
    client.post(send, {"on_paper": "on"})
    accept(Submission.objects.get(), by=SYSTEM)
    assert "防汛演练资料" in client.get(cell).content.decode()
    archive = reverse("workplan:archive_proof", args=[proof.record.number])
    assert client.post(archive, {"reason": " "}).status_code == 422
    client.post(archive, {"reason": "误报"})
    assert "Counts no longer" in client.get(cell).content.decode()


def test_what_is_not_there_is_not_found(county: County, plan: WorkPlan, target: Make, sign_in: SignIn) -> None:
    made = target()
    in_force(plan)
    client = sign_in("emo", "clerk")
    for address in (
        reverse("workplan:unit", args=["NOTHING"]),
        reverse("workplan:cell", args=[made.pk, "NOTHING"]),
        reverse("workplan:cell", args=[made.pk, county.units["psb"].code]),
        reverse("workplan:cell", args=[99999, county.units["a"].code]),
        reverse("workplan:plan", args=["WP-0"]),
        reverse("workplan:proof", args=["D-0"]),
    ):
        assert client.get(address).status_code == 404, address
