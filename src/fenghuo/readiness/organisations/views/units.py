"""A unit's organisation: who stands in for whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.selectors import posts_in, unit_by_code
from fenghuo.kernel.registry.services.keeping import require_keeping
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import services
from ..forms import StandInForm
from ..models import StandIn


@require_http_methods(["GET", "POST"])
@acting
def stand_ins(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    unit = _kept(actor, code)
    posts = posts_in(actor, unit)
    form = StandInForm(request.POST if request.method == "POST" else None, posts=posts)
    if form.is_bound and form.is_valid():
        by_key = {post.pk: post for post in posts}
        try:
            services.set_stand_in(by_key[form.cleaned_data["post"]], by_key[form.cleaned_data["deputy"]], by=actor)
        except Invalid as refused:
            show_faults(form, refused)
        else:
            messages.success(request, _("The change is stored."))
            return redirect("web:unit", unit.code)
    context = {"unit": unit, "form": form, "posts": posts}
    return render(request, "organisations/stand_ins.html", context, status=422 if form.errors else 200)


@require_POST
@acting
def end_stand_in(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    found = StandIn.objects.select_related("post__unit").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("Nobody stands in there any more."))
    require(actor, "registry.read", found.post.person)
    services.end_stand_in(pk, by=actor)
    messages.success(request, _("The change is stored."))
    return redirect("web:unit", found.post.unit.code)


def _kept(actor: Actor, code: str) -> Unit:
    """Raises: NotFound, NotAllowed."""
    unit = unit_by_code(code)
    if unit is None:
        raise NotFound(_("There is no unit with the code %(code)s.") % {"code": code})
    require_keeping(actor, "registry.keep", unit)
    return unit
