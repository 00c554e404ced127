"""The history of one record: what it shows, to whom, and what can be looked for in it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotFound
from fenghuo.kernel.journal.history import history_of, newest_lines, record_read, units_acting
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.naming import groups
from fenghuo.kernel.journal.reach import reach_of
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.wanted import Wanted
from tests.county import County

NOW = timezone.now()


def acts(county: County, pk: int, count: int) -> None:
    """Entries about the record, a minute apart, the last of them just now."""
    for place in range(count):
        record("record.given_back", SYSTEM, about=[pk], happened_at=NOW - timedelta(minutes=count - place))
    number_waiting()


def test_every_page_follows_the_one_before_whatever_comes_meanwhile(county: County) -> None:
    report = county.report()
    acts(county, report.pk, 25)
    found, reach = record_read(county.actor("emo"), report.pk)
    for newest_first in (True, False):
        seen: list[int] = []
        after = None
        while True:
            page = history_of(found, reach, Wanted(), newest_first=newest_first, after=after, limit=10)
            seen += [one.line.entry.pk for one in page.shown]
            acts(county, report.pk, 0)
            if (after := page.next) is None:
                break
        assert len(seen) == len(set(seen)) == 26
        assert page.count == 26


def test_a_place_in_another_history_is_refused(county: County) -> None:
    report, other = county.report(), county.report()
    acts(county, other.pk, 1)
    foreign = newest_lines(other.pk, reach_of(SYSTEM), Wanted(), 1)[0].line.position
    found, reach = record_read(county.actor("emo"), report.pk)
    for place in (foreign, 10**30, 0):
        with pytest.raises(Invalid):
            history_of(found, reach, Wanted(), after=place)
        with pytest.raises(Invalid):
            history_of(found, reach, Wanted(), after=place, fitting=lambda read: read)


def test_it_is_filtered_by_verb_unit_and_time(county: County) -> None:
    report = county.report()
    acts(county, report.pk, 5)
    found, reach = record_read(county.actor("emo"), report.pk)

    def verbs(wanted: Wanted) -> list[str]:
        return [one.line.verb for one in history_of(found, reach, wanted).shown]

    assert verbs(Wanted(verbs=("report.received",))) == ["report.received"]
    assert verbs(Wanted(unit=county.units["110"].pk)) == ["report.received"]
    assert len(verbs(Wanted(since=NOW - timedelta(minutes=3), by="happened"))) >= 3
    assert verbs(Wanted(until=NOW - timedelta(days=9999), by="happened")) == []
    assert [unit.code for unit in units_acting(found)] == ["610118000000-110"]


def test_who_may_not_see_the_record_gets_the_same_answer_as_for_none(county: County) -> None:
    report = county.report(location={"address": "余下街道"})
    stranger = county.actor("a", "clerk")
    with pytest.raises(NotFound) as hidden:
        record_read(stranger, report.pk)
    with pytest.raises(NotFound) as missing:
        record_read(stranger, 10**12)
    assert str(hidden.value) == str(missing.value)
    assert newest_lines(report.pk, reach_of(stranger), Wanted(), 20) == []


def test_what_is_hidden_cannot_be_found_by_guessing_a_word(county: County) -> None:
    report = county.report()
    hidden = county.post("neighbour").person
    record("post.given", SYSTEM, about=[report, hidden], public={"role": "clerk"})
    number_waiting()
    found, reach = record_read(county.actor("emo"), report.pk)

    def having(word: str) -> int:
        return history_of(
            found, reach, Wanted(), fitting=lambda read: [one for one in read if word in one.line.text]
        ).count

    with translation.override("en"):
        assert having("not visible") == 1
        assert having(hidden.name) == 0
    about = newest_lines(report.pk, reach, Wanted(), 1)[0].about
    assert [one.pk for one in about] == [report.pk]


def test_what_was_entered_later_is_marked(county: County) -> None:
    report = county.report()
    with transaction.atomic():
        record("record.given_back", SYSTEM, about=[report])
        record("record.taken", SYSTEM, about=[report], happened_at=timezone.now() - timedelta(minutes=2))
    late = {one.line.verb: one.late for one in newest_lines(report.pk, reach_of(SYSTEM), Wanted(), 20)}
    assert late["record.taken"]
    assert not late["record.given_back"]


def test_the_history_of_a_region_is_nobodys_secret(county: County) -> None:
    village = county.actor("village", "head")
    lines = newest_lines(county.regions["b"].pk, reach_of(village), Wanted(), 20)
    assert [one.line.verb for one in lines] == ["region.created"]


@pytest.mark.django_db  # what a deadline is called may be the county's own word
def test_every_kind_of_act_has_its_name_in_both_languages() -> None:
    told = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            told[language] = {name: word for one in groups() for name, word in ((one.name, one.word), *one.verbs)}
    assert set(told["en"]) == set(told["zh-hans"])
    for name, word in told["zh-hans"].items():
        assert any("一" <= letter <= "鿿" for letter in word), name
        assert told["en"][name] != word


def test_no_entry_is_lost_by_a_filter_that_takes_all(county: County) -> None:
    report = county.report()
    acts(county, report.pk, 3)
    assert (
        len(newest_lines(report.pk, reach_of(SYSTEM), Wanted(), 100))
        == Entry.objects.filter(about__record=report.pk).count()
    )
