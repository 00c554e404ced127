"""The public door to receipts: who holds one can check it, without an account."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..kinds import name_of
from ..receipts import find
from ..states import GOOD

MOST_WRONG = 20  # codes that nobody has, from one address in a minute
MINUTE = 60


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Somebody types the code. A whole address may be pasted."""
    code = request.GET.get("code", "").strip().rstrip("/").rpartition("/")[2]
    if code:
        return redirect("submissions:checked", code[:100])
    return render(request, "submissions/check.html", {"asked": True})


@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Kind, number, units, days and state, and nothing else: not the paper's title, and no person."""
    counter = f"receipts:{request.META.get('REMOTE_ADDR', '')}:{timezone.now():%H%M}"
    if cache.get(counter, 0) >= MOST_WRONG:
        wait = _("Too many wrong codes from here. Try again in a minute.")
        return render(request, "submissions/check.html", {"wrong": wait}, status=429)
    one = find(code)
    if one is None:
        cache.add(counter, 0, MINUTE * 2)
        cache.incr(counter)
        wrong = _(
            "No receipt has this code. Look whether it was typed as it is printed; a receipt without one is none."
        )
        return render(request, "submissions/check.html", {"wrong": wrong}, status=404)
    context = {"one": one, "kind_name": name_of(one.kind), "holds": one.state in GOOD}
    return render(request, "submissions/check.html", context)
