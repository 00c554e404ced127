"""Sending a paper: to whom it goes, what lies in it. The same page enters what came by hand.

Rooms lead here from their own pages: /submissions/new/<key of the paper>/?kinds=plan_village
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.models import Record, Supervision, Unit
from fenghuo.kernel.documents.selectors import attachments_of
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.forms import show_faults
from fenghuo.standards.subjects import SUBJECTS
from fenghuo.standards.submission_kinds import SubmissionRule

from ..forms import HandForm, SendForm
from ..kinds import name_of, registered, rules
from ..receivers import ABOVE, receiver_for
from ..services import Hand, submit

MOST_FOUND = 30


@require_http_methods(["GET", "HEAD", "POST"])
@acting
def new(request: HttpRequest, actor: Actor, paper: int) -> HttpResponse:
    found = _paper(actor, paper)
    chosen = _rules(request, found)
    by_hand = request.GET.get("hand") == "1"
    form = _form(request, actor, found, chosen, by_hand=by_hand)
    if request.method == "POST" and form.is_valid():
        try:
            made = _send(actor, found, chosen, form, by_hand=by_hand)
            messages.success(request, _("It is on record."))
            return redirect("submissions:submission", made.record.number)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return _page(request, found, chosen, form, by_hand=by_hand)


@require_GET
@acting
def by_hand(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which paper was brought? It has to stand in its own room first; here it is found by number, title or unit."""
    kinds = [kind for kind in registered().values() if kind.paper and _comes_here(kind.name, actor)]
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = []
    if words and kinds:
        units = Unit.objects.filter(Q(name__contains=words) | Q(short_name__contains=words)).values("pk")
        papers = Record.objects.visible_to(actor).filter(kind__in={kind.paper for kind in kinds}, archived_at=None)
        papers = papers.filter(Q(number=words) | Q(title__contains=words) | Q(unit__in=units)).exclude(
            unit=actor.unit_id
        )
        for paper in papers.select_related("unit")[:MOST_FOUND]:
            fitting = [kind.name for kind in kinds if kind.paper == paper.kind and _sends(kind.name, paper)]
            rows += [(paper, kind, name_of(kind)) for kind in fitting]
    context = {"rows": rows, "words": words, "kinds": [name_of(kind.name) for kind in kinds]}
    return render(request, "submissions/by_hand.html", context)


def _comes_here(kind: str, actor: Actor) -> bool:
    rule = rules().get(kind)
    return rule is not None and (rule.to not in ABOVE or ABOVE[rule.to] == actor.unit_kind)


def _sends(kind: str, paper: Record) -> bool:
    rule = rules().get(kind)
    return rule is not None and paper.unit is not None and paper.unit.kind in rule.senders


def _paper(actor: Actor, pk: int) -> Record:
    rows = Record.objects.visible_to(actor).select_related("unit__region", "region")
    found = rows.filter(pk=pk, unit__isnull=False).first()
    if found is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return found


def _rules(request: HttpRequest, paper: Record) -> list[SubmissionRule]:
    """Raises: NotFound when the address names no kind of paper that can be sent."""
    book, code = rules(), paper.unit.region.code if paper.unit is not None else ""
    named = [kind for kind in dict.fromkeys(request.GET.getlist("kinds")) if kind in registered()]
    found = [rule for kind in named if (rule := book.choose(kind, timezone.localdate(), code)) is not None]
    if not found:
        raise NotFound(_("The address names no kind of paper that can be sent here now."))
    return found


def _form(
    request: HttpRequest, actor: Actor, paper: Record, chosen: Sequence[SubmissionRule], *, by_hand: bool
) -> SendForm:
    assert paper.unit is not None
    asks_line = any(rule.to == "department" and not rule.subject for rule in chosen)
    rows = Supervision.objects.filter(unit=paper.unit).order_by("-main", "subject") if asks_line else []
    zh = (get_language() or "").startswith("zh")
    subjects = [(row.subject, SUBJECTS.get(row.subject, (row.subject,) * 2)[0 if zh else 1]) for row in rows]
    gaps = any(receiver_for(rule, paper.unit).unit is None for rule in chosen)
    kind: type[SendForm] = HandForm if by_hand else SendForm
    data = request.POST if request.method == "POST" else None
    return kind(
        data,
        rules=chosen,
        files=list(attachments_of([paper.pk], actor)),
        before=[one for rule in chosen for one in registered()[rule.id].enclosed(paper)],
        subjects=subjects,
        gaps=gaps and len(chosen) > 1,
    )


def _send(actor: Actor, paper: Record, chosen: Sequence[SubmissionRule], form: SendForm, *, by_hand: bool) -> Any:
    said = form.cleaned_data
    return submit(
        paper,
        [rule.id for rule in chosen],
        by=actor,
        enclosed=form.enclosed(),
        subject=said.get("subject", ""),
        partly=said.get("partly", False),
        again=True,
        hand=Hand(said["brought_by"]) if by_hand else None,
        note=said["note"],
        happened_at=said.get("happened_at"),
    )[0]


def _page(
    request: HttpRequest, paper: Record, chosen: Sequence[SubmissionRule], form: forms.Form, *, by_hand: bool
) -> HttpResponse:
    assert paper.unit is not None
    subject = str(form["subject"].value() or "") if "subject" in form.fields else ""
    courses = [(name_of(rule.id), receiver_for(rule, paper.unit, subject), rule.cited) for rule in chosen]
    context = {
        "paper": paper,
        "paper_page": address_of(paper),
        "courses": courses,
        "form": form,
        "by_hand": by_hand,
        "kinds": [rule.id for rule in chosen],
    }
    return render(request, "submissions/new.html", context, status=422 if form.errors else 200)
