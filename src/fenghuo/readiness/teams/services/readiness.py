"""set_team_state: whether it can go."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.journal.recording import record

from ..models import Team, TeamState
from ..states import TEAM_STATES, VERBS
from .keeping import begin, touch

REASON_MOST = 200


@transaction.atomic
def set_team_state(
    team: Team,
    *,
    by: Actor,
    state: str,
    reason: str = "",
    until: datetime | None = None,
    happened_at: datetime | None = None,
) -> Team:
    """Ready, resting or not available from now on (or from `happened_at`). `until` ends a rest by itself, for
    what is not available it is only the expected end. The reason may be personal, so the journal keeps it private.

    Raises: NotFound, NotAllowed, WrongState (archived; ready already), Invalid.
    """
    team = begin(team, by=by)
    now = timezone.now()
    since = min(happened_at or now, now)
    _check(state, reason, until, now)
    TEAM_STATES.check(team.state_at(now), VERBS[TeamState(state)])
    ready = state == TeamState.READY
    team.state, team.state_since = state, since
    team.state_reason, team.state_until = ("", None) if ready else (reason.strip(), until)
    team.save(update_fields=("state", "state_since", "state_reason", "state_until"))
    touch(team, by)
    record(
        "team.state_set",
        by,
        about=[team],
        happened_at=happened_at,
        public={"state": state, "until": timezone.localtime(until).isoformat() if until and not ready else None},
        private={"reason": reason.strip()} if reason.strip() else None,
    )
    return team


def _check(state: str, reason: str, until: datetime | None, now: datetime) -> None:
    faults = list(text_faults("reason", reason, REASON_MOST))
    if state not in TeamState.values:
        faults.append(
            Fault("state", _("must be one of: %(known)s") % {"known": " ".join(TeamState.values)}, state[:50])
        )
    if state == TeamState.UNAVAILABLE and not reason.strip():
        faults.append(Fault("reason", _("say why it is not available, for example: vehicle under repair"), reason))
    if state != TeamState.READY and until is not None and until <= now:
        faults.append(Fault("until", _("lies in the past: give a moment to come, or none"), until.isoformat()))
    if faults:
        raise Invalid(*faults)
