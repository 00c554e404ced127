"""Errors as pages for people and as problem documents for machines."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .machine.problems import problem, problem_response
from .storage_faults import status_for


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, _("The request could not be read. Go back and try again."))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, _("Your post does not allow this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, _("There is no such page, or you may not see it."))


def failed(request: HttpRequest) -> HttpResponse:
    """500; 507 or 503 when the storage is the cause, so that senders know to send again."""
    error = sys.exc_info()[1]
    status = (status_for(error) if error else None) or 500
    if status == 500:
        return _answer(request, status, _("Something went wrong here. It has been noted; try again."))
    return _answer(request, status, _("Nothing was stored. Send it again; if this stays, call your administrator."))


def _answer(request: HttpRequest, status: int, message: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem_response(problem(status, message))
    # Without the shell: it asks the database, which may be what failed.
    return render(None, "web/error.html", {"status": status, "message": message}, status=status)
