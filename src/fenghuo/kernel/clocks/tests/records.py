"""Records of subjects whose rooms do not stand yet, with the entry that starts their clocks."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.services import settle
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.recording import record as put_on_record
from fenghuo.kernel.registry.services import open_record
from fenghuo.standards.deadlines import Facts
from tests.county import County

XIAN = ZoneInfo("Asia/Shanghai")


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=XIAN)


def make(county: County, kind: str = "plan", unit: str = "emo", region: str = "county") -> Record:
    return open_record(kind, "甲", unit=county.units[unit], region=county.regions[region])


def entry_of(record: Record, verb: str = "report.noted") -> int:
    return put_on_record(verb, SYSTEM, about=[record])


def start(
    record: Record, subject: str, anchors: dict[str, datetime], *marks: str, kind: str = "", level: int | None = None
) -> dict[str, Clock]:
    """The clocks that such facts start, by rule."""
    settle(record.pk, subject, Facts(kind=kind, level=level, marks=frozenset(marks)), anchors, entry_of(record))
    return clocks(record)


def clocks(record: Record) -> dict[str, Clock]:
    return {clock.rule: clock for clock in Clock.objects.filter(record=record.pk).order_by("turn")}


def public(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(entry.text)["public"]
    return said
