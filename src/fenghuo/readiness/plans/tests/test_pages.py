from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.registry.services import create_unit
from fenghuo.kernel.submissions.models import Submission
from fenghuo.readiness.plans.demo_paper import paper
from fenghuo.readiness.plans.models import Duty, Plan, PlanAnswers, UnitProfile
from tests.county import County
from tests.workbooks import opened

type Make = Callable[..., Plan]
type SignIn = Callable[..., Client]
SAID = {
    "dangers": "村北沟道易涨水",
    "responsible": "王村长",
    "phone": "13800000001",
    "warning": "大喇叭",
    "shelter": "小学操场",
    "people": "无",
}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def a_pdf(name: str = "预案.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, paper("应急预案"), "application/pdf")


def test_the_matrix_leads_to_what_is_lacking(county: County, make: Make, sign_in: SignIn) -> None:
    make(filed_on=timezone.localdate())
    client = sign_in("emo", "clerk")
    shown = client.get(reverse("plans:coverage")).content.decode()
    assert "region=610118007000&amp;who=school" in shown
    assert "25%" in shown  # one of the four entries
    lines = client.get(reverse("plans:coverage") + "?by=line").content.decode()
    assert "subject=education" in lines
    listed = client.get(reverse("plans:lacking") + "?region=610118007000&who=school").content.decode()
    assert "草堂小学" in listed
    assert "草堂化工" not in listed


def test_the_matrix_is_one_page_for_many_units(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        region = county.regions["b"]
        create_unit(by=SYSTEM, code=f"91610118MANY{number:05d}A", name=f"厂{number}", kind="enterprise", region=region)
    county.post("emo", "duty_officer")
    client = sign_in("emo", "clerk")
    for page in ("plans:coverage", "plans:lacking"):
        client.get(reverse(page))
        with django_assert_max_num_queries(16):
            assert client.get(reverse(page)).status_code == 200


def test_both_go_out_as_workbooks(county: County, sign_in: SignIn) -> None:
    client = sign_in("a", "clerk")
    rows = list(opened(client.get(reverse("plans:coverage_book")).content).worksheets[0].values)
    assert any("草堂街道" in row for row in rows)
    lacking = list(opened(client.get(reverse("plans:lacking_book")).content).worksheets[0].values)
    assert any("草堂小学" in row for row in lacking)
    assert not any("余下街道办事处" in row for row in lacking)


def test_a_village_files_from_a_phone_in_one_act(county: County, sign_in: SignIn) -> None:
    client = sign_in("village", "head")
    page = reverse("plans:quick")
    assert "草堂街道办事处" in client.get(page).content.decode()
    answer = client.post(page, {**SAID, "file": a_pdf()})
    plan = Plan.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("plans:plan", args=[plan.record.number]))
    assert Submission.objects.get(paper=plan.pk).receiver == county.units["a"]
    assert PlanAnswers.objects.get(plan=plan).responsible == "王村长"
    assert Duty.objects.get(unit=county.units["village"]).state == "drafted"
    shown = client.get(answer["Location"]).content.decode()
    assert "草堂街道办事处" in shown
    assert "大喇叭" in shown
    assert client.get(page).status_code == 302  # it lies with the township


def test_what_is_wrong_keeps_the_draft_with_its_files(county: County, sign_in: SignIn) -> None:
    client, page = sign_in("village", "head"), reverse("plans:quick")
    half = client.post(page, {**SAID, "shelter": "", "phone": "no number", "file": a_pdf()})
    assert half.status_code == 422
    shown = half.content.decode()
    assert 'id="id_shelter_error"' in shown
    assert 'id="id_phone_error"' in shown
    again = client.get(page).content.decode()
    assert "大喇叭" in again
    assert "预案.pdf" in again
    assert not Submission.objects.exists()
    done = client.post(page, SAID)  # the file is there already
    assert done.status_code == 302
    assert Plan.objects.count() == 1
    assert Submission.objects.count() == 1


def test_without_a_photo_it_says_so_and_keeps_the_answers(county: County, sign_in: SignIn) -> None:
    client = sign_in("village", "head")
    answer = client.post(reverse("plans:quick"), SAID)
    assert answer.status_code == 422
    assert "photo" in answer.content.decode()
    assert PlanAnswers.objects.get().warning == "大喇叭"


def test_a_program_is_no_plan_and_the_rest_is_kept(county: County, sign_in: SignIn) -> None:
    client = sign_in("village", "head")
    bad = SimpleUploadedFile("预案.exe", b"MZ" + bytes(200))
    answer = client.post(reverse("plans:quick"), {**SAID, "file": [a_pdf(), bad]})
    assert answer.status_code == 422
    assert "预案.exe" in answer.content.decode()
    assert "预案.pdf" in client.get(reverse("plans:quick")).content.decode()
    assert not Submission.objects.exists()


def test_it_is_kept_for_later_when_asked(county: County, sign_in: SignIn) -> None:
    client = sign_in("village", "head")
    answer = client.post(reverse("plans:quick"), {"dangers": "滑坡", "later": "1"})
    assert answer.status_code == 302
    assert "滑坡" in client.get(reverse("plans:quick")).content.decode()


def test_too_long_an_answer_is_named_and_kept_on_the_page(county: County, sign_in: SignIn) -> None:
    client = sign_in("village", "head")
    answer = client.post(reverse("plans:quick"), {**SAID, "dangers": "水" * 501})
    assert answer.status_code == 422
    assert 'id="id_dangers_error"' in answer.content.decode()
    assert "水" * 501 in answer.content.decode()


def test_a_plan_is_attached_named_filed_and_taken_to_the_archive_on_its_page(
    county: County, make: Make, sign_in: SignIn
) -> None:
    plan = make()
    page = reverse("plans:plan", args=[plan.record.number])
    client = sign_in("village", "clerk")
    assert client.post(f"{page}file/").status_code == 422
    assert client.post(f"/files/of/{plan.pk}/", {"file": a_pdf()}).status_code == 302
    kept = Attachment.objects.get()
    assert client.post(f"{page}papers/{kept.pk}/name/", {"item": "drafting_note"}).status_code == 302
    answer = client.post(f"{page}file/")
    assert answer.status_code == 422  # the drafting note alone is not the text
    assert client.post(f"{page}file/", {"on_paper": ["issued_text"]}).status_code == 302
    other = sign_in("b", "clerk")
    assert other.get(page).status_code == 404
    assert other.post(f"{page}file/").status_code == 404
    reader = sign_in("a", "observer")
    assert 'type="file"' not in reader.get(page).content.decode()
    assert reader.post(f"/files/of/{plan.pk}/", {"file": a_pdf()}).status_code in (403, 404, 422)
    assert reader.post(f"{page}archive/", {"reason": "x"}).status_code == 422
    assert sign_in("a", "clerk").post(f"{page}archive/", {"reason": "误录"}).status_code == 302
    assert Plan.objects.get().record.archived_at is not None


def test_size_and_dangers_are_set_on_the_units_page(county: County, sign_in: SignIn) -> None:
    unit = county.units["enterprise"]
    page = reverse("plans:profile", args=[unit.code])
    said = {"size": "small", "above_scale": "yes", "dangers": ["hazardous", "crowded"]}
    assert sign_in("b", "clerk").post(page, said).status_code == 302
    assert not UnitProfile.objects.exists()
    assert sign_in("a", "clerk").post(page, said).status_code == 302
    profile = UnitProfile.objects.get()
    assert (profile.size, profile.above_scale, profile.danger_rows.count()) == ("small", True, 2)
    shown = sign_in("a", "clerk").get(reverse("web:unit", args=[unit.code])).content.decode()
    assert "D708" not in shown
    assert "生产安全事故应急条例" in shown


def test_today_tells_a_village_what_it_lacks(county: County, sign_in: SignIn) -> None:
    shown = sign_in("village", "head").get("/").content.decode()
    assert reverse("plans:quick") in shown
    assert Account.objects.filter(username="village-head").exists()


def test_search_and_menu_lead_to_plans(county: County, make: Make, sign_in: SignIn) -> None:
    plan = make(name="防汛应急预案")
    client = sign_in("a", "clerk")
    found = client.get(reverse("web:search"), {"q": "fxyj"}).content.decode()
    assert plan.record.number in found
    assert reverse("plans:coverage") in client.get("/").content.decode()


def test_one_press_reminds_all_that_the_page_shows(county: County, sign_in: SignIn) -> None:
    client = sign_in("a", "clerk")
    listed = client.get(reverse("plans:lacking") + "?who=village").content.decode()
    assert "Remind 1 unit" in listed
    answer = client.post(reverse("plans:remind"), {"who": "village"}, follow=True)
    assert "1 unit was reminded." in answer.content.decode()
    assert Duty.objects.filter(reminded_at__isnull=False).count() == 1
    assert sign_in("village", "head").post(reverse("plans:remind"), {}, follow=True).status_code == 200
    assert Duty.objects.filter(reminded_at__isnull=False).count() == 1


def test_the_state_beside_the_name_is_fetched_by_itself(
    county: County, make: Callable[..., Plan], sign_in: SignIn
) -> None:
    plan = make()
    page = reverse("plans:plan", args=[plan.record.number])
    client = sign_in("village", "clerk")
    assert f'data-live="{plan.pk}" hx-get="{page}?part=state"' in client.get(page).content.decode()
    part = client.get(f"{page}?part=state", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<p class="facts-line" id="plan-state"')
    assert "plan-drafted" in part
    assert "<h1" not in part
