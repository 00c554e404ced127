"""Casualties by name. Whoever looks at the unmasked values leaves a trace with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.access.given import not_ahead
from fenghuo.kernel.access.guard import require

from ..models import Casualty, Condition, Incident
from ..selectors import casualties_of
from .verbs import begin, needed, tell


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one casualty."""

    name: str
    condition: str
    identity: str = ""
    phone: str = ""
    hospital: str = ""
    relatives_told_at: datetime | None = None

    def checked(self) -> dict[str, Any]:
        """Raises: Invalid."""
        name = needed("name", self.name, _("write the name, or how the person can be known"))
        if self.condition not in Condition.values:
            known = " ".join(Condition.values)
            raise Invalid(Fault("condition", _("must be one of: %(known)s") % {"known": known}, self.condition))
        not_ahead("relatives_told_at", self.relatives_told_at)
        return {
            "name": name[:100],
            "condition": self.condition,
            "identity": self.identity.strip()[:32],
            "phone": self.phone.strip()[:40],
            "hospital": self.hospital.strip()[:120],
            "relatives_told_at": self.relatives_told_at,
        }


@transaction.atomic
def list_casualty(incident: Incident, person: Person, *, by: Actor, happened_at: datetime | None = None) -> Casualty:
    """Add a person to the list. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    require(by, "casualties.write")
    incident, _state = begin(incident, "list_casualty", by=by, happened_at=happened_at)
    casualty = Casualty.objects.create(incident=incident, recorded_at=timezone.now(), **person.checked())
    _tell("casualty_listed", incident, by, casualty, person, happened_at)
    return casualty


@transaction.atomic
def change_casualty(
    incident: Incident, pk: int, *, by: Actor, happened_at: datetime | None = None, **said: Any
) -> Casualty:
    """Change what is said of a person; `said`: fields of Person, those left out stay.

    Raises: NotFound, NotAllowed, WrongState, Invalid.
    """
    incident, casualty = _begin(incident, pk, by, happened_at)
    before = {name: getattr(casualty, name) for name in Person.__dataclass_fields__}
    person = Person(**(before | said))
    for field, value in person.checked().items():
        setattr(casualty, field, value)
    casualty.save()
    _tell("casualty_changed", incident, by, casualty, person, happened_at)
    return casualty


@transaction.atomic
def remove_casualty(
    incident: Incident, pk: int, *, by: Actor, reason: str, happened_at: datetime | None = None
) -> Casualty:
    """Take a person off the list who does not belong on it. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    incident, casualty = _begin(incident, pk, by, happened_at)
    reason = needed("reason", reason, _("say why this person does not belong on the list"))
    casualty.removed_at = timezone.now()
    casualty.save(update_fields=["removed_at"])
    public, private = {"row": casualty.pk}, {"reason": reason}
    tell("casualty_removed", incident, by, happened_at=happened_at, public=public, private=private)
    return casualty


def _begin(incident: Incident, pk: int, by: Actor, happened_at: datetime | None) -> tuple[Incident, Casualty]:
    """The row held for a change. It may have been put on the list of an incident that was joined to this one."""
    require(by, "casualties.write")
    incident, _state = begin(incident, "list_casualty", by=by, happened_at=happened_at)
    casualty = casualties_of(incident).select_for_update(of=("self",)).filter(pk=pk).first()
    if casualty is None:
        raise NotFound(_("This person is not on the list."))
    return incident, casualty


@transaction.atomic
def show_casualties(incident: Incident, *, by: Actor, reason: str) -> list[Casualty]:
    """The list unmasked, for a reason that goes on record. Raises: NotFound, NotAllowed, Invalid."""
    require(by, "casualties.read", incident)
    reason = needed("reason", reason, _("say why you need the names"))
    rows = list(casualties_of(incident))
    tell("casualties_shown", incident, by, public={"count": len(rows)}, private={"reason": reason})
    return rows


def _tell(
    verb: str, incident: Incident, by: Actor, casualty: Casualty, person: Person, happened_at: datetime | None
) -> None:
    values = person.checked()
    told = values["relatives_told_at"]
    tell(
        verb,
        incident,
        by,
        happened_at=happened_at,
        public={"row": casualty.pk, "condition": casualty.condition},
        private=values | {"relatives_told_at": told.isoformat() if told else None},
    )
