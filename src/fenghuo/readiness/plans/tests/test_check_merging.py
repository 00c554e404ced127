"""Units merged while a check goes on: whoever is left visits, answers and puts right; nothing is drawn anew."""

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registry.services import merge_units
from fenghuo.readiness.plans.checks.services import correct_finding, finish_item, keep_answers
from fenghuo.readiness.plans.models import CheckPart, CheckPopulation, Finding
from tests.county import County

from .check_rounds import all_said, begun, checked, item_of

KEPT = {"name": "kept"}


def test_who_takes_over_the_visitor_visits(county: County) -> None:
    round_ = begun(county)
    item = item_of(round_, county, "village")
    visitor = next(name for name, unit in county.units.items() if unit.pk == item.checker_id)
    left = "b" if visitor == "a" else "a"
    merge_units(county.units[left], county.units[visitor], by=SYSTEM, choose=KEPT)
    item = item_of(round_, county, "village")
    assert item.checker == county.units[left]
    assert CheckPart.objects.filter(round=round_, unit=county.units[left]).count() == 1
    clerk = county.actor(left, "clerk")
    keep_answers(item, all_said(item), by=clerk)
    assert finish_item(item, by=clerk).state == "checked"


def test_who_takes_over_the_unit_drawn_answers_for_what_was_found(county: County) -> None:
    round_ = begun(county)
    item = checked(item_of(round_, county, "village"))
    before = CheckPopulation.objects.get(round=round_).text
    merge_units(county.units["community"], county.units["village"], by=SYSTEM, choose=KEPT)
    found = Finding.objects.select_related("item__record__unit__region", "item__round__record").get(item=item.pk)
    assert found.item.record.unit == county.units["community"]
    assert correct_finding(found, by=county.actor("community", "head"), text="已改").state == "told"
    assert CheckPopulation.objects.get(round=round_).text == before  # as it was drawn from
