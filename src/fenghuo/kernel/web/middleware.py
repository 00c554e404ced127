"""Puts the Actor on the request, and turns what a service refused into a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.selectors import head

from .machine.problems import problem, problem_response
from .sessions import actor_of


class ProblemMiddleware:
    """Machines get problem documents for what Django itself refuses (a wrong method, an unknown host …) too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        plain = response.get("Content-Type", "").startswith("text/")
        if response.status_code < 400 or not plain or not request.path.startswith("/api/"):
            return response
        kept = {"Allow": response["Allow"]} if "Allow" in response else {}
        return problem_response(problem(response.status_code), kept)


class AddressMiddleware:
    """PostgreSQL takes no U+0000: machines are told, and no page sees one in its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("QUERY_STRING", "")
        if "%00" in said and request.path.startswith("/api/"):
            return problem_response(problem(400, _("The address holds a character that cannot be used: %00 (U+0000).")))
        request.META["QUERY_STRING"] = said.replace("%00", "")
        return self.get_response(request)


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
