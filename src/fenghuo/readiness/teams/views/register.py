"""List, map and detail of teams."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.web.acting import acting

from .. import selectors
from ..forms import ArchiveForm, ServiceForm, StateForm, region_choices
from ..models import Team, TeamKind, TeamState
from ..presenting import points, present
from ..services import may_change
from ..words import capability_choices

PAGE = 50
FILTERS = ("q", "kind", "region", "capability", "state", "at")
ARCHIVE = "archive"


@require_GET
@acting
def teams(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List, map and the team chosen in one place. Filters stand in the address, so that a list can be sent."""
    asked = {name: request.GET.get(name, "")[:100].replace("\x00", "") for name in FILTERS}
    archived = asked["state"] == ARCHIVE
    found = selectors.teams(
        actor,
        text=asked["q"],
        kind=asked["kind"],
        region=asked["region"],
        capability=asked["capability"],
        state="" if archived else asked["state"],
        archived=archived,
    )
    sums = _sums(found)
    paginator = Paginator(found.prefetch_related(None).prefetch_related("capability_rows"), PAGE)
    paginator.count = sums["teams"]  # counted already
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [present(team) for team in page],
        "asked": asked,
        "filtered": any(asked[name] for name in FILTERS if name != "at"),
        "may_write": actor.may("teams.write"),
    }
    if request.headers.get("HX-Request"):
        return render(request, "teams/teams.html#rows", context)
    context |= {
        "sums": sums,
        "chosen": _chosen(actor, asked["at"], page.object_list),
        "kinds": TeamKind.choices,
        "states": [*TeamState.choices, (ARCHIVE, _("in the archive"))],
        "capabilities": capability_choices(),
        "regions": region_choices(actor),
        "map_data": {"points": points(page)},
    }
    return render(request, "teams/teams.html", context)


@require_GET
@acting
def team(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One team with all that is known, its history, and what may be done with it."""
    return team_page(request, actor, selectors.team(actor, number))


def team_page(request: HttpRequest, actor: Actor, found: Team, failed: ServiceForm | None = None) -> HttpResponse:
    """`failed`: the form that a service refused, with what was typed."""
    now = timezone.now()
    state: dict[str, Any] = {"state": found.state_at(now)}
    if state["state"] == found.state:
        state |= {"reason": found.state_reason, "until": found.state_until}
    context = detail(actor, found) | {
        "may_change": may_change(actor, found),
        "state_form": failed if isinstance(failed, StateForm) else StateForm(initial=state),
        "archive_form": failed if isinstance(failed, ArchiveForm) else ArchiveForm(auto_id="id_archive_%s"),
        "failed": type(failed).__name__ if failed else "",
        "map_data": {"points": points([found])},
    }
    return render(request, "teams/team.html", context, status=422 if failed else 200)


def detail(actor: Actor, found: Team) -> dict[str, Any]:
    """What the panel shows. Whom to call only for those who may call."""
    called = selectors.contacts(actor, found) if actor.may("teams.call") else None
    return {"row": present(found), "team": found, "contacts": called}


def _chosen(actor: Actor, number: str, listed: Iterable[Team]) -> dict[str, Any] | None:
    """The team named in the address: from the list where it stands there, else asked for."""
    if not number:
        return None
    try:
        on_page = next((one for one in listed if one.record.number == number), None)
        return detail(actor, on_page or selectors.team(actor, number))
    except NotFound:
        return None


def _sums(found: QuerySet[Team]) -> dict[str, int]:
    """How many teams and people the filters found, and how many of the teams are ready."""
    ready = Count("pk", filter=Q(selectors.in_state(TeamState.READY, timezone.now())))
    rows = found.order_by().select_related(None).prefetch_related(None)
    return rows.aggregate(teams=Count("pk"), people=Sum("people"), ready=ready)
