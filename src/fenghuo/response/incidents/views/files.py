"""The files of a report or incident: their list, bringing one, taking one off."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.documents.services import MOST_BYTES, stage
from fenghuo.kernel.documents.words import kind_word
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..forms import ReasonForm
from ..models import Incident, Report


@require_http_methods(["GET", "POST"])
@acting
def files(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Several at once; one that is refused is named, and the others are kept."""
    subject = _subject(actor, pk)
    if request.method == "GET":
        return _list(request, actor, subject)
    brought = request.FILES.getlist("file")
    faults = [] if brought else [_("Choose a file first.")]
    for one in brought:
        try:
            _bring(subject, one, request, actor)
        except Invalid as refused:
            faults += [f"{one.name}: {fault.message}" for fault in refused.faults]
        except Refused as refused:
            faults.append(f"{one.name}: {refused.message}")
    return _list(request, actor, subject, faults)


@require_POST
@acting
def detach(request: HttpRequest, actor: Actor, pk: int, file: int) -> HttpResponse:
    subject = _subject(actor, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _list(request, actor, subject, [_("Say why this file does not belong here.")])
    try:
        services.detach_file(_holder(actor, subject, file), file, by=actor, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return _list(request, actor, subject, [str(refused.message)])
    return _list(request, actor, subject)


def _bring(subject: Report | Incident, one: "UploadedFile[Any]", request: HttpRequest, actor: Actor) -> None:
    staged = stage(one.chunks(), one.name or "", keep_position="keep_position" in request.POST)
    services.attach_file(subject, staged, by=actor, note=request.POST.get("note", ""))


def _subject(actor: Actor, pk: int) -> Report | Incident:
    try:
        return selectors.report(actor, pk)
    except NotFound:
        return selectors.incident_by_key(actor, pk)


def _holder(actor: Actor, subject: Report | Incident, file: int) -> Report | Incident:
    """The report or incident among its own that the file belongs to."""
    found = next((one for one in selectors.files_of(subject, actor) if one.pk == file), None)
    return subject if found is None or found.record_id == subject.pk else _subject(actor, found.record_id)


def _list(
    request: HttpRequest, actor: Actor, subject: Report | Incident, faults: list[str] | None = None
) -> HttpResponse:
    part = bool(request.headers.get("HX-Request"))
    if request.method == "POST" and not part and not faults:
        return redirect("incidents:files", subject.pk)
    context = {
        "subject": subject,
        "record": subject.record,
        "files": [(one, kind_word(one.content.kind)) for one in selectors.files_of(subject, actor)],
        "faults": faults or [],
        "may_attach": actor.may("incidents.write" if isinstance(subject, Incident) else "reports.receive"),
        "most": MOST_BYTES // 1024**2,
        "typed": request.POST if faults else {},
    }
    template = "incidents/files.html#list" if part else "incidents/files.html"
    return render(request, template, context, status=422 if faults else 200)
