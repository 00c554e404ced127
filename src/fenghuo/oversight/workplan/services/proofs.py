"""create_proof, send_proof, archive_proof: documents that go up where no room keeps the thing itself."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.numbers import take_year_number
from fenghuo.kernel.registry.services import open_record
from fenghuo.kernel.registry.services.keeping import hold_record, require_keeping
from fenghuo.kernel.submissions.kinds import Enclosed, rules
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.services import submit

from ..models import Proof
from ..proof_kinds import PROOF_KINDS
from .values import TITLE_MOST


@transaction.atomic
def create_proof(
    *, by: Actor, unit: Unit, kind: str, title: str, done_on: date | None = None, demo: bool = False
) -> Proof:
    """A document of this unit, to which files are attached and which then goes up. Raises: NotAllowed, Invalid."""
    require_keeping(by, "proofs.write", unit)
    faults = [*text_faults("title", title, TITLE_MOST, needed=True)]
    rule = rules().choose(kind, timezone.localdate(), unit.region.code)
    if kind not in PROOF_KINDS or rule is None:
        faults.append(Fault("kind", _("must be one of: %(known)s") % {"known": " ".join(PROOF_KINDS)}, kind[:50]))
    elif unit.kind not in rule.senders:
        faults.append(Fault("kind", _("%(unit)s does not send papers of this kind") % {"unit": unit.name}, kind))
    if done_on is not None and done_on > timezone.localdate():
        faults.append(Fault("done_on", _("lies in the future"), done_on.isoformat()))
    if faults:
        raise Invalid(*faults)
    number = take_year_number("workplan_proof", "D", timezone.localdate().year)
    opened = open_record(
        "workplan_proof",
        title.strip(),
        unit=unit,
        region=unit.region,
        number=number,
        demo=demo or by.demo or unit.record.demo,
    )
    made = Proof.objects.create(record=opened, kind=kind, done_on=done_on)
    record("workplan_proof.created", by, about=[made, unit], public={"number": number, "kind": kind})
    return made


@transaction.atomic
def send_proof(
    proof: Proof, *, by: Actor, on_paper: bool = False, happened_at: datetime | None = None
) -> list[Submission]:
    """It goes up. `on_paper`: what is asked lies there on paper.

    Raises: NotFound, NotAllowed, WrongState, Conflict (sent already), Invalid (nothing attached), NoReceiver.
    """
    require(by, "proofs.write", proof)
    held = Record.objects.select_related("unit__region").get(pk=proof.pk)
    assert held.unit is not None  # create_proof gives it one
    inside = enclosed(held, on_paper=on_paper)
    return submit(proof, [proof.kind], by=by, enclosed=inside, happened_at=happened_at)


@transaction.atomic
def archive_proof(proof: Proof, *, by: Actor, reason: str) -> Proof:
    """It proves nothing any more. Raises: NotFound, NotAllowed, WrongState, Invalid (no reason)."""
    require(by, "proofs.write", proof)
    held = hold_record(proof.pk)
    if held.unit is None or not (by.is_system or _may_withdraw(by, held)):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why, for example: sent by mistake"), reason))
    held.archived_at = timezone.now()
    held.save(update_fields=["archived_at"])
    record("workplan_proof.archived", by, about=[proof, held.unit], private={"reason": reason.strip()[:2000]})
    proof.record = held
    return proof


def _may_withdraw(by: Actor, held: Record) -> bool:
    return held.unit_id == by.unit_id or (held.unit is not None and by.holds(held.unit.region.path))


def check(paper: Record, _by: Actor) -> None:
    """Whether it may be sent now. Raises: Invalid."""
    if paper.archived_at is not None:
        raise Invalid(Fault("file", _("it is in the archive")))


def enclosed(paper: Record, *, on_paper: bool = False) -> list[Enclosed]:
    """Its first file is what is asked for, the others lie beside it."""
    proof = Proof.objects.get(pk=paper.pk)
    rule = rules().choose(proof.kind, timezone.localdate())
    needed = list(rule.needed) if rule is not None else []
    files = list(Attachment.objects.filter(record=paper, removed_at=None).order_by("pk").values_list("pk", flat=True))
    if on_paper or not files:
        return [*(Enclosed(item) for item in needed if on_paper), *(Enclosed("", pk) for pk in files)]
    return [*(Enclosed(item, files[0]) for item in needed), *(Enclosed("", pk) for pk in files[1:])]
