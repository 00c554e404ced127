"""Who sees what: three that must be refused, three that must be allowed, and the rule for everybody else."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Record, RecordSubject, Share
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.sight import SIGHT, Scope, Sight
from fenghuo.kernel.journal.follow import events_after, head
from fenghuo.kernel.journal.recording import record as note
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.response.incidents.models import Report
from tests.county import County

FIXTURES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
UNITS = ["government", "emo", "psb", "education", "transport", "a", "b", "village", "110", "120", "neighbour"]
REGIONS = ["county", "a", "b", "village", "neighbour", "city"]
SUBJECTS = ["public_security", "education", "transport", "health"]


def scopes_told(*records: Record) -> tuple[Scope, ...]:
    """As the live stream is told of something done to these."""
    while number_waiting():  # what made the county
        pass
    before = head()
    with transaction.atomic():
        note("test.done", SYSTEM, about=records)
    number_waiting()
    (event,) = events_after(before)
    return event.scopes


def test_the_education_bureau_does_not_read_a_traffic_crash(county: County) -> None:
    county.report(kind="road_traffic")
    assert not Report.objects.visible_to(county.actor("education")).exists()


def test_town_a_does_not_read_town_b(county: County) -> None:
    county.report(location={"address": "余下街道"})
    assert not Report.objects.visible_to(county.actor("a", "clerk")).exists()
    assert Report.objects.visible_to(county.actor("b", "clerk")).exists()


def test_a_village_does_not_read_its_town(county: County) -> None:
    county.report(location={"address": "草堂街道"})
    assert not Report.objects.visible_to(county.actor("village", "head")).exists()
    assert Report.objects.visible_to(county.actor("a", "clerk")).exists()


def test_the_countys_duty_desk_reads_every_report(county: County) -> None:
    for address in ("草堂街道", "余下街道", "草堂营村", ""):
        county.report(location={"address": address})
    assert Report.objects.visible_to(county.actor("emo", "duty_officer")).count() == 4


def test_the_department_whose_line_is_concerned_reads_it_in_the_place_hit(county: County) -> None:
    county.report(kind="road_traffic")
    assert Report.objects.visible_to(county.actor("transport")).exists()
    assert Report.objects.visible_to(county.actor("psb")).exists()


def test_the_platform_whose_report_was_joined_sees_what_was_shared(county: County) -> None:
    report = county.report()
    other = county.report(source="120", by=county.machine("120"))
    machine = county.machine("110", "incidents.read")
    assert list(Report.objects.visible_to(machine)) == [report]
    Share.objects.create(record_id=other.pk, unit=county.units["110"], why="joined")
    assert Report.objects.visible_to(machine).count() == 2


def test_a_share_gives_that_record_and_no_more(county: County) -> None:
    first, second = county.report(), county.report()
    actor = county.actor("education")
    Share.objects.create(record_id=first.pk, unit=county.units["education"], why="asked")
    assert list(Report.objects.visible_to(actor)) == [first]
    person = county.actor("b", "clerk")
    Share.objects.create(record_id=second.pk, person_id=person.person_id, why="asked")
    assert list(Report.objects.visible_to(person)) == [second]
    assert not Report.objects.visible_to(county.actor("b", "clerk")).exists()


def test_the_neighbouring_county_sees_nothing_of_ours(county: County) -> None:
    county.report()
    assert not Report.objects.visible_to(county.actor("neighbour")).exists()


def test_every_kind_of_unit_has_its_sight() -> None:
    assert set(SIGHT) == set(UnitKind.values)
    assert Sight.ALL not in SIGHT.values()


@FIXTURES
@given(
    viewer=st.sampled_from(UNITS),
    owner=st.sampled_from([*UNITS, None]),
    region=st.sampled_from([*REGIONS, None]),
    subjects=st.sets(st.sampled_from(SUBJECTS)),
    shared=st.sampled_from([*UNITS, None]),
)
def test_sql_and_memory_and_the_rule_in_words_agree(
    county: County, viewer: str, owner: str | None, region: str | None, subjects: set[str], shared: str | None
) -> None:
    actor = county.actor(viewer, "clerk")
    place = county.regions[region] if region else None
    unit = county.units[owner] if owner else None
    record = Record.objects.create(kind="test", title="x", unit=unit, region=place, block=place.path if place else "")
    RecordSubject.objects.bulk_create(RecordSubject(record=record, subject=subject) for subject in subjects)
    if shared:
        Share.objects.create(record=record, unit=county.units[shared], why="test")

    mine = county.units[viewer]
    inside = place is not None and place.path.startswith(mine.region.path)
    lines = set(mine.lines.values_list("subject", flat=True))
    by_block = inside and SIGHT[mine.kind] is Sight.BLOCK
    by_line = inside and SIGHT[mine.kind] is Sight.LINE and bool(lines & subjects)
    expected = owner == viewer or shared == viewer or by_block or by_line

    assert Record.objects.visible_to(actor).filter(pk=record.pk).exists() == expected
    assert actor.sees(scopes_told(record)[0]) == expected


def test_who_stands_in_no_unit_sees_nothing_that_belongs_to_none(county: County) -> None:
    """As whoever answers an order by link: not the records without a unit, nor what is shared with other people."""
    nobodys = Record.objects.create(kind="test", title="无主", region=county.regions["a"], block="")
    shared = Record.objects.create(kind="test", title="给别人", region=county.regions["a"], block="")
    Share.objects.create(record=shared, person_id=county.post("a").person_id, why="assigned")
    stranger = Actor(label="link", sight=Sight.OWN, person_id=county.post("b").person_id)
    assert not Record.objects.visible_to(stranger).filter(pk__in=[nobodys.pk, shared.pk]).exists()
    assert not any(stranger.sees(scope) for scope in scopes_told(nobodys, shared))
