"""An import from the file to its end. The file is read by a round; a round that was cut off is followed by another."""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor, actor_for_post, actor_for_token, post_is_held
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotAllowed, Refused, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Post, Token
from fenghuo.standards import sheets

from ..declaring import Register, register_named
from ..models import ColumnMeaning, Import, ImportRow, ImportState
from ..writing import asked_of
from . import files
from .checking import Checked, Found, check

LOG = logging.getLogger(__name__)
GIVEN_UP = timedelta(minutes=3)  # after that a reading that has not ended is begun anew
AT_ONCE = 500  # rows written in one transaction
MOST_SHOWN = 200  # characters of what stands in a cell
OPEN = (ImportState.CHECKED, ImportState.REFUSED, ImportState.DONE)


def require_importing(by: Actor, register: Register) -> None:
    """Raises: NotAllowed."""
    require(by, register.read)
    require(by, register.write)
    if register.create is None and register.change is None:
        raise NotAllowed(_("Nothing is entered into this register by hand."))
    if by.unit_id is None or (by.person_id is None and by.token_id is None):
        raise NotAllowed(_("Only somebody in a post, or a machine with a token, brings workbooks."))


def bring(
    register: Register, chunks: Iterable[bytes], name: str, *, by: Actor, key: str = "", digest: str = "", here: bool
) -> Import:
    """Keep a workbook that is to be read. `here`: the caller reads it at once; else the worker does.

    Raises: NotAllowed, Invalid (empty), Conflict (the key came before), OSError (no room on the disk).
    """
    require_importing(by, register)
    name = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())[-200:]
    try:
        with transaction.atomic():
            made = Import.objects.create(
                register=register.name,
                unit_id=by.unit_id,
                person_id=by.person_id,
                post_id=by.post_id,
                token_id=by.token_id,
                label=by.label[:200],
                name=name or _("file"),
                language=translation.get_language() or "zh-hans",
                state=ImportState.READING,
                claimed_at=timezone.now(),
                brought_at=timezone.now(),
                key=key,
                digest=digest,
            )
    except IntegrityError:
        raise Conflict(_("This Idempotency-Key is being worked on. Ask again later.")) from None
    try:
        size = files.keep(made.pk, chunks)
        if size == 0:
            raise Invalid(Fault("file", _("is empty: choose it again"), name))
    except BaseException:
        files.drop(made.pk)
        made.delete()
        raise
    if not here:
        Import.objects.filter(pk=made.pk).update(claimed_at=None)
    return made


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


def answer(brought: Import, *, by: Actor, meanings: Mapping[str, str | None], fixed: Mapping[str, str]) -> None:
    """Say what columns mean (None: leave it out), and what holds for all rows; it is remembered for the next file.

    The file is to be read again. Raises: NotAllowed, WrongState, Invalid (an unknown column).
    """
    register = register_of(brought)
    require_importing(by, register)
    known = {column.name for column in asked_of(register, by, new=True)}
    if unknown := [name for name in [*meanings.values(), *fixed] if name is not None and name not in known]:
        raise Invalid(Fault("column", _("is no column of this list"), str(unknown[0])[:50]))
    with transaction.atomic():
        held = _held(brought, OPEN)
        for heading, name in meanings.items():
            ColumnMeaning.objects.update_or_create(
                unit_id=held.unit_id,
                register=held.register,
                heading=heading[:200],
                defaults={"column": name or ""},
            )
        held.fixed = {name: text.replace("\x00", "")[:500] for name, text in fixed.items() if text.strip()}
        _begin_again(held)


def read_again(brought: Import, *, by: Actor) -> None:
    """The same file against the register as it is now. Raises: NotAllowed, WrongState."""
    require_importing(by, register_of(brought))
    with transaction.atomic():
        _begin_again(_held(brought, OPEN))


def apply(brought: Import, *, by: Actor) -> None:
    """Let the right rows go in; the wrong ones stay out. Raises: NotAllowed, WrongState."""
    require_importing(by, register_of(brought))
    with transaction.atomic():
        held = _held(brought, (ImportState.CHECKED,))
        held.state = ImportState.APPLYING
        held.save(update_fields=["state"])


def close(brought: Import, *, by: Actor) -> None:
    """Delete the file, its marked copy and what was read of it; the counts stay. Raises: NotAllowed, WrongState."""
    require(by, register_of(brought).read)
    with transaction.atomic():
        held = _held(brought, (*OPEN, ImportState.READING, ImportState.APPLYING))
        held.state, held.headings, held.problems, held.fixed = ImportState.CLOSED, [], [], {}
        held.finished_at = held.finished_at or timezone.now()
        held.save(update_fields=["state", "headings", "problems", "fixed", "finished_at"])
        held.rows.all().delete()
    files.drop(held.pk)


def register_of(brought: Import) -> Register:
    """Raises: WrongState when the installation has it no more."""
    found = register_named(brought.register)
    if found is None:
        raise WrongState(_("There is no register of this name."))
    return found


def actor_of(brought: Import) -> Actor:
    """Who brought it, as they are now. Raises: NotAllowed (the post or token is no longer valid)."""
    gone = _("The post or token of whoever brought this file is no longer valid. Nothing more goes in.")
    if brought.token_id is not None:
        now = timezone.now()
        valid = Q(expires_at=None) | Q(expires_at__gt=now)
        token = Token.objects.select_related("unit__region", "unit__record")
        found = token.filter(valid, pk=brought.token_id, revoked_at=None).first()
        if found is None:
            raise NotAllowed(gone)
        return replace(actor_for_token(found), label=brought.label)
    post = Post.objects.select_related("unit__region", "unit__record").filter(pk=brought.post_id or 0).first()
    if post is None or not post_is_held(post, timezone.localdate()):
        raise NotAllowed(gone)
    return replace(actor_for_post(post), label=brought.label)  # the same words, whatever language this runs in


def digest_of(content: bytes, *more: str) -> str:
    """SHA-256 (hex) of a request."""
    return hashlib.sha256(b"\x00".join([content, *(one.encode() for one in more)])).hexdigest()


def _held(brought: Import, states: Iterable[str]) -> Import:
    held = Import.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    if held.state not in states:
        raise WrongState(_("This cannot be done now: the import is “%(state)s”.") % {"state": held.get_state_display()})
    return held


def _begin_again(held: Import) -> None:
    if not files.brought(held.pk).is_file():
        raise WrongState(_("The file is deleted. Upload it again."))
    held.state, held.claimed_at = ImportState.READING, None
    held.save(update_fields=["state", "claimed_at", "fixed"])


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
        brought.rows.all().delete()
        files.drop(brought.pk)


def _keep_rows(brought: Import, found: Found) -> None:
    rows = [_row(brought, one) for one in found.rows if not one.repeated and one.kind != "unchanged"]
    for start in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            ImportRow.objects.bulk_create(rows[start : start + AT_ONCE])
    while old := list(brought.rows.exclude(round=brought.round).values_list("pk", flat=True)[:AT_ONCE]):
        ImportRow.objects.filter(pk__in=old).delete()


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


def brought_before(moment: datetime) -> list[int]:
    """Imports whose time is over."""
    return list(Import.objects.filter(brought_at__lt=moment).values_list("pk", flat=True))
