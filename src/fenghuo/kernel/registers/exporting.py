"""A register out as a workbook with the headings that an import accepts, so that out and in changes nothing."""

from io import BytesIO

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.sheets import write_book

from .asking import Asked, found_rows
from .declaring import Register
from .importing.layouts import Written, layout_of
from .writing import asked_of

MOST = 50_000  # rows


def write_rows(register: Register, by: Actor, asked: Asked) -> bytes:
    """The rows asked for with every column that may be said, .xlsx. Raises: Invalid (too many)."""
    rows = found_rows(register, by, asked)
    if rows.count() > MOST:
        raise Invalid(Fault("q", _("More than %(most)s rows fit. Narrow the list first.") % {"most": MOST}))
    columns = asked_of(register, by, new=True)
    layout, written = layout_of(register, by), Written()
    english = (translation.get_language() or "").startswith("en")
    headings = {column.name: str(column.label) for column in columns} if english else None
    lines = (
        {column.name: written.scalar(column, column.value(row)) for column in columns}
        for row in rows.iterator(chunk_size=1000)
    )
    made = BytesIO()
    count = write_book(made, layout, lines, headings)
    if by.unit_id is not None:
        with transaction.atomic():
            record("register.exported", by, about=[by.unit_id], public={"register": register.name, "rows": count})
    return made.getvalue()


def file_name(register: Register) -> str:
    return f"{register.title}-{timezone.localdate():%Y%m%d}.xlsx"
