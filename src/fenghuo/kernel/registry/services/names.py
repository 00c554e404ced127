from collections.abc import Sequence
from datetime import date

from fenghuo.kernel.access.models import Record
from fenghuo.kernel.access.rows import insert_made

from ..models import Name, NameKind
from ..spelling import search_keys


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


def keep_names(names: Sequence[Name]) -> None:
    """Those that `new_name` made."""
    insert_made(names)


def new_name(
    record: Record,
    text: str,
    *,
    kind: str = NameKind.CURRENT,
    valid_from: date | None = None,
    valid_to: date | None = None,
    code: str = "",
) -> Name:
    return Name(
        record=record,
        record_kind=record.kind,
        kind=str(kind),
        text=text,
        keys=search_keys(text),
        valid_from=valid_from,
        valid_to=valid_to,
        code=code,
    )


def end_name(record: Record, on: date, *, code: str = "") -> None:
    """The current name becomes a former one, with the code that went with it."""
    Name.objects.filter(record=record, kind=NameKind.CURRENT).update(kind=NameKind.FORMER, valid_to=on, code=code)
