"""correct_finding, verify_finding, send_back_finding: until what was found is put right, and somebody has looked."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.access.given import not_ahead, text_faults
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.submissions.services import Hand

from ...models import CheckItem, Finding
from ..states import FINDING_STATES
from ..telling import tell_sent_back
from .keeping import hold_item, locked, may_correct, may_enter, unit_of

TEXT_MOST, HAND_MOST = 1000, 120


@transaction.atomic
def correct_finding(
    finding: Finding, *, by: Actor, text: str, hand: Hand | None = None, happened_at: datetime | None = None
) -> Finding:
    """The unit says what it has done. `hand`: it said so on paper, and the organiser of the check enters it.

    Raises: NotFound, NotAllowed, WrongState, Invalid (nothing said; not who brought it).
    """
    require(by, "plan_checks.correct", finding.item)
    _may_tell(finding.item, hand, by)
    not_ahead("happened_at", happened_at)
    item, held = _held(locked(finding.item), finding)
    held.state = FINDING_STATES.check(held.state, "correct")
    faults = list(text_faults("correction", text, TEXT_MOST, needed=True))
    if hand is not None:
        faults += text_faults("brought_by", hand.brought_by, HAND_MOST, needed=True)
    if faults:
        raise Invalid(*faults)
    held.correction, held.told_at = text.strip(), happened_at or timezone.now()
    held.brought_by = hand.brought_by.strip() if hand is not None else ""
    held.save(update_fields=["state", "correction", "told_at", "brought_by"])
    record(
        "plancheck.corrected",
        by,
        about=[item, item.round, unit_of(item)],
        happened_at=happened_at,
        public={"question": held.question, "way": "hand" if hand is not None else "page"},
        private={"correction": held.correction, **({"name": held.brought_by} if held.brought_by else {})},
    )
    return held


def _may_tell(item: CheckItem, hand: Hand | None, by: Actor) -> None:
    """Raises: NotAllowed."""
    if hand is None and not may_correct(by, item):
        raise NotAllowed(_("Only the unit itself says what it has put right, or those above it who do not verify it."))
    if hand is not None and not may_enter(by, item):
        raise NotAllowed(_("Only the unit that organises the check enters what was brought on paper; nobody its own."))


@transaction.atomic
def verify_finding(finding: Finding, *, by: Actor, text: str = "") -> Finding:
    """Somebody has looked: it is put right. Raises: NotFound, NotAllowed, WrongState, Invalid."""
    return _settle(finding, "verify", text, by)


@transaction.atomic
def send_back_finding(finding: Finding, *, by: Actor, text: str) -> Finding:
    """It is not put right yet; the unit is told why. Raises: NotFound, NotAllowed, WrongState, Invalid (no reason)."""
    return _settle(finding, "send_back", text, by)


def _settle(finding: Finding, verb: str, text: str, by: Actor) -> Finding:
    item, held = _held(hold_item(finding.item, "plan_checks.verify", by=by), finding)
    held.state = FINDING_STATES.check(held.state, verb)
    _check("remark", text, needed=verb == "send_back")
    held.remark = text.strip()
    held.settled_at = timezone.now() if verb == "verify" else None
    held.save(update_fields=["state", "remark", "settled_at"])
    about, public = [item, item.round, unit_of(item)], {"question": held.question}
    private = {"remark": held.remark} if held.remark else None
    if verb == "verify":
        record("plancheck.verified", by, about=about, public=public, private=private)
    else:
        record("plancheck.sent_back", by, about=about, public=public, private=private)
        tell_sent_back(item, held, by=by)
    return held


def _held(item: CheckItem, finding: Finding) -> tuple[CheckItem, Finding]:
    return item, Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk, item=item)


def _check(field: str, text: str, *, needed: bool = True) -> None:
    if faults := list(text_faults(field, text, TEXT_MOST, needed=needed)):
        raise Invalid(*faults)
