"""A workbook of people read, recognised, tried, marked and let in, as JSON: python -m bench.many_imports ROWS

First new rows, then the same people changed, then the same again, which changes nothing. Seconds of the clock and of
the processor, and the longest that a transaction held the write lock (SQLite) or its rows (PostgreSQL). In the data
folder and the database of the environment, which are to be empty.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM, Actor, actor_for_post  # noqa: E402
from fenghuo.kernel.registers.declaring import Register, register_named  # noqa: E402
from fenghuo.kernel.registers.importing import applying, checking, reading, services  # noqa: E402
from fenghuo.kernel.registry.services import add_person, appoint  # noqa: E402
from tests.county import SINCE, make_county  # noqa: E402

from .workbooks import people  # noqa: E402

UNIT = "草堂街道办事处"


class Held:
    """How long each transaction was open, from its first statement to the end of its commit."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._began = 0.0
        for name in ("_start_transaction_under_autocommit", "set_autocommit"):
            self._wrap(name, before=False)
        for name in ("_commit", "_rollback"):
            self._wrap(name, before=True)

    def _wrap(self, name: str, *, before: bool) -> None:
        done: Callable[..., Any] | None = getattr(connection, name, None)
        if done is None:  # the other database begins its transactions otherwise
            return
        carry_out: Callable[..., Any] = done

        def wrapped(*args: Any, **more: Any) -> Any:
            found = carry_out(*args, **more)
            now = time.perf_counter()
            if before and self._began:
                self.longest, self._began = max(self.longest, now - self._began), 0.0
            elif not before and connection.in_atomic_block is False and not (args and args[0]):
                self._began = now
            return found

        setattr(connection, name, wrapped)


def main(rows: int) -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        county = make_county()
        person = add_person(by=SYSTEM, name="张三", unit=county.units["a"])
        post = appoint(person, by=SYSTEM, unit=county.units["a"], role="clerk", since=SINCE)
    by = actor_for_post(post)
    register = register_named("people")
    assert register is not None
    turns = {"new": "p", "changed": "q", "unchanged": "q"}
    found = {turn: _turn(register, by, people(rows, UNIT, mail=mail)) for turn, mail in turns.items()}
    print(json.dumps({"rows": rows, **found}))


def _turn(register: Register, by: Actor, content: bytes) -> dict[str, Any]:
    held, marking = Held(), _timed_marking()
    began, spent = time.perf_counter(), time.process_time()
    brought = reading.read_here(services.bring(register, [content], "list.xlsx", by=by, here=True))
    read, read_held = time.perf_counter() - began, held.longest
    found: dict[str, Any] = {
        "read_s": round(read, 1),
        "of_which_marking_s": round(marking[-1], 1),
        "read_longest_held_ms": round(read_held * 1000),
        "counts": {name: count for name, count in brought.counts.items() if count},
    }
    right = brought.counts["new"] + brought.counts["changed"]
    if right:
        held.longest, began = 0.0, time.perf_counter()
        services.apply(brought, by=by)
        while not applying.apply_for(brought.pk, 60):
            pass
        took = time.perf_counter() - began
        found |= {
            "applied_s": round(took, 1),
            "applied_rows_per_s": round(right / took),
            "applied_longest_held_ms": round(held.longest * 1000),
        }
    total = time.perf_counter() - began if not right else read + took
    return found | {"seconds": round(total, 1), "processor_seconds": round(time.process_time() - spent, 1)}


def _timed_marking() -> list[float]:
    took, done = [0.0], checking.mark_copy

    def timed(*args: Any, **more: Any) -> Any:
        began = time.perf_counter()
        found = done(*args, **more)
        took.append(time.perf_counter() - began)
        return found

    checking.mark_copy = timed  # type: ignore[assignment]
    return took


main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
