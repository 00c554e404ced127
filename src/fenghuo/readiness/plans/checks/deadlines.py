"""When a day that a check names is over."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def end_of(day: date) -> datetime:
    """Its last moment, 24:00 in the county's time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
