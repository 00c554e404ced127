"""The page behind a link: one order, no password, two taps. GET changes nothing, so that previews do no harm."""

import secrets
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from fenghuo.kernel.access.errors import NotFound, Refused
from fenghuo.kernel.maps.sketch import sketch
from fenghuo.kernel.web.workers import served_worker

from ..forms import LinkForm
from ..models import Assignment, Link, State
from ..services.links import LinkAnswer, answer_by_link, bind, link_opened, prove
from ..states import ASSIGNMENT_STATES

COOKIE = "fenghuo-order"
COOKIE_AGE = 60 * 60 * 24 * 4


@csrf_exempt  # nobody is signed in here: the address itself is the right to answer
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    browser = request.COOKIES.get(COOKIE, "")
    try:
        opened = link_opened(secret, browser)
    except NotFound as refused:
        return _say(request, str(refused.message), 404)
    found = opened.link
    if not opened.known:
        return _ask_digits(request, found, secret)
    if found.revoked_at is not None:
        return _say(request, _("This order was withdrawn. Nothing more is to be done."), 410, found)
    if request.method == "POST":
        return _answer(request, found, secret, browser)
    # Given before the first answer, though it binds with that only: if the answer to it is lost on the way, the
    # telephone that asks again is known.
    return _remember(_page(request, found), browser or secrets.token_urlsafe(24))


def _answer(request: HttpRequest, found: Link, secret: str, browser: str) -> HttpResponse:
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, found, message=_("That could not be understood. Tap once more."), status=422)
    said = form.cleaned_data
    browser = browser or secrets.token_urlsafe(24)
    answer = LinkAnswer(said["answer"], said["key"], said["eta_minutes"], said["text"], said["at"])
    try:
        answer_by_link(found, answer, browser=browser, address=request.META.get("REMOTE_ADDR", ""))
    except Refused as refused:
        fresh = link_opened(secret, browser).link
        return _page(request, fresh, message=str(refused), status=refused.status)
    return _remember(redirect("link", secret), browser)


def _ask_digits(request: HttpRequest, found: Link, secret: str) -> HttpResponse:
    """It was opened in another browser first: who has the telephone it was sent to can say its last digits."""
    if request.method == "POST" and "digits" in request.POST:
        if prove(found, request.POST["digits"]):
            browser = request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(24)
            bind(found, browser)
            return _remember(redirect("link", secret), browser)
        return render(request, "assignments/digits.html", {"link": found, "wrong": True}, status=403)
    return render(request, "assignments/digits.html", {"link": found}, status=200 if request.method == "GET" else 403)


def _remember(response: HttpResponse, browser: str) -> HttpResponse:
    response.set_cookie(
        COOKIE, browser, max_age=COOKIE_AGE, path="/o/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def _page(request: HttpRequest, found: Link, *, message: str = "", status: int = 200) -> HttpResponse:
    order = found.assignment
    verbs = ASSIGNMENT_STATES.verbs(order.state)
    context = {
        "link": found,
        "order": order,
        "message": message,
        "key": uuid4().hex,
        "may": {verb: verb in verbs for verb in ("acknowledge", "decline", "progress", "finish")},
        "fresh": order.state == State.SENT,
        "geo": _geo(order),
        "sketch": sketch(order.latitude, order.longitude),
        "answers": order.answers.all(),
        "minutes": (10, 20, 30, 45, 60),
        "reasons": (
            _("No people free"),
            _("Vehicle or equipment broken"),
            _("At another order"),
            _("Road impassable"),
        ),
    }
    return render(request, "assignments/link.html", context, status=status)


def _geo(order: Assignment) -> str:
    """Opens the telephone's own map (RFC 5870, WGS 84)."""
    return (
        "" if order.latitude is None else f"geo:{order.latitude},{order.longitude}?q={order.latitude},{order.longitude}"
    )


def _say(request: HttpRequest, message: str, status: int, found: Link | None = None) -> HttpResponse:
    issuer = found.assignment.issuer if found else None
    return render(request, "assignments/link_closed.html", {"message": message, "issuer": issuer}, status=status)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the page readable without a connection. Served here, since it rules over /o/."""
    return served_worker("build/order-worker.js")
