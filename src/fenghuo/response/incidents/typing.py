"""What the house knows of a call while it is being typed: guesses, likely duplicates, the proposed level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fenghuo.decision.grading import Grade
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.naming import spoken
from fenghuo.kernel.registry.places import Place, Places, places

from .duplicates import WORDS, Likely, event_time, likely_while_typing, place_of
from .extraction import Guess, guess_from
from .likeness import Call
from .models import FIGURES, Report
from .proposing import propose_for

TONIGHT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Typed:
    """`guesses`: form field → (value as the form holds it, the words it came from). Positions WGS 84 degrees."""

    guesses: dict[str, tuple[str, str]]
    incidents: int
    place: Place | None
    latitude: float | None
    longitude: float | None
    approximate: bool
    candidates: list[str]
    duplicates: list[Likely]
    proposal: Grade | None
    calls_tonight: int


def read_typed(said: Mapping[str, str], by: Actor) -> Typed:
    """`said`: the form's fields as they stand; what is empty or still a guess may be guessed anew."""
    known, now = places(), timezone.now()
    received = _moment(said.get("received_at", "")) or now
    text = said.get("text", "")[:10_000]
    told = guess_from(text, received, known.gazetteer) if text.strip() else []
    guesses = _guesses(told[0], known) if told else {}
    values = {name: value for name, (value, _words) in guesses.items()} | {
        name: value for name, value in said.items() if value.strip() and name not in _open(said, guesses)
    }
    address = values.get("address", "")
    found = known.gazetteer.find(address) if address else None
    mention = found.value if found else None
    named = known.by_code.get(mention.code or "") if mention else None
    latitude, longitude = _degrees(said.get("latitude", "")), _degrees(said.get("longitude", ""))
    exact = latitude is not None and longitude is not None
    if not exact and mention is not None:
        latitude, longitude = mention.latitude, mention.longitude
    cell, town = place_of(latitude, longitude, True, named)
    call = Call(
        at=event_time(_moment(values.get("happened_at", "")), received),
        latitude=latitude if exact else None,
        longitude=longitude if exact else None,
        exact=exact,
        town=town,
        block=named.path if named else known.home_path,
        kind=values.get("kind", ""),
        text=text[:WORDS],
        phone=said.get("caller_phone", "").strip(),
    )
    figures = {name: int(values[name]) for name in FIGURES if values.get(name, "").isdigit()}
    enough = bool(text.strip() or call.phone)
    return Typed(
        guesses=guesses,
        incidents=len(told),
        place=named,
        latitude=latitude,
        longitude=longitude,
        approximate=not exact,
        candidates=_names(mention.candidates) if mention else [],
        duplicates=likely_while_typing(call, cell, by, exercise=bool(said.get("exercise"))) if enough else [],
        proposal=propose_for(call.kind, figures, timezone.localdate(call.at)),
        calls_tonight=_calls(call.phone, now, by),
    )


def _open(said: Mapping[str, str], guesses: Mapping[str, Any]) -> set[str]:
    """Fields that are still guesses: the form names them in `guessed`."""
    return set(said.get("guessed", "").split()) & set(guesses)


def _guesses(guess: Guess, known: Places) -> dict[str, tuple[str, str]]:
    told, found = guess.told, {}
    if told.time and isinstance(told.time.value, datetime):
        moment = timezone.localtime(told.time.value)
        found["happened_at"] = (f"{moment:%Y-%m-%dT%H:%M:%S}", told.time.words)
    if guess.place:
        found["address"] = (guess.place.value.text, guess.place.words)
    if told.kind:
        found["kind"] = (told.kind.value, told.kind.words)
    if told.phones:
        found["caller_phone"] = (told.phones[0].value, told.phones[0].words)
    for name, figure in told.figures.items():
        if name in FIGURES and figure.value.value is not None:  # a range of dead is nothing to enter
            found[name] = (str(figure.value.value), figure.words)
    return found


def _names(codes: tuple[str, ...]) -> list[str]:
    rows = Region.objects.filter(code__in=codes).select_related("parent")
    return [f"{row.parent.name if row.parent else ''}{spoken(row.name)}" for row in rows]


def _calls(phone: str, now: datetime, by: Actor) -> int:
    if len(phone) < 5:
        return 0
    return Report.objects.visible_to(by).filter(caller_phone=phone, received_at__gte=now - TONIGHT).count()


def _moment(said: str) -> datetime | None:
    try:
        read = parse_datetime(said)
    except ValueError:
        return None
    if read is None:
        return None
    return read if timezone.is_aware(read) else timezone.make_aware(read)


def _degrees(said: str) -> float | None:
    try:
        value = float(said)
    except ValueError:
        return None
    return value if abs(value) <= 180 else None
