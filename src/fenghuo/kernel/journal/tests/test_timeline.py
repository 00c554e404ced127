from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.selectors import entries_about
from fenghuo.kernel.journal.services import read_private
from fenghuo.kernel.journal.telling import samples, tell
from tests.county import County

if TYPE_CHECKING:
    from fenghuo.kernel.journal.telling import Told


@pytest.mark.django_db  # what a deadline is called may be the county's own word
@pytest.mark.parametrize("told", list(samples.values()), ids=list(samples))
def test_every_sentence_is_told_in_both_languages(told: "Told") -> None:
    with translation.override("en"):
        english = tell(told)
    with translation.override("zh-hans"):
        chinese = tell(told)
    assert english
    assert any("一" <= letter <= "鿿" for letter in chinese)
    assert english != chinese


def test_only_those_who_see_the_record_read_its_timeline(county: County) -> None:
    report = county.report()
    assert [line.verb for line in entries_about(report.pk, county.actor("emo"))] == ["report.received"]
    assert entries_about(report.pk, county.actor("b", "clerk")) == []


def test_a_title_that_may_not_be_seen_is_left_out(county: County) -> None:
    report = county.report()
    hidden = county.post("neighbour").person
    record("unit.noted", SYSTEM, about=[report, hidden])
    text = entries_about(report.pk, county.actor("emo"))[0].text
    assert hidden.name not in text


def test_reading_private_values_needs_right_and_reason_and_is_on_record(county: County) -> None:
    report = county.report(caller={"name": "李四", "phone": "13900000000"})
    entry = Entry.objects.get(verb="report.received")
    with pytest.raises(NotAllowed):
        read_private(entry, by=county.actor("emo", "duty_officer"), reason="x")
    with pytest.raises(Invalid):
        read_private(entry, by=county.actor("emo", "duty_leader"), reason=" ")
    value = read_private(entry, by=county.actor("emo", "duty_leader"), reason="call back")
    assert value["caller"]["name"] == "李四"
    assert entries_about(report.pk, county.actor("emo"))[0].verb == "journal.private_read"
