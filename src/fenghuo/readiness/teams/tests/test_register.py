from itertools import count
from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.registers.writing import create_row
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.selectors import contacts
from fenghuo.readiness.teams.services import OnCall, create_team, set_contacts
from fenghuo.readiness.teams.services.entering import change_team_and_leader
from tests.county import County
from tests.register_suite import RegisterSuite

_serial = count(1)


class TestTeams(RegisterSuite):
    """Read and changed by pages and machines as every register; the API is the room's own (test_api.py)."""

    name = "teams"
    wrong = {"name": "", "people": "many", "equipment": "绳子", "latitude": "north", "capabilities": "飞行"}
    new = {
        "name": "草堂义务消防队",
        "kind": "volunteer",
        "unit": "610118007000",
        "people": "12",
        "leader": "王队长",
        "leader_phone": "13800000005",
        "equipment": "消防水带 4 盘",
    }

    def by_machine(self) -> dict[str, Any]:
        return {name: self.new[name] for name in ("name", "kind", "unit")}

    def make(self, county: County) -> Team:
        return create_team(by=SYSTEM, unit=county.units["a"], name=f"草堂应急队{next(_serial)}", kind="general")

    def change(self, place: int) -> dict[str, Any]:
        return {"people": place + 1}


def test_what_is_entered_in_one_row_is_a_team_with_somebody_to_call(county: County) -> None:
    by = county.actor("a", "clerk")
    made = create_row(TestTeams().register, {**TestTeams.new, "capabilities": "firefighting、medical"}, by=by)
    assert [(one.name, one.phone) for one in contacts(by, made)] == [("王队长", "13800000005")]
    assert made.equipment_rows.get().count == 4
    assert made.capability_rows.count() == 2


def test_another_leader_takes_the_first_place_and_the_others_stay(county: County) -> None:
    by = county.actor("a", "clerk")
    team = create_team(by=SYSTEM, unit=county.units["a"], name="应急队", kind="general")
    set_contacts(team, by=by, contacts=[OnCall(name="甲", phone="13800000001"), OnCall(name="乙", phone="13800000002")])
    change_team_and_leader(team, by=by, leader="丙", leader_phone="13800000003")
    assert [one.name for one in contacts(by, team)] == ["丙", "乙"]
    with pytest.raises(Invalid):
        change_team_and_leader(team, by=by, leader="丁", leader_phone="")
    assert [one.name for one in contacts(by, team)] == ["丙", "乙"]
