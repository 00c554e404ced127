"""When a message that was not accepted is tried again, as data."""

from datetime import datetime, timedelta

PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
THEN_EVERY = timedelta(minutes=30)
GIVEN_UP_AFTER = timedelta(hours=24)
LOOK_AGAIN = timedelta(seconds=30)  # at a channel that is not set up
LATEST_BEGIN = 10.0  # seconds of its lease in which a message may wait for a free lane


def next_try(tries: int, began_at: datetime, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when a day has passed and it is given up."""
    pause = PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else THEN_EVERY
    return None if now + pause > began_at + GIVEN_UP_AFTER else now + pause
