"""Assignments as machines get them."""

from typing import Any

from .models import Assignment


def assignment_document(one: Assignment) -> dict[str, Any]:
    """With record, about, to (and its unit) and answers loaded, else a query each."""
    return {
        "id": one.pk,
        "number": one.record.number,
        "about": one.about.number,
        "to": {"id": one.to_id, "kind": one.to.kind, "name": one.to_name, "code": _code(one)},
        "text": one.text,
        "state": one.state,
        "needs_ack": one.needs_ack,
        "due": one.due_at,
        "issued_at": one.issued_at,
        "answered_at": one.answered_at,
        "expected_at": one.expected_at,
        "later": one.later,
        "arrived_at": one.arrived_at,
        "ended_at": one.ended_at,
        "escalated_at": one.escalated_at,
        "travel_minutes": one.travel_minutes,
        "estimate": one.travel_estimate if one.travel_minutes is not None else None,
        "exercise": one.record.exercise,
        "demo": one.record.demo,
        "answers": [
            {
                "verb": answer.verb,
                "way": answer.way,
                "eta_minutes": answer.eta_minutes,
                "later": answer.later,
                "arrived": answer.arrived,
                "text": answer.text,
                "happened_at": answer.happened_at,
                "recorded_at": answer.recorded_at,
            }
            for answer in one.answers.all()
        ],
    }


def _code(one: Assignment) -> str | None:
    """A unit's code, a team's number; a person has none."""
    if one.to.kind == "unit":
        return one.to.as_unit.code
    return one.to.number or None
