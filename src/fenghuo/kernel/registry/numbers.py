"""Numbers for people to say aloud: letter, day, running number (R20260512-0003)."""

from datetime import date

from django.db import connection


def take_numbers(kind: str, letter: str, day: date, count: int) -> list[str]:
    """`count` new numbers of this kind and day. One statement, so two processes never get the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_counter (kind, day, last) VALUES (%s, %s, %s) "
            "ON CONFLICT (kind, day) DO UPDATE SET last = registry_counter.last + excluded.last RETURNING last",
            [kind, day, count],
        )
        row = cursor.fetchone()
    assert row is not None
    last = int(row[0])
    return [f"{letter}{day:%Y%m%d}-{number:04d}" for number in range(last - count + 1, last + 1)]
