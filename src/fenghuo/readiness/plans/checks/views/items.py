"""A visit on the telephone: the checklist, with and without script, with and without a connection."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, Refused, said_by
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.workers import served_worker, static_version

from ...models import CheckItem, ItemState, RoundState
from .. import selectors, services
from ..presenting import VALUES, finding_rows, question_rows
from ..questions import asked_of, question_said
from ..services import AnswerSaid
from ..services.answering import answer_of
from ..states import ITEM_STATES, ROUND_STATES


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that opens these pages without a connection."""
    return served_worker("build/visit-worker.js")


@require_GET
@never_cache  # what stays in the browser is the worker's business alone
@acting
def show(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return page(request, actor, selectors.item_by(actor, number))


def page(
    request: HttpRequest,
    actor: Actor,
    found: CheckItem,
    *,
    faults: list[str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """`typed`: of the finding (`pk`) whose form was refused."""
    may = services.may_check(actor, found)
    answering = may and found.round.state == RoundState.UNDER_WAY and found.state == ItemState.ASSIGNED
    rows = question_rows(found)
    verifies = services.may_check(actor, found, "plan_checks.verify")
    assigns = "assign" in ROUND_STATES.verbs(found.round.state) and "assign" in ITEM_STATES.verbs(found.state)
    context = {
        "item": found,
        "round": found.round,
        "rows": [(row, str(uuid.uuid4())) for row in rows],
        "values": VALUES,
        "answered": sum(row.holding is not None for row in rows),
        "conflicts": sum(bool(row.others) for row in rows),
        "answering": answering,
        "may_settle": may,
        # Until it is finished what was seen is the visitor's note; the unit is told of findings.
        "shows_answers": may or found.state == ItemState.CHECKED,
        "findings": finding_rows(
            found,
            found.findings.order_by("pk"),
            corrects=services.may_correct(actor, found),
            verifies=verifies,
            enters=services.may_enter(actor, found),
        ),
        "enters": services.may_enter(actor, found),
        "typed": typed or {},
        "checkers": _checkers(found) if assigns and services.may_organise(actor, found.round) else [],
        "faults": faults or [],
        "worker": f"{reverse('plans:check_worker')}?v={static_version()}",
    }
    return render(request, "plans/checks/item.html", context, status=422 if faults else 200)


@require_POST
@acting
def answers(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """From the page's form, or as JSON from its script: [{question, value, note, key, base, at}]."""
    found = selectors.item_by(actor, number)
    if request.content_type == "application/json":
        return _taken(request, actor, found)
    said = list(_typed(request.POST, found))
    try:
        outcomes = services.keep_answers(found, said, by=actor)
    except Refused as refused:
        return page(request, actor, found, faults=said_by(refused))
    if wrong := [one.why for one in outcomes if one.how == "refused"]:
        return page(request, actor, found, faults=wrong)
    conflicts = sum(one.how == "conflict" for one in outcomes)
    if conflicts:
        messages.warning(request, _("Somebody answered differently meanwhile. Both answers stand below: choose."))
    elif "finish" not in request.POST:
        count = sum(one.how == "kept" for one in outcomes)
        messages.success(request, ngettext("%(n)s answer kept.", "%(n)s answers kept.", count) % {"n": count})
    if "finish" in request.POST and not conflicts:
        return _finished(request, actor, found)
    return redirect("plans:check_item", number)


@require_POST
@acting
def finish(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return _finished(request, actor, selectors.item_by(actor, number))


@require_POST
@acting
def settle(request: HttpRequest, actor: Actor, number: str, pk: int) -> HttpResponse:
    found = selectors.item_by(actor, number)
    try:
        services.settle_answer(answer_of(found, pk), by=actor, take=request.POST.get("take") == "1")
    except Refused as refused:
        return page(request, actor, selectors.item_by(actor, number), faults=said_by(refused))
    return redirect("plans:check_item", number)


@require_POST
@acting
def assign(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.item_by(actor, number)
    chosen = next((one for one in _checkers(found) if str(one.pk) == request.POST.get("checker")), None)
    if chosen is None:
        return page(request, actor, found, faults=[_("Choose one of the units that take part.")])
    try:
        services.assign_item(found, by=actor, checker=chosen)
    except Refused as refused:
        return page(request, actor, selectors.item_by(actor, number), faults=said_by(refused))
    messages.success(request, _("Checked by %(unit)s from now on.") % {"unit": chosen.name})
    return redirect("plans:check_item", number)


def _finished(request: HttpRequest, actor: Actor, found: CheckItem) -> HttpResponse:
    number = found.record.number
    try:
        services.finish_item(found, by=actor)
    except Invalid as refused:
        words = {row.question: question_said(row) for row in asked_of(found)}
        faults = [f"{words.get(one.field, one.field)}: {one.message}" for one in refused.faults]
        return page(request, actor, selectors.item_by(actor, number), faults=faults)
    except Refused as refused:
        return page(request, actor, selectors.item_by(actor, number), faults=said_by(refused))
    messages.success(request, _("Finished. What was found has been issued to the unit."))
    return redirect("plans:check_item", number)


def _taken(request: HttpRequest, actor: Actor, found: CheckItem) -> JsonResponse:
    """What became of each: {"outcomes": [{key, how, why}], "conflicts": n}. A refusal names why, 4xx."""
    try:
        said = [_read(one) for one in json.loads(request.body)]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return JsonResponse({"why": _("These answers cannot be read.")}, status=422)
    try:
        outcomes = services.keep_answers(found, said, by=actor)
    except Refused as refused:
        return JsonResponse({"why": "; ".join(said_by(refused))}, status=refused.status)
    shown = [{"key": one.key, "how": one.how, "why": one.why, "holds": one.holds} for one in outcomes]
    return JsonResponse({"outcomes": shown})


def _read(one: dict[str, Any]) -> AnswerSaid:
    texts = {name: str(one.get(name, "")) for name in ("question", "value", "note", "key", "base")}
    return AnswerSaid(**texts, given_at=_moment(str(one.get("at", ""))))


def _moment(said: str) -> datetime | None:
    try:
        found = parse_datetime(said)
    except ValueError:
        return None
    return found if found is None or timezone.is_aware(found) else None


def _typed(said: QueryDict, found: CheckItem) -> Any:
    """Of the form: the questions that have an answer; one that was shown and left as it was changes nothing."""
    for row in asked_of(found):
        value = said.get(f"value-{row.question}", "")
        if value:
            note, key, base = (said.get(f"{name}-{row.question}", "") for name in ("note", "key", "base"))
            yield AnswerSaid(row.question, value, note, key, base)


def _checkers(found: CheckItem) -> list[Unit]:
    """Who may visit it instead."""
    units = [row.unit for row in found.round.part_rows.select_related("unit").order_by("unit__code")]
    organiser = found.round.record.unit
    there = [*([organiser] if organiser else []), *units]
    return [one for one in there if one.pk not in (found.record.unit_id, found.checker_id)]
