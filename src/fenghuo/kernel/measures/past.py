"""What the journal says of how records stood at an earlier moment, where the records only know how they stand now."""

from collections.abc import Iterable
from datetime import datetime

from fenghuo.kernel.journal.models import EntryAbout


def last_verbs(verbs: Iterable[str], at: datetime) -> dict[int, str]:
    """Of each record that entries of these verbs are about first, the verb of the last one before `at`. 1 query."""
    told = EntryAbout.objects.filter(place=0, entry__verb__in=list(verbs), entry__happened_at__lt=at)
    rows = told.order_by("entry__happened_at", "entry_id").values_list("record_id", "entry__verb")
    return dict(rows)


def archived_at(kinds: Iterable[str], at: datetime) -> set[int]:
    """Records of these kinds that lay in the archive at that moment, by their verbs archived and restored. 1 query."""
    verbs = [f"{kind}.{verb}" for kind in kinds for verb in ("archived", "restored")]
    return {record for record, verb in last_verbs(verbs, at).items() if verb.endswith(".archived")}
