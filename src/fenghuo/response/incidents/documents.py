"""Reports and incidents as machines read them (interfaces.md). Times carry the county's offset."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from fenghuo.decision.grading import Grade
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.clocks.selectors import Shown, clocks_of
from fenghuo.kernel.destruction.selectors import Destroyed, destroyed
from fenghuo.standards.sources import SOURCES, citation

from .duplicates import Likely, likely_for
from .figures import SourceFigures, by_source, chosen, standing
from .models import Incident, IncidentState, Report, ReportState, Supplement
from .models.reports import Facts
from .proposing import propose
from .selectors import Changed, all_figures, reports_of
from .selectors.incidents import incidents_of
from .services import OnRecord
from .words import why_said


def report_documents(reports: Sequence[Report], by: Actor) -> list[dict[str, Any]]:
    """A list of them, without duplicates."""
    incidents = incidents_of(reports, by)
    gone = destroyed([report.pk for report in reports if not report.text])
    return [report_document(report, incidents.get(report.pk), gone.get(report.pk)) for report in reports]


def report_with_duplicates(report: Report, by: Actor) -> dict[str, Any]:
    """One report, with what may be the same event as long as it belongs to no incident."""
    incident = incidents_of([report], by).get(report.pk)
    found = [] if report.state == ReportState.JOINED else likely_for(report, by)
    gone = None if report.text else destroyed([report.pk]).get(report.pk)
    return report_document(report, incident, gone) | {"possible_duplicates": _duplicates(found)}


def report_document(report: Report, incident: Incident | None, gone: Destroyed | None = None) -> dict[str, Any]:
    """`record__region` and `supplements` should be loaded; `incident` the one it belongs to, if it may be seen.

    `gone`: the order that destroyed what it said.
    """
    return {
        "id": report.pk,
        "number": report.record.number,
        "state": report.state,
        "incident": {"id": incident.pk, "number": incident.record.number} if incident else None,
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
        "destroyed_by": gone.no if gone else None,
    }


def receipt(report: OnRecord) -> dict[str, Any]:
    """The answer to a report that is on record."""
    return {
        "id": report.pk,
        "number": report.number,
        "state": report.state,
        "incident": None,
        "possible_duplicates": _duplicates(report.duplicates),
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


def incident_document(incident: Incident, by: Actor) -> dict[str, Any]:
    """Everything about one incident that this actor may see; `record__region` loaded."""
    sources = by_source(standing(incident))
    figures = chosen(incident, sources)
    gone = destroyed([incident.pk]).get(incident.pk) if incident.state == IncidentState.CLOSED else None
    return summary_document(incident) | {
        "level_basis": incident.level_basis,
        "proposal": proposal_document(propose(incident, figures)),
        "sensitive": {"signs": incident.sensitive, "confirmed": incident.sensitive_confirmed},
        "response": _response(incident),
        "figures": _figures(figures) if figures else None,
        "figures_by_source": [_figures(source) for source in sources.values()],
        "reports": [
            {
                "id": report.pk,
                "number": report.record.number,
                "source": report.source,
                "source_id": report.source_id,
                "received_at": _time(report.received_at),
            }
            for report in reports_of(incident, by)
        ],
        "areas": [
            {"name": area.name, "geometry": area.geometry, "drawn_at": _time(area.drawn_at), "marks": area.marks}
            for area in incident.areas.filter(replaced_at__isnull=True).order_by("pk")
        ],
        "clocks": [clock_document(clock) for clock in clocks_of([incident.pk], by)],
        "merged": [other.record.number for other in incident.merged.select_related("record").order_by("pk")],
        "summary": incident.summary,
        "destroyed_by": gone.no if gone else None,
    }


def summary_document(incident: Incident) -> dict[str, Any]:
    """One incident in a list."""
    record = incident.record
    return {
        "id": incident.pk,
        "number": record.number,
        "title": record.title,
        "state": incident.state,
        "kind": incident.kind or None,
        "level": incident.level,
        "proposed_level": incident.proposed_level,
        "response_level": incident.response_level,
        "happened_at": _time(incident.occurred_at),
        "learned_at": _time(incident.learned_at),
        "opened_at": _time(incident.opened_at),
        "controlled_at": _time(incident.controlled_at),
        "closed_at": _time(incident.closed_at),
        "location": {
            "address": incident.address,
            "latitude": incident.latitude,
            "longitude": incident.longitude,
            "crs": "wgs84",
            "region": record.region.code if record.region else None,
            "approximate": incident.approximate,
        },
        "exercise": record.exercise,
        "demo": record.demo,
    }


def proposal_document(proposal: Grade | None) -> dict[str, Any] | None:
    """The proposed level with the rule that fired, its source and what one more would change."""
    if proposal is None:
        return None
    row = proposal.row
    return {
        "level": proposal.level,
        "rule": row.id if row else None,
        "source": citation(row.source, row.article) if row else None,
        "source_number": SOURCES[row.source].number if row else None,
        "certainty": proposal.certainty or None,
        "value": _number(proposal.value) if proposal.value is not None else None,
        "next": [
            {"figure": step.measure, "more": _number(step.more), "level": step.level} for step in proposal.next_steps
        ],
        "unknown": list(proposal.unknown),
        "if_lost": proposal.if_lost,
        "near_miss": proposal.near_miss,
    }


def clock_document(clock: Shown) -> dict[str, Any]:
    """`state`: running, met or ended; a running one may be late already."""
    state = "met" if clock.met_at else "ended" if clock.ended_at else "running"
    return {
        "rule": clock.rule,
        "what": clock.what,
        "to": clock.receiver,
        "way": clock.way or None,
        "basis": clock.basis,
        "certainty": clock.certainty,
        "window": clock.window,
        "started_at": _time(clock.started_at),
        "due_at": _time(clock.due_at),
        "met_at": _time(clock.met_at),
        "state": state,
        "late": clock.late and state != "ended",
    }


def change_document(change: Changed) -> dict[str, Any]:
    return {
        "position": change.position,
        "verb": change.verb,
        "incident": {"id": change.incident_id, "number": change.number},
        "happened_at": _time(change.happened_at),
        "recorded_at": _time(change.recorded_at),
        "text": change.text,
        "public": change.public,
    }


def _duplicates(found: Iterable[Likely]) -> list[dict[str, Any]]:
    return [{"record": one.record, "number": one.number, "score": one.score, "why": why_said(one.why)} for one in found]


def _figures(said: SourceFigures) -> dict[str, Any]:
    people = all_figures({name: int(value) for name, value in said.figures.items() if name in all_figures({})})
    others = {name: value for name, value in said.figures.items() if name not in people}
    return {"source": said.source, "as_of": _time(said.as_of), "figures": people | others}


def _response(incident: Incident) -> dict[str, Any] | None:
    if incident.response_level is None:
        return None
    return {
        "level": incident.response_level,
        "matters": incident.response_matters,
        "measures": incident.response_measures,
        "until": _time(incident.response_until),
        "since": _time(incident.response_since),
    }


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


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
