"""What a person decides about level, kind, sensitivity, times and title. Proposals are kept beside, never instead."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.registry.services import set_subjects
from fenghuo.standards.kinds import KINDS

from ..models import Incident, Level
from .verbs import begin, needed, propose_anew, tell


@transaction.atomic
def grade_incident(
    incident: Incident, *, by: Actor, level: int | None, basis: str = "", happened_at: datetime | None = None
) -> Incident:
    """A person confirms or sets the level (1 exceptionally serious to 4 ordinary), or says that there is none.

    `basis` is needed unless the level is the proposed one, whose rule then is the basis.
    Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    incident, _state = begin(incident, "grade", by=by, happened_at=happened_at)
    if level is not None and level not in Level.values:
        raise Invalid(Fault("level", _("must be 1, 2, 3, 4 or null"), level))
    confirms = level is not None and level == incident.proposed_level
    if not confirms:
        basis = needed("basis", basis, _("say why, when it is not the proposed level"))
    before = incident.level
    incident.level, incident.level_basis = level, basis.strip()[:500]
    incident.graded_at = happened_at or timezone.now()
    incident.save(update_fields=["level", "level_basis", "graded_at"])
    tell(
        "graded",
        incident,
        by,
        happened_at=happened_at,
        public={
            "level": level,
            "before": before,
            "proposed": incident.proposed_level,
            "rule": incident.proposed_rule if confirms else "",
        },
        private={"basis": incident.level_basis} if incident.level_basis else None,
    )
    return incident


@transaction.atomic
def change_kind(incident: Incident, *, by: Actor, kind: str, happened_at: datetime | None = None) -> Incident:
    """It is another kind of incident: other lines are concerned, another proposal holds."""
    incident, _state = begin(incident, "change_kind", by=by, happened_at=happened_at)
    if kind not in KINDS:
        raise Invalid(Fault("kind", _("is not a known kind of incident"), kind))
    before, incident.kind = incident.kind, kind
    incident.save(update_fields=["kind"])
    set_subjects(incident.record, KINDS[kind].subjects)
    if before in KINDS and incident.record.title.endswith(KINDS[before].zh):
        incident.record.title = incident.record.title.removesuffix(KINDS[before].zh) + KINDS[kind].zh
        incident.record.save(update_fields=["title"])
    tell("kind_changed", incident, by, happened_at=happened_at, public={"kind": kind, "before": before})
    propose_anew(incident)
    return incident


@transaction.atomic
def correct_incident(
    incident: Incident,
    *,
    by: Actor,
    reason: str,
    occurred_at: datetime | None = None,
    learned_at: datetime | None = None,
    title: str = "",
    sensitive: bool | None = None,
    happened_at: datetime | None = None,
) -> Incident:
    """Put right what the reports said or the house guessed: times (clocks move with them), title, sensitivity."""
    incident, _state = begin(incident, "correct", by=by, happened_at=happened_at)
    reason = needed("reason", reason, _("say why"))
    not_ahead("occurred_at", occurred_at)
    not_ahead("learned_at", learned_at)
    changed: dict[str, str | bool] = {}
    if occurred_at is not None or learned_at is not None:
        incident.occurred_at = occurred_at or incident.occurred_at
        incident.learned_at = learned_at or incident.learned_at
        if incident.learned_at < incident.occurred_at:
            raise Invalid(
                Fault("learned_at", _("lies before the time at which it happened"), incident.learned_at.isoformat())
            )
        incident.times_corrected = True
        changed |= {"occurred_at": incident.occurred_at.isoformat(), "learned_at": incident.learned_at.isoformat()}
    if title.strip():
        incident.record.title = changed["title"] = title.strip()[:200]
        incident.record.save(update_fields=["title"])
    if sensitive is not None:
        incident.sensitive_confirmed = changed["sensitive"] = sensitive
    if not changed:
        raise Invalid(message=_("Nothing was changed: give times, a title or whether it is sensitive."))
    incident.save(update_fields=["occurred_at", "learned_at", "times_corrected", "sensitive_confirmed"])
    tell("corrected", incident, by, happened_at=happened_at, public=changed, private={"reason": reason})
    propose_anew(incident)
    return incident
