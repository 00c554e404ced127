"""An import from the file to its end: bringing it, saying what its columns mean, letting it in, closing it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require

from ..declaring import Register
from ..models import ColumnMeaning, Import, ImportState
from ..writing import asked_of
from . import files
from .reading import drop_rows
from .whose import register_of, require_importing

OPEN = (ImportState.CHECKED, ImportState.REFUSED, ImportState.DONE)


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
    files.drop(held.pk)
    drop_rows(held)


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


def brought_before(moment: datetime) -> list[int]:
    """Imports whose time is over."""
    return list(Import.objects.filter(brought_at__lt=moment).values_list("pk", flat=True))
