"""The page of seals: the newest root as text and QR code to be kept elsewhere, all seals, and who keeps what."""

from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.journal import proof_check
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.machine.problems import to_json

from . import qr, selectors

PAGE = 50


@require_GET
@acting
def seals(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = selectors.seals(actor)
    newest, home = found.first(), home_region()
    context: dict[str, Any] = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "newest": newest,
        "home": home,
        "given": selectors.given_roots(actor),
        "keepers": selectors.keepers(actor),
    }
    if newest is not None:
        said = {"node": home.code if home else "", "number": newest.number, "hash": newest.hash}
        label = _("QR code of the root of seal %(number)s") % {"number": newest.number}
        context |= {
            "code": qr.svg(to_json(said), label),
            "parts": [newest.hash[start : start + 8] for start in range(0, 64, 8)],
        }
    return render(request, "witnesses/seals.html", context)


@require_GET
@acting
def checker(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The script that checks proofs, to be handed on with them; it holds nothing of this county."""
    content = Path(proof_check.__file__).read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="proof_check.py"'}
    return HttpResponse(content, content_type="text/x-python; charset=utf-8", headers=headers)
