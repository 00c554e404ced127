"""The seed plan as the demo county's year, and papers that prove some of it: drills, expert groups, rules, minutes."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY
from fenghuo.kernel.submissions.services import accept, return_
from fenghuo.readiness.teams.models import Team, TeamKind

from .models import Proof
from .seed import seed_text
from .services import archive_proof, create_proof, load_plan, put_in_force, send_proof

ORDER = 97  # after plans and teams, so that what is drawn by lot here changes nothing there
ACCEPTED, WAITING, RETURNED = "accepted", "waiting", "returned"


def load(demo: Demo) -> None:
    today = timezone.localdate()
    with transaction.atomic():
        office = demo.units[f"{COUNTY}-EMO"]
        title = f"鄠邑区{today.year}年应急管理工作要点(条款取自2012年要点)"
        plan = load_plan(seed_text(), by=SYSTEM, unit=office, year=today.year, title=title, demo=True).plan
        put_in_force(plan, by=SYSTEM, happened_at=min(_at(6), timezone.now()))
    _townships(demo)
    _departments(demo)
    _office(demo)


def _townships(demo: Demo) -> None:
    towns = sorted((unit for unit in demo.units.values() if unit.kind == UnitKind.TOWNSHIP), key=lambda unit: unit.code)
    for place, unit in enumerate(towns):
        name = unit.region.name
        with transaction.atomic():
            if place % 5 != 3:
                title = f"{name}防汛综合应急演练资料"
                _proof(unit, "exercise_record_up", title, 95 + 11 * place, RETURNED if place % 7 == 5 else ACCEPTED)
            if place % 3 != 1:
                _proof(unit, "expert_group", f"{name}应急专家组名册", 120 + 6 * place)
            if Team.objects.filter(record__unit=unit, kind=TeamKind.GENERAL).exists() and place % 4:
                _proof(unit, "team_filing", f"{name}综合应急队伍备案材料", 170 + 5 * place)
    with transaction.atomic():
        gone = _proof(towns[0], "expert_group", f"{towns[0].region.name}应急专家组名册(旧)", 60)
        archive_proof(gone, by=SYSTEM, reason="与新名册重复")


def _departments(demo: Demo) -> None:
    rows = (
        ("FIR", "body_founded", "鄠邑区综合应急救援大队成立文件", 112, ACCEPTED),
        ("PSB", "work_rules", "道路交通事故应急处置工作规程", 150, ACCEPTED),
        ("FIR", "work_rules", "火灾事故应急处置工作规程", 139, ACCEPTED),
        ("WAT", "work_rules", "防汛抗旱应急处置工作规程", 201, WAITING),
        ("NRB", "work_rules", "地质灾害应急处置工作规程", 188, RETURNED),
        ("PSB", "exercise_record_up", "道路交通事故应急演练资料", 260, ACCEPTED),
        ("EDU", "exercise_record_up", "校园应急疏散演练资料", 132, ACCEPTED),
        ("ECO", "exercise_record_up", "突发环境事件应急演练资料", 300, WAITING),
        ("HEA", "expert_group", "卫生应急专家组名册", 98, ACCEPTED),
        ("WAT", "expert_group", "防汛专家组名册", 101, ACCEPTED),
        ("NRB", "expert_group", "地质灾害应急专家组名册", 87, ACCEPTED),
        ("HEA", "expert_rules", "卫生应急专家组工作规则", 125, ACCEPTED),
        ("WAT", "expert_rules", "防汛专家决策咨询制度", 166, ACCEPTED),
    )
    for short, kind, title, day, end in rows:
        with transaction.atomic():
            _proof(demo.units[f"{COUNTY}-{short}"], kind, title, day, end)


def _office(demo: Demo) -> None:
    office = demo.units[f"{COUNTY}-EMO"]
    with transaction.atomic():
        _proof(office, "office_rules", "关于建立健全应急联动机制的通知", 77)
        for quarter, day in enumerate((52, 143, 236), 1):
            _proof(office, "office_minutes", f"第{'一二三'[quarter - 1]}季度应急管理联席会议纪要", day)


def _proof(unit: Unit, kind: str, title: str, day: int, end: str = ACCEPTED) -> Proof:
    """Sent on that day of the year and answered a week later, as far as these days have come."""
    sent, answered, now = _at(day), _at(day + 7), timezone.now()
    proof = create_proof(by=SYSTEM, unit=unit, kind=kind, title=title, demo=True)
    if sent >= now:
        return proof
    (course,) = send_proof(proof, by=SYSTEM, on_paper=True, happened_at=sent)
    if answered < now and end == ACCEPTED:
        accept(course, by=SYSTEM, happened_at=answered)
    elif answered < now and end == RETURNED:
        return_(course, by=SYSTEM, reason="缺少评估总结,请补充后再报", happened_at=answered)
    return proof


def _at(day: int) -> datetime:
    """Ten in the morning of that day of this year."""
    first = timezone.localdate().replace(month=1, day=1)
    return timezone.make_aware(datetime.combine(first + timedelta(days=day - 1), time(10)))
