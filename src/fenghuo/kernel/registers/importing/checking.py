"""The dry run: every row of a workbook read, recognised and tried, nothing stored of it in the register."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.standards import sheets
from fenghuo.standards.sheets import Fault, Reading, mark_copy, open_workbook, read_tables

from ..declaring import Column, Register, registers
from ..kinds import Unreadable
from ..writing import asked_of
from .doing import Wanted, faults_of, try_all
from .layouts import layout_of
from .matching import Ambiguous, Known, Matcher, Repeats, keys_of, known_rows
from .plain import plain, said


@dataclass(slots=True)
class Checked:
    """A row of the workbook. `values`: column → plain text. `match`: the row of the register that it is.

    `doubted`: what stands in cells that are wrong here, though a page may have taken it once.
    """

    row: sheets.Row
    values: dict[str, str] = field(default_factory=dict)
    doubted: dict[str, str] = field(default_factory=dict)
    match: Known | None = None
    repeated: bool = False

    @property
    def kind(self) -> str:
        if not self.row.ok:
            return "wrong"
        if self.match is None:
            return "new"
        return "unchanged" if self.match.says(self.values) else "changed"

    @property
    def wanted(self) -> Wanted:
        match = self.match
        return Wanted(self.values, match.pk, match.version, match.record) if match else Wanted(self.values)

    def object(self, message: str, column: Column | None, given: str = "") -> None:
        """Note what is wrong, at the cell of the column or, when it has none, at the row's first cell."""
        name = column.name if column else ""
        place = self.row.places.get(name) or next((one.place for one in self.row.values.values()), None)
        words = message.replace("{", "{{").replace("}", "}}")
        params = {"heading": str(column.label) if column else ""}
        self.row.faults.append(Fault("", given, params, name, place, texts=(words, words)))


@dataclass(slots=True)
class Found:
    """What a dry run gives."""

    reading: Reading
    rows: list[Checked]

    def counts(self) -> dict[str, int]:
        kinds = [one.kind for one in self.rows if not one.repeated]
        faults = self.reading.all_faults
        return {
            "rows": len(self.rows),
            **{kind: kinds.count(kind) for kind in ("new", "changed", "unchanged", "wrong")},
            "repeated": sum(one.repeated for one in self.rows),
            "others": sum(one.rows for one in self.reading.accounts) - len(self.rows),
            "warnings": sum(one.weight == "warning" for one in faults),
        }


def check(
    register: Register,
    actor: Actor,
    path: Path,
    *,
    mapping: Mapping[str, str | None],
    fixed: Mapping[str, str],
    copy: Path,
    language: str,
) -> Found:
    """Read `path` and write the marked copy. `mapping`: heading → column, None: leave it out. `fixed`: column → text
    that holds for all rows which say nothing else.

    Raises: sheets.Refused (the file cannot be read, and why).
    """
    book = open_workbook(path)
    layout = layout_of(register, actor, fixed)
    others = [layout_of(one, actor) for one in registers() if one is not register and actor.may(one.read)]
    known = {column.name for column in asked_of(register, actor, new=True)}
    usable = {heading: name for heading, name in mapping.items() if name is None or name in known}
    reading = read_tables(book, layout, mapping=usable, others=others)
    checker = _Checker(register, actor, fixed)
    rows = [checker.read(row) for row in reading.rows]
    checker.recognise(rows)
    checker.attempt(rows)
    mark_copy(path, copy, reading.all_faults, book=book, language=language)
    return Found(reading, rows)


class _Checker:
    def __init__(self, register: Register, actor: Actor, fixed: Mapping[str, str]) -> None:
        self.register, self.actor = register, actor
        self.columns = {column.name: column for column in asked_of(register, actor, new=True)}
        self.fixed = {name: text for name, text in fixed.items() if name in self.columns and text}
        self._read: dict[tuple[str, str], str | Unreadable] = {}

    def read(self, row: sheets.Row) -> Checked:
        """Each value as the column's kind reads it, as on pages and by machines."""
        checked = Checked(row, repeated=row.repeats is not None)
        texts = {name: said(value.value) for name, value in row.values.items()}
        for name, text in {**self.fixed, **{name: text for name, text in texts.items() if text}}.items():
            try:
                checked.values[name] = self._plain(name, text)
            except Unreadable as unreadable:
                value = row.values.get(name)
                checked.object(str(unreadable), self.columns[name], value.given if value else text)
        for fault in row.faults:
            if fault.weight == "error" and fault.field in self.columns:
                with suppress(Unreadable):
                    checked.doubted[fault.field] = self._plain(fault.field, fault.given)
        return checked

    def recognise(self, rows: list[Checked]) -> None:
        """Rows that say the same thing twice are said; the others are looked for in the register."""
        matcher = Matcher(self.register, known_rows(self.register, self.actor))
        for one in rows:
            if not one.row.ok:
                self._believe(one, matcher)
        repeats = Repeats(self.register)
        right = [one for one in rows if one.row.ok and not one.repeated]
        for one in right:
            if before := repeats.earlier(one.values, one.row.sheet, one.row.number):
                words = _("Row %(row)s (%(sheet)s) is the same %(thing)s. Keep one row for it.")
                told = words % {"row": before[1], "sheet": before[0], "thing": self.register.one}
                self._object(one, told, self._known_by())
        right = [one for one in right if one.row.ok]
        for place in range(len(self.register.keys)):  # the surest key of every row before the next of any
            for one in right:
                if one.match is None and one.row.ok:
                    self._match(one, matcher, place)
        for one in right:
            if one.match is None:
                self._ask_for_needed(one)
            else:
                self._look_at_match(one, one.match)

    def attempt(self, rows: list[Checked]) -> None:
        """Ask the services about every row, without storing anything."""
        some = [one for one in rows if not one.repeated and one.kind in ("new", "changed")]
        answers = try_all(self.register, self.actor, [one.wanted for one in some])
        for one, answer in zip(some, answers, strict=True):
            if isinstance(answer, Refused):
                self._refused(one, answer)

    def _plain(self, name: str, text: str) -> str:
        found = self._read.get((name, text))
        if found is None:
            kind = self.columns[name].kind
            try:
                found = plain(kind, kind.read(text))
            except Unreadable as unreadable:
                found = unreadable
            self._read[name, text] = found
        if isinstance(found, Unreadable):
            raise found
        return found

    def _believe(self, one: Checked, matcher: Matcher) -> None:
        """What the register says itself is not wrong here, however odd: it would not go in today, but it is there."""
        errors = [fault for fault in one.row.faults if fault.weight == "error"]
        if any(fault.field not in one.doubted for fault in errors):
            return
        values = {**one.values, **one.doubted}
        for known in matcher.of(values):
            if all(known.values.get(name) == text for name, text in one.doubted.items()):
                one.values = values
                one.row.faults[:] = [fault for fault in one.row.faults if fault.weight != "error"]
                return

    def _match(self, one: Checked, matcher: Matcher, place: int) -> None:
        for key in keys_of(self.register, one.values):
            if key[0] != place:
                continue
            try:
                one.match = matcher.match(one.values, key)
            except Ambiguous:
                words = _("Several entries of the register fit this row. Change them on their own pages.")
                self._object(one, words, self._known_by())

    def _ask_for_needed(self, one: Checked) -> None:
        """A new row says all that is needed; the columns that the workbook lacks altogether are asked for there."""
        told = {fault.field for fault in one.row.faults}
        for column in self.columns.values():
            if column.needed and not one.values.get(column.name) and column.name not in told:
                one.object(_("is required"), column)

    def _look_at_match(self, one: Checked, match: Known) -> None:
        if match.archived:
            self._object(one, _("It is in the archive. Take it back from there first."), self._known_by())
        for name, text in one.values.items():
            column = self.columns[name]
            if column.once and text and match.values.get(name) != text:
                words = _("stands as %(known)s in the register and is not changed this way")
                one.object(words % {"known": match.values.get(name) or "–"}, column, text)

    def _refused(self, one: Checked, refused: Refused) -> None:
        for fault in faults_of(refused, new=one.match is None):
            column = self.columns.get(fault.field)
            message = str(fault.message) if column or not fault.field else f"{fault.field}: {fault.message}"
            self._object(one, message, column or self._known_by())

    def _known_by(self) -> Column:
        """Where that stands which concerns a row as a whole: what it is called."""
        return next(iter(self.columns.values()))

    def _object(self, one: Checked, message: str, column: Column) -> None:
        value = one.row.values.get(column.name)
        one.object(message, column, value.given if value else "")
