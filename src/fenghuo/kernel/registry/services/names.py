from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.rows import Rows, insert_rows

from ..models import Name, NameKind
from ..spelling import search_keys


class NewName(NamedTuple):
    """A row of `Name`, as its columns are called."""

    record_id: int
    record_kind: str
    kind: str
    text: str
    keys: str
    valid_from: date | None
    valid_to: date | None
    code: str


def keep_name(
    record: Record,
    text: str,
    *,
    kind: str = NameKind.CURRENT,
    valid_from: date | None = None,
    valid_to: date | None = None,
    code: str = "",
) -> None:
    """A name under which the record is found. Part of the services that create and rename."""
    keep_names([new_name(record, text, kind=kind, valid_from=valid_from, valid_to=valid_to, code=code)])


def keep_names(names: Sequence[NewName]) -> None:
    """Those that `new_name` made."""
    insert_rows(Rows(Name, NewName._fields, names))


def new_name(
    record: Record,
    text: str,
    *,
    kind: str = NameKind.CURRENT,
    valid_from: date | None = None,
    valid_to: date | None = None,
    code: str = "",
) -> NewName:
    return NewName(record.pk, record.kind, str(kind), text, search_keys(text), valid_from, valid_to, code)


def end_name(record: Record, on: date, *, code: str = "") -> None:
    """The current name becomes a former one, with the code that went with it."""
    Name.objects.filter(record=record, kind=NameKind.CURRENT).update(kind=NameKind.FORMER, valid_to=on, code=code)
