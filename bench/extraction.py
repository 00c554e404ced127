"""Reading texts: what is found of what is said, what is found and not said, and how long it takes. Goal: 50 ms."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import django

from .bulletins import NOW, bulletins

REPEATS = 5

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    django.setup()
    from fenghuo.kernel.registry.demo.gazetteer import demo_gazetteer
    from fenghuo.response.incidents.extraction import guess_document, guess_from

    gazetteer = demo_gazetteer()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    spans = []
    for bulletin in bulletins():
        for _repeat in range(REPEATS):
            began = time.perf_counter()
            guesses = guess_from(bulletin.text, NOW, gazetteer)
            spans.append(time.perf_counter() - began)
        found = [guess_document(guess) for guess in guesses]
        for said, got in zip(bulletin.incidents, [*found, *({},) * len(bulletin.incidents)], strict=False):
            for field, expected, value in compared(said, got):
                counted = right if expected == value else missed if value is None else wrong
                counted[field] += 1
    spans.sort()
    for field in sorted(right | wrong | missed):
        tell(
            {
                "bench": "extraction",
                "field": field,
                "right": right[field],
                "wrong": wrong[field],
                "missed": missed[field],
            }
        )
    longest = max((bulletin.text for bulletin in bulletins()), key=len) * 100
    began = time.perf_counter()
    guess_from(longest[:10_000], NOW, gazetteer)
    tell(
        {
            "bench": "extraction",
            "texts": len(spans) // REPEATS,
            "median_ms": round(spans[len(spans) // 2] * 1000, 2),
            "worst_ms": round(spans[-1] * 1000, 2),
            "ten_thousand_characters_ms": round((time.perf_counter() - began) * 1000, 1),
            "goal_ms": 50,
        }
    )


def compared(said: dict[str, Any], got: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """(field, expected, found) of everything that is expected or found."""
    rows: list[tuple[str, Any, Any]] = []
    if "time" in said:
        time_found = (got.get("time") or {}).get("value")
        rows.append(("time", said["time"], time_found[:16] if time_found else None))
    if "place" in said:
        code = ((got.get("place") or {}).get("value") or {}).get("region")
        rows.append(("place", said["place"], said["place"] if code and code.startswith(said["place"]) else code))
    if said.get("kind"):
        rows.append(("kind", said["kind"], (got.get("kind") or {}).get("value")))
    figures = {name: found["value"] for name, found in got.get("figures", {}).items() if found["value"] is not None}
    rows += [(name, said["figures"].get(name), figures.get(name)) for name in sorted({*said["figures"], *figures})]
    rows.append(("phones", said.get("phones", []), [found["value"] for found in got.get("phones", [])]))
    return rows
