"""What every verb on an assignment begins and ends with."""

from datetime import datetime
from typing import Any

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record

from ..models import Assignment
from ..states import ASSIGNMENT_STATES


def begin(
    assignment: Assignment, verb: str, action: str, *, by: Actor, happened_at: datetime | None
) -> tuple[Assignment, str]:
    """Right, lock, state: the assignment as it is now, held, and the state that the verb leads to.

    Raises: NotFound, NotAllowed, WrongState, Invalid (happened_at lies in the future).
    """
    require(by, action, assignment)
    not_ahead("happened_at", happened_at)
    held = Assignment.objects.select_related("record", "about", "to", "issuer__region").lock(assignment)
    return held, ASSIGNMENT_STATES.check(held.state, verb)


def tell(
    verb: str,
    assignment: Assignment,
    by: Actor,
    *,
    happened_at: datetime | None = None,
    public: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> int:
    """Put `assignment.<verb>` into the journal. The subject is what the order is about, so that its followers hear."""
    said = {"order": assignment.record.number, "to": public_name(assignment), **(public or {})}
    kept = {name: value for name, value in (private or {}).items() if value}
    return record(
        f"assignment.{verb}",
        by,
        about=[assignment.about_id, assignment],
        happened_at=happened_at,
        public=said,
        private=kept or None,
    )


def public_name(assignment: Assignment) -> str:
    """The receiver as titles may show it: a unit or team by name, of a person nothing."""
    return "" if assignment.to.kind == "person" else assignment.to_name
