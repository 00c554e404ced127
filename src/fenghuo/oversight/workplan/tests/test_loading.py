"""A plan from a file: the seed, whole or nothing, every mistake with its place, and out again the same."""

from datetime import date

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid
from fenghuo.oversight.workplan.exporting import as_toml
from fenghuo.oversight.workplan.models import Clause, Part, Target, WorkPlan
from fenghuo.oversight.workplan.seed import seed_text
from fenghuo.oversight.workplan.services import load_plan
from tests.county import County

SHORT = """
title = "要点"
year = 2012
[[clause]]
number = "3.3"
title = "队伍"
  [[clause.target]]
  title = "不少于100人"
  measure = "teams.registered"
  options = { kind = "general", people = 100 }
  kinds = ["township"]
  due = "07-31"
"""


def test_the_seed(county: County) -> None:
    loaded = load_plan(seed_text(), by=SYSTEM, unit=county.units["emo"], year=2026)
    assert (loaded.clauses, loaded.targets) == (18, Target.objects.count())
    assert 40 <= loaded.targets <= 50
    hundred = Target.objects.get(key="3.3-hundred")
    assert (hundred.options, hundred.kinds, hundred.due) == (
        {"kind": "general", "people": "100"},
        "township",
        date(2026, 7, 31),
    )
    brigade = Target.objects.get(key="3.3-brigade")
    leads = brigade.unit_rows.filter(part=Part.LEAD).values_list("unit", flat=True)
    assert list(leads) == [county.units["psb"].pk]
    assert "610118000000-HOU" in loaded.unknown  # the small county has no such department: said, and left out


def test_out_and_in_again_is_the_same(county: County) -> None:
    first = load_plan(seed_text(), by=SYSTEM, unit=county.units["emo"], year=2026).plan
    text = as_toml(WorkPlan.objects.select_related("record__unit", "region").get(pk=first.pk))
    second = load_plan(text, by=SYSTEM, unit=county.units["emo"]).plan
    assert as_toml(WorkPlan.objects.select_related("record__unit", "region").get(pk=second.pk)) == text
    assert Clause.objects.filter(plan=first).count() == Clause.objects.filter(plan=second).count() == 18


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("year = 2012", "", "year"),
        ('title = "要点"', 'titel = "要点"', "file"),
        ("[[clause]]", "[clause", "file"),
        ('due = "07-31"', 'due = "02-30"', "clause 3.3, target 1: due"),
        ('due = "07-31"', "quota = -1", "clause 3.3, target 1: quota"),
        ('due = "07-31"', "quota = 0", "clause 3.3, target 1: quota"),
        ('due = "07-31"', "quota = 1\n  percent = 80", "clause 3.3, target 1: quota"),
        ('due = "07-31"', "percent = 80", "clause 3.3, target 1: quota_kind"),
        ('due = "07-31"', 'colour = "red"', "clause 3.3, target 1"),
        ('kinds = ["township"]', 'kinds = ["castle"]', "clause 3.3, target 1: kinds"),
        ("people = 100", 'people = "hundred"', "clause 3.3, target 1: options"),
        ('number = "3.3"', "number = 3.3", "clause 3.3: number"),
        ('due = "07-31"', 'block = "999999999999"', "clause 3.3, target 1: block"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_nothing_is_stored(
    county: County, before: str, after: str, field: str
) -> None:
    assert before in SHORT
    with pytest.raises(Invalid) as refused:
        load_plan(SHORT.replace(before, after, 1), by=SYSTEM, unit=county.units["emo"])
    assert field in {fault.field for fault in refused.value.faults}
    assert WorkPlan.objects.count() == 0


def test_windows_line_ends_and_a_byte_order_mark_are_read(county: County) -> None:
    text = "\ufeff" + SHORT.replace("\n", "\r\n")
    assert load_plan(text, by=SYSTEM, unit=county.units["emo"]).targets == 1
