import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.registers.completeness.predicates import predicates
from fenghuo.kernel.registers.completeness.rules import asked_rules, flaws
from fenghuo.kernel.registers.completeness.selectors import figures_of
from fenghuo.kernel.registry.services import add_person, appoint, archive_person, create_unit
from fenghuo.kernel.web.today import items_for
from fenghuo.standards.completeness import completeness_rules
from tests.county import County

type SignIn = Callable[..., Client]
DAY = date(2026, 1, 1)
TABLE = reverse("completeness:units")


def page_of(code: str) -> str:
    return reverse("completeness:unit", args=[code])


def lacking(unit: Unit) -> set[str]:
    found = figures_of(Unit.objects.filter(pk=unit.pk), asked_rules()).get(unit.pk)
    return {rule for rule, count in found.lacking.items() if count} if found else set()


def test_every_rule_names_a_predicate_of_a_room() -> None:
    assert flaws() == []
    assert {rule.predicate for rule in completeness_rules().values()} == set(predicates())


def test_a_village_has_a_head_with_a_telephone(county: County) -> None:
    village = county.units["village"]
    assert "committee-head" in lacking(village)
    head = add_person(by=SYSTEM, name="李四", unit=village)
    appoint(head, by=SYSTEM, unit=village, role="head", since=DAY)
    assert {"committee-head", "person-telephone"} <= lacking(village)
    other = add_person(by=SYSTEM, name="王五", unit=village, mobile="13900000001")
    appoint(other, by=SYSTEM, unit=village, role="head", since=DAY)
    assert "committee-head" not in lacking(village)
    archive_person(head, by=SYSTEM, reason="调走")
    assert not {"committee-head", "person-telephone"} & lacking(village)


def test_only_units_of_the_kind_are_asked(county: County) -> None:
    assert "duty-telephone" in lacking(county.units["a"])
    assert "duty-telephone" not in lacking(county.units["village"])
    Unit.objects.filter(pk=county.units["a"].pk).update(phone="029-84810001")
    assert "duty-telephone" not in lacking(county.units["a"])


def test_who_has_not_been_looked_at_for_long(county: County) -> None:
    unit = county.units["a"]
    assert "unit-checked" not in lacking(unit)
    for moment in (timezone.now() - timedelta(days=181), None):
        Record.objects.filter(pk=unit.pk).update(checked_at=moment)
        assert "unit-checked" in lacking(unit)


def test_the_percentage_never_says_100_while_something_is_lacking(county: County) -> None:
    unit = county.units["a"]
    for place in range(150):
        person = add_person(by=SYSTEM, name=f"人{place}", unit=unit, mobile="13900000001" if place else "")
        appoint(person, by=SYSTEM, unit=unit, role="member", since=DAY)
    Unit.objects.filter(pk=unit.pk).update(phone="029-84810001")
    figures = figures_of(Unit.objects.filter(pk=unit.pk), asked_rules())[unit.pk]
    # Asked: the unit's head, duty telephone, position and freshness, and 3 of each of 150 people; lacking: the
    # head, the position and one telephone. 451 of 454.
    assert (sum(figures.asked.values()), figures.gaps, figures.percent) == (454, 3, 99)


@pytest.mark.parametrize(
    ("unit", "role", "sees"),
    [
        ("a", "clerk", True),  # own unit
        ("emo", "observer", True),  # superior, also who only reads
        ("b", "clerk", False),
        ("education", "clerk", False),
        ("neighbour", "clerk", False),
        ("village", "head", False),
    ],
)
def test_who_sees_the_figures_of_a_unit(county: County, sign_in: SignIn, unit: str, role: str, sees: bool) -> None:
    client = sign_in(unit, role)
    assert ("草堂街道办事处" in client.get(TABLE).content.decode().partition("<main")[2]) == sees
    assert client.get(page_of("610118007000")).status_code == (200 if sees else 404)
    sheet = load_workbook(io.BytesIO(b"".join(client.get(reverse("completeness:export"))))).active
    assert sheet is not None
    assert ("草堂街道办事处" in [row[0] for row in sheet.iter_rows(values_only=True)]) == sees


def test_the_page_of_a_unit_leads_to_the_forms(county: County, sign_in: SignIn) -> None:
    person = add_person(by=SYSTEM, name="欧阳小草", unit=county.units["a"])
    form = reverse("registers:change", args=["people", person.pk])
    page = sign_in("a", "clerk").get(page_of("610118007000")).content.decode()
    assert form in page
    assert "本县设定" in page
    reads = sign_in("emo", "observer").get(page_of("610118007000")).content.decode()
    assert "欧阳小草" in reads
    assert form not in reads


def test_the_table_goes_out_as_excel(county: County, sign_in: SignIn) -> None:
    create_unit(by=SYSTEM, code="X1", name="=1+1小学", kind="school", region=county.regions["a"])
    answer = sign_in("emo", "clerk").get(reverse("completeness:export") + "?kind=school")
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    assert sheet is not None
    head, row = sheet.iter_rows()
    said = {str(one.value): two.value for one, two in zip(head, row, strict=True)}
    assert (said["Unit"], said["Code"], said["Lacking"]) == ("=1+1小学", "X1", 2)
    assert row[0].data_type == "s"
    assert said["somebody there can be telephoned"] == 1
    assert said["has a duty telephone"] is None


def test_nonsense_in_the_address(county: County, sign_in: SignIn) -> None:
    client = sign_in("emo", "clerk")
    assert client.get(f"{TABLE}?kind=ghost&page=x&lacking=7").status_code == 200
    assert client.get(page_of("no such code")).status_code == 404


def test_today_says_what_the_own_unit_lacks(county: County) -> None:
    def titles(unit: str, role: str) -> list[str]:
        return [
            item.title for item in items_for(county.actor(unit, role)) if page_of(county.units[unit].code) == item.url
        ]

    # The unit itself, and the person of the actor: the cast's telephone is there, and so is the post.
    assert titles("a", "clerk") == ["1 entry of your unit lacks something"]
    assert titles("a", "observer") == []
    assert titles("emo", "duty_officer") == []


def test_the_countys_own_rows(county: County, tmp_path: Path, settings: Any) -> None:
    settings.OWN_COMPLETENESS = tmp_path / "completeness.csv"
    columns = "id,kinds,predicate,amount,source,article,certainty,in_force_from,valid_to,zh,en"
    rows = ("x,@all,unit.ghost,,COUNTY,,?,,,甲,a", "committee-head,committee,unit.position,,COUNTY,,?,,,乙,b")
    settings.OWN_COMPLETENESS.write_text("\n".join([columns, *rows, ""]), encoding="utf-8")
    assert len(flaws()) == 1
    assert "unit.ghost" in flaws()[0]
    (head,) = [one for one in asked_rules() if one.rule.id == "committee-head"]
    assert head.rule.predicate == "unit.position"


def test_the_number_of_queries_does_not_grow(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("emo", "clerk")
    for place in range(60):
        unit = create_unit(by=SYSTEM, code=f"S{place}", name=f"小学{place}", kind="school", region=county.regions["a"])
        add_person(by=SYSTEM, name=f"人{place}", unit=unit)
    client.get(TABLE)
    with django_assert_max_num_queries(20):
        client.get(TABLE)
    with django_assert_max_num_queries(25):
        client.get(page_of("S7"))
