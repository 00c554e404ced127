"""Documents as proof: a new one, its files, sending it up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound, Refused, said_by
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.registry.services.keeping import keeps
from fenghuo.kernel.submissions.kinds import item_name, name_of, rules
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import services
from ..forms import ProofForm
from ..models import Proof
from ..proof_kinds import PROOF_KINDS
from ..selectors.proofs import proof_by


@require_http_methods(["GET", "POST"])
@acting
def new_proof(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "proofs.write")
    unit = Unit.objects.select_related("region", "record").filter(pk=actor.unit_id).first()
    if unit is None:
        raise NotAllowed(_("Only somebody in a post of a unit enters its documents."))
    kinds = [(kind, name_of(kind)) for kind in PROOF_KINDS if _sends(unit, kind)]
    initial = {"kind": request.GET.get("kind", ""), "done_on": timezone.localdate()}
    form = ProofForm(request.POST or None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.create_proof(
                by=actor, unit=unit, kind=said["kind"], title=said["title"], done_on=said["done_on"]
            )
            return redirect("workplan:proof", made.record.number)
        except Invalid as refused:
            show_faults(form, refused)
    return render(request, "workplan/new_proof.html", {"form": form, "unit": unit, "kinds": kinds})


@require_GET
@acting
def proof(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return render(request, "workplan/proof.html", _context(actor, proof_by(actor, number)))


@require_POST
@acting
def send(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = proof_by(actor, number)
    try:
        services.send_proof(found, by=actor, on_paper=request.POST.get("on_paper") == "on")
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        context = _context(actor, found) | {"faults": said_by(refused)}
        return render(request, "workplan/proof.html", context, status=refused.status)
    messages.success(request, _("It was sent. It counts as soon as it is accepted."))
    return redirect("workplan:proof", number)


@require_POST
@acting
def archive(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = proof_by(actor, number)
    try:
        services.archive_proof(found, by=actor, reason=request.POST.get("reason", ""))
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        context = _context(actor, found) | {"faults": said_by(refused)}
        return render(request, "workplan/proof.html", context, status=refused.status)
    return redirect("workplan:proof", number)


def _context(actor: Actor, found: Proof) -> dict[str, Any]:
    unit = found.record.unit
    assert unit is not None  # create_proof gives it one
    rule = rules().choose(found.kind, timezone.localdate())
    courses = list(
        Submission.objects.visible_to(actor).filter(paper=found.pk).select_related("record", "receiver").order_by("pk")
    )
    open_ = found.record.archived_at is None
    sent = Submission.objects.filter(paper=found.pk).exclude(state="withdrawn").exists()
    return {
        "proof": found,
        "kind": name_of(found.kind),
        "cited": rule.cited if rule is not None else "",
        "needed": [item_name(item) for item in rule.needed] if rule is not None else [],
        "courses": courses,
        "files": Attachment.objects.filter(record=found.pk, removed_at=None).exists(),
        "may_send": open_ and not sent and actor.unit_id == unit.pk and actor.may("submissions.file"),
        "may_archive": open_ and actor.may("proofs.write") and keeps(actor, unit),
    }


def _sends(unit: Unit, kind: str) -> bool:
    rule = rules().choose(kind, timezone.localdate(), unit.region.code)
    return rule is not None and unit.kind in rule.senders
