"""What every verb on an incident begins and ends with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record

from ..figures import by_source, chosen, standing
from ..models import Incident
from ..proposing import propose
from ..states import INCIDENT_STATES


def begin(incident: Incident, verb: str, *, by: Actor, happened_at: datetime | None = None) -> tuple[Incident, str]:
    """Right, lock, state: the incident as it is now, held, and the state that the verb leads to.

    Raises: NotFound, NotAllowed, WrongState, Invalid (happened_at lies in the future).
    """
    require(by, "incidents.write", incident)
    not_ahead("happened_at", happened_at)
    held = Incident.objects.select_related("record").lock(incident)
    return held, INCIDENT_STATES.check(held.state, verb)


def needed(field: str, value: str, why: str) -> str:
    """The text without outer blanks. Raises: Invalid when nothing is left."""
    if not value.strip():
        raise Invalid(Fault(field, why, value))
    return value.strip()


def tell(
    verb: str,
    incident: Incident,
    by: Actor,
    *,
    others: Sequence[models.Model | int] = (),
    happened_at: datetime | None = None,
    public: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> int:
    """Put `incident.<verb>` into the journal."""
    return record(
        f"incident.{verb}",
        by,
        about=[incident, *others],
        happened_at=happened_at,
        public={"number": incident.record.number, **(public or {})},
        private=private,
    )


def propose_anew(incident: Incident) -> None:
    """After kind, figures or times have changed: keep the proposal, and say it in the journal when it is another."""
    proposal = propose(incident, chosen(incident, by_source(standing(incident))))
    level = proposal.level if proposal else None
    rule = proposal.row.id if proposal and proposal.row else ""
    if (level, rule) == (incident.proposed_level, incident.proposed_rule):
        return
    said = level != incident.proposed_level
    incident.proposed_level, incident.proposed_rule = level, rule
    incident.save(update_fields=["proposed_level", "proposed_rule"])
    if said:
        tell("level_proposed", incident, SYSTEM, public={"level": level, "rule": rule})
