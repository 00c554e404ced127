"""Entering and changing teams. What a service refuses stands beside its field, and what was typed is kept."""

from collections.abc import Callable
from itertools import takewhile

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Person, Unit
from fenghuo.kernel.registry.selectors import find_units, posts_in, unit_by_code
from fenghuo.kernel.registry.services.keeping import require_keeping
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..forms import ArchiveForm, ContactForm, StateForm, TeamForm
from ..models import Team
from ..services.contacts import CONTACTS_MOST
from ..services.keeping import unit_of
from .register import team_page

SPARE = 3  # empty rows at the end of the list of whom to call


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    require(actor, "teams.write")
    own = Unit.objects.select_related("region").filter(pk=actor.unit_id).first()
    first = {"unit": own.code, "region": own.region.code} if own else {}
    form = TeamForm(request.POST, actor=actor) if request.method == "POST" else TeamForm(actor=actor, initial=first)
    if form.is_bound and form.is_valid():
        try:
            made = services.create_team(by=actor, unit=_unit(form.cleaned_data["unit"]), **form.values())
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("The team is in the register. Now say whom to call."))
            return redirect("teams:contacts", made.record.number)
    return render(request, "teams/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@acting
def change(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    team = selectors.team(actor, number)
    require_keeping(actor, "teams.write", unit_of(team))
    form = TeamForm(request.POST, actor=actor, team=team) if request.method == "POST" else TeamForm.of(team, actor)
    if form.is_bound and form.is_valid():
        try:
            services.change_team(team, by=actor, version=form.cleaned_data["version"], **form.values())
        except Refused as refused:
            form.show(refused)
            team = selectors.team(actor, number)
        else:
            messages.success(request, _("The change is stored."))
            return redirect("teams:team", number)
    return render(request, "teams/form.html", {"form": form, "team": team}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@acting
def contacts(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The whole list at once: rows are put in order by their number, empty ones are left out."""
    team = selectors.team(actor, number)
    require_keeping(actor, "teams.write", unit_of(team))
    kept = selectors.contacts(actor, team)
    people = {one.person_id: one.name for one in kept if one.person_id}
    people |= {post.person_id: post.person.name for post in posts_in(actor, unit_of(team))}
    if request.method == "POST" and (sent := _rows_in(request.POST)):
        forms = [ContactForm(request.POST, prefix=prefix, people=list(people.items())) for prefix in sent]
        if all(form.is_valid() for form in forms):
            try:
                services.set_contacts(team, by=actor, contacts=_listed(forms), version=_version_in(request.POST))
            except Refused as refused:
                _show(forms, refused)
                team = selectors.team(actor, number)
            else:
                messages.success(request, _("The list is stored."))
                return redirect("teams:team", number)
    else:
        said = [
            {"place": place, "title": one.title}
            | ({"person": one.person_id} if one.person_id else {"name": one.name, "phone": one.phone})
            for place, one in enumerate(kept, 1)
        ] + [{"place": len(kept) + more} for more in range(1, SPARE + 1)]
        forms = [
            ContactForm(initial=row, prefix=f"row{place}", people=list(people.items()))
            for place, row in enumerate(said)
        ]
    failed = any(form.errors for form in forms)
    return render(request, "teams/contacts.html", {"team": team, "forms": forms}, status=422 if failed else 200)


@require_POST
@acting
def state(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    team, form = selectors.team(actor, number), StateForm(request.POST)
    if form.is_valid():
        try:
            services.set_team_state(team, by=actor, **form.cleaned_data)
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("The state is stored."))
            return redirect("teams:team", number)
    return team_page(request, actor, team, form)


@require_POST
@acting
def archive(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    team, form = selectors.team(actor, number), ArchiveForm(request.POST, auto_id="id_archive_%s")
    if form.is_valid():
        try:
            services.archive_team(team, by=actor, **form.cleaned_data)
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("The team is in the archive."))
            return redirect("teams:team", number)
    return team_page(request, actor, team, form)


@require_POST
@acting
def confirm(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return _done(request, actor, number, services.confirm_team, _("Noted: what stands here is right as of today."))


@require_POST
@acting
def restore(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return _done(request, actor, number, services.restore_team, _("The team is back in the register."))


def _done(request: HttpRequest, actor: Actor, number: str, verb: Callable[..., Team], said: str) -> HttpResponse:
    try:
        verb(selectors.team(actor, number), by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("teams:team", number)


def _unit(typed: str) -> Unit:
    """By its code, or by a name that fits one unit only. Raises: Invalid."""
    unit = unit_by_code(typed.strip())
    if unit is None:
        found = find_units(typed, 2)
        unit = unit_by_code(found[0].code) if len(found) == 1 else None
    if unit is None:
        raise Invalid(Fault("unit", _("There is no single unit of this name: choose one from the list."), typed[:50]))
    return unit


def _version_in(said: QueryDict) -> int | None:
    """The version that the page showed."""
    given = said.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _rows_in(said: QueryDict) -> list[str]:
    """The prefixes of the rows that were sent, one more than may be stored, so that the service can say so."""
    sent = (f"row{place}" for place in range(CONTACTS_MOST + 1))
    return list(takewhile(lambda prefix: f"{prefix}-name" in said, sent))


def _listed(forms: list[ContactForm]) -> list[services.OnCall]:
    """In the order of the numbers given; what has none comes last, as it stands."""
    filled = [form.cleaned_data for form in forms if not form.blank]
    filled.sort(key=lambda said: said["place"] or 100)
    people = Person.objects.in_bulk([said["person"] for said in filled if said["person"]])
    return [
        services.OnCall(person=people.get(said["person"]), title=said["title"])
        if said["person"]
        else services.OnCall(name=said["name"], phone=said["phone"], title=said["title"])
        for said in filled
    ]


def _show(forms: list[ContactForm], refused: Refused) -> None:
    """Each fault beside the row that it is about."""
    filled = sorted((form for form in forms if not form.blank), key=lambda form: form.cleaned_data["place"] or 100)
    for fault in refused.faults if isinstance(refused, Invalid) else ():
        parts = fault.field.split(".")
        row = filled[int(parts[1])] if len(parts) == 3 else forms[0]
        row.add_error(parts[-1] if parts[-1] in row.fields else None, str(fault.message))
    if not isinstance(refused, Invalid):
        forms[0].add_error(None, str(refused.message))
