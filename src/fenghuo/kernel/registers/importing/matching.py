"""Which row of the register a row of a workbook is: known by its keys, the surest first, and never guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.once import related_once

from ..asking import with_columns
from ..declaring import Register, Row
from ..kinds import Text
from .plain import alike, plain

type Values = Mapping[str, str]  # column → plain text
type Key = tuple[int, tuple[str, ...]]  # which of the register's keys, with its values


@dataclass(slots=True)
class Known:
    """A row that is in the register, as it was when it was read."""

    pk: int
    record: int
    version: int
    archived: bool
    values: dict[str, str]

    def says(self, values: Values) -> bool:
        """Whether it says already what the workbook says; what is empty there says nothing."""
        return all(self.values.get(name) == text for name, text in values.items() if text)


class Ambiguous(Exception):
    """Several rows of the register fit."""


class Matcher:
    """`known`: every row of the register that the actor may see, archived or not."""

    def __init__(self, register: Register, known: Iterable[Known]) -> None:
        self.register = register
        self._by_key: dict[Key, list[Known]] = {}
        for one in known:
            for key in keys_of(register, one.values):
                self._by_key.setdefault(key, []).append(one)
        self._taken: set[int] = set()

    def of(self, values: Values) -> list[Known]:
        """All that one of its keys fits."""
        return [one for key in keys_of(self.register, values) for one in self._by_key.get(key, ())]

    def match(self, values: Values, key: Key) -> Known | None:
        """The row of this key that no other row of the workbook is. Raises: Ambiguous."""
        found = [one for one in self._by_key.get(key, ()) if one.pk not in self._taken]
        if len(found) > 1:
            found = [one for one in found if one.says(values)][:1]
            if not found:
                raise Ambiguous
        if not found:
            return None
        self._taken.add(found[0].pk)
        return found[0]


class Repeats:
    """Rows of one workbook that mean the same thing."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._seen: dict[Key, list[tuple[int, str, int]]] = {}

    def earlier(self, values: Values, sheet: str, number: int) -> tuple[str, int] | None:
        """(sheet, row) of an earlier one. Two that bear different surer keys are two things."""
        keys = keys_of(self.register, values)
        if not keys:
            return None
        surest = keys[0][0]
        found = None
        for key in keys:
            for other, other_sheet, other_number in self._seen.get(key, ()):
                if max(surest, other) == key[0]:
                    found = found or (other_sheet, other_number)
            self._seen.setdefault(key, []).append((surest, sheet, number))
        return found


def keys_of(register: Register, values: Values) -> list[Key]:
    """Those that are complete, the surest first."""
    found = []
    for place, names in enumerate(register.keys):
        parts = tuple(alike(values.get(name, "")) for name in names)
        if all(parts):
            found.append((place, parts))
    return found


def known_rows(register: Register, actor: Actor, rows: Any = None) -> Iterable[Known]:
    """`rows`: those that may be it; without, all that the actor may see."""
    columns = [column for column in register.columns_for(actor) if column.kept]
    found = with_columns(register.rows(actor) if rows is None else rows, columns)
    for row in related_once(found).iterator(chunk_size=1000):
        yield known(register, row, columns)


def known(register: Register, row: Row, columns: Sequence[Any]) -> Known:
    record = register.record(row)
    values = {column.name: plain(column.kind, column.value(row)) for column in columns}
    return Known(row.pk, record.pk, record.version, record.archived_at is not None, values)


def keys_there(register: Register, actor: Actor, many: Iterable[Values]) -> set[Key]:
    """Of the surest keys of these new rows, those that a row of the register has by now."""
    wanted: dict[int, list[tuple[Key, Values]]] = {}
    for values in many:
        for key in keys_of(register, values)[:1]:
            wanted.setdefault(key[0], []).append((key, values))
    found: set[Key] = set()
    for place, asked in wanted.items():
        narrowed = _with_texts(register, actor, register.keys[place], [values for _key, values in asked])
        there = {key for one in known_rows(register, actor, narrowed) for key in keys_of(register, one.values)}
        found |= there & {key for key, _values in asked}
    return found


def _with_texts(register: Register, actor: Actor, names: Sequence[str], many: Sequence[Values]) -> Any:
    """The rows that bear one of these texts, where the database can ask for a text of the key; else None: all."""
    for column in register.columns:
        if column.name in names and column.sort and type(column.kind) is Text:
            return register.rows(actor).filter(**{f"{column.sort}__in": {values[column.name] for values in many}})
    return None
