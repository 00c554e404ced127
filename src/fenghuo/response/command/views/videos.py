"""Cameras and meetings of an incident: a panel of its page, and a page of its own without scripts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults
from fenghuo.response.incidents import selectors
from fenghuo.response.incidents.models import IncidentState

from .. import services
from ..forms import VideoForm
from ..models import VideoLink


@require_http_methods(["GET", "POST"])
@acting
def videos(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.incident(actor, number)
    form = VideoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_video(found, by=actor, **form.cleaned_data)
            messages.success(request, _("The address is on record."))
            return redirect("incidents:incident", found.record.number)
        except Invalid as refused:
            show_faults(form, refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    context = {
        "incident": found,
        "videos": VideoLink.objects.filter(incident=found, removed_at__isnull=True),
        "may_videos": actor.may("videos.write") and found.state != IncidentState.CLOSED,
        "form": form,
        "failed": request.method == "POST",
    }
    template = "command/videos.html#panel" if request.headers.get("HX-Request") else "command/videos.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@require_POST
@acting
def remove_video(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    found = selectors.incident(actor, number)
    services.remove_video(found, pk, by=actor)
    return redirect("incidents:incident", found.record.number)
