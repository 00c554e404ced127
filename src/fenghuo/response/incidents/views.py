"""The desk's pages of reports: list, one report, a new one by hand, what could not be read."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.kernel.registry.selectors import find_units, unit_by_code
from fenghuo.kernel.web.acting import acting

from . import selectors, services
from .forms import DismissForm, FactsForm, HandOverForm, ReportForm, SettleForm
from .messages import ReportMessage, SupplementMessage
from .models import Quarantined, Report, ReportState, Source
from .presenting import present
from .reading import content_digest, read_message
from .states import REPORT_STATES

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


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A report by hand. What was typed stays on the form until it is on record."""
    require(actor, "reports.receive")
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm.fresh()
    if form.is_bound and form.is_valid():
        try:
            content = form.content()
            message = read_message(ReportMessage, content)
            incoming = services.Incoming(actor, message, content_digest(content))
            (outcome,) = services.receive_reports([incoming])
            if isinstance(outcome, Refused):
                raise outcome
            messages.success(request, _("Report %(number)s is on record.") % {"number": outcome.report.number})
            return redirect("incidents:report", outcome.report.pk)
        except Invalid as refused:
            form.show(refused)
        except Refused as refused:
            form.add_error(None, str(refused.message))
    return render(request, "incidents/new.html", {"form": form}, status=422 if form.errors else 200)


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
    names = "、".join(f"{one.name} ({one.code})" for one in found)
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
    context = {
        "report": present(shown),
        "supplements": [present(one) for one in shown.supplements.all()],
        "timeline": entries_about(shown.pk, actor),
        "verbs": verbs,
        "may_add": actor.may("reports.receive"),
        "facts": facts or FactsForm(),
        "dismiss": dismiss or DismissForm(),
        "hand_over": hand_over or HandOverForm(),
        "open": "facts" if facts else "dismiss" if dismiss else "hand_over" if hand_over else "",
    }
    template = "incidents/report.html#live" if request.headers.get("HX-Request") else "incidents/report.html"
    return render(request, template, context, status=422 if context["open"] else 200)
