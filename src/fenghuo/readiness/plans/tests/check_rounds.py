"""A check of plans for tests: over the small county, two villages, a school and an enterprise, visited by others."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.readiness.plans.checks.questions import asked_of
from fenghuo.readiness.plans.checks.services import (
    AnswerSaid,
    create_round,
    draw_round,
    finish_item,
    keep_answers,
    start_round,
)
from fenghuo.readiness.plans.models import CheckItem, CheckRound
from tests.county import County

SHARES = {"village": 2, "community": 1, "school": 1, "enterprise": 1}
_serial = count(1)


def key() -> str:
    return f"key-{next(_serial):08d}"


def drafted(county: County, unit: str = "emo", **said: Any) -> CheckRound:
    values: dict[str, Any] = {
        "title": "下半年预案四进专项检查",
        "from_day": date(timezone.localdate().year, 7, 1),
        "to_day": date(timezone.localdate().year, 12, 31),
        "shares": SHARES,
        "parts": [county.units["education"], county.units["a"]],
    }
    return create_round(by=SYSTEM, unit=county.units[unit], **{**values, **said})


def drawn(county: County, **said: Any) -> CheckRound:
    return draw_round(drafted(county, **said), by=SYSTEM, seed="2026188", seed_source="福彩3D 第2026188期")


def begun(county: County, **said: Any) -> CheckRound:
    return start_round(drawn(county, **said), by=SYSTEM)


def item_of(round_: CheckRound, county: County, unit: str) -> CheckItem:
    joined = CheckItem.objects.select_related("record__unit__region", "round__record", "checker")
    return joined.get(round=round_, record__unit=county.units[unit])


def all_said(item: CheckItem, no: tuple[str, ...] = ()) -> list[AnswerSaid]:
    return [
        AnswerSaid(row.question, "no" if row.question in no else "yes", "现场看到" if row.question in no else "", key())
        for row in asked_of(item)
    ]


def checked(item: CheckItem, no: tuple[str, ...] = ("drill",)) -> CheckItem:
    keep_answers(item, all_said(item, no), by=SYSTEM)
    return finish_item(item, by=SYSTEM)
