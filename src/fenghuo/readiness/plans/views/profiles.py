"""Size and dangers of an enterprise, set on its page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, Refused, said_by
from fenghuo.kernel.registry.selectors import unit_by_code
from fenghuo.kernel.web.acting import acting

from ..forms import ProfileForm
from ..services import set_unit_profile

SCALE = {"yes": True, "no": False}


@require_POST
@acting
def profile(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    unit = unit_by_code(code)
    if unit is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    form = ProfileForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect("web:unit", code)
    said = form.cleaned_data
    scale = SCALE.get(said["above_scale"])
    try:
        set_unit_profile(unit, by=actor, size=said["size"], above_scale=scale, dangers=said["dangers"])
    except Refused as refused:
        messages.error(request, " ".join(said_by(refused)))
    else:
        messages.success(request, _("Stored. What plans the unit must have follows from it."))
    return redirect("web:unit", code)
