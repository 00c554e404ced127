from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registers.completeness.rules import asked_rules
from fenghuo.kernel.registers.completeness.selectors import figures_of
from fenghuo.kernel.registry.services import add_person, merge_people, separate
from fenghuo.readiness.teams.models import Contact
from fenghuo.readiness.teams.services import OnCall, create_team, set_contacts
from tests.county import County


def lacking(unit: Unit) -> set[str]:
    found = figures_of(Unit.objects.filter(pk=unit.pk), asked_rules()).get(unit.pk)
    return {rule for rule, count in found.lacking.items() if count} if found else set()


def test_a_team_has_a_leader_with_a_telephone(county: County) -> None:
    unit = county.units["a"]
    team = create_team(by=SYSTEM, name="草堂应急队", kind="general", unit=unit, region=county.regions["a"], people=None)
    assert {"team-leader", "team-people"} <= lacking(unit)
    leader = add_person(by=SYSTEM, name="李四", unit=unit)
    set_contacts(team, by=SYSTEM, contacts=[OnCall(person=leader)])
    assert "team-leader" in lacking(unit)
    set_contacts(team, by=SYSTEM, contacts=[OnCall(name="王五", phone="13900000001"), OnCall(person=leader)])
    assert "team-leader" not in lacking(unit)


def test_who_is_called_for_a_team_goes_over_in_a_merge(county: County) -> None:
    unit = county.units["a"]
    kept, gone = (add_person(by=SYSTEM, name="李四", unit=unit) for _twice in range(2))
    one = create_team(by=SYSTEM, name="甲队", kind="general", unit=unit, region=county.regions["a"])
    both = create_team(by=SYSTEM, name="乙队", kind="general", unit=unit, region=county.regions["a"])
    set_contacts(one, by=SYSTEM, contacts=[OnCall(person=gone)])
    set_contacts(both, by=SYSTEM, contacts=[OnCall(person=gone), OnCall(person=kept)])
    merge = merge_people(kept, gone, by=SYSTEM)
    assert Contact.objects.get(team=one).person_id == kept.pk
    assert set(Contact.objects.filter(team=both).values_list("person", flat=True)) == {kept.pk, gone.pk}
    separate(merge, by=SYSTEM)
    assert Contact.objects.get(team=one).person_id == gone.pk
