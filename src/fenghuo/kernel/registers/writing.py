"""From what was given, in whatever form, to the room's service: every field read, every fault named by its field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, Refused
from fenghuo.kernel.registry.services.keeping import Change

from .declaring import Column, Register, Row
from .finding import row_of, rows_of
from .kinds import Unreadable

type Said = dict[str, Any] | Refused  # column → value, or why it cannot be read


def asked_of(register: Register, actor: Actor, *, new: bool) -> tuple[Column, ...]:
    """The columns that may be said of a new row, or of one that is there."""
    return tuple(column for column in register.columns_for(actor) if column.kept and (new or not column.once))


class Reading:
    """Reads what was given for rows of a register. Of many rows, what stands in several of them is looked up once."""

    def __init__(self, register: Register, actor: Actor, *, new: bool) -> None:
        self._new = new
        self._columns = {column.name: column for column in asked_of(register, actor, new=new)}
        self._known: dict[tuple[str, str], Any] = {}

    def read_all(self, many: Sequence[Mapping[str, str]]) -> list[Said]:
        """Of each the values, or why it cannot be read. What they name in other tables takes one query a column."""
        if not self._new:
            many = [self.only_these(given) for given in many]
        self._look_ahead(many)
        return carry_out(many, self.values, lambda right: right)

    def _look_ahead(self, many: Iterable[Mapping[str, str]]) -> None:
        texts: dict[str, set[str]] = {}
        for given in many:
            for name, text in given.items():
                texts.setdefault(name, set()).add(text)
        for name in texts.keys() & self._columns.keys():
            for text, value in self._columns[name].kind.ahead(texts[name]).items():
                self._known[name, text] = value

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Column name → value, for what was given.

        Raises: Invalid (unknown, unreadable and lacking ones, all at once).
        """
        columns = self._columns
        faults = [
            Fault(name, _("is not a known field; known are: %(known)s") % {"known": " ".join(columns)}, _short(said))
            for name, said in given.items()
            if name not in columns
        ]
        values: dict[str, Any] = {}
        for name, column in columns.items():
            if name not in given:
                if self._new and column.needed:
                    faults.append(Fault(name, _("is required")))
                continue
            said = given[name]
            if said is None or (isinstance(said, str) and not said.strip()):
                if column.needed:
                    faults.append(Fault(name, _("is required"), _short(said)))
                values[name] = column.kind.blank
                continue
            try:
                values[name] = self._known[name, said] if (name, said) in self._known else _read(column, said)
            except Unreadable as unreadable:
                faults.append(Fault(name, str(unreadable), _short(said)))
        if faults:
            raise Invalid(*faults)
        return values

    def only_these(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What of it may be said at all."""
        return {name: text for name, text in given.items() if name in self._columns}


def create_row(register: Register, given: Mapping[str, Any], *, by: Actor) -> Row:
    """A new row. Raises: NotAllowed, Invalid."""
    if register.create is None:
        raise NotAllowed(_("Nothing is entered into this register by hand."))
    return register.create(by=by, **Reading(register, by, new=True).values(given))


def change_row(register: Register, row: Row, given: Mapping[str, Any], *, by: Actor, version: int | None) -> Row:
    """Change what is given. Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid."""
    if register.change is None:
        raise NotAllowed(_("Nothing is changed in this register by hand."))
    return register.change(row, by=by, version=version, **Reading(register, by, new=False).values(given))


def create_rows(register: Register, many: Sequence[Said], *, by: Actor) -> list[Row | Refused]:
    """New rows of what was read. Without `create_many` the first that is refused takes the others with it."""
    create, one = register.create_many, register.create
    if create is not None:
        return carry_out(many, _right, lambda right: create(right, by=by))
    if one is None:
        raise NotAllowed(_("Nothing is entered into this register by hand."))
    return [one(by=by, **_right(said)) for said in many]


def change_rows(register: Register, many: Sequence[tuple[int, int | None, Said]], *, by: Actor) -> list[Row | Refused]:
    """Changes of rows (key, version, what was read). Without `change_many` as in `create_rows`."""
    change, one = register.change_many, register.change
    if change is not None:
        rows = rows_of(register, by, [pk for pk, _version, _said in many])

        def read(about: tuple[int, int | None, Said]) -> Change[Row]:
            pk, version, said = about
            return Change(rows[pk] if pk in rows else row_of(register, by, pk), version, _right(said))

        return carry_out(many, read, lambda right: change(right, by=by))
    if one is None:
        raise NotAllowed(_("Nothing is changed in this register by hand."))
    return [one(row_of(register, by, pk), by=by, version=version, **_right(said)) for pk, version, said in many]


def _right(said: Said) -> dict[str, Any]:
    """Raises: Refused, as it was read."""
    if isinstance(said, Refused):
        raise said
    return said


def _read(column: Column, said: Any) -> Any:
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        raise Unreadable(_("must be text or a number"))
    return column.kind.read(str(said).strip())


def _short(said: Any) -> Any:
    return said[:50] if isinstance(said, str) else said if isinstance(said, int | float | None) else str(said)[:50]
