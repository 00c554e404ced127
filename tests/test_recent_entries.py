"""The latest lines of the journal, for the wall board."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fenghuo.kernel.journal.selectors import recent_entries
from fenghuo.response.incidents.services import add_note, open_incident
from tests.county import County
from tests.orders import give, incident

KINDS = ("incident", "assignment")


def test_what_became_known_last_comes_first(county: County) -> None:
    desk = county.actor("emo")
    it = incident(county, desk)
    give(county, desk, "a", about=it)
    add_note(it, by=desk, text="早先的事", happened_at=it.opened_at)
    lines = recent_entries(desk, KINDS, 3)
    assert lines[0][0].verb == "incident.noted"
    assert len(lines) == 3
    assert lines[0][1].pk == it.pk
    assert "早先" not in lines[0][0].text


def test_only_these_kinds_and_what_is_recent(county: County) -> None:
    desk = county.actor("emo")
    county.report()
    incident(county, desk)
    assert {line.verb.partition(".")[0] for line, _record in recent_entries(desk, KINDS, 50)} == {"incident"}
    assert recent_entries(desk, KINDS, 50, since=timezone.now() + timedelta(minutes=1)) == []


def test_other_blocks_stay_hidden(county: County, django_assert_num_queries: Any) -> None:
    desk = county.actor("emo")
    elsewhere = open_incident([county.report(text="余下着火", location={"address": "余下街道"})], by=desk)
    town = county.actor("a")
    with django_assert_num_queries(1):
        assert recent_entries(town, KINDS, 50) == []
    assert {record.pk for _line, record in recent_entries(county.actor("b"), KINDS, 50)} == {elsewhere.pk}
