"""Plans of the demo county: most street offices, some villages, the schools and one enterprise have theirs on file.

Others are due, drafted or lacking; one lies with three, and one of them has accepted it. The same county each time.
"""

from datetime import date, timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post
from fenghuo.kernel.access.models import Post, Region, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.documents.services import stage
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.submissions.services import accept

from .checks.demo import load_check
from .demo_paper import paper
from .duties.rebuilding import rebuild_duties
from .models import CoverageDay, CoverageRules, Duty, DutyState
from .selectors.coverage import coverage
from .services import (
    Answers,
    attach_paper,
    create_plan,
    fall_due,
    file_plan,
    keep_draft,
    set_answers,
    set_unit_profile,
)

ORDER = 95  # what is drawn by lot here changes nothing of the other rooms
CHUNK = 20
DAYS = 60  # of the course over time
SPECIAL = (
    ("鄠邑区防汛抗旱应急预案", f"{COUNTY}-WAT", ("flood", "drought"), 400),
    ("鄠邑区地质灾害应急预案", f"{COUNTY}-NRB", ("landslide",), 900),
    ("鄠邑区森林火灾应急预案", f"{COUNTY}-AGR", ("forest_fire",), 1200),
    ("鄠邑区道路交通事故应急预案", f"{COUNTY}-PSB", ("road_traffic",), 700),
)
DEPARTMENTS = ("HEA", "TRA", "EDU", "FIR", "HOU", "ECO")
VILLAGE = Answers(
    dangers="村北沟道暴雨时易涨水;五组有危旧土房",
    warning="大喇叭、铜锣,小组长逐户叫醒",
    shelter="村小学操场,走村东水泥路",
    people="二组独居老人四户,由村医负责接送",
)


def load(demo: Demo) -> None:
    today = timezone.localdate()
    _profiles(demo)
    with transaction.atomic():
        name = "西安市鄠邑区突发事件总体应急预案"
        _filed(demo.units[f"{COUNTY}-EMO"], name, "general", today - timedelta(days=800))
        for title, code, covers, days in SPECIAL:
            _filed(demo.units[code], title, "special", today - timedelta(days=days), covers=list(covers))
        for short in DEPARTMENTS:
            unit = demo.units[f"{COUNTY}-{short}"]
            title = f"{unit.short_name}部门应急预案"
            _filed(unit, title, "department", today - timedelta(days=demo.random.randint(100, 1300)))
    _towns_and_villages(demo, today)
    _others(demo, today)
    fall_due()
    rebuild_duties()
    _waiting(demo)
    _course(today)
    load_check(demo)


def _profiles(demo: Demo) -> None:
    with transaction.atomic():
        chemical = demo.units["91610118DEM000004A"]
        set_unit_profile(chemical, by=SYSTEM, size="medium", above_scale=True, dangers=["hazardous"])
        set_unit_profile(demo.units["91610118DEM000005A"], by=SYSTEM, size="small", above_scale=False, dangers=[])


def _towns_and_villages(demo: Demo, today: date) -> None:
    """By turns of eight: some are filed, one is due, one is drafted, the rest have none; some towns have only begun."""
    towns = [unit for unit in demo.units.values() if unit.kind == UnitKind.TOWNSHIP]
    villages = [unit for unit in demo.units.values() if unit.kind == UnitKind.COMMITTEE]
    shares = {unit.pk: demo.random.choice((0, 0, 2, 4, 6)) for unit in towns}
    shares[demo.units["610118007000"].pk] = 6
    by_path = {unit.region.path: shares[unit.pk] for unit in towns}
    for chunk in batched(sorted(towns, key=lambda unit: unit.code)[:-2], CHUNK):
        with transaction.atomic():
            for unit in chunk:
                _filed(unit, f"{unit.region.name}应急预案", "grassroots", today - timedelta(days=300))
    for chunk in batched(sorted(villages, key=lambda unit: unit.code), CHUNK):
        with transaction.atomic():
            for unit in chunk:
                _village(demo, unit, by_path.get(unit.region.path[:-4], 4), today)


def _village(demo: Demo, unit: Unit, share: int, today: date) -> None:
    turn = demo.random.randrange(8)
    name = f"{spoken(unit.name)}应急预案"
    if turn < share - 1:
        plan = _filed(unit, name, "grassroots", today - timedelta(days=demo.random.randint(20, 900)))
        if turn == 0:
            answers = Answers(**{**VILLAGE, "responsible": demo.name(), "phone": demo.mobile()})
            set_answers(plan, by=SYSTEM, answers=answers)
    elif turn == share - 1:
        _filed(unit, name, "grassroots", today - timedelta(days=demo.random.randint(1150, 1500)))
    elif turn == share:
        create_plan(by=SYSTEM, unit=unit, name=name, kind="grassroots", demo=True)


def _others(demo: Demo, today: date) -> None:
    with transaction.atomic():
        for code, days in (("12610118DEM000002A", 200), ("12610118DEM000001A", 1200), ("91610118DEM000005A", 90)):
            unit = demo.units[code]
            _filed(unit, f"{unit.short_name}应急预案", "unit", today - timedelta(days=days))


def _filed(unit: Unit, name: str, kind: str, day: date, **said: Any) -> Any:
    return create_plan(
        by=SYSTEM,
        unit=unit,
        name=name,
        kind=kind,
        issued_on=day - timedelta(days=12),
        valid_from=day,
        approved_by=f"{unit.short_name or unit.name}主要负责人",
        filed_on=day,
        demo=True,
        **said,
    )


def _waiting(demo: Demo) -> None:
    """The chemical works has sent its plan to everybody with whom it is filed; its street office has accepted it."""
    unit = demo.units["91610118DEM000004A"]
    staged = stage([paper("秦北精细化工有限公司生产安全事故应急预案")], "秦北化工应急预案.pdf")
    with transaction.atomic():
        plan = create_plan(by=SYSTEM, unit=unit, name="秦北化工生产安全事故应急预案", kind="unit", demo=True)
        attach_paper(plan, staged, by=SYSTEM)
        sent = file_plan(plan, by=SYSTEM, on_paper=("filing_form", "risk_and_resources"), partly=True)
    accept(next(one for one in sent if one.kind == "plan_unit_block"), by=SYSTEM)
    head = Post.objects.filter(unit=demo.units["610118007226"], person__record__demo=True).first()
    if head is not None and Duty.objects.filter(unit=head.unit_id).exclude(state=DutyState.FILED).exists():
        keep_draft(head.unit, by=actor_for_post(head), answers=Answers(dangers=VILLAGE["dangers"]))


def _course(today: date) -> None:
    """Two months in which it went up a little from week to week."""
    home = home_region()
    if home is None:
        return
    days = []
    found = coverage(SYSTEM).towns
    regions: dict[int, Region] = {region.pk: region for region, _cells, _whole in found if region is not None}
    for back in range(DAYS, 0, -1):
        for region, cells, _whole in found:
            for who, cell in cells.items():
                filed = max(0, cell.filed - cell.asked * (back // 7) // 40)
                place = regions[region.pk] if region is not None else home
                day = today - timedelta(days=back)
                days.append(CoverageDay(day=day, region=place, who=who, asked=cell.asked, filed=filed))
    for chunk in batched(days, 500):
        CoverageDay.objects.bulk_create(chunk)
    CoverageRules.objects.filter(pk=1).update(counted_on=today - timedelta(days=1))
