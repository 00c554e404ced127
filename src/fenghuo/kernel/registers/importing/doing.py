"""One row, tried or done: through the one write path, in a savepoint of its own."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotFound, Refused

from ..declaring import Register, Row
from ..finding import row_of
from ..writing import asked_of, change_row, create_row

LOG = logging.getLogger(__name__)
HELD_S = 0.04  # no longer than this is SQLite's write lock held, as far as can be foreseen
PAUSE_S = 0.01  # between two holdings, so that a call that comes in gets its turn


def put(register: Register, actor: Actor, values: Mapping[str, Any], target: int | None, version: int | None) -> Row:
    """A new row, or the change of `target`. Raises: Refused."""
    try:
        with transaction.atomic():
            if target is None:
                return create_row(register, {name: text for name, text in values.items() if text}, by=actor)
            may = {column.name for column in asked_of(register, actor, new=False)}
            given = {name: text for name, text in values.items() if text and name in may}
            return change_row(register, row_of(register, actor, target), given, by=actor, version=version)
    except (IntegrityError, DataError) as error:
        raise Conflict(_("The database does not take this row beside those that are there.")) from error
    except (Refused, DatabaseError, OSError):
        raise
    except Exception as error:  # one row that the house cannot take must not hold up those behind it
        LOG.exception("a row of a workbook for %s cannot be stored", register.name)
        raise Refused(_("A fault of this system keeps the row out; it is in the log. Enter it by hand.")) from error


def faults_of(refused: Refused, *, new: bool) -> Sequence[Fault]:
    """What a service objected to, column by column; `field` "" for the row as a whole. `new`: there is no such row."""
    if isinstance(refused, Invalid) and refused.faults:
        return [Fault(one.field.split(".")[0], one.message, one.given) for one in refused.faults]
    if new and isinstance(refused, NotFound):
        return [Fault("", _("It belongs to a unit or a place for which you may not enter anything."))]
    return [Fault("", str(refused))]


def try_rows[T](rows: Iterable[T], attempt: Callable[[T], object], refused: Callable[[T, Refused], None]) -> None:
    """Carry out each and take it back, a few in one transaction, so that the services say what they would refuse."""
    waiting = iter(rows)
    more = True
    while more:
        with transaction.atomic():
            until = time.monotonic() + HELD_S
            more = False
            for row in waiting:
                try:
                    with transaction.atomic():
                        attempt(row)
                        transaction.set_rollback(True)
                except Refused as objection:
                    refused(row, objection)
                if time.monotonic() > until:
                    more = True
                    break
            transaction.set_rollback(True)
        if more:
            time.sleep(PAUSE_S)
