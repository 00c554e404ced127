"""One register, one row: found, or refused in the same words as what may not be seen."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Gone, NotFound
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.once import related_once
from fenghuo.kernel.registry.selectors.merging import where_it_went
from fenghuo.kernel.web.machine.cursors import LARGEST_KEY

from .asking import with_columns
from .declaring import Register, Row, register_named


def register_for(name: str, actor: Actor) -> Register:
    """Raises: NotFound, NotAllowed."""
    found = register_named(name)
    if found is None:
        raise NotFound(_("There is no register of this name."))
    require(actor, found.read)
    return found


def rows_of(register: Register, actor: Actor, keys: Sequence[int]) -> dict[int, Row]:
    """Those of these rows that the actor may see, archived or not, by key; without what the columns read besides."""
    return {row.pk: row for row in related_once(register.rows(actor).filter(pk__in=keys).order_by())}


def row_of(register: Register, actor: Actor, pk: int) -> Row:
    """Archived or not. Raises: NotFound, also for what the actor may not see; Gone (merged, and said into which)."""
    rows = with_columns(register.rows(actor), register.columns)
    found = rows.filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if found is None:
        kept = where_it_went(pk) if pk <= LARGEST_KEY else pk
        if kept != pk and rows.filter(pk=kept).exists():
            raise Gone(_("This was a duplicate and has been merged into the row with the id %(id)s.") % {"id": kept})
        raise NotFound(_("There is no such record, or you may not see it."))
    return found
