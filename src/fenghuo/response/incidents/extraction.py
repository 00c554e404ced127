"""What a pasted or typed text probably says: guesses with the words they came from, until a person confirms them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fenghuo.geo.gazetteer import Gazetteer, Mention
from fenghuo.standards.extraction import Found, Told, read_text


@dataclass(frozen=True, slots=True)
class Guess:
    """One incident of the text: what it says, and where."""

    told: Told
    place: Found[Mention] | None


def guess_from(text: str, now: datetime, gazetteer: Gazetteer) -> list[Guess]:
    """At least one, in the order of the text. `now` (aware): when the text was received."""
    guesses = []
    for told in read_text(text, now):
        place = gazetteer.find(text[told.start : told.end])
        guesses.append(Guess(told, place))
    return guesses


def guess_document(guess: Guess) -> dict[str, Any]:
    """As machines read it (interfaces.md, fenghuo extract)."""
    told, place = guess.told, guess.place
    return {
        "time": _value(told.time, told.time.value.isoformat()) if told.time else None,
        "place": _value(place, _place(place.value)) if place else None,
        "kind": _value(told.kind, told.kind.value) if told.kind else None,
        "figures": {
            name: _value(found, found.value.value)
            | {"low": found.value.low, "high": found.value.high, "about": found.value.about}
            for name, found in told.figures.items()
        },
        "phones": [_value(found, found.value) for found in told.phones],
    }


def _value(found: Found[Any], value: Any) -> dict[str, Any]:
    return {"value": value, "words": found.words, "confidence": round(found.confidence, 2)}


def _place(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "region": mention.code,
        "latitude": mention.latitude,
        "longitude": mention.longitude,
        "approximate": mention.approximate,
        "candidates": list(mention.candidates),
    }
