"""People and posts for every role, and the sign-ins that the demo tells everybody."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.rights import Role

from ..services import add_person, appoint, create_account
from .county import PASSWORD, Demo
from .units import COUNTY

SINCE = date(2024, 1, 1)

# sign-in name, unit, role, title of the post
POSTS: tuple[tuple[str, str, str, str], ...] = (
    ("zhiban", f"{COUNTY}-EMO", Role.DUTY_OFFICER, "值班员"),
    ("daiban", f"{COUNTY}-EMO", Role.DUTY_LEADER, "带班领导"),
    ("zhihui", f"{COUNTY}-CMD", Role.COMMANDER, "指挥长"),
    ("quzhang", COUNTY, Role.HEAD, "分管副区长"),
    ("guanli", f"{COUNTY}-EMO", Role.ADMINISTRATOR, "系统管理员"),
    ("gongan", f"{COUNTY}-PSB", Role.DUTY_OFFICER, "值班民警"),
    ("jiaotong", f"{COUNTY}-TRA", Role.CLERK, "应急专干"),
    ("jiaoyu", f"{COUNTY}-EDU", Role.CLERK, "安全干事"),
    ("caotang", "610118007000", Role.CLERK, "应急专干"),
    ("yuxia", "610118002000", Role.DUTY_OFFICER, "值班员"),
    ("cunzhu", "610118007226", Role.HEAD, "村主任"),
    ("xuexiao", "12610118DEM000003A", Role.HEAD, "校长"),
    ("qiye", "91610118DEM000004A", Role.CLERK, "安全主管"),
    ("yiyuan", "12610118DEM000001A", Role.DUTY_OFFICER, "总值班"),
    ("shiju", "610100000000-EMO", Role.OBSERVER, "联络员"),
    ("shenji", COUNTY, Role.AUDITOR, "审计专员"),
)
# Named here: whoever is drawn by lot after them stays who he is.
NAMED: tuple[tuple[str, str, str, str, str], ...] = (
    ("kegong", f"{COUNTY}-IND", Role.CLERK, "安全监管科科员", "何卫东"),
    ("zhixiang", "91610118DEM000005A", Role.CLERK, "安全员", "孙晓梅"),
)


def load_people(demo: Demo) -> None:
    hashed = make_password(PASSWORD)  # one for all: it is slow on purpose
    with transaction.atomic():
        for username, unit_code, role, title in POSTS:
            _take_post(demo, hashed, username, unit_code, role, title, demo.name())
        for row in NAMED:
            _take_post(demo, hashed, *row)


def _take_post(demo: Demo, hashed: str, username: str, unit_code: str, role: str, title: str, name: str) -> None:
    unit = demo.units[unit_code]
    person = add_person(by=SYSTEM, name=name, unit=unit, mobile=demo.mobile(), demo=True)
    appoint(person, by=SYSTEM, unit=unit, role=role, title=title, since=SINCE)
    create_account(person, by=SYSTEM, username=username, password=PASSWORD, hashed=hashed)
    demo.people[username] = person
