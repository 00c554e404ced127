"""Reports as machines read them (interfaces.md, Intake). Times carry the county's offset."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from .models import Report, Supplement
from .models.reports import Facts
from .selectors import all_figures
from .services import OnRecord


def report_document(report: Report) -> dict[str, Any]:
    """`record__region` and `supplements` should be loaded. Incident and duplicates come with incidents."""
    return {
        "id": report.pk,
        "number": report.record.number,
        "state": report.state,
        "incident": None,
        "possible_duplicates": [],
        "source": report.source,
        "source_id": report.source_id,
        "received_at": _time(report.received_at),
        "recorded_at": _time(report.recorded_at),
        "happened_at": _time(report.happened_at),
        "caller": {"name": report.caller_name, "phone": report.caller_phone},
        "text": report.text,
        "kind": report.kind or None,
        "location": _place(report, report.record.region.code if report.record.region else None),
        "figures": all_figures(report.figures),
        "marks": report.marks,
        "extra": report.extra,
        "supplements": [supplement_document(supplement) for supplement in report.supplements.all()],
    }


def receipt(report: OnRecord) -> dict[str, Any]:
    """The answer to a report that is on record. Duplicates are ranked once incidents exist."""
    return {
        "id": report.pk,
        "number": report.number,
        "state": report.state,
        "incident": None,
        "possible_duplicates": [],
        "received_at": _time(report.received_at),
        "recorded_at": _time(report.recorded_at),
        "figures": all_figures(report.figures),
        "marks": report.marks,
    }


def supplement_document(supplement: Supplement) -> dict[str, Any]:
    return {
        "id": supplement.pk,
        "text": supplement.text,
        "happened_at": _time(supplement.happened_at),
        "recorded_at": _time(supplement.recorded_at),
        "location": _place(supplement, None),
        "figures": all_figures(supplement.figures),
        "marks": supplement.marks,
    }


def _place(facts: Facts, region: str | None) -> dict[str, Any]:
    return {
        "address": facts.address,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "crs": "wgs84",
        "region": region,
    }


def _time(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
