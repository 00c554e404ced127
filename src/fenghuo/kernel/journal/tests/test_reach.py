"""An auditor reads all there is, and changes nothing."""

import pytest

from fenghuo.kernel.access import rights
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.access.sight import Sight
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.reach import reach_of
from fenghuo.kernel.journal.searching import search
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.wanted import Wanted
from tests.county import County

READING = ("read", "search", "export", "read_private")


@pytest.mark.parametrize("unit", ["government", "emo", "education"])
def test_the_countys_auditor_reads_every_entry_whatever_unit_he_is_in(county: County, unit: str) -> None:
    county.report()
    actor = county.actor(unit, "auditor")
    number_waiting()
    reach = reach_of(actor)
    assert reach.entries().count() == Entry.objects.count()
    assert search(reach, Wanted(), limit=1000).next is None
    assert actor.sight is Sight.BLOCK


def test_without_a_node_the_county_with_towns_is_the_one_served(county: County, settings: object) -> None:
    settings.NODE = ""  # type: ignore[attr-defined]
    assert reach_of(county.actor("education", "auditor")).everything
    assert not reach_of(county.actor("neighbour", "auditor")).everything


@pytest.mark.parametrize(("unit", "sees"), [("a", True), ("b", False), ("neighbour", False)])
def test_an_auditor_of_a_part_reads_that_part(county: County, unit: str, sees: bool) -> None:
    report = county.report()
    number_waiting()
    reach = reach_of(county.actor(unit, "auditor"))
    assert not reach.everything
    found = search(reach, Wanted(records=(report.pk,)), limit=1000).shown
    assert bool(found) is sees


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_nobody_else_reads_everything(county: County, role: Role) -> None:
    assert not reach_of(county.actor("emo", role)).everything


def test_an_auditor_has_only_rights_that_change_nothing() -> None:
    granted = [action for action in rights.actions() if Role.AUDITOR in rights.roles_for(action)]
    assert {"journal.search", "journal.export", "journal.read_private"} <= set(granted)
    assert [action for action in granted if action.partition(".")[2] not in READING] == []


def test_searching_the_journal_is_for_auditors_and_administrators() -> None:
    for action in ("journal.search", "journal.export"):
        assert rights.roles_for(action) == {Role.AUDITOR, Role.ADMINISTRATOR}
