"""One row: what is known, its history, and changing it, whole or field by field."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed, NotFound, Refused
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.registry.selectors.merging import merged_into
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.addresses import address_of

from ..declaring import Column, Register, Row
from ..finding import register_for, row_of
from ..forms import ReasonForm, RowForm
from ..presenting import address_of_row, cell, checked_by, row_title
from ..writing import asked_of, change_row, create_row


@require_GET
@acting
def row(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    register = register_for(name, actor)
    return row_page(request, actor, register, row_of(register, actor, pk))


def row_page(
    request: HttpRequest, actor: Actor, register: Register, found: Row, failed: ReasonForm | None = None
) -> HttpResponse:
    record = register.record(found)
    may_change = register.may_change(actor, found) and record.archived_at is None
    merged = merged_into(record)
    kept = {column.name for column in asked_of(register, actor, new=False)} if may_change else set()
    context: dict[str, Any] = {
        "register": register,
        "row": found,
        "record": record,
        "checked_by": checked_by(record),
        "merged": merged,
        "merged_page": address_of(merged) if merged else "",
        "title": row_title(register, found),
        "facts": [_fact(column, found, column.name in kept) for column in register.columns_for(actor)],
        "may_change": may_change and register.change is not None,
        "may_confirm": may_change and register.confirm is not None,
        "may_archive": may_change and register.archive is not None,
        "may_restore": record.archived_at is not None
        and merged is None
        and register.restore is not None
        and register.may_change(actor, found),
        "reason_form": failed or ReasonForm(),
        "failed": failed is not None,
    }
    return render(request, "registers/row.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
@acting
def new(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    register = register_for(name, actor)
    require(actor, register.write)
    if register.create is None:
        raise NotFound(_("Nothing is entered into this register by hand."))
    form = RowForm(register, actor, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = create_row(register, form.given(), by=actor)
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("It is in the register."))
            return redirect(address_of_row(register, made))
    context = {"register": register, "form": form}
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@acting
def change(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    register, found = _changeable(actor, name, pk)
    form = RowForm(register, actor, request.POST if request.method == "POST" else None, row=found)
    if form.is_bound and form.is_valid():
        try:
            change_row(register, found, form.given(), by=actor, version=form.cleaned_data["version"])
        except Refused as refused:
            form.show(refused)
        else:
            messages.success(request, _("The change is stored."))
            return redirect(address_of_row(register, found))
    context = {"register": register, "form": form, "row": found, "title": row_title(register, found)}
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@acting
def change_field(request: HttpRequest, actor: Actor, name: str, pk: int, column: str) -> HttpResponse:
    """One field in its place on the page. Without scripts it is a page of its own."""
    register, found = _changeable(actor, name, pk)
    wanted = next((one for one in asked_of(register, actor, new=False) if one.name == column), None)
    if wanted is None:
        raise NotFound(_("There is no such field."))
    form = RowForm(register, actor, request.POST if request.method == "POST" else None, row=found, only=column)
    part = bool(request.headers.get("HX-Request"))
    if form.is_bound and form.is_valid():
        try:
            change_row(register, found, form.given(), by=actor, version=form.cleaned_data["version"])
        except Refused as refused:
            form.show(refused)
        else:
            if not part:
                return redirect(address_of_row(register, found))
            again = row_of(register, actor, pk)
            context = {"register": register, "row": again, "fact": _fact(wanted, again, True)}
            return render(request, "registers/row.html#fact", context)
    context = {"register": register, "row": found, "form": form, "column": wanted}
    if part and "cancel" in request.GET:
        return render(request, "registers/row.html#fact", context | {"fact": _fact(wanted, found, True)})
    if part:
        return render(request, "registers/field.html", context)  # 200: htmx puts it in its place
    context["title"] = row_title(register, found)
    return render(request, "registers/form.html", context, status=422 if form.errors else 200)


@require_POST
@acting
def confirm(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    """Still true: one tap."""
    register = register_for(name, actor)
    return _done(request, actor, register, pk, register.confirm, _("Noted: what stands here is right as of today."))


@require_POST
@acting
def restore(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    register = register_for(name, actor)
    return _done(request, actor, register, pk, register.restore, _("It is back in the register."))


@require_POST
@acting
def archive(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    register = register_for(name, actor)
    found, form = row_of(register, actor, pk), ReasonForm(request.POST)
    if form.is_valid() and register.archive is not None:
        try:
            register.archive(found, by=actor, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("It is in the archive."))
            return redirect("registers:list", name)
    return row_page(request, actor, register, found, form)


def _changeable(actor: Actor, name: str, pk: int) -> tuple[Register, Row]:
    register = register_for(name, actor)
    found = row_of(register, actor, pk)
    if register.change is None or not register.may_change(actor, found):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))
    return register, found


def _done(
    request: HttpRequest, actor: Actor, register: Register, pk: int, verb: Callable[..., Row] | None, said: str
) -> HttpResponse:
    found = row_of(register, actor, pk)
    if verb is None:
        raise NotFound(_("This register has no such verb."))
    try:
        verb(found, by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(address_of_row(register, found))


def _fact(column: Column, row: Row, kept: bool) -> dict[str, Any]:
    return {"column": column, "shown": cell(column, row), "kept": kept}
