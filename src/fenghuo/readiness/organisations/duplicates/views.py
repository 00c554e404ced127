"""Likely duplicates side by side, merging two of them, and the merges that can be undone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.registry.selectors.merging import merges
from fenghuo.kernel.registry.services import separate, tell_apart
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of
from fenghuo.kernel.web.machine.cursors import LARGEST_KEY

from .kinds import KINDS, LABELS, REASONS, Kind, kind_of, signs_in

PAGE = 20


@require_GET
@acting
def pairs(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    kind = _kind(actor, slug)
    page = Paginator(kind.pairs(actor), PAGE).get_page(request.GET.get("page"))
    rows = kind.rows(actor, {key for pair in page for key in (pair.one, pair.other)})
    shown = [
        {
            "pair": pair,
            "reasons": [REASONS[why] for why in pair.reasons],
            "sides": [{"row": row, "address": kind.address(row)} for row in (rows[pair.one], rows[pair.other])],
            "facts": _known(kind, (rows[pair.one], rows[pair.other])),
        }
        for pair in page
        if pair.one in rows and pair.other in rows
    ]
    return render(request, "organisations/duplicates/pairs.html", _tabs(kind) | {"page": page, "shown": shown})


@require_http_methods(["GET", "POST"])
@acting
def compare(request: HttpRequest, actor: Actor, slug: str, one: int, other: int) -> HttpResponse:
    """Both rows; what differs is chosen here, and which of the two stays. What was chosen is kept when refused."""
    kind = _kind(actor, slug)
    rows = _two(kind, actor, one, other)
    said, faults = request.POST, list[str]()
    if request.method == "POST":
        try:
            return _merge(request, kind, actor, rows)
        except Invalid as refused:
            faults = [_fault(fault.field, fault.message) for fault in refused.faults] or [str(refused.message)]
        except Refused as refused:
            faults = [str(refused.message)]
    context = _tabs(kind) | {
        "rows": rows,
        "addresses": [kind.address(row) for row in rows],
        "facts": [(label, values) for label, *values in _beside(kind, rows)],
        "fields": [_field(name, rows, said) for name in kind.fields],
        "keep": said.get("keep", str(rows[0].pk)),
        "both_sign_in": all(signs_in(row) for row in rows),
        "faults": faults,
    }
    return render(request, "organisations/duplicates/compare.html", context, status=422 if faults else 200)


@require_POST
@acting
def not_same(request: HttpRequest, actor: Actor, slug: str, one: int, other: int) -> HttpResponse:
    kind = _kind(actor, slug)
    rows = _two(kind, actor, one, other)
    tell_apart(rows[0], rows[1], by=actor)
    messages.success(request, _("Noted: these two are not the same. They are not shown here again."))
    return redirect("duplicates:pairs", slug)


@require_GET
@acting
def merged(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    kind = _kind(actor, slug)
    page = Paginator(merges(actor, kind.record_kind), PAGE).get_page(request.GET.get("page"))
    shown = [(one, address_of(one.kept), address_of(one.gone)) for one in page]
    return render(request, "organisations/duplicates/merged.html", _tabs(kind) | {"page": page, "shown": shown})


@require_POST
@acting
def separate_again(request: HttpRequest, actor: Actor, slug: str, pk: int) -> HttpResponse:
    kind = _kind(actor, slug)
    merge = merges(actor, kind.record_kind).filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if merge is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    try:
        told = separate(merge, by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("duplicates:merged", slug)
    messages.success(request, _("They are separate again; entries that went back: %(n)s.") % {"n": told.back})
    if told.stayed:
        words = ngettext(
            "%(n)s entry was changed since and stays as it is now: look at both.",
            "%(n)s entries were changed since and stay as they are now: look at both.",
            told.stayed,
        )
        messages.warning(request, words % {"n": told.stayed})
    return redirect("duplicates:merged", slug)


def _kind(actor: Actor, slug: str) -> Kind:
    require(actor, "registry.keep")
    return kind_of(slug)


def _two(kind: Kind, actor: Actor, one: int, other: int) -> tuple[Any, Any]:
    """Raises: NotFound, also for what this actor may not keep or what has been merged already."""
    found = kind.rows(actor, [key for key in (one, other) if key <= LARGEST_KEY])
    if one == other or one not in found or other not in found:
        raise NotFound(_("There is no such pair any more, or you may not keep both."))
    return found[one], found[other]


def _merge(request: HttpRequest, kind: Kind, actor: Actor, rows: tuple[Any, Any]) -> HttpResponse:
    said = request.POST
    by_key = {str(row.pk): row for row in rows}
    if said.get("keep") not in by_key:
        raise Invalid(message=_("Say which of the two stays."))
    kept = by_key.pop(said["keep"])
    (gone,) = by_key.values()
    choose = {}
    for name in kind.fields:
        if chosen := said.get(name):
            choose[name] = "kept" if chosen == str(kept.pk) else "gone" if chosen == str(gone.pk) else chosen[:20]
    more: dict[str, Any] = {}
    if kind.slug == "people":
        more["close_account"] = said.get("close_account") == "yes"
    kind.merge(kept, gone, by=actor, choose=choose, seen=(_version(said, kept), _version(said, gone)), **more)
    messages.success(request, _("Merged. It can be separated again under “Merged”."))
    return redirect("duplicates:pairs", kind.slug)


def _version(said: Any, row: Any) -> int:
    """That the choice was made upon; without one, the one of now."""
    given = said.get(f"version_{row.pk}", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 9 else row.record.version


def _tabs(kind: Kind) -> dict[str, Any]:
    return {"kind": kind, "kinds": KINDS.values()}


def _known(kind: Kind, rows: tuple[Any, Any]) -> list[tuple[Any, list[Any]]]:
    """Label and both values, of what is known of at least one."""
    facts = [(label, list(values)) for label, *values in _beside(kind, rows)]
    fields = [(LABELS[name], [getattr(row, name) for row in rows]) for name in kind.fields[1:]]
    return [(label, values) for label, values in [*facts, *fields] if any(values)]


def _beside(kind: Kind, rows: tuple[Any, Any]) -> list[tuple[Any, Any, Any]]:
    both = [dict(kind.facts(row)) for row in rows]
    return [(label, both[0][label], both[1][label]) for label in both[0]]


def _field(name: str, rows: tuple[Any, Any], said: Any) -> dict[str, Any]:
    values = [getattr(row, name) for row in rows]
    return {
        "name": name,
        "label": LABELS[name],
        "sides": [(str(row.pk), value) for row, value in zip(rows, values, strict=True)],
        "differs": bool(values[0] and values[1] and values[0] != values[1]),
        "chosen": said.get(name, ""),
    }


def _fault(field: str, message: Any) -> str:
    return f"{LABELS[field]}: {message}" if field in LABELS else str(message)
