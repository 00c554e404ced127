"""The text of a plan, pasted, becomes a draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import services
from ..forms import PasteForm
from .keeping import own_unit


@require_http_methods(["GET", "POST"])
@acting
def paste(request: HttpRequest, actor: Actor) -> HttpResponse:
    unit = own_unit(actor)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.draft_plan(said["text"], by=actor, unit=unit, year=said["year"], title=said["title"])
        except Invalid as refused:
            show_faults(form, refused)
        else:
            messages.success(request, _("The text was read. Correct what is marked, then put the plan in force."))
            return redirect("workplan:plan", made.record.number)
    status = 422 if request.method == "POST" else 200
    return render(request, "workplan/paste.html", {"form": form}, status=status)
