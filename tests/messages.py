"""A message as a platform sends it."""

from itertools import count

_serial = count(1)


def message(**said: object) -> dict[str, object]:
    """A message as interfaces.md shows it, with what is given put in its place (None takes a member out)."""
    usual: dict[str, object] = {
        "source": "110",
        "source_id": f"call-{next(_serial)}",
        "received_at": "2026-05-12T03:04:05+08:00",
        "text": "草堂营村村口两车相撞,三人受伤",
        "kind": "road_traffic",
        "location": {"address": "草堂街道草堂营村", "latitude": 34.0439, "longitude": 108.7108},
    }
    return {name: value for name, value in (usual | said).items() if value is not None}
