"""How long a drive takes when no roads are known."""

from .cells import metres_between

DETOUR = 1.35  # roads against the straight line, usual for plains and hills
METRES_PER_SECOND = 40 / 3.6  # 40 km/h, county roads by day
START = 60.0  # seconds to get going


def straight_line_seconds(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float
) -> tuple[float, float]:
    """(metres along the detour, seconds): an estimate to be shown as one."""
    metres = metres_between(latitude, longitude, to_latitude, to_longitude) * DETOUR
    return metres, START + metres / METRES_PER_SECOND


def straight_line_reach(seconds: float) -> float:
    """Metres as the crow flies within which one is there in time: the inverse of the above."""
    return max(seconds - START, 0.0) * METRES_PER_SECOND / DETOUR
