"""Submissions as machines get them."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from fenghuo.kernel.access.models import Unit

from .models import Enclosure, Round, Submission


def with_rounds(found: QuerySet[Submission]) -> QuerySet[Submission]:
    """Three queries more however many."""
    rounds = Round.objects.order_by("number").prefetch_related(
        "remarks", Prefetch("enclosures", Enclosure.objects.all())
    )
    return found.select_related("paper").prefetch_related(Prefetch("rounds", rounds))


def submission_document(one: Submission) -> dict[str, Any]:
    """With record, paper, units and rounds loaded, else a query each."""
    return {
        "id": one.pk,
        "number": one.record.number,
        "kind": one.kind,
        "act": one.act,
        "paper": {"id": one.paper_id, "kind": one.paper.kind, "number": one.paper.number, "title": one.record.title},
        "sender": _unit(one.sender),
        "receiver": _unit(one.receiver) if one.receiver is not None else None,
        "subject": one.subject,
        "state": one.state,
        "receipt": one.receipt,
        "sent_at": one.sent_at,
        "settled_at": one.settled_at,
        "forwarded_from": one.forwarded_from_id,
        "exercise": one.record.exercise,
        "demo": one.record.demo,
        "rounds": [_round(row) for row in one.rounds.all()],
    }


def _unit(unit: Unit) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name}


def _round(row: Round) -> dict[str, Any]:
    return {
        "number": row.number,
        "way": row.way,
        "sent_at": row.sent_at,
        "recorded_at": row.recorded_at,
        "note": row.note,
        "verdict": row.verdict,
        "reason": row.reason,
        "answered_at": row.answered_at,
        "enclosed": [
            {"item": inside.item, "file": inside.attachment_id, "on_paper": inside.on_paper}
            for inside in row.enclosures.all()
        ],
        "remarks": [
            {
                "id": remark.pk,
                "item": remark.item,
                "text": remark.text,
                "made_at": remark.made_at,
                "answer": remark.answer,
                "answered_at": remark.answered_at,
            }
            for remark in row.remarks.all()
        ],
    }
