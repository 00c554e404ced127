"""Backups that may still hold what an order removes. Whoever makes backups registers a function that names them."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Backup(NamedTuple):
    """`name`: how people find it; `expires_at` None when nobody has said until when it is kept."""

    name: str
    made_at: datetime
    expires_at: datetime | None


type Lister = Callable[[datetime], list[Backup]]

_listers: list[Lister] = []


def lists_backups(function: Lister) -> Lister:
    """Register a function that answers the backups that exist at this moment and were made before it."""
    _listers.append(function)
    return function


def backups_holding(before: datetime) -> list[Backup]:
    """Backups that exist and were made before this moment, the one that expires last at the end."""
    found = [backup for lister in _listers for backup in lister(before)]
    return sorted(found, key=lambda one: (one.expires_at is None, one.expires_at or one.made_at))


def anybody_lists() -> bool:
    """Whether anything in this installation knows of backups at all."""
    return bool(_listers)
