"""Reading the journal by position, many rows at a time and without making model instances."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

from .destroyed import destroyed_by

CHUNK = 2000  # positions read at once
ANYWHERE = 2**62  # beyond every position


class About(NamedTuple):
    """The rows that link one entry to its records, in their order."""

    rows: list[int]
    records: list[int]
    places: list[int]


class Held(NamedTuple):
    """One position as the database holds it. Moments are written as in the sealed text.

    `found` is the entry's own key, None when there is no such entry; `columns` follow recording.SEALED.
    `private`: (value, salt), None when there is none; `destroyed`: the order by which it was destroyed.
    """

    position: int
    entry: int
    at: str
    found: int | None
    columns: tuple[Any, ...]
    text: str
    about: About
    private: tuple[str, str] | None
    destroyed: int | None


NOTHING = About([], [], [])
# A moment as text. SQLite: as stored. PostgreSQL: written as in sealed text there, so that nothing is converted here.
MOMENT = {
    "sqlite": "{} || ''",
    "postgresql": """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
}
POSITIONS = (
    "SELECT p.position, p.entry_id, {at}, e.id, e.verb, e.post_id, e.unit_id, e.token_id, e.actor_label, e.address, "
    "{happened_at}, {recorded_at}, e.text FROM journal_position p LEFT JOIN journal_entry e ON e.id = p.entry_id "
    "WHERE p.position > %s AND p.position <= %s ORDER BY p.position LIMIT %s"
)
ABOUT = (
    "SELECT a.entry_id, a.id, a.record_id, a.place FROM journal_position p "
    "JOIN journal_entryabout a ON a.entry_id = p.entry_id "
    "WHERE p.position >= %s AND p.position <= %s ORDER BY a.entry_id, a.place, a.id"
)
PRIVATE = (
    "SELECT v.entry_id, v.value, v.salt FROM journal_position p JOIN journal_private v ON v.entry_id = p.entry_id "
    "WHERE p.position >= %s AND p.position <= %s"
)


def walk(after: int, until: int, *, limit: int | None = None, private: bool = True) -> Iterator[Held]:
    """Everything at the positions above `after` up to `until`, in order, at most `limit`.

    3 queries for each CHUNK, and one more where private values are not there. `private=False` leaves them out.
    """
    form = MOMENT[connection.vendor]
    statement = POSITIONS.format(
        at=form.format("p.at"), happened_at=form.format("e.happened_at"), recorded_at=form.format("e.recorded_at")
    )
    left = until - after if limit is None else limit
    while left > 0 and (rows := read(statement, after, until, min(CHUNK, left))):
        first, after = rows[0][0], rows[-1][0]
        left -= len(rows)
        about = _about(first, after)
        kept = {entry: (value, salt) for entry, value, salt in read(PRIVATE, first, after)} if private else {}
        gone = destroyed_by(_without(rows, kept)) if private else {}
        for row in rows:
            entry = row[1]
            columns = (*row[4:10], written(row[10]), written(row[11]))
            yield Held(
                row[0],
                entry,
                written(row[2]),
                row[3],
                columns,
                row[12],
                about.get(entry, NOTHING),
                kept.get(entry),
                gone.get(entry),
            )


def last_position() -> int:
    """The highest; SQLite can hold text in a column of numbers, which is none."""
    last: int | None = read(f"SELECT MAX(position) FROM journal_position WHERE position <= {ANYWHERE}")[0][0]
    return last or 0


def written(stored: Any) -> Any:
    """SQLite's "2026-05-11 19:04:05" as sealed text writes it; whatever else stands there stays as it is."""
    if type(stored) is str and len(stored) in (19, 26) and stored[10] == " ":
        return f"{stored[:10]}T{stored[11:]}Z" if len(stored) == 26 else f"{stored[:10]}T{stored[11:]}.000000Z"
    return stored


def read(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _about(first: int, last: int) -> dict[int, About]:
    gathered: dict[int, About] = {}
    for entry, row, record, place in read(ABOUT, first, last):
        if (about := gathered.get(entry)) is None:
            gathered[entry] = About([row], [record], [place])
        else:
            about.rows.append(row)
            about.records.append(record)
            about.places.append(place)
    return gathered


def _without(rows: list[tuple[Any, ...]], kept: dict[int, tuple[str, str]]) -> list[int]:
    """Entries that have committed to a private value that is not there (and, harmlessly, some that have not)."""
    return [row[1] for row in rows if row[1] not in kept and isinstance(row[12], str) and '"private":"' in row[12]]
