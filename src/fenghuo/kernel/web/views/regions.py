"""The region tree, and how many people live in a place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry import selectors
from fenghuo.kernel.registry.services import count_people

from ..acting import acting
from ..forms import show_faults


class PeopleForm(forms.Form):
    people = forms.IntegerField(
        label=gettext_lazy("People who live there"),
        required=False,
        help_text=gettext_lazy("empty: nobody knows; 0: nobody lives there"),
    )
    as_of = forms.DateField(
        label=gettext_lazy("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @classmethod
    def of(cls, region: Region) -> "PeopleForm":
        return cls(initial={"people": region.people, "as_of": region.people_as_of})


@require_GET
@acting
def regions(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "registry.read")
    at = selectors.region_by_code(request.GET.get("at", "")[:12]) or selectors.home_region()
    return _page(request, actor, at)


@require_POST
@acting
def people(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """Keeps how many people live there; what cannot be used is said beside its field and kept."""
    region = selectors.region_by_code(code[:12])
    if region is None:
        raise NotFound(_("There is no such region."))
    form = PeopleForm(request.POST)
    if form.is_valid():
        try:
            count_people(region, by=actor, people=form.cleaned_data["people"], as_of=form.cleaned_data["as_of"])
        except Invalid as invalid:
            show_faults(form, invalid)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The change is stored."))
            return redirect(f"{reverse('web:regions')}?at={region.code}")
    return _page(request, actor, region, form)


def _page(request: HttpRequest, actor: Actor, at: Region | None, form: PeopleForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {"at": at} | (selectors.around(at) if at else {})
    if at and at.valid_to is None and actor.may("registry.manage"):
        context["form"] = form or PeopleForm.of(at)
    return render(request, "web/regions.html", context, status=422 if form else 200)
