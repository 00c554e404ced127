"""Pages of a list for machines: `?limit=&cursor=`, answered with `next`."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page[M: Model]:
    """`next` is the cursor of the following page, None on the last."""

    items: list[M]
    next: str | None


def page_of[M: Model](found: "QuerySet[M, Any]", cursor: str, limit: int) -> Page[M]:
    """Rows by rising key after the cursor, so that rows added meanwhile are neither missed nor doubled.

    Raises: Invalid for a cursor that was not given out.
    """
    after = 0
    if cursor:
        if not cursor.isascii() or not cursor.isdigit() or int(cursor[:20]) > LARGEST_KEY:
            raise Invalid(Fault("cursor", _("must be a value of `next` from an earlier answer"), cursor[:50]))
        after = int(cursor[:20])
    rows = list(found.order_by("pk").filter(pk__gt=after)[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], str(rows[limit - 1].pk) if more else None)
