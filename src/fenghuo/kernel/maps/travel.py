"""Travel times. Straight-line estimates until the county's roads are loaded, and called so."""

from collections.abc import Sequence
from dataclasses import dataclass

from fenghuo.geo.travel import straight_line_seconds


@dataclass(frozen=True, slots=True)
class Travel:
    """`estimate`: reckoned along a straight line, not along roads."""

    metres: float
    seconds: float
    estimate: bool = True


def travel_times(origins: Sequence[tuple[float, float]], to: tuple[float, float]) -> list[Travel]:
    """From each origin (latitude, longitude; WGS 84) to one place, in the order given."""
    return [Travel(*straight_line_seconds(*origin, *to)) for origin in origins]
