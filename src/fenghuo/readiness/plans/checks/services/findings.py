"""correct_finding, verify_finding, send_back_finding: until what was found is put right, and somebody has looked."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.messaging.services import Notice, notify_each

from ...models import CheckItem, Finding
from ...services.reminding import receivers_of
from ..states import FINDING_STATES
from .keeping import hold_item, locked, may_correct, unit_of

TEXT_MOST = 1000


@transaction.atomic
def correct_finding(finding: Finding, *, by: Actor, text: str) -> Finding:
    """The unit says what it has done. Raises: NotFound, NotAllowed, WrongState, Invalid (nothing said)."""
    require(by, "plan_checks.correct", finding.item)
    if not may_correct(by, finding.item):
        raise NotAllowed(_("Only the unit itself says what it has put right, or those above it who do not verify it."))
    item, held = _held(locked(finding.item), finding)
    held.state = FINDING_STATES.check(held.state, "correct")
    _check("correction", text)
    held.correction, held.told_at = text.strip(), timezone.now()
    held.save(update_fields=["state", "correction", "told_at"])
    record(
        "plancheck.corrected",
        by,
        about=[item, item.round, unit_of(item)],
        public={"question": held.question},
        private={"correction": held.correction},
    )
    return held


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
        _tell(item, held, by)
    return held


def _held(item: CheckItem, finding: Finding) -> tuple[CheckItem, Finding]:
    return item, Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk, item=item)


def _check(field: str, text: str, *, needed: bool = True) -> None:
    if faults := list(text_faults(field, text, TEXT_MOST, needed=needed)):
        raise Invalid(*faults)


def _tell(item: CheckItem, finding: Finding, by: Actor) -> None:
    unit = unit_of(item)
    with override(settings.LANGUAGE_CODE):
        text = _("%(title)s: what %(unit)s put right was sent back: %(why)s {link}") % {
            "title": item.round.record.title,
            "unit": unit.name,
            "why": finding.remark,
        }
        link = settings.BASE_URL + reverse("plans:check_item", args=[item.record.number])
        subject = str(_("Check of plans"))
    notify_each([Notice(one, text, item.pk, subject, link) for one in receivers_of([unit])[unit.pk]], by=by)
