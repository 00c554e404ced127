"""Puts the Actor on the request, and turns what a service refused into a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.selectors import head

from .sessions import actor_of


class ActorMiddleware:
    """`request.actor`: an Actor, or None for strangers and for accounts without a valid post."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = None
        # Machines sign in by token, and reading a session would cost them two queries.
        if not request.path.startswith("/api/") and isinstance(request.user, Account):
            actor = actor_of(request.session, request.user)
            actor = actor.at(request.META.get("REMOTE_ADDR", "")) if actor else None
        request.actor = actor  # type: ignore[attr-defined]
        # Read before the page is made: what is recorded meanwhile is then told by the live stream, never missed.
        request.live_after = head() if actor and request.method == "GET" else 0  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.headers.get("HX-Request"):
            response["Vary"] = "HX-Request, Cookie"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(request, "web/refused.html", {"message": str(error)}, status=error.status)
        return None
