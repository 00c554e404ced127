"""Other rules in force, by the county's file or by the calendar, make all duties anew, a part at a time."""

from django.db import transaction

from fenghuo.kernel.access.models import Unit

from ..models import CoverageRules
from .keeping import refresh_duties
from .making import rules_digest, rules_in_force

PART = 200  # units in one transaction


def catch_up() -> int:
    """Make the duties of the next units anew if the rules are no longer those of the last time; how many units.

    2 queries when nothing has changed.
    """
    digest = rules_digest(rules_in_force())
    known = CoverageRules.objects.filter(pk=1).first()
    if known is not None and known.digest == digest and known.up_to is None:
        return 0
    return _part(digest)


def rebuild_duties() -> int:
    """All of them at once, part by part; how many units. For the demo county and for tests."""
    CoverageRules.objects.filter(pk=1).update(digest="")
    count = 0
    while part := catch_up():
        count += part
    return count


@transaction.atomic
def _part(digest: str) -> int:
    known, _made = CoverageRules.objects.select_for_update().get_or_create(pk=1, defaults={"up_to": 0})
    if known.digest != digest:
        known.digest, known.up_to = digest, 0
    units = Unit.objects.filter(pk__gt=known.up_to or 0).order_by("pk")
    keys = list(units.values_list("pk", flat=True)[:PART])
    refresh_duties(keys)
    known.up_to = keys[-1] if len(keys) == PART else None
    known.save(update_fields=["digest", "up_to"])
    return len(keys)


def is_up_to_date() -> bool:
    known = CoverageRules.objects.filter(pk=1).first()
    return known is not None and known.up_to is None and known.digest == rules_digest(rules_in_force())
