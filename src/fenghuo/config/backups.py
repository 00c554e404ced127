"""FENGHUO_BACKUP_AT and FENGHUO_BACKUP_KEEP read: when the daily backup is made, and for how many days it is kept."""

import re

from django.core.exceptions import ImproperlyConfigured

TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
LONGEST = 36_500  # days


def backup_at(text: str) -> str:
    """HH:MM, or empty for none. Raises: ImproperlyConfigured."""
    if text and not TIME.fullmatch(text):
        raise ImproperlyConfigured(f"FENGHUO_BACKUP_AT is {text!r}: write the time of day as 03:30, or leave it out.")
    return text


def backup_keep(text: str) -> int:
    """Days. Raises: ImproperlyConfigured."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST:
        return int(text)
    raise ImproperlyConfigured(f"FENGHUO_BACKUP_KEEP is {text!r}: write a number of days from 1 to {LONGEST}.")
