"""A handful of invented reports of the last day, for the demo desk."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, Actor, actor_for_post, actor_for_token
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY
from fenghuo.kernel.registry.services import create_token

from .messages import ReportMessage
from .models import DismissReason, Report
from .reading import content_digest, read_message
from .services import (
    Incoming,
    Received,
    add_note,
    close_incident,
    control_incident,
    dismiss_report,
    grade_incident,
    note_told,
    open_incident,
    receive_reports,
    set_figures,
)

ORDER = 50

type Row = tuple[int, str, str, str, str, tuple[float, float] | None, dict[str, int]]

# minutes ago, platform, text, kind, address, position, figures
REPORTS: tuple[Row, ...] = (
    (
        6,
        "110",
        "草堂镇草堂营村村口两车相撞,三人受伤,一人被困",
        "road_traffic",
        "草堂街道草堂营村",
        (34.0439, 108.7108),
        {"injured": 3, "trapped": 1},
    ),
    (9, "120", "草堂营村附近车祸,要救护车,伤者两名", "road_traffic", "草堂街道草堂营村", None, {"injured": 2}),
    (21, "119", "余下街道涝河边纸箱厂库房冒烟,无人被困", "fire", "余下街道", (34.0612, 108.6288), {"trapped": 0}),
    (47, "unit", "甘河右岸堤脚发现管涌,已安排人员值守", "flood", "甘河街道", (34.1575, 108.5142), {}),
    (95, "110", "有人打听明天是否停水", "", "甘亭街道", None, {}),
    (130, "12345", "石井街道蔡家坡村山坡落石,堵住半幅路面", "geological", "石井街道蔡家坡村", None, {}),
    (240, "120", "秦渡街道一家五口疑似食物中毒", "food_safety", "秦渡街道", (34.1025, 108.7508), {"poisoned": 5}),
    (380, "110", "人民路口路灯杆倾斜", "", "甘亭街道", None, {}),
    (610, "119", "庞光街道村民家厨房起火,已扑灭", "fire", "庞光街道", (34.0289, 108.6619), {"dead": 0, "injured": 0}),
    (900, "110", "环山路两辆货车追尾,一人轻伤", "road_traffic", "草堂街道", (108.7050, 34.0360), {"injured": 1}),
    (1320, "unit", "祖庵街道大风刮断树木压住电线,约二百户停电", "weather", "祖庵街道", (34.0956, 108.4844), {}),
)


def load(demo: Demo) -> None:
    now = timezone.now()
    machines = {}
    with transaction.atomic():
        for short in ("110", "119", "120", "EMO"):
            unit = demo.units[f"{COUNTY}-{short}"]
            token, _key = create_token(by=SYSTEM, name=f"demo {short}", unit=unit, scopes=["intake.write"])
            machines[short] = actor_for_token(token)
    incoming = [
        _incoming(machines.get(row[1], machines["EMO"]), row, now, number)
        for number, row in enumerate(reversed(REPORTS), 1)
    ]
    stored = [outcome.report for outcome in receive_reports(incoming) if isinstance(outcome, Received)]
    reports = list(Report.objects.filter(pk__in=[report.pk for report in stored]).select_related("record"))
    for report in reports:
        if "停水" in report.text:
            dismiss_report(report, by=SYSTEM, reason=DismissReason.ADVICE)
    _incidents(demo, {report.text[:4]: report for report in reports}, now)


def _incidents(demo: Demo, told: dict[str, Report], now: datetime) -> None:
    """Three incidents: one just opened from a call, one under control, one closed."""
    post = Post.objects.filter(unit=demo.units[f"{COUNTY}-EMO"], role=Role.DUTY_OFFICER).order_by("pk").first()
    assert post is not None
    desk = actor_for_post(post)
    food = open_incident([told["秦渡街道"]], by=desk, happened_at=now - timedelta(minutes=236))
    grade_incident(food, by=desk, level=4, basis="五人中毒,病情平稳", happened_at=now - timedelta(minutes=225))
    note_told(
        food,
        by=desk,
        rules=["R8"],
        to="县总值班室",
        received_by="赵某",
        happened_at=now - timedelta(minutes=220),
    )
    note_told(
        food, by=desk, rules=["R9"], to="县总值班室", happened_at=now - timedelta(minutes=150)
    )  # half an hour late
    set_figures(
        food,
        by=desk,
        source="区医院",
        as_of=now - timedelta(minutes=90),
        figures={"poisoned": 5, "seriously_injured": 0, "dead": 0},
    )
    control_incident(food, by=desk, happened_at=now - timedelta(minutes=80))
    kitchen = open_incident([told["庞光街道"]], by=desk, happened_at=now - timedelta(minutes=600))
    grade_incident(kitchen, by=desk, level=4, happened_at=now - timedelta(minutes=590))
    for rule in ("R8", "R9"):
        at = now - timedelta(minutes=585 if rule == "R8" else 560)
        note_told(kitchen, by=desk, rules=[rule], to="县总值班室", received_by="赵某", happened_at=at)
    close_incident(
        kitchen, by=desk, summary="厨房油锅起火,村民自行扑灭,无人伤亡。", happened_at=now - timedelta(minutes=500)
    )
    rocks = open_incident([told["石井街道"]], by=desk, happened_at=now - timedelta(minutes=118))
    add_note(rocks, by=desk, text="公路养护站已派铲车,预计一小时疏通。", happened_at=now - timedelta(minutes=100))


def _incoming(by: Actor, row: Row, now: datetime, number: int) -> Incoming:
    minutes, source, text, kind, address, position, figures = row
    at = timezone.localtime(now - timedelta(minutes=minutes)).replace(microsecond=0)
    place = {"address": address} | ({"latitude": position[0], "longitude": position[1]} if position else {})
    content = {
        "source": source,
        "source_id": f"DEMO-{number:04d}",
        "received_at": at.isoformat(),
        "text": text,
        "location": place,
        "figures": figures,
    } | ({"kind": kind} if kind else {})
    return Incoming(by, read_message(ReportMessage, content), content_digest(content))
