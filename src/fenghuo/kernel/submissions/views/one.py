"""One submission on its page: its course, its checklist, remarks with answers, and what can be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.acting import acting

from .. import selectors


@acting
def submission(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    found = selectors.submission(actor, number)
    return render(request, "submissions/submission.html", {"one": found})
