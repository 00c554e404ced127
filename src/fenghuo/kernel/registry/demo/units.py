"""Units of every kind for the demo county, and who supervises them."""

from itertools import batched

from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.access.models.regions import RegionLevel
from fenghuo.kernel.access.models.units import UnitKind as Kind

from ..services import create_units, set_supervision
from ..services.units import NewUnit
from .county import Demo

COUNTY = "610118000000"
CHUNK = 40

# code, name, short name, kind, region, lines
UNITS: tuple[tuple[str, str, str, str, str, str], ...] = (
    (COUNTY, "西安市鄠邑区人民政府", "区政府", Kind.GOVERNMENT, COUNTY, ""),
    (f"{COUNTY}-EMO", "鄠邑区应急管理局", "区应急局", Kind.EMERGENCY_OFFICE, COUNTY, ""),
    (f"{COUNTY}-CMD", "鄠邑区突发事件应急指挥部", "区应急指挥部", Kind.COMMAND_BODY, COUNTY, ""),
    (f"{COUNTY}-FCO", "鄠邑区防汛抗旱指挥部办公室", "区防汛办", Kind.COMMAND_BODY, COUNTY, ""),
    (f"{COUNTY}-PSB", "西安市公安局鄠邑分局", "鄠邑公安", Kind.DEPARTMENT, COUNTY, "public_security"),
    (f"{COUNTY}-FIR", "鄠邑区消防救援大队", "区消防大队", Kind.DEPARTMENT, COUNTY, "fire"),
    (f"{COUNTY}-HEA", "鄠邑区卫生健康局", "区卫健局", Kind.DEPARTMENT, COUNTY, "health"),
    (f"{COUNTY}-TRA", "鄠邑区交通运输局", "区交通局", Kind.DEPARTMENT, COUNTY, "transport"),
    (f"{COUNTY}-EDU", "鄠邑区教育局", "区教育局", Kind.DEPARTMENT, COUNTY, "education"),
    (f"{COUNTY}-HOU", "鄠邑区住房和城乡建设局", "区住建局", Kind.DEPARTMENT, COUNTY, "housing"),
    (f"{COUNTY}-WAT", "鄠邑区水务局", "区水务局", Kind.DEPARTMENT, COUNTY, "water"),
    (
        f"{COUNTY}-NRB",
        "西安市自然资源和规划局鄠邑分局",
        "资源规划鄠邑分局",
        Kind.DEPARTMENT,
        COUNTY,
        "natural_resources",
    ),
    (f"{COUNTY}-AGR", "鄠邑区农业农村和林业局", "区农林局", Kind.DEPARTMENT, COUNTY, "agriculture forestry"),
    (f"{COUNTY}-ECO", "西安市生态环境局鄠邑分局", "生态环境鄠邑分局", Kind.DEPARTMENT, COUNTY, "ecology"),
    (f"{COUNTY}-CIV", "鄠邑区民政局", "区民政局", Kind.DEPARTMENT, COUNTY, "civil_affairs"),
    (f"{COUNTY}-MKT", "鄠邑区市场监督管理局", "区市场监管局", Kind.DEPARTMENT, COUNTY, "market"),
    (f"{COUNTY}-CTB", "鄠邑区文化和旅游体育局", "区文旅体育局", Kind.DEPARTMENT, COUNTY, "culture_tourism"),
    (f"{COUNTY}-IND", "鄠邑区科技和工业信息化局", "区科工局", Kind.DEPARTMENT, COUNTY, "industry"),
    (f"{COUNTY}-110", "鄠邑区110接警台", "110", Kind.PARTNER, COUNTY, ""),
    (f"{COUNTY}-119", "鄠邑区119接警台", "119", Kind.PARTNER, COUNTY, ""),
    (f"{COUNTY}-120", "鄠邑区120急救站", "120", Kind.PARTNER, COUNTY, ""),
    ("12610118DEM000001A", "鄠邑区人民医院(演示)", "区医院", Kind.INSTITUTION, "610118001000", ""),
    ("12610118DEM000002A", "鄠邑区第一中学(演示)", "一中", Kind.SCHOOL, "610118001000", ""),
    ("12610118DEM000003A", "草堂中心小学(演示)", "草堂小学", Kind.SCHOOL, "610118007000", ""),
    ("91610118DEM000004A", "秦北精细化工有限公司(演示)", "秦北化工", Kind.ENTERPRISE, "610118006000", ""),
    ("91610118DEM000005A", "涝河纸箱包装厂(演示)", "涝河纸箱", Kind.ENTERPRISE, "610118002000", ""),
    ("51610118DEM000006A", "鄠邑区应急救援志愿者协会(演示)", "志愿者协会", Kind.ASSOCIATION, COUNTY, ""),
    ("610100000000-EMO", "西安市应急管理局", "市应急局", Kind.SUPERIOR, "610100000000", ""),
    ("610124000000-EMO", "周至县应急管理局", "周至应急局", Kind.EMERGENCY_OFFICE, "610124000000", ""),
)

# unit, its departments by subject, the main subject
SUPERVISED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("12610118DEM000001A", {"health": "HEA", "fire": "FIR"}, "health"),
    ("12610118DEM000002A", {"education": "EDU", "fire": "FIR"}, "education"),
    ("12610118DEM000003A", {"education": "EDU", "fire": "FIR"}, "education"),
    ("91610118DEM000004A", {"industry": "IND", "fire": "FIR", "ecology": "ECO"}, "industry"),
    ("91610118DEM000005A", {"industry": "IND", "fire": "FIR"}, "industry"),
)


def load_units(demo: Demo) -> None:
    with transaction.atomic():
        _add(demo, [_unit(demo, *row) for row in UNITS])
        for code, departments, main in SUPERVISED:
            rows = [(subject, demo.units[f"{COUNTY}-{short}"]) for subject, short in departments.items()]
            set_supervision(demo.units[code], by=SYSTEM, departments=rows, main=main)
    current = [region for region in demo.regions.values() if region.valid_to is None]
    towns = [region for region in current if region.level == RegionLevel.TOWN]
    villages = [region for region in current if region.level == RegionLevel.VILLAGE]
    for chunk in batched([*towns, *villages], CHUNK):
        _add(demo, [_grassroots(demo, place) for place in chunk])


def _add(demo: Demo, wanted: list[NewUnit]) -> None:
    for made in create_units(wanted, by=SYSTEM):
        if isinstance(made, Refused):
            raise made
        demo.units[made.code] = made


def _grassroots(demo: Demo, place: Region) -> NewUnit:
    town = place.level == RegionLevel.TOWN
    name, kind = (f"{place.name}办事处", Kind.TOWNSHIP) if town else (place.name, Kind.COMMITTEE)
    return _unit(demo, place.code, name, "", kind, place.code, "")


def _unit(demo: Demo, code: str, name: str, short: str, kind: str, region: str, lines: str) -> NewUnit:
    return NewUnit(
        code=code,
        name=name,
        short_name=short,
        kind=kind,
        region=demo.regions[region],
        lines=lines.split(),
        phone=demo.telephone(),
        demo=True,
    )
