"""From what was given, in whatever form, to the room's service: every field read, every fault named by its field."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed

from .declaring import Column, Register, Row
from .kinds import Unreadable


def asked_of(register: Register, actor: Actor, *, new: bool) -> tuple[Column, ...]:
    """The columns that may be said of a new row, or of one that is there."""
    return tuple(column for column in register.columns_for(actor) if column.kept and (new or not column.once))


def read_values(register: Register, actor: Actor, given: Mapping[str, Any], *, new: bool) -> dict[str, Any]:
    """Column name → value, for what was given. Raises: Invalid (unknown, unreadable and lacking ones, all at once)."""
    columns = {column.name: column for column in asked_of(register, actor, new=new)}
    faults = [
        Fault(name, _("is not a known field; known are: %(known)s") % {"known": " ".join(columns)}, _short(said))
        for name, said in given.items()
        if name not in columns
    ]
    values: dict[str, Any] = {}
    for name, column in columns.items():
        if name not in given:
            if new and column.needed:
                faults.append(Fault(name, _("is required")))
            continue
        said = given[name]
        if said is None or (isinstance(said, str) and not said.strip()):
            if column.needed:
                faults.append(Fault(name, _("is required"), _short(said)))
            values[name] = column.kind.blank
            continue
        try:
            values[name] = _read(column, said)
        except Unreadable as unreadable:
            faults.append(Fault(name, str(unreadable), _short(said)))
    if faults:
        raise Invalid(*faults)
    return values


def create_row(register: Register, given: Mapping[str, Any], *, by: Actor) -> Row:
    """A new row. Raises: NotAllowed, Invalid."""
    if register.create is None:
        raise NotAllowed(_("Nothing is entered into this register by hand."))
    return register.create(by=by, **read_values(register, by, given, new=True))


def change_row(register: Register, row: Row, given: Mapping[str, Any], *, by: Actor, version: int | None) -> Row:
    """Change what is given. Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid."""
    if register.change is None:
        raise NotAllowed(_("Nothing is changed in this register by hand."))
    return register.change(row, by=by, version=version, **read_values(register, by, given, new=False))


def _read(column: Column, said: Any) -> Any:
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        raise Unreadable(_("must be text or a number"))
    return column.kind.read(str(said).strip())


def _short(said: Any) -> Any:
    return said[:50] if isinstance(said, str) else said if isinstance(said, int | float | None) else str(said)[:50]
