"""The road of a workbook: brought, checked, corrected, gone in, brought again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Person, Unit
from fenghuo.kernel.destruction.services import apply_rules
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registers.importing import files
from fenghuo.kernel.registers.models import Import
from fenghuo.kernel.registry.services import add_person, change_person, create_unit
from tests.county import County
from tests.workbooks import act, bring, counted, opened, saved, xlsx

HEADS = ["姓名", "工作单位", "职务", "手机号码"]
TITLE = ["草堂街道应急人员名单"]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.IMPORTS = tmp_path / "imports"


@pytest.fixture
def clerk(county: County, sign_in: Callable[..., Client]) -> Client:
    return sign_in("a", "clerk")


def page(client: Client, brought: Import) -> str:
    return client.get(reverse("registers:import", args=[brought.register, brought.pk])).content.decode()


def names() -> list[str]:
    return sorted(Person.objects.exclude(name="张三").values_list("name", flat=True))


def test_nothing_is_stored_before_somebody_says_so(clerk: Client) -> None:
    entries = Entry.objects.count()
    brought = bring(clerk, "people", xlsx([TITLE, HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"]]))
    assert counted(brought.counts) == (1, 0, 0, 0)
    assert brought.counts["others"] == 2  # the title and the headings
    assert (names(), Entry.objects.count()) == ([], entries)
    act(clerk, "apply_import", brought)
    assert (brought.state, names()) == ("done", ["李四"])
    assert Person.objects.get(name="李四").posts.get().title == "干事"
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))[entries:]
    assert verbs == ["person.added", "post.given", "register.imported"]


def test_the_wrong_cells_come_back_marked_and_the_right_rows_go_in_alone(clerk: Client) -> None:
    rows = [HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"], ["王五", "草堂街道办事处", "干事", "138000"]]
    brought = bring(clerk, "people", xlsx(rows))
    assert counted(brought.counts) == (1, 0, 0, 1)
    shown = page(clerk, brought)
    assert "138000" in shown
    copy = clerk.get(reverse("registers:marked_copy", args=["people", brought.pk]))
    book = opened(copy.content)
    cell = book["Sheet"]["D3"]
    assert cell.comment is not None
    assert cell.fill.fgColor.rgb == "FFFFC7CD"
    assert book["Sheet"]["D2"].comment is None
    act(clerk, "apply_import", brought)
    assert names() == ["李四"]
    # the same workbook, corrected where it was marked
    cell.value = "13800000002"
    again = bring(clerk, "people", saved(book))
    assert counted(again.counts) == (1, 0, 1, 0)
    act(clerk, "apply_import", again)
    assert names() == ["李四", "王五"]


def test_the_same_file_again_changes_nothing(clerk: Client) -> None:
    content = xlsx([HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"]])
    act(clerk, "apply_import", bring(clerk, "people", content))
    again = bring(clerk, "people", content)
    assert counted(again.counts) == (0, 0, 1, 0)
    assert "apply_import" not in page(clerk, again)
    refused = clerk.post(reverse("registers:apply_import", args=["people", again.pk]))
    assert refused.status_code == 302
    assert names() == ["李四"]


def test_two_rows_for_one_person_are_said_and_not_doubled(clerk: Client) -> None:
    rows = [
        HEADS,
        ["李四", "草堂街道办事处", "干事", "13800000001"],
        ["李四", "草堂街道办事处", "主任", "13800000001"],
        ["李 四", "草堂街道办事处", "", ""],
        ["王五", "草堂街道办事处", "干事", "13800000002"],
        ["王五", "草堂街道办事处", "干事", "13800000002"],
    ]
    brought = bring(clerk, "people", xlsx(rows))
    assert counted(brought.counts) == (2, 0, 0, 2)
    assert brought.counts["repeated"] == 1
    assert "2" in page(clerk, brought)
    act(clerk, "apply_import", brought)
    assert names() == ["李四", "王五"]


def test_two_people_of_one_name_stay_two(clerk: Client, county: County) -> None:
    for mobile in ("13800000001", "13800000002"):
        add_person(by=SYSTEM, name="李四", unit=county.units["a"], mobile=mobile)
    rows = [HEADS, ["李四", "草堂街道办事处", "干事", "13800000002"], ["李四", "草堂街道办事处", "", "13800000003"]]
    brought = bring(clerk, "people", xlsx(rows))
    assert counted(brought.counts) == (0, 2, 0, 0)
    only_name = bring(clerk, "people", xlsx([HEADS, ["李四", "草堂街道办事处", "会计", ""]]))
    assert counted(only_name.counts) == (0, 0, 0, 1)


def test_who_changed_a_row_in_between_is_not_overwritten(clerk: Client, county: County) -> None:
    person = add_person(by=SYSTEM, name="李四", unit=county.units["a"], mobile="13800000001")
    other = add_person(by=SYSTEM, name="王五", unit=county.units["a"], mobile="13800000002")
    rows = [HEADS, ["李四", "草堂街道办事处", "干事", "13900000001"], ["王五", "草堂街道办事处", "干事", "13900000002"]]
    brought = bring(clerk, "people", xlsx(rows))
    assert counted(brought.counts) == (0, 2, 0, 0)
    change_person(person, by=SYSTEM, mobile="13700000001")
    act(clerk, "apply_import", brought)
    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.mobile, other.mobile) == ("13700000001", "13900000002")
    assert "meanwhile" in page(clerk, brought)


def test_who_was_entered_in_between_is_not_doubled(clerk: Client, county: County) -> None:
    brought = bring(clerk, "people", xlsx([HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"]]))
    add_person(by=SYSTEM, name="李四", unit=county.units["a"], mobile="13800000001")
    act(clerk, "apply_import", brought)
    assert names() == ["李四"]
    assert "Somebody has entered this meanwhile" in page(clerk, brought)


def test_an_empty_cell_leaves_what_stands_in_the_register(clerk: Client, county: County) -> None:
    add_person(by=SYSTEM, name="李四", unit=county.units["a"], mobile="13800000001", phone="029-84812345")
    brought = bring(clerk, "people", xlsx([[*HEADS, "办公电话"], ["李四", "草堂街道办事处", "干事", "", "/"]]))
    act(clerk, "apply_import", brought)
    person = Person.objects.get(name="李四")
    assert (person.mobile, person.phone) == ("13800000001", "029-84812345")


def test_an_unknown_column_is_asked_and_the_answer_is_remembered(clerk: Client) -> None:
    heads = ["姓名", "工作单位", "干什么的", "喜好"]
    content = xlsx([heads, ["李四", "草堂街道办事处", "干事", "象棋"], ["王五", "草堂街道办事处", "会计", "象棋"]])
    brought = bring(clerk, "people", content)
    asked = {one["text"]: place for place, one in enumerate(brought.headings) if one["state"] == "unknown"}
    assert set(asked) == {"干什么的", "喜好"}
    assert "干什么的" in page(clerk, brought)
    said = {f"column-{asked['干什么的']}": "title", f"column-{asked['喜好']}": "-"}
    act(clerk, "answer_import", brought, **said)
    act(clerk, "apply_import", brought)
    assert Person.objects.get(name="李四").posts.get().title == "干事"
    again = bring(clerk, "people", content)
    assert [one["state"] for one in again.headings if one["state"] == "unknown"] == []
    assert counted(again.counts) == (0, 0, 2, 0)


def test_a_needed_column_that_the_file_lacks_may_be_said_for_all_rows(clerk: Client) -> None:
    content = xlsx([["姓名", "职务", "手机号码"], ["李四", "干事", "13800000001"], ["王五", "会计", "13800000002"]])
    brought = bring(clerk, "people", content)
    assert counted(brought.counts) == (0, 0, 0, 2)
    act(clerk, "answer_import", brought, **{"fixed-unit": "草堂街道办事处"})
    assert counted(brought.counts) == (2, 0, 0, 0)


def test_what_a_service_refuses_is_found_before_anything_goes_in(
    clerk: Client, county: County, sign_in: Callable[..., Client]
) -> None:
    """Another town's person; a kind of unit that an administrator alone enters."""
    brought = bring(clerk, "people", xlsx([HEADS, ["李四", "余下街道办事处", "干事", "13800000001"]]))
    assert counted(brought.counts) == (0, 0, 0, 1)
    heads = ["单位名称", "单位类型", "所在地区", "单位代码"]
    brought = bring(clerk, "units", xlsx([heads, ["草堂分局", "department", "草堂街道", "X1"]]))
    assert counted(brought.counts) == (0, 0, 0, 1)
    assert not Unit.objects.filter(code="X1").exists()


def test_what_is_fixed_once_is_not_changed_by_a_workbook(county: County, sign_in: Callable[..., Client]) -> None:
    create_unit(by=SYSTEM, code="CODE-1", name="草堂小学", kind="school", region=county.regions["a"])
    heads = ["单位名称", "单位类型", "所在地区", "单位代码"]
    client = sign_in("emo", "administrator")
    brought = bring(client, "units", xlsx([heads, ["草堂小学", "school", "草堂街道", "CODE-2"]]))
    assert counted(brought.counts) == (0, 0, 0, 1)
    assert "CODE-1" in page(client, brought)


def test_text_that_looks_like_a_formula_goes_out_harmless_and_comes_in_unchanged(clerk: Client, county: County) -> None:
    for name in ("=1+1", "+86李", "-王", "@张"):
        add_person(by=SYSTEM, name=name, unit=county.units["a"])
    out = clerk.get(reverse("registers:export", args=["people"])).content
    assert not [cell for line in opened(out).worksheets[0].iter_rows() for cell in line if cell.data_type == "f"]
    assert counted(bring(clerk, "people", out).counts)[:2] == (0, 0)


def test_a_file_that_is_no_workbook_is_refused_in_words(clerk: Client) -> None:
    brought = bring(clerk, "people", b"%PDF-1.7 ...", "list.pdf")
    assert brought.state == "refused"
    assert "PDF" in page(clerk, brought)
    empty = clerk.post(reverse("registers:imports", args=["people"]), {"file": SimpleUploadedFile("a.xlsx", b"")})
    assert empty.status_code == 422
    nothing = clerk.post(reverse("registers:imports", args=["people"]), {})
    assert nothing.status_code == 422


def test_another_kind_of_list_is_said_and_not_half_imported(clerk: Client) -> None:
    heads = ["队伍名称", "队伍类型", "所属单位", "队员人数", "负责人", "负责人电话", "主要装备"]
    row = ["草堂应急队", "综合", "草堂街道办事处", 12, "李四", "13800000001", "水泵 2 台"]
    brought = bring(clerk, "people", xlsx([heads, row]))
    assert counted(brought.counts) == (0, 0, 0, 0)
    assert any("eople" in one["message"] for one in brought.problems), brought.problems


def test_an_import_is_its_bringers_alone(clerk: Client, sign_in: Callable[..., Client]) -> None:
    brought = bring(clerk, "people", xlsx([HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"]]))
    for unit, role in (("emo", "administrator"), ("a", "head")):
        other = sign_in(unit, role)
        assert other.get(reverse("registers:import", args=["people", brought.pk])).status_code == 404
        assert other.get(reverse("registers:marked_copy", args=["people", brought.pk])).status_code == 404
        assert other.post(reverse("registers:apply_import", args=["people", brought.pk])).status_code == 404
    assert clerk.get(reverse("registers:import", args=["units", brought.pk])).status_code == 404
    assert "list.xlsx" in clerk.get(reverse("registers:imports", args=["people"])).content.decode()


def test_closing_deletes_the_file_and_what_was_read(clerk: Client) -> None:
    brought = bring(clerk, "people", xlsx([HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"]]))
    assert files.brought(brought.pk).is_file()
    act(clerk, "close_import", brought)
    assert not files.brought(brought.pk).exists()
    assert not files.marked(brought.pk).exists()
    assert (brought.state, brought.rows.count()) == ("closed", 0)


def test_what_nobody_closes_goes_by_the_rule_of_retention(clerk: Client) -> None:
    brought = bring(clerk, "people", xlsx([HEADS, ["李四", "草堂街道办事处", "干事", "13800000001"]]))
    apply_rules(timezone.now() + timedelta(days=29))
    assert Import.objects.filter(pk=brought.pk).exists()
    apply_rules(timezone.now() + timedelta(days=31))
    assert not Import.objects.filter(pk=brought.pk).exists()
    assert not files.brought(brought.pk).exists()


def test_what_stands_in_the_register_is_not_wrong_in_its_own_workbook(clerk: Client, county: County) -> None:
    """A number that no workbook may bring, but that a page has taken."""
    add_person(by=SYSTEM, name="李四", unit=county.units["a"], mobile="10000000329")
    out = clerk.get(reverse("registers:export", args=["people"])).content
    brought = bring(clerk, "people", out)
    assert counted(brought.counts)[:2] == (0, 0)
    assert brought.counts["wrong"] == 0
    other = bring(clerk, "people", xlsx([HEADS, ["李四", "草堂街道办事处", "", "10000000328"]]))
    assert counted(other.counts) == (0, 0, 0, 1)
