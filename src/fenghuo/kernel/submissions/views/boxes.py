"""The inbox and the outbox of a unit, and all that it may see; and accepting many at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused, said_by
from fenghuo.kernel.web.acting import acting

from .. import selectors, services
from ..kinds import name_of, registered
from ..models import Submission
from ..selectors import Asked
from ..services.many import MOST
from ..states import WITH_RECEIVER

PAGE = 50
BATCHES = 30  # of the last ones
AT_ONCE_S = 0.5  # so long the page itself accepts; a few are done then
# Which groups each list offers, the first one unless the address says otherwise; "" is all.
OFFERED = {
    "in": ("waiting", "correcting", "accepted", "forwarded", ""),
    "out": ("", "correcting", "waiting", "accepted", "withdrawn"),
    "all": ("", "waiting", "correcting", "accepted", "forwarded", "withdrawn"),
}


@require_GET
@acting
def box(request: HttpRequest, actor: Actor, box: str) -> HttpResponse:
    asked = _asked(request, box)
    page = Paginator(asked.narrow(_all(actor, box)), PAGE).get_page(request.GET.get("page"))
    clocks = selectors.running_clocks(page.object_list)
    for one in page.object_list:
        one.clock = clocks.get(one.pk)  # type: ignore[attr-defined]
        one.kind_name = name_of(one.kind)  # type: ignore[attr-defined]
    reviews = box == "in" and actor.may("submissions.review") and asked.group == "waiting"
    context: dict[str, Any] = {
        "page": page,
        "box": box,
        "asked": asked,
        "groups": [(name, _words()[name]) for name in OFFERED[box]],
        "kinds": [(kind, name_of(kind)) for kind in registered()],
        "reviews": reviews,
        "heading": {"in": _("Papers received"), "out": _("Papers sent"), "all": _("All papers")}[box],
        "most": MOST,
        "may_enter": actor.may("submissions.review"),
    }
    part = "submissions/box.html#rows" if request.headers.get("HX-Request") else "submissions/box.html"
    return render(request, part, context)


@require_POST
@acting
def accept_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those that were ticked, or all that the filter finds. What is not done in a moment goes on by itself."""
    found = selectors.inbox(actor).filter(state__in=WITH_RECEIVER)
    if request.POST.get("all"):
        chosen = Asked("waiting", request.POST.get("kind", ""), request.POST.get("q", "")).narrow(found)
    else:
        keys = [int(key) for key in request.POST.getlist("key") if key.isdecimal() and len(key) < 19]
        chosen = found.filter(pk__in=keys)
    try:
        made = services.begin_batch(list(chosen.order_by("sent_at", "pk")[:MOST]), by=actor)
    except Refused as refused:
        messages.error(request, " ".join(said_by(refused)))
        return redirect("submissions:box", "in")
    services.accept_for(made, AT_ONCE_S)
    return redirect("submissions:batch", made.pk)


@require_GET
@acting
def batches(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What this person has accepted together, to be found again."""
    return render(request, "submissions/together.html", {"batches": selectors.batches(actor)[:BATCHES]})


@require_GET
@acting
def batch(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """How far it is, and what became of each."""
    found = selectors.batch(actor, pk)
    items = found.items.exclude(done_at=None).select_related("submission__record").order_by("pk")
    context = {"batch": found, "failed": items.exclude(why=""), "accepted": items.filter(why="")}
    part = "submissions/accepted.html#batch" if request.headers.get("HX-Request") else "submissions/accepted.html"
    return render(request, part, context)


def _asked(request: HttpRequest, box: str) -> Asked:
    group = request.GET.get("state", OFFERED[box][0])
    return Asked(
        group if group in OFFERED[box] else OFFERED[box][0], request.GET.get("kind", "")[:48], request.GET.get("q", "")
    )


def _all(actor: Actor, box: str) -> QuerySet[Submission]:
    match box:
        case "in":
            return selectors.inbox(actor)
        case "out":
            return selectors.outbox(actor)
        case _all:
            return selectors.submissions(actor)


def _words() -> dict[str, str]:
    return {
        "": _("All"),
        "waiting": _("To be answered"),
        "correcting": _("To be corrected"),
        "accepted": _("Accepted"),
        "forwarded": _("Passed on"),
        "withdrawn": _("Withdrawn"),
    }
