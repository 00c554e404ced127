"""The file is read by a round; a round that was cut off is followed by another."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.rows import insert_made
from fenghuo.standards import sheets

from ..models import ColumnMeaning, Import, ImportRow, ImportState
from . import files
from .checking import Checked, Found, check
from .whose import actor_of, register_of, require_importing

LOG = logging.getLogger(__name__)
GIVEN_UP = timedelta(minutes=3)  # after that a reading that has not ended is begun anew
AT_ONCE = 500  # rows written in one transaction
MOST_SHOWN = 200  # characters of what stands in a cell


def read_file(pk: int) -> Import | None:
    """One reading of the file, with all that follows from it; None when somebody else is at it."""
    now = timezone.now()
    idle = Q(claimed_at=None) | Q(claimed_at__lt=now - GIVEN_UP)
    mine = Import.objects.filter(idle, pk=pk, state=ImportState.READING)
    if not mine.update(claimed_at=now, round=F("round") + 1):
        return None
    return _read(Import.objects.get(pk=pk))


def read_here(brought: Import) -> Import:
    """The reading by whom it was promised to (`bring` with `here`)."""
    Import.objects.filter(pk=brought.pk).update(round=F("round") + 1)
    return _read(Import.objects.get(pk=brought.pk))


def _read(brought: Import) -> Import:
    with translation.override(brought.language):
        try:
            register = register_of(brought)
            actor = actor_of(brought)
            require_importing(actor, register)
            found = check(
                register,
                actor,
                files.brought(brought.pk),
                mapping=_remembered(brought),
                fixed=brought.fixed,
                copy=files.marked(brought.pk),
                language=brought.language,
            )
        except (sheets.Refused, Refused, FileNotFoundError) as refused:
            _settle(brought, ImportState.REFUSED, problems=[{"message": _why(refused, brought.language)}])
            return brought
        except (DatabaseError, OSError):
            raise
        except Exception:  # else the worker would try the same file for ever
            LOG.exception("workbook %s cannot be read", brought.pk)
            words = _("A fault of this system: the file cannot be read. Why is in the log; tell who looks after it.")
            _settle(brought, ImportState.REFUSED, problems=[{"message": words}])
            return brought
    _keep_rows(brought, found)
    reading = found.reading
    headings = [one for table in reading.tables for one in table.headings] or reading.seen
    _settle(
        brought,
        ImportState.CHECKED,
        counts=found.counts(),
        headings=[
            {
                "key": one.key,
                "text": one.text,
                "state": one.state,
                "column": one.field or "",
                "candidates": list(one.candidates),
                "filled": one.filled,
            }
            for one in headings
            if one.key
        ],
        problems=[_problem(fault, brought.language) for fault in reading.faults]
        + [_problem(fault, brought.language) for table in reading.tables for fault in table.faults],
    )
    return brought


def _why(refused: Exception, language: str) -> str:
    if isinstance(refused, sheets.Refused):
        return refused.fault.words(language)
    if isinstance(refused, FileNotFoundError):
        return _("The file is deleted. Upload it again.")
    return str(refused)


def _remembered(brought: Import) -> dict[str, str | None]:
    rows = ColumnMeaning.objects.filter(unit=brought.unit_id, register=brought.register)
    return {heading: column or None for heading, column in rows.values_list("heading", "column")}


def _settle(brought: Import, state: str, **found: object) -> None:
    """Only the last round counts: one that was given up, and then ended after all, changes nothing."""
    this = Import.objects.filter(pk=brought.pk, round=brought.round, state=ImportState.READING)
    this.update(state=state, claimed_at=None, **found)
    brought.refresh_from_db()
    if brought.state == ImportState.CLOSED:  # while it was read
        drop_rows(brought)
        files.drop(brought.pk)


def _keep_rows(brought: Import, found: Found) -> None:
    rows = [_row(brought, one) for one in found.rows if not one.repeated and one.kind != "unchanged"]
    for start in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            insert_made(rows[start : start + AT_ONCE])
    drop_rows(brought, but=brought.round)


def _row(brought: Import, one: Checked) -> ImportRow:
    wrong = one.kind == "wrong"
    errors = [fault for fault in one.row.faults if fault.weight == "error"]
    return ImportRow(
        of=brought,
        round=brought.round,
        sheet=one.row.sheet[:100],
        number=one.row.number,
        kind=one.kind,
        target=one.match.pk if one.match else None,
        record=one.match.record if one.match else None,
        version=one.match.version if one.match else None,
        values={} if wrong else one.values,
        problems=[_problem(fault, brought.language) for fault in errors] if wrong else [],
    )


def _problem(fault: sheets.Fault, language: str) -> dict[str, str | int]:
    place = fault.place
    return {
        "sheet": place.sheet if place else "",
        "row": place.row if place else 0,
        "cell": place.address if place else "",
        "field": fault.field,
        "heading": fault.params.get("heading", ""),
        "given": fault.given[:MOST_SHOWN],
        "message": fault.words(language),
        "weight": fault.weight,
    }


def drop_rows(brought: Import, *, but: int | None = None) -> None:
    """What was read of the file, a few at a time. `but`: the round that stays."""
    rows = brought.rows.all() if but is None else brought.rows.exclude(round=but)
    while old := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        ImportRow.objects.filter(pk__in=old).delete()
