"""Lines written by hand into the timeline, and what was told to a superior by telephone or on paper."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.selectors import RUNNING

from ..models import Incident, Note
from .verbs import begin, needed, tell

MOST = 10_000


@transaction.atomic
def add_note(incident: Incident, *, by: Actor, text: str, happened_at: datetime | None = None) -> Note:
    """Raises: NotFound, NotAllowed, Invalid."""
    incident, _state = begin(incident, "note", by=by, happened_at=happened_at)
    text = needed("text", text, _("write something"))
    if len(text) > MOST:
        raise Invalid(Fault("text", _("must be at most %(most)s characters long") % {"most": MOST}, text[:200]))
    entry = tell("noted", incident, by, happened_at=happened_at, private={"text": text})
    return Note.objects.create(incident=incident, entry_id=entry, text=text)


@transaction.atomic
def note_told(
    incident: Incident,
    *,
    by: Actor,
    rules: Sequence[str],
    to: str,
    received_by: str = "",
    happened_at: datetime | None = None,
) -> None:
    """A superior has been told: the clocks of these rules stop.

    `to`: which office; `received_by`: who took it there, needed when it was by telephone.
    Raises: NotFound, NotAllowed, WrongState, Invalid (no such clock runs).
    """
    incident, _state = begin(incident, "tell", by=by, happened_at=happened_at)
    running = Clock.objects.filter(RUNNING, record=incident.pk, window=False)
    ways = dict(running.values_list("rule", "way"))
    if not rules or (unknown := [rule for rule in rules if rule not in ways]):
        known = " ".join(sorted(ways)) or "–"
        given = unknown if rules else []
        raise Invalid(Fault("rules", _("no such deadline runs; running are: %(known)s") % {"known": known}, given))
    to = needed("to", to, _("say which office was told"))[:120]
    by_phone = any(ways[rule] == "phone" for rule in rules)
    if by_phone:
        received_by = needed("received_by", received_by, _("say who took it there"))
    tell(
        "told",
        incident,
        by,
        happened_at=happened_at,
        public={"way": "phone" if by_phone else "written", "to": to, "rules": list(rules)},
        private={"received_by": received_by} if received_by else None,
    )
