"""Clocks for tests: of an incident of the desk, moved to where the test wants them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fenghuo.kernel.access.models import Record
from fenghuo.kernel.clocks.models import Clock
from fenghuo.kernel.clocks.planning import first_look
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.registry.services import open_record
from tests.county import County

MINUTE = timedelta(minutes=1)


def minute(moment: datetime | None = None) -> datetime:
    """The whole minute."""
    return (moment or timezone.now()).replace(second=0, microsecond=0)


def entry_of_all() -> Entry:
    """Any entry: a clock names the one that started it."""
    return Entry.objects.order_by("pk")[0]


def run_clock(
    record: Record | int,
    rule: str = "R8",
    *,
    started: datetime,
    minutes: int = 30,
    turn: int = 0,
    look: bool = True,
    **more: object,
) -> Clock:
    """A duty that runs for so long, as a service would have started it at that moment."""
    due = started + timedelta(minutes=minutes)
    zone = timezone.get_current_timezone()
    entry = entry_of_all()
    return Clock.objects.create(
        record_id=record if isinstance(record, int) else record.pk,
        rule=rule,
        turn=turn,
        anchor="learned",
        started_at=started,
        due_at=due,
        source="COUNTY",
        article="R8",
        certainty="?",
        entry=entry,
        next_at=first_look(started, due, zone) if look else None,
        **more,
    )


def matter(county: County, unit: str = "emo", *, title: str = "草堂营村道路交通事故", exercise: bool = False) -> Record:
    """A record of this unit that nothing else hangs on."""
    with transaction.atomic():
        return open_record(
            "matter", title, unit=county.units[unit], region=county.units[unit].region, exercise=exercise
        )


def told(channel: str = "in_app") -> list[str]:
    """Texts that were written, in their order."""
    return list(Message.objects.filter(channel=channel).order_by("pk").values_list("text", flat=True))


def names_told(channel: str = "in_app") -> list[str]:
    return list(Message.objects.filter(channel=channel).order_by("pk").values_list("name", flat=True))
