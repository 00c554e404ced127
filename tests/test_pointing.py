"""Every foreign key to a person, a unit, a post or their record is declared: moved by a merge, or left, and why."""

from fenghuo.kernel.registry.pointing import all_relations, declared, label_of


def test_every_relation_is_declared() -> None:
    there = {label_of(field) for field in all_relations()}
    assert sorted(there - set(declared())) == [], "say in the room's merging.py whether a merge moves it"
    assert sorted(set(declared()) - there) == []


def test_what_stays_says_why() -> None:
    assert all(one.moves or one.why for one in declared().values())
