"""The check of the second half of the year in the demo county: drawn, under way, some visits finished."""

from datetime import date
from itertools import batched

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY

from ..models import CheckItem, Finding
from .questions import asked_of
from .services import (
    AnswerSaid,
    correct_finding,
    create_round,
    draw_round,
    finish_item,
    keep_answers,
    send_back_finding,
    start_round,
    verify_finding,
)

NOTES = {"drill": "近一年无演练记录", "contacts": "联系人已换，电话未更新", "supplies": "铜锣缺一面，雨衣已破"}


def load_check(demo: Demo) -> None:
    today = timezone.localdate()
    with transaction.atomic():
        parts = [demo.units[f"{COUNTY}-{short}"] for short in ("EDU", "TRA", "HOU")]
        round_ = create_round(
            by=SYSTEM,
            unit=demo.units[f"{COUNTY}-EMO"],
            title=f"{today.year}年下半年预案“四进”专项检查",
            from_day=date(today.year, 7, 1),
            to_day=date(today.year, 12, 31),
            shares={"village": 1, "school": 1, "enterprise": 1},
            parts=[*parts, demo.units["610118007000"]],
            demo=True,
        )
    round_ = draw_round(
        round_, by=SYSTEM, seed=f"{today.year}188", seed_source=f"福彩3D第{today.year}188期前公告(演示)"
    )
    start_round(round_, by=SYSTEM)
    joined = CheckItem.objects.select_related("record__unit__region", "record__unit__record", "round__record")
    for chunk in batched(joined.filter(round=round_).order_by("pk")[2:8], 2, strict=False):
        with transaction.atomic():
            for item in chunk:
                _visit(demo, item)
    for place, found in enumerate(Finding.objects.select_related("item__record__unit__region").order_by("pk")[:6]):
        if place % 2 == 0:
            correct_finding(found, by=SYSTEM, text="已整改，照片附后")
        if place == 2:
            send_back_finding(found, by=SYSTEM, text="照片看不清，请重拍")
        if place == 4:
            verify_finding(found, by=SYSTEM, text="现场复查属实")


def _visit(demo: Demo, item: CheckItem) -> None:
    said = []
    for row in asked_of(item):
        wrong = row.question in NOTES and demo.random.randrange(2) == 0
        key = f"demo-{item.pk}-{row.place}"
        said.append(AnswerSaid(row.question, "no" if wrong else "yes", NOTES[row.question] if wrong else "", key))
    keep_answers(item, said, by=SYSTEM)
    finish_item(item, by=SYSTEM)
