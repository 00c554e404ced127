"""The rules in force. What the county sets itself is changed here, once its effect on running clocks was shown."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.web.acting import acting
from fenghuo.standards.deadlines import shipped_texts

from ..calendar_years import missing_years
from ..changing_rules import change_own_rule, check_own_rule, end_own_rule, newest_entry
from ..forms import RuleForm, WithdrawForm, show
from ..models import Clock, OwnRule
from ..rule_history import history_of, own_rows
from ..rule_words import is_law, shown_rule
from ..rulebook import rules
from ..selectors import duty_said
from ..services import preview_change, rules_with, rules_without
from .effects import effect_of


@require_GET
@acting
def all_rules(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What holds today, the county's own beside the laws."""
    require(actor, "clocks.read")
    today, book = timezone.localdate(), rules()
    only_own = request.GET.get("own") == "1"
    shown = [shown_rule(rule) for rule in book.rows if rule.in_force(today)]
    replaced = {(one.id, one.region) for one in shown if one.own}
    found = [one for one in shown if one.own or (one.id, one.region) not in replaced]
    if only_own:
        found = [one for one in found if one.unsure]
    found.sort(key=lambda one: (one.subject, one.law, one.id, one.region))
    context = {
        "rules": found,
        "only_own": only_own,
        "may_change": actor.may("clocks.rules"),
        "missing": missing_years(),
    }
    return render(request, "clocks/rules.html", context)


@require_GET
@acting
def rule(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    require(actor, "clocks.read")
    return _rule_page(request, actor, name)


@require_http_methods(["GET", "POST"])
@acting
def change(request: HttpRequest, actor: Actor, name: str = "") -> HttpResponse:
    """The form; then what it would do; then, confirmed, it is done."""
    require(actor, "clocks.rules")
    if request.method == "GET":
        return render(request, "clocks/rule_form.html", {"form": RuleForm(initial=_first(name)), "name": name})
    form, effect = RuleForm(request.POST), None
    if form.is_valid():
        columns, said = form.columns(), form.cleaned_data
        try:
            if request.POST.get("step") == "confirm":
                own, moved = change_own_rule(
                    columns, by=actor, source=said["own_source"], decided_on=said["decided_on"], seen=said["seen"]
                )
                _say(request, moved)
                return redirect("clocks:rule", own.rule)
            check_own_rule(columns, by=actor, source=said["own_source"], decided_on=said["decided_on"])
            effect = effect_of(preview_change(rules(), rules_with(columns)))
        except Refused as refused:
            show(form, refused)
    context = {"form": form, "name": name, "effect": effect}
    return render(request, "clocks/rule_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@acting
def withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """First what it would do, then, confirmed, it is done."""
    require(actor, "clocks.rules")
    own = OwnRule.objects.filter(pk=pk).first() if pk < 2**63 else None
    if own is None:
        raise NotFound(_("There is no such rule."))
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            if request.POST.get("step") == "confirm":
                moved = end_own_rule(own, by=actor, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"])
                _say(request, moved)
                return redirect("clocks:rule", own.rule)
            effect = effect_of(preview_change(rules(), rules_without(own)))
            return _rule_page(request, actor, own.rule, withdrawing=own.pk, form=form, effect=effect)
        except Refused as refused:
            show(form, refused)
    return _rule_page(request, actor, own.rule, withdrawing=own.pk, form=form)


def _rule_page(
    request: HttpRequest,
    actor: Actor,
    name: str,
    *,
    withdrawing: int = 0,
    form: WithdrawForm | None = None,
    effect: dict[str, Any] | None = None,
) -> HttpResponse:
    book, own = rules(), own_rows(name)
    wordings = book.wordings(name)
    if not wordings and not own:
        raise NotFound(_("There is no rule with the id %(id)s.") % {"id": name[:32]})
    running = Clock.objects.filter(rule=name, met_at__isnull=True, ended_at__isnull=True).count()
    law = any(is_law(row) for row in wordings)
    context = {
        "name": name,
        "title": " → ".join(filter(None, duty_said(name))),
        "wordings": [shown_rule(row) for row in wordings],
        "today": timezone.localdate(),
        "own": own,
        "law": law,
        "running": running,
        "history": history_of(name),
        "may_change": actor.may("clocks.rules") and not law,
        "seen": newest_entry(name),
        "withdrawing": withdrawing,
        "form": form,
        "effect": effect,
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "clocks/rule.html", context, status=422 if wrong else 200)


def _first(name: str) -> dict[str, Any]:
    """What the form begins with: the county's own newest row, else the shipped one, else nothing."""
    today = timezone.localdate()
    own = OwnRule.objects.filter(rule=name, withdrawn_at=None).order_by("-in_force_from").first() if name else None
    texts = dict(own.columns) if own else dict(shipped_texts().get(name, {}))
    if own:
        texts |= {"in_force_from": own.in_force_from.isoformat(), "region_code": own.region_code}
        texts |= {"valid_to": own.valid_to.isoformat() if own.valid_to else "", "own_source": own.source}
    else:
        texts["in_force_from"] = today.isoformat()
    kinds = {"kinds": texts.get("kinds") or "*"}
    return texts | kinds | {"id": name, "decided_on": own.decided_on if own else None, "seen": newest_entry(name)}


def _say(request: HttpRequest, moved: int) -> None:
    said = ngettext(
        "The rule is set; %(n)s running deadline moved.", "The rule is set; %(n)s running deadlines moved.", moved
    )
    messages.success(request, said % {"n": moved})
