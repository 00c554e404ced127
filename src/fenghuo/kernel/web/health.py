"""For those who watch over an installation: does it live, can it serve, how is it."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fenghuo.kernel.journal import append_only
from fenghuo.kernel.journal.models import Entry, Lease, Position, Unnumbered
from fenghuo.kernel.journal.sequencer import NAME

from .machine.bearer import actor_of
from .machine.problems import problem, problem_response

OLDEST_UNNUMBERED = timedelta(seconds=30)
OLDEST_SIGN = timedelta(seconds=30)
LEAST_FREE = 200 * 1024 * 1024  # bytes


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"ok": True})


type Check = Callable[[datetime], timedelta | None]

_checks: dict[str, tuple[Check, timedelta]] = {}


def waits_at_most(name: str, longest: timedelta) -> Callable[[Check], Check]:
    """Register what a room's worker must not leave lying: the function says for how long the oldest has waited."""

    def register(check: Check) -> Check:
        _checks[name] = check, longest
        return check

    return register


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 with the names of what is not."""
    try:
        found = _looked_at()
    except DatabaseError as error:
        found = {"database": type(error).__name__}
    wrong = {name: said for name, said in found.items() if said != "ok"}
    return JsonResponse({"ok": not wrong, "checks": found}, status=503 if wrong else 200)


def _looked_at() -> dict[str, Any]:
    now = timezone.now()
    rules = append_only.missing()
    oldest = Unnumbered.objects.order_by("pk").values_list("entry__recorded_at", flat=True).first()
    sign = Lease.objects.filter(name=NAME).values_list("at", flat=True).first()
    free = shutil.disk_usage(settings.DATA).free
    return {
        "database": "ok",
        "append_only": f"missing: {', '.join(rules)}" if rules else "ok",
        "queue": f"oldest {now - oldest}" if oldest and now - oldest > OLDEST_UNNUMBERED else "ok",
        "sequencer": "ok" if sign and now - sign < OLDEST_SIGN else f"last sign {sign}",
        "disk": "ok" if free > LEAST_FREE else f"{free // 1024 // 1024} MiB free",
    } | {name: _waited(check(now), longest) for name, (check, longest) in _checks.items()}


def _waited(oldest: timedelta | None, longest: timedelta) -> str:
    return f"oldest {oldest}" if oldest is not None and oldest > longest else "ok"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for loopback or a token with journal.read."""
    machine = actor_of(request.headers.get("Authorization", ""))
    near = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
    if not near and not (machine and "journal.read" in machine.scopes):
        return problem_response(problem(401), {"WWW-Authenticate": "Bearer"})
    values = {
        "fenghuo_journal_entries": Entry.objects.count(),
        "fenghuo_journal_positions": Position.objects.count(),
        "fenghuo_journal_unnumbered": Unnumbered.objects.count(),
        "fenghuo_disk_free_bytes": shutil.disk_usage(settings.DATA).free,
    }
    lines = [f"# TYPE {name} gauge\n{name} {value}\n" for name, value in values.items()]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")
