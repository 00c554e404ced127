"""Twelve invented teams in the towns of the demo county, with whom to call; two of them cannot go just now."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY

from .models import Team, TeamKind, TeamState
from .services import OnCall, Piece, create_team, set_contacts, set_team_state

ORDER = 30


class Row(NamedTuple):
    """`person`: a sign-in name of the demo county who leads it; `days`: since somebody last looked at it."""

    name: str
    kind: str
    unit: str
    region: str
    position: tuple[float, float] | None
    people: int
    capabilities: str
    equipment: str
    days: int
    person: str = ""


TEAMS = (
    Row(
        *("消防救援一中队", TeamKind.PROFESSIONAL, f"{COUNTY}-FIR", "610118001000", (34.1065, 108.6052), 32),
        *(
            "firefighting rescue_cutting collapse_rescue hazmat",
            "水罐消防车 3 辆,液压破拆工具 4 套,正压呼吸器 30 具",
            0,
        ),
    ),
    Row(
        *("120急救甘亭站", TeamKind.PROFESSIONAL, f"{COUNTY}-HEA", "610118001000", (34.1008, 108.6188), 16),
        *("medical", "负压救护车 1 辆,救护车 3 辆", 1),
    ),
    Row(
        *("120急救草堂站", TeamKind.PROFESSIONAL, f"{COUNTY}-HEA", "610118007000", (34.0461, 108.7049), 8),
        *("medical", "救护车 2 辆", 3),
    ),
    Row(
        *("交警二中队", TeamKind.PROFESSIONAL, f"{COUNTY}-PSB", "610118007000", (34.0408, 108.7001), 18),
        *("traffic_control public_order", "警车 4 辆,锥桶 120 个", 2, "gongan"),
    ),
    Row(
        *("草堂街道综合应急队", TeamKind.GENERAL, "610118007000", "610118007000", None, 126),
        *("evacuation shelter_service flood_defence", "中巴车 2 辆,帐篷 40 顶,铁锹 120 把", 5, "caotang"),
    ),
    Row(
        *("石井街道综合应急队", TeamKind.GENERAL, "610118014000", "610118014000", None, 112),
        *("evacuation flood_defence forest_fire", "皮卡 3 辆,风力灭火机 10 台", 8),
    ),
    Row(
        *("甘河街道综合应急队", TeamKind.GENERAL, "610118012000", "610118012000", None, 87),
        *("evacuation flood_defence", "编织袋 3000 条,铁锹 80 把", 34),
    ),
    Row(
        *("水务防汛抢险队", TeamKind.PROFESSIONAL, f"{COUNTY}-WAT", "610118011000", (34.1702, 108.5701), 40),
        *("flood_defence pumping water_rescue", "移动排涝泵车 2 辆,冲锋舟 3 艘,救生衣 60 件", 1),
    ),
    Row(
        *("公路养护应急队", TeamKind.PROFESSIONAL, f"{COUNTY}-TRA", "610118002000", (34.0588, 108.6334), 26),
        *("road_clearing snow_clearing heavy_lifting", "装载机 2 台,清障车 1 辆,汽车吊 1 台", 6),
    ),
    Row(
        *("电力抢修一班", TeamKind.PROFESSIONAL, f"{COUNTY}-IND", "610118001000", (34.1121, 108.6107), 22),
        *("power_repair communication", "应急发电车 1 辆,照明车 1 辆", 12),
    ),
    Row(
        *("终南山野救援队", TeamKind.VOLUNTEER, "51610118DEM000006A", "610118008000", (34.0307, 108.6584), 63),
        *("search rope_rescue water_rescue psychological_support", "绳索装备 6 套,无人机 2 架,橡皮艇 2 艘", 15),
    ),
    Row(
        *("草堂义务消防队", TeamKind.VOLUNTEER, "610118007226", "610118007226", (34.0452, 108.7122), 21),
        *("firefighting", "手抬机动泵 2 台,水带 20 盘", 4, "cunzhu"),
    ),
)


def load(demo: Demo) -> None:
    with transaction.atomic():
        made = {row.name: _load(demo, row) for row in TEAMS}
        until = timezone.now() + timedelta(hours=5)
        tired, broken = made["石井街道综合应急队"], made["电力抢修一班"]
        set_team_state(tired, by=SYSTEM, state=TeamState.RESTING, reason="昨夜巡堤,轮换休整", until=until)
        set_team_state(broken, by=SYSTEM, state=TeamState.UNAVAILABLE, reason="发电车检修")
        for row in TEAMS:
            looked = timezone.now() - timedelta(days=row.days, hours=1)
            Record.objects.filter(pk=made[row.name].pk).update(checked_at=looked)


def _load(demo: Demo, row: Row) -> Team:
    latitude, longitude = row.position or (None, None)
    team = create_team(
        by=SYSTEM,
        unit=demo.units[row.unit],
        demo=True,
        name=row.name,
        kind=row.kind,
        region=demo.regions[row.region],
        latitude=latitude,
        longitude=longitude,
        people=row.people,
        capabilities=row.capabilities.split(),
        equipment=[_piece(said) for said in row.equipment.split(",")],
    )
    leader = (
        OnCall(person=demo.people[row.person], title="队长")
        if row.person
        else OnCall(name=demo.name(), phone=demo.mobile(), title="队长")
    )
    deputy = OnCall(name=demo.name(), phone=demo.mobile(), title="副队长")
    return set_contacts(
        team, by=SYSTEM, contacts=[leader, deputy, OnCall(name="值班室", phone=demo.telephone(), title="值班电话")]
    )


def _piece(said: str) -> Piece:
    name, count, measure = said.split()
    return Piece(name, int(count), measure)
