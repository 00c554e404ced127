"""What is lacking in the organisations (组织体系检查), one kind of gap at a time, counted for all."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.registers.declaring import STALE
from fenghuo.kernel.registry.selectors import posts_held
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.counting import count_all

from ..presenting import rule_said
from ..selectors import gaps

PAGE = 100
FOUND: dict[str, Callable[[Actor], QuerySet[Any, Any]]] = {
    "vacant": gaps.vacancies,
    "double": gaps.doubled,
    "stale": gaps.stale_numbers,
    "ended": gaps.ended_posts,
    "postless": gaps.without_post,
}


@require_GET
@acting
def check(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = {name: find(actor) for name, find in FOUND.items()}
    counts = count_all(found)
    words = _words()
    asked = request.GET.get("show", "")
    chosen = asked if asked in found else next((name for name in found if counts[name]), "vacant")
    paginator = Paginator(found[chosen], PAGE)
    paginator.count = counts[chosen]
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "kinds": [(name, words[name][0], counts[name]) for name in found],
        "chosen": chosen,
        "title": words[chosen][0],
        "meaning": words[chosen][1],
        "page": page,
        "rows": _rows(chosen, page),
        "stale_before": timezone.now() - STALE,
    }
    return render(request, "organisations/check.html", context)


def _words() -> dict[str, tuple[str, str]]:
    return {
        "vacant": (
            _("Vacant posts"),
            _("Units that need a post which nobody holds. Which ones is set by this county."),
        ),
        "double": (
            _("Double posts"),
            _("One person holds posts in several units, or two that one person should not hold."),
        ),
        "stale": (
            _("Numbers to check"),
            _("No telephone is known, or nobody has confirmed the person for 180 days."),
        ),
        "ended": (_("Posts that ended"), _("Ended within a year, and nobody has followed in the same role.")),
        "postless": (_("People without a post"), _("They stand in the register and hold no post.")),
    }


def _rows(kind: str, page: "Page[Any]") -> list[tuple[Any, Any]]:
    """Each row with what is to be said of it."""
    rows = list(page)
    if kind == "vacant":
        lacking = gaps.lacking(rows)
        return [(unit, [rule_said(rule) for rule in lacking[unit.pk]]) for unit in rows]
    if kind == "double":
        held: dict[int, list[Any]] = {}
        for post in posts_held(timezone.localdate()).filter(person__in=rows).order_by("unit__code", "pk"):
            held.setdefault(post.person_id, []).append(post)
        return [
            (
                person,
                (
                    held.get(person.pk, []),
                    [rule_said(rule) for rule in gaps.clashing({post.role for post in held.get(person.pk, [])})],
                ),
            )
            for person in rows
        ]
    return [(row, None) for row in rows]
