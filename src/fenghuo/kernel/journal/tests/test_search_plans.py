"""However long the journal is, a search walks along an index and stops when its page is full: asserted as plans."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rows import Rows, ask_keys, insert_rows
from fenghuo.kernel.journal.models import Entry, EntryAbout, Position
from fenghuo.kernel.journal.reach import Reach, reach_of
from fenghuo.kernel.journal.recording import COLUMNS
from fenghuo.kernel.journal.searching import STEP, entries_after, newest_entries, search
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.wanted import Wanted, Who
from tests.county import County

COUNT, CHUNK = 30_000, 5000
VERBS = ("report.supplemented", "incident.noted", "incident.closed", "incident.controlled", "incident.reopened")
NOW = timezone.now()
SQLITE = connection.vendor == "sqlite"


def fill(county: County) -> list[Post]:
    """Entries of five verbs by twenty posts of two units, a minute apart; PostgreSQL has seen them, as after a day."""
    posts = [county.post(unit) for unit in ("emo", "a") for _ in range(10)]
    text = json.dumps({"public": {}})
    last = Position.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for begin in range(0, COUNT, CHUNK):
        keys = ask_keys(Entry, CHUNK)()
        moments = [NOW - timedelta(minutes=COUNT - begin - place) for place in range(CHUNK)]
        by = [posts[key * 7 % 20] for key in keys]
        rows = [
            (key, VERBS[key % 97 % 5], post.pk, post.unit_id, None, str(post), "", at, at, text)
            for key, post, at in zip(keys, by, moments, strict=True)
        ]
        insert_rows(Rows(Entry, ("id", *COLUMNS[1:]), rows))
        insert_rows(Rows(EntryAbout, ("entry", "record", "place"), [(key, county.units["emo"].pk, 0) for key in keys]))
        numbers = [(last + begin + place + 1, keys[place], moments[place]) for place in range(CHUNK)]
        insert_rows(Rows(Position, ("position", "entry", "at"), numbers))
    if not SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE journal_entry, journal_position, journal_entryabout")
    return posts


def who(*posts: Post) -> Who:
    return Who(person=posts[0].person_id, posts=tuple(post.pk for post in posts))


def plan(reach: Reach, wanted: Wanted) -> str:
    return str(newest_entries(reach, wanted, Q(), (f"-{wanted.time}", "-pk"), 51).explain())


@pytest.mark.parametrize("reader", [("government", "auditor"), ("emo", "administrator")])
def test_each_search_walks_along_its_index(county: County, reader: tuple[str, str]) -> None:
    posts = fill(county)
    reach = reach_of(county.actor(*reader))
    rare = (Wanted(verbs=("token.revoked",)), Wanted(who=who(county.post("b"))))
    since, until = NOW - timedelta(days=3), NOW - timedelta(days=2)
    for wanted, index in (
        (Wanted(), "journal_entry_recorded_at"),
        (rare[0], "entry_verb_recorded"),
        (rare[1], "entry_post_recorded"),
        (Wanted(verbs=("incident.noted",)), "entry_verb_recorded"),
        (Wanted(verbs=VERBS[1:4]), "entry_verb_recorded"),
        (Wanted(who=who(posts[3])), "entry_post_recorded"),
        (Wanted(who=who(*posts[3:5])), "entry_post_recorded"),
        (Wanted(since=since, until=until), "journal_entry_recorded_at"),
        (Wanted(since=since, until=until, by="happened"), "entry_happened"),
    ):
        said = plan(reach, wanted)
        # What is common, PostgreSQL may as well find by walking along all entries from the newest on.
        walks = index in said or (not SQLITE and wanted not in rare and "journal_entry_recorded_at" in said)
        assert walks, (wanted, said)
        assert "Seq Scan on journal_entry " not in said, (wanted, said)


def test_a_common_verb_is_not_sorted(county: County) -> None:
    fill(county)
    said = plan(reach_of(county.actor("government", "auditor")), Wanted(verbs=("incident.noted",)))
    assert "TEMP B-TREE" not in said
    assert "Sort" not in said or "Incremental Sort" in said


def test_a_search_takes_the_same_queries_however_much_there_is(county: County, django_assert_num_queries: Any) -> None:
    reach = reach_of(county.actor("government", "auditor"))
    number_waiting()
    for _ in range(2):
        with django_assert_num_queries(1):
            search(reach, Wanted(verbs=VERBS))
        with django_assert_num_queries(2):
            entries_after(reach, Wanted(), 0, 200)
        fill(county)


def test_one_question_of_a_machine_looks_through_so_many_positions_and_says_where_it_stopped(county: County) -> None:
    fill(county)
    reach = reach_of(county.actor("government", "auditor"))
    shown, following = entries_after(reach, Wanted(verbs=("token.revoked",)), 0, 200)
    assert (shown, following) == ([], STEP)
    shown, following = entries_after(reach, Wanted(verbs=("token.revoked",)), following, 200)
    last = Position.objects.order_by("-pk").values_list("pk", flat=True).first()
    assert (shown, following) == ([], last)
