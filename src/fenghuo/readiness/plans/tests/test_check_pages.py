"""A round from its draft to its summary, by the pages, with and without the page's script."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fenghuo.decision.sampling import digest
from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.readiness.plans.checks.services import finish_item, keep_answers
from fenghuo.readiness.plans.models import CheckAnswer, CheckItem, CheckRound, Finding
from tests.county import County
from tests.workbooks import opened

from .check_rounds import all_said, begun, checked, item_of

type SignIn = Callable[..., Client]
DRAFT = {
    "title": "专项检查",
    "from_day": "2026-07-01",
    "to_day": "2026-12-31",
    "correct_days": "30",
    "many_village": "2",
    "many_school": "1",
}


def form_of(item: CheckItem, no: tuple[str, ...] = ()) -> dict[str, str]:
    said = dict[str, str]()
    for one in all_said(item, no):
        said |= {f"value-{one.question}": one.value, f"note-{one.question}": one.note, f"key-{one.question}": one.key}
    return said


def test_the_organiser_drafts_draws_and_begins(county: County, sign_in: SignIn) -> None:
    client = sign_in("emo", "clerk")
    bad = client.post(reverse("plans:check_new"), {**DRAFT, "to_day": "2026-06-01", "many_village": ""})
    assert bad.status_code == 422
    assert 'id="id_to_day_error"' in bad.content.decode()
    made = client.post(reverse("plans:check_new"), {**DRAFT, "parts": [county.units["education"].pk]})
    round_ = CheckRound.objects.get()
    page = reverse("plans:check_round", args=[round_.record.number])
    assert made["Location"] == page
    lacking = client.post(f"{page}draw/", {"seed": "2026188"})
    assert lacking.status_code == 422
    assert "2026188" in lacking.content.decode()  # what was typed is kept
    assert client.post(f"{page}draw/", {"seed": "2026188", "seed_source": "福彩3D"}).status_code == 302
    shown = client.get(page).content.decode()
    round_.refresh_from_db()
    assert round_.digest in shown
    assert digest(client.get(f"{page}population.txt").content.decode()) == round_.digest
    printed = client.get(f"{page}paper/").content.decode()
    assert round_.digest in printed
    assert "草堂小学" in printed
    assert client.post(f"{page}draw/", {}).status_code == 422
    assert client.post(f"{page}start/").status_code == 302
    assert reverse("plans:check_rounds") in sign_in("education", "clerk").get("/").content.decode()


def test_a_visit_without_script_to_the_end(county: County, sign_in: SignIn) -> None:
    item = item_of(begun(county), county, "village")
    page = reverse("plans:check_item", args=[item.record.number])
    visitor = sign_in("a", "clerk")
    assert page in visitor.get("/").content.decode()  # on Today
    assert 'type="radio"' in visitor.get(page).content.decode()
    early = visitor.post(f"{page}finish/")
    assert early.status_code == 422
    said = form_of(item, no=("drill",))
    assert visitor.post(f"{page}answers/", said).status_code == 302
    kept = CheckAnswer.objects.count()
    assert visitor.post(f"{page}answers/", {**said, "finish": "1"}).status_code == 302
    assert CheckAnswer.objects.count() == kept  # the same form again is the same answers
    found = Finding.objects.get()
    head = sign_in("village", "head")
    assert page in head.get("/").content.decode()
    assert "现场看到" in head.get(page).content.decode()
    assert page in head.get(reverse("web:unit", args=["610118007226"])).content.decode()
    act = f"{page}findings/{found.pk}/"
    assert head.post(act, {"do": "correct", "text": ""}).status_code == 422
    assert head.post(act, {"do": "verify", "text": "好"}).status_code == 422
    assert head.post(act, {"do": "correct", "text": "已补演练"}).status_code == 302
    assert "已补演练" in visitor.get(page).content.decode()
    assert page in visitor.get("/").content.decode()
    assert visitor.post(act, {"do": "send_back", "text": "缺签到"}).status_code == 302
    assert "缺签到" in head.get(page).content.decode()


def test_the_unit_does_not_see_what_is_noted_until_the_visit_is_finished(county: County, sign_in: SignIn) -> None:
    item = item_of(begun(county), county, "village")
    keep_answers(item, all_said(item, no=("drill",)), by=SYSTEM)
    head, page = sign_in("village", "head"), reverse("plans:check_item", args=[item.record.number])
    assert "现场看到" not in head.get(page).content.decode()
    finish_item(item, by=SYSTEM)
    assert "现场看到" in head.get(page).content.decode()


def send(client: Client, page: str, said: Any) -> Any:
    return client.post(f"{page}answers/", json.dumps(said), content_type="application/json")


def test_the_script_is_told_what_became_of_each_answer(county: County, sign_in: SignIn) -> None:
    item = item_of(begun(county), county, "village")
    client, page = sign_in("a", "clerk"), reverse("plans:check_item", args=[item.record.number])
    one = {"question": "drill", "value": "yes", "note": "", "key": "a" * 32, "base": "", "at": "not a time"}
    other = {**one, "value": "no", "key": "b" * 32}
    same = {**one, "key": "c" * 32}
    after = {**one, "value": "na", "key": "d" * 32, "base": "c" * 32}
    told = send(client, page, [one, other, same, after]).json()["outcomes"]
    assert [out["how"] for out in told] == ["kept", "conflict", "same", "kept"]
    assert told[2]["holds"] == "a" * 32
    before = list(CheckAnswer.objects.order_by("pk").values())
    again = send(client, page, [one, other, after]).json()["outcomes"]
    assert [out["how"] for out in again] == ["known", "conflict", "known"]
    assert list(CheckAnswer.objects.order_by("pk").values()) == before
    for bad in ({"x": 1}, [1], "words"):
        assert send(client, page, bad).status_code == 422
    shown = client.get(page).content.decode()
    waiting = CheckAnswer.objects.get(state="conflict")
    settle = f"{page}answers/{waiting.pk}/settle/"
    assert settle in shown
    assert client.post(settle, {"take": "1"}).status_code == 302
    assert CheckAnswer.objects.get(state="holds").value == "no"


def test_strangers_find_nothing(county: County, sign_in: SignIn) -> None:
    round_ = begun(county)
    item = item_of(round_, county, "village")
    stranger = sign_in("b", "clerk")
    for page in ("plans:check_item", "plans:check_round", "plans:check_summary", "plans:check_population"):
        number = item.record.number if page == "plans:check_item" else round_.record.number
        assert stranger.get(reverse(page, args=[number])).status_code == 404, page
    village = sign_in("village", "head")
    assert village.get(reverse("plans:check_round", args=[round_.record.number])).status_code == 404


def test_the_summary_is_a_page_and_a_workbook(county: County, sign_in: SignIn) -> None:
    round_ = begun(county)
    checked(item_of(round_, county, "village"))
    client = sign_in("emo", "clerk")
    assert "草堂街道" in client.get(reverse("plans:check_summary", args=[round_.record.number])).content.decode()
    book = opened(client.get(reverse("plans:check_summary_book", args=[round_.record.number])).content)
    assert any("草堂街道" in row for row in book.worksheets[0].values)


def test_a_round_is_one_page_for_many_units(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    round_ = begun(county)
    client = sign_in("emo", "clerk")
    pages = [reverse("plans:check_round", args=[round_.record.number]), reverse("plans:check_rounds")]
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(24):
            assert client.get(page).status_code == 200
