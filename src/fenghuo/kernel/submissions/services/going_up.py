"""What every sending ends with, the first and each one after a correction."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.access.given import text_within
from fenghuo.standards.submission_kinds import SubmissionRule

from ..kinds import registered
from ..models import State, Submission, Way
from . import checking
from .rounds import Hand, open_round
from .verbs import tell


def ready(held: Submission, day: date, *, by: Actor) -> SubmissionRule:
    """Its kind as it is worded on that day, after the room has looked at the paper.

    Raises: WrongState (no room stands behind it any more), Refused by the room.
    """
    kind = registered().get(held.kind)
    if kind is None:
        raise WrongState(_("No room stands behind this kind of paper any more."))
    kind.check(held.paper, by)
    (rule,) = checking.rules_for([held.kind], held.sender, day)
    return rule


def go_up(
    one: Submission,
    rule: SubmissionRule,
    inside: Sequence[tuple[str, int | None]],
    *,
    by: Actor,
    at: datetime,
    hand: Hand | None = None,
    note: str = "",
    happened_at: datetime | None = None,
) -> None:
    """A round is opened and told, unless there is nobody yet to whom it would go."""
    way = Way.HAND if hand is not None else Way.MACHINE if by.is_machine else Way.PAGE
    brought_by = text_within("brought_by", hand.brought_by, 120) if hand is not None else ""
    open_round(one, rule, inside, by=by, at=at, way=way, brought_by=brought_by, note=note)
    if one.state != State.GAP:
        said = {"round": one.round, "way": way}
        tell("sent", one, by, happened_at=happened_at, public=said, private={"name": brought_by})
