"""Which backups may still hold what an order destroys, and what is destroyed again after a restore."""

from datetime import date, datetime, time, timedelta
from threading import Event

from django.conf import settings
from django.utils import timezone

from fenghuo.kernel.destruction import backups
from fenghuo.kernel.destruction.models import ItemState
from fenghuo.kernel.destruction.services import read_orders, reapply
from fenghuo.kernel.destruction.working import Destroyer

from .selectors import backups_made_before


@backups.lists_backups
def there(before: datetime) -> list[backups.Backup]:
    return [backups.Backup(one.name, one.made_at, _ends(one.keep_until)) for one in backups_made_before(before)]


def destroy_again() -> int:
    """How many records' values a restored backup had brought back, which are gone again now.

    By the list that stands in the data folder beside the database, which no restore touches. Raises: Invalid, OSError.
    """
    if not settings.DESTRUCTION_ORDERS.is_file():
        return 0
    done = reapply(read_orders(settings.DESTRUCTION_ORDERS.read_text(encoding="utf-8")))
    Destroyer(Event()).run_until_idle()
    return sum(one.order.items.filter(state=ItemState.DONE).count() for one in done if one.order and one.here)


def _ends(keep_until: date | None) -> datetime | None:
    """With the end of its last day."""
    if keep_until is None:
        return None
    return timezone.make_aware(datetime.combine(keep_until + timedelta(days=1), time()))
