"""What a listener is told of an event. It only names what to fetch anew, so it holds no words of the record."""

import json
from collections.abc import Iterable

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.journal.follow import Event


class Line:
    """An event with its text, written once for all who see the same of its records."""

    __slots__ = ("_texts", "event")

    def __init__(self, event: Event) -> None:
        self.event = event
        self._texts: dict[tuple[int, ...], str] = {}

    def text_for(self, actor: Actor) -> str:
        """The event as JSON; empty when it does not concern this actor."""
        seen = tuple(place for place, scope in enumerate(self.event.scopes) if actor.sees(scope))
        if not seen:
            return ""
        text = self._texts.get(seen)
        if text is None:
            text = self._texts[seen] = self._write(seen)
        return text

    def _write(self, seen: tuple[int, ...]) -> str:
        scopes = [self.event.scopes[place] for place in seen]
        return json.dumps(
            {
                "verb": self.event.verb,
                "at": self.event.recorded_at.isoformat(),
                "kinds": sorted({scope.kind for scope in scopes}),
                "records": [scope.record_id for scope in scopes],
            }
        )


def stream_text(lines: Iterable[Line], actor: Actor) -> bytes:
    """Server-sent events of the lines that concern this actor."""
    told = [(line.event.position, text) for line in lines if (text := line.text_for(actor))]
    return "".join(f"id: {position}\nevent: entry\ndata: {text}\n\n" for position, text in told).encode()


def beat_text(position: int) -> bytes:
    """A page that hears no beat knows that it is cut off, and one that comes back asks from here on."""
    return f"id: {position}\nevent: beat\ndata: {{}}\n\n".encode()


def reload_text(position: int, why: str) -> bytes:
    """Everything on the page is to be fetched anew. `why`: behind, position or sight."""
    return f'id: {position}\nevent: reload\ndata: {{"why": "{why}"}}\n\n'.encode()
