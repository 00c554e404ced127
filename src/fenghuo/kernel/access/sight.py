"""SIGHT: what the kind of a unit lets it see, as one table; and the in-memory twin of the SQL condition."""

from dataclasses import dataclass
from enum import StrEnum

from .models.units import UnitKind
from .rights import Role


class Sight(StrEnum):
    ALL = "all"  # the system itself, never a unit
    BLOCK = "block"
    LINE = "line"
    OWN = "own"


SIGHT: dict[str, Sight] = {
    UnitKind.GOVERNMENT: Sight.BLOCK,
    UnitKind.EMERGENCY_OFFICE: Sight.BLOCK,
    UnitKind.COMMAND_BODY: Sight.BLOCK,
    UnitKind.TOWNSHIP: Sight.BLOCK,
    UnitKind.DEPARTMENT: Sight.LINE,
    UnitKind.COMMITTEE: Sight.OWN,
    UnitKind.ENTERPRISE: Sight.OWN,
    UnitKind.SCHOOL: Sight.OWN,
    UnitKind.INSTITUTION: Sight.OWN,
    UnitKind.ASSOCIATION: Sight.OWN,
    UnitKind.PARTNER: Sight.OWN,
    UnitKind.SUPERIOR: Sight.OWN,
}

# Who audits looks into the block of their unit, whatever the unit itself sees; their rights let them read only.
SIGHT_OF_ROLE: dict[str, Sight] = {Role.AUDITOR: Sight.BLOCK}


@dataclass(frozen=True, slots=True)
class Scope:
    """What sight asks of a record, carried by live events so that listeners cost no queries."""

    record_id: int
    kind: str
    block: str
    unit_id: int | None
    subjects: frozenset[str] = frozenset()
    shared_units: frozenset[int] = frozenset()
    shared_people: frozenset[int] = frozenset()
