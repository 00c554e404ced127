"""What the journal says of how records stood at an earlier moment, where the records only know how they stand now."""

from collections.abc import Iterable

from fenghuo.kernel.journal.models import EntryAbout
from fenghuo.kernel.journal.telling import samples

from .asking import Moment


def told_before(verbs: Iterable[str], moment: Moment, field: str) -> list[tuple[int, str]]:
    """(record that the entry is about first, `field` of the entry) by the time they happened. 1 query.

    Cut off and put in order here: a database that is asked to would walk the whole journal by time, not these verbs.
    """
    told = EntryAbout.objects.filter(place=0, entry__verb__in=list(verbs))
    rows = told.values_list("entry__happened_at", "entry_id", "record_id", f"entry__{field}")
    before = sorted((row for row in rows if row[0] < moment.at), key=lambda row: row[:2])
    return [(record, said) for _at, _entry, record, said in before]


def last_verbs(verbs: Iterable[str], moment: Moment) -> dict[int, str]:
    """Of each record that entries of these verbs are about first, the verb of the last one before. 1 query."""
    return dict(told_before(verbs, moment, "verb"))


def archived(moment: Moment) -> frozenset[int]:
    """All records that lay in the archive then, by every room's verbs archived and restored. 1 query a moment."""
    if moment.known_archived is None:
        verbs = [verb for verb in samples if verb.endswith((".archived", ".restored"))]
        last = last_verbs(verbs, moment)
        moment.known_archived = frozenset(record for record, verb in last.items() if verb.endswith(".archived"))
    return moment.known_archived
