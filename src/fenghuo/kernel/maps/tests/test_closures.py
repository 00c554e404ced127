"""Closed roads: who closes, changes and lifts them, who sees them, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.maps.closures import closure, closures, in_force
from fenghuo.kernel.maps.models import Closure, Standing
from fenghuo.kernel.maps.services import change_closure, close_road, lift_closure
from tests.county import County

from .bridge import BRIDGE


def closed(by: Actor, **said: Any) -> Closure:
    return close_road(by=by, **({"where": "涝河中桥", "reason": "桥面过水", "geometry": BRIDGE} | said))


@pytest.mark.parametrize("unit", ["emo", "government", "psb"])
def test_the_countys_desk_and_public_security_close_and_lift(county: County, unit: str) -> None:
    by = county.actor(unit)
    made = closed(by)
    assert (made.record.number[:1], made.record.title, made.record.unit_id) == ("G", "涝河中桥", by.unit_id)
    assert list(Closure.objects.filter(in_force(timezone.now()))) == [made]
    lifted = lift_closure(made, by=county.actor("emo"))
    assert lifted.standing_at(timezone.now()) == Standing.LIFTED
    assert not Closure.objects.filter(in_force(timezone.now())).exists()
    assert list(Entry.objects.filter(verb__startswith="closure.").order_by("pk").values_list("verb", flat=True)) == [
        "closure.drawn",
        "closure.lifted",
    ]


@pytest.mark.parametrize(
    ("unit", "role"),
    [("education", "duty_officer"), ("a", "duty_officer"), ("neighbour", "duty_officer"), ("emo", "observer")],
)
def test_nobody_else_does(county: County, unit: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        closed(county.actor(unit, role))
    made = closed(county.actor("emo"))
    with pytest.raises((NotAllowed, NotFound)):
        lift_closure(made, by=county.actor(unit, role))
    assert Closure.objects.get().lifted_at is None


@pytest.mark.parametrize(
    ("unit", "seen"), [("psb", 1), ("education", 1), ("a", 1), ("b", 1), ("village", 0), ("neighbour", 0)]
)
def test_departments_and_towns_of_the_county_see_it(county: County, unit: str, seen: int) -> None:
    made = closed(county.actor("emo"))
    assert closures(county.actor(unit)).count() == seen
    if not seen:
        with pytest.raises(NotFound):
            closure(county.actor(unit), made.record.number)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"where": " "}, "where"),
        ({"reason": ""}, "reason"),
        ({"reason": "水" * 201}, "reason"),
        ({"geometry": {"type": "MultiPoint", "coordinates": [[108.6, 34.0]]}}, "geometry"),
        ({"geometry": {"type": "LineString", "coordinates": [[108.6, 34.0]]}}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": ["x", 34.0]}}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [34.05, 108.6]}}, "geometry"),
        ({"geometry": None}, "geometry"),
        ({"until_at": timezone.now() - timedelta(hours=1)}, "until_at"),
    ],
)
def test_what_cannot_be_used_is_named(county: County, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        closed(county.actor("emo"), **said)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Closure.objects.exists()


def test_a_change_is_told_and_counted(county: County) -> None:
    desk = county.actor("emo")
    made = closed(desk)
    until = timezone.now() + timedelta(hours=3)
    changed = change_closure(made, by=county.actor("psb"), version=1, until_at=until, where="涝河中桥东端")
    assert (changed.until_at, changed.record.title) == (until, "涝河中桥东端")
    entry = Entry.objects.get(verb="closure.changed")
    assert entry.text
    with pytest.raises(Conflict):
        change_closure(made, by=desk, version=1, reason="别的")
    assert change_closure(made, by=desk, reason="桥面过水").record.version == 2  # nothing new: nothing is told
    assert Entry.objects.filter(verb="closure.changed").count() == 1


def test_what_is_lifted_stays_so(county: County) -> None:
    desk = county.actor("emo")
    made = lift_closure(closed(desk), by=desk)
    with pytest.raises(WrongState):
        lift_closure(made, by=desk)
    with pytest.raises(WrongState):
        change_closure(made, by=desk, reason="又过水")


def test_it_begins_and_ends_by_itself(county: County) -> None:
    now = timezone.now()
    made = closed(county.actor("emo"), from_at=now + timedelta(hours=1), until_at=now + timedelta(hours=2))
    standings = [made.standing_at(now + timedelta(minutes=after)) for after in (0, 60, 119, 120)]
    assert standings == [Standing.COMING, Standing.CLOSED, Standing.CLOSED, Standing.OVER]
    for after, standing in zip((0, 60, 119, 120), standings, strict=True):
        found = Closure.objects.filter(in_force(now + timedelta(minutes=after))).exists()
        assert found == (standing == Standing.CLOSED)
