"""The desk's pages of reports: list, one report, a new one by hand, what could not be read."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound, Refused
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.clocks.selectors import clocks_of
from fenghuo.kernel.registry.places import places
from fenghuo.kernel.registry.selectors import find_units, position_of, unit_by_code
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.words import listed

from .. import selectors, services
from ..duplicates import likely_for
from ..extraction import guess_from
from ..forms import DismissForm, FactsForm, HandOverForm, SettleForm
from ..messages import SupplementMessage
from ..models import FIGURES, Quarantined, Report, ReportState, Source
from ..positions import trusted
from ..presenting import present, present_duplicates
from ..reading import read_message
from ..states import REPORT_STATES
from ..words import figure_word, kind_name
from .calls import incident_address, join_to
from .who import who_context

PAGE = 50


@require_GET
@acting
def reports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The desk's list. Filters stand in the address, so that a list can be sent as a link."""
    asked = {name: request.GET.get(name, "")[:100].replace("\x00", "") for name in ("state", "source", "q")}
    found = selectors.reports(actor, state=asked["state"], source=asked["source"], text=asked["q"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [present(report) for report in page],
        "asked": asked,
        "states": ReportState.choices,
        "sources": Source.choices,
        "may_receive": actor.may("reports.receive"),
        "unreadable": selectors.quarantined(actor).count() if actor.may("quarantine.settle") else 0,
    }
    template = "incidents/reports.html#rows" if request.headers.get("HX-Request") else "incidents/reports.html"
    return render(request, template, context)


@require_GET
@acting
def report(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    return _report_page(request, actor, selectors.report(actor, pk))


@require_POST
@acting
def open_incident(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Make it an incident of its own."""
    shown = selectors.report(actor, pk)
    try:
        incident = services.open_incident([shown], by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("incidents:report", pk)
    messages.success(request, _("An incident was opened."))
    return redirect(incident_address(incident))


@require_POST
@acting
def join(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Join it to an incident, or open one together with another report."""
    shown = selectors.report(actor, pk)
    try:
        incident = join_to(shown, request.POST.get("key", ""), actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("incidents:report", pk)
    messages.success(request, _("The report was joined."))
    return redirect(incident_address(incident))


@require_POST
@acting
def supplement(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    shown = selectors.report(actor, pk)
    form = FactsForm(request.POST)
    if form.is_valid():
        try:
            services.add_supplement(shown, read_message(SupplementMessage, form.facts()), by=actor)
            messages.success(request, _("The facts were added."))
            return redirect("incidents:report", pk)
        except Invalid as refused:
            form.show(refused)
    return _report_page(request, actor, shown, facts=form)


@require_POST
@acting
def dismiss(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    shown = selectors.report(actor, pk)
    form = DismissForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        services.dismiss_report(shown, by=actor, reason=said["reason"], note=said["note"])

    if form.is_valid() and _done(form, act):
        messages.success(request, _("The report was dismissed."))
        return redirect("incidents:report", pk)
    return _report_page(request, actor, shown, dismiss=form)


@require_POST
@acting
def hand_over(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    shown = selectors.report(actor, pk)
    form = HandOverForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        to = _unit(said["to"])
        services.hand_over_report(shown, by=actor, to=to, received_by=said["received_by"])

    if form.is_valid() and _done(form, act):
        messages.success(request, _("The report was handed over."))
        return redirect("incidents:report", pk)
    return _report_page(request, actor, shown, hand_over=form)


@require_GET
@acting
def quarantine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Messages from known senders that could not be read."""
    settled = request.GET.get("settled") == "1"
    found = selectors.quarantined(actor, settled=settled)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "incidents/quarantine.html", {"page": page, "settled": settled, "form": SettleForm()})


@require_GET
@acting
def quarantined(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    return render(request, "incidents/quarantined.html", {"kept": selectors.quarantined_message(actor, pk)})


@require_POST
@acting
def settle(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    kept = Quarantined.objects.visible_to(actor).filter(pk=pk).first()
    if kept is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    form = SettleForm(request.POST)
    if form.is_valid() and _done(
        form, lambda: services.settle_quarantined(kept, by=actor, note=form.cleaned_data["note"])
    ):
        messages.success(request, _("The message was dealt with."))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
    return redirect("incidents:quarantine")


def _unit(said: str) -> Unit:
    """The unit meant by a code, or by a name when it is the only one. Raises: Invalid, naming those it could be."""
    if unit := unit_by_code(said.strip()):
        return unit
    found = find_units(said, 5)
    exact = [one for one in found if one.name == said.strip()] or found
    if len(exact) == 1 and (unit := unit_by_code(exact[0].code)):
        return unit
    names = listed(f"{one.name} ({one.code})" for one in found)
    message = _("Several units fit: %(names)s") % {"names": names} if found else _("No unit is called so.")
    raise Invalid(Fault("to", message, said))


def _done(form: DismissForm | HandOverForm | SettleForm, act: Callable[[], object]) -> bool:
    """Carry it out, or put what was refused on the form."""
    try:
        act()
    except Invalid as refused:
        for fault in refused.faults:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault.message))
        return False
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return False
    return True


def _report_page(
    request: HttpRequest,
    actor: Actor,
    shown: Report,
    *,
    facts: FactsForm | None = None,
    dismiss: DismissForm | None = None,
    hand_over: HandOverForm | None = None,
) -> HttpResponse:
    verbs = REPORT_STATES.verbs(shown.state) if actor.may("reports.settle") else []
    found = [] if shown.state == ReportState.JOINED else likely_for(shown, actor)
    context = {
        "report": present(shown),
        "incident": selectors.incidents_of([shown], actor).get(shown.pk),
        "duplicates": present_duplicates(found) if "join" in verbs else [],
        "may_open": "join" in verbs and actor.may("incidents.write"),
        "may_explain": actor.may("clocks.explain"),
        "clocks": [one for one in clocks_of([shown.pk], actor) if one.met_at is None and one.ended_at is None],
        "guess": _guess(shown),
        "map_data": {"spot": _spot(shown)},
        **who_context(shown.record, actor),
        "supplements": [present(one) for one in shown.supplements.all()],
        "verbs": verbs,
        "may_add": actor.may("reports.receive"),
        "facts": facts or FactsForm(),
        "dismiss": dismiss or DismissForm(),
        "hand_over": hand_over or HandOverForm(),
        "open": "facts" if facts else "dismiss" if dismiss else "hand_over" if hand_over else "",
    }
    template = "incidents/report.html#live" if request.headers.get("HX-Request") else "incidents/report.html"
    return render(request, template, context, status=422 if context["open"] else 200)


def _guess(shown: Report) -> list[tuple[str, str, str]]:
    """What the text seems to say where the sender said nothing: (what, value, words)."""
    if shown.state != ReportState.NEW:
        return []
    told = guess_from(shown.text[:2000], shown.received_at, places().gazetteer)[0]
    found = []
    if told.told.kind and not shown.kind:
        found.append((_("Kind of incident"), kind_name(told.told.kind.value), told.told.kind.words))
    if told.place and not shown.address:
        found.append((_("Place"), told.place.value.text, told.place.words))
    return found + [
        (figure_word(name), str(figure.value.value), figure.words)
        for name, figure in told.told.figures.items()
        if name not in shown.figures and name in FIGURES
    ]


def _spot(shown: Report) -> dict[str, object] | None:
    """Where the map marks it: the position given, else that of the place named."""
    region = shown.record.region
    if shown.latitude is not None and abs(shown.latitude) <= 90:
        return {"latitude": shown.latitude, "longitude": shown.longitude, "approximate": not trusted(shown.marks)}
    if region is not None and (seat := position_of(region)):
        return {"latitude": seat[0], "longitude": seat[1], "approximate": True}
    return None
