"""Imports as those see them who brought them: nobody else does."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound

from ..models import Import, ImportRow


def imports_of(by: Actor, register: str) -> QuerySet[Import]:
    """The newest first."""
    mine = Q(token=by.token_id) if by.token_id is not None else Q(person=by.person_id or 0)
    return Import.objects.filter(mine, register=register)


def import_of(by: Actor, register: str, pk: int) -> Import:
    """Raises: NotFound."""
    found = imports_of(by, register).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such import, or it is not yours."))
    return found


def progress(brought: Import) -> dict[str, int]:
    """Rows that have gone in, were refused when they should, and wait."""
    rows = brought.rows.filter(round=brought.round)
    stored, refused, waiting = ImportRow.State.STORED, ImportRow.State.REFUSED, ImportRow.State.WAITING
    right = ~Q(kind=ImportRow.Kind.WRONG)
    return rows.aggregate(
        created=Count("pk", Q(state=stored, kind=ImportRow.Kind.NEW)),
        changed=Count("pk", Q(state=stored, kind=ImportRow.Kind.CHANGED)),
        refused=Count("pk", Q(state=refused)),
        waiting=Count("pk", right & Q(state=waiting)),
    )


def wrong_rows(brought: Import) -> QuerySet[ImportRow]:
    """Those that are wrong, and those that were refused when they should go in."""
    rows = brought.rows.filter(round=brought.round)
    return rows.filter(Q(kind=ImportRow.Kind.WRONG) | Q(state=ImportRow.State.REFUSED)).order_by("pk")


def problems(brought: Import, most: int) -> list[dict[str, Any]]:
    """Of rows, cell by cell."""
    found: list[dict[str, Any]] = []
    for row in wrong_rows(brought).iterator():
        found += row.problems
        if len(found) >= most:
            break
    return found[:most]
