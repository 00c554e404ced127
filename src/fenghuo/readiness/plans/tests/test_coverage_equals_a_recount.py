"""Whatever happens to plans, units and places: the kept coverage equals an independent count in SQL."""

from collections import Counter
from datetime import date, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.registry.models import Merged
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.registry.services import change_unit, create_unit, end_unit, merge_units, move_region, separate
from fenghuo.readiness.plans.models import Plan
from fenghuo.readiness.plans.selectors.coverage import coverage
from fenghuo.readiness.plans.services import (
    archive_plan,
    change_plan,
    create_plan,
    draft_next_edition,
    fall_due,
    restore_plan,
    set_unit_profile,
)
from tests.county import County

from .recount import Counts, recount

_serial = count(1)
KINDS = ("committee", "enterprise", "school", "institution", "association", "department", "township")
PLANS = ("grassroots", "unit", "department", "event")
NAMES = ("甲村", "乙社区居委会", "丙厂", "丁学校")


def kept() -> Counts:
    """The same from Duty, by the page's own selector."""
    found: Counts = Counter()
    home = home_region()
    assert home is not None
    for region, cells, _whole in coverage(SYSTEM).towns:
        for who, cell in cells.items():
            for state, number in cell.counts.items():
                found[region.path if region else "", who, state] += number
    return found


def recounted() -> Counts:
    """Places above a town are one, as on the page."""
    home = home_region()
    assert home is not None
    length = len(home.path) + 4
    found: Counts = Counter()
    for (place, who, state), number in recount(length).items():
        found[place if len(place) == length else "", who, state] += number
    return found


class World:
    """What may happen, each by a number that chooses among what is there."""

    def __init__(self, county: County) -> None:
        self.county = county

    def units(self) -> list[Unit]:
        return list(
            Unit.objects.filter(valid_to=None, kind__in=KINDS).select_related("region", "record").order_by("pk")
        )

    def plans(self, *, archived: bool = False) -> list[Plan]:
        found = Plan.objects.filter(record__archived_at__isnull=not archived).order_by("pk")
        return list(found.select_related("record__unit__region"))

    def regions(self) -> list[Region]:
        return [self.county.regions[name] for name in ("a", "b", "village", "county")]

    def do(self, verb: str, one: int, two: int) -> None:
        getattr(self, f"do_{verb}")(one, two)

    def do_enter(self, one: int, two: int) -> None:
        unit, today = pick(self.units(), one), timezone.localdate()
        filed: dict[str, date] = {"filed_on": today} if two % 3 == 0 else {}
        if two % 3 == 1:
            filed = {"filed_on": date(2015, 1, 1), "next_due": date(2018, 1, 1)}
        create_plan(by=SYSTEM, unit=unit, name=f"预案{next(_serial)}", kind=PLANS[two % 4], **filed)  # type: ignore[arg-type]

    def do_file(self, one: int, _two: int) -> None:
        change_plan(pick(self.plans(), one), by=SYSTEM, filed_on=timezone.localdate())

    def do_expire(self, one: int, two: int) -> None:
        plan = pick(self.plans(), one)
        Plan.objects.filter(pk=plan.pk).update(next_due=timezone.localdate() + timedelta(days=two % 7 - 4))
        fall_due()

    def do_extend(self, one: int, _two: int) -> None:
        change_plan(pick(self.plans(), one), by=SYSTEM, next_due=timezone.localdate() + timedelta(days=500))

    def do_retype(self, one: int, two: int) -> None:
        change_plan(pick(self.plans(), one), by=SYSTEM, kind=PLANS[two % 4])

    def do_next(self, one: int, _two: int) -> None:
        draft_next_edition(pick(self.plans(), one), by=SYSTEM)

    def do_archive(self, one: int, _two: int) -> None:
        archive_plan(pick(self.plans(), one), by=SYSTEM, reason="试验")

    def do_restore(self, one: int, _two: int) -> None:
        restore_plan(pick(self.plans(archived=True), one), by=SYSTEM)

    def do_unit(self, one: int, two: int) -> None:
        region = pick(self.regions(), two)
        number = next(_serial)
        create_unit(by=SYSTEM, code=f"U{number}", name=f"{NAMES[one % 4]}{number}", kind=KINDS[one % 7], region=region)

    def do_kind(self, one: int, two: int) -> None:
        change_unit(pick(self.units(), one), by=SYSTEM, kind=KINDS[two % 7])

    def do_rename(self, one: int, two: int) -> None:
        change_unit(pick(self.units(), one), by=SYSTEM, name=f"{NAMES[two % 4]}{next(_serial)}")

    def do_place(self, one: int, two: int) -> None:
        change_unit(pick(self.units(), one), by=SYSTEM, region=pick(self.regions(), two))

    def do_end(self, one: int, two: int) -> None:
        successor = pick(self.units(), two) if two % 2 else None
        unit = pick(self.units(), one)
        if unit == successor:
            return
        end_unit(unit, by=SYSTEM, on=timezone.localdate(), successor=successor)

    def do_merge(self, one: int, two: int) -> None:
        kept, gone = pick(self.units(), one), pick(self.units(), two)
        choose = dict.fromkeys(("name", "short_name", "phone"), "kept")
        merge_units(kept, gone, by=SYSTEM, choose=choose)

    def do_separate(self, one: int, _two: int) -> None:
        separate(pick(list(Merged.objects.filter(separated_at=None).order_by("pk")), one), by=SYSTEM)

    def do_profile(self, one: int, two: int) -> None:
        dangers = ["hazardous"] if two % 2 else []
        set_unit_profile(pick(self.units(), one), by=SYSTEM, size="small", above_scale=None, dangers=dangers)

    def do_move(self, one: int, two: int) -> None:
        village = Region.objects.get(pk=self.county.regions["village"].pk)
        parent = Region.objects.get(pk=self.county.regions["a" if (one + two) % 2 else "b"].pk)
        if village.parent_id != parent.pk:
            move_region(village, by=SYSTEM, parent=parent)


def pick[T](rows: list[T], number: int) -> T:
    if not rows:
        raise Refused("nothing is there")
    return rows[number % len(rows)]


VERBS = sorted(name.removeprefix("do_") for name in vars(World) if name.startswith("do_"))
steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_after_any_changes(county: County, happened: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        world = World(county)
        for verb, one, two in happened:
            try:
                with transaction.atomic():
                    world.do(verb, one, two)
            except Refused:
                pass
            assert kept() == recounted(), (verb, one, two)
        transaction.set_rollback(True)


def test_every_verb_really_happens(county: County) -> None:
    """So that the test above says something: none of them is always refused."""
    world, done = World(county), set[str]()
    order = ("enter", "file", "next", "expire", "extend", "retype", "archive", "restore", "unit", "kind", "rename")
    for verb in (*order, "place", "profile", "move", "merge", "separate", "end"):
        for one in range(12):
            try:
                with transaction.atomic():
                    world.do(verb, one, 0)
                done.add(verb)
            except Refused:
                continue
            break
        assert kept() == recounted(), verb
    assert done == set(VERBS)
