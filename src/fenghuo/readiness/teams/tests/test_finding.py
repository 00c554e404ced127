"""Which teams the filters find."""

from typing import Any

import pytest

from fenghuo.readiness.teams import selectors
from fenghuo.readiness.teams.services import OnCall, set_contacts
from tests.county import County

from .conftest import MakeTeam


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["草堂义务队", "余下应急队"]),
        ({"text": "草堂"}, ["草堂义务队"]),
        ({"text": "ctyw"}, ["草堂义务队"]),
        ({"text": "yuxia"}, ["余下应急队"]),
        ({"text": "T-0002"}, ["余下应急队"]),
        ({"text": "13811112222"}, ["余下应急队"]),
        ({"text": "李四"}, ["余下应急队"]),
        ({"text": "%"}, []),
        ({"kind": "volunteer"}, ["草堂义务队"]),
        ({"region": "610118002000"}, ["余下应急队"]),
        ({"region": "610118000000"}, ["草堂义务队", "余下应急队"]),
        ({"region": "999999999999"}, []),
        ({"capability": "firefighting"}, ["草堂义务队"]),
        ({"capability": "nothing"}, []),
        ({"state": "ready"}, ["草堂义务队", "余下应急队"]),
        ({"state": "resting"}, []),
    ],
)
def test_filters(county: County, make_team: MakeTeam, asked: dict[str, Any], found: list[str]) -> None:
    make_team("a", name="草堂义务队", kind="volunteer", capabilities=["firefighting", "search"])
    other = make_team("b", name="余下应急队")
    set_contacts(other, by=county.actor("emo"), contacts=[OnCall(name="李四", phone="13811112222")])
    assert [team.name for team in selectors.teams(county.actor("emo"), **asked)] == found


def test_who_may_not_call_does_not_find_by_telephone(county: County, make_team: MakeTeam) -> None:
    set_contacts(make_team(), by=county.actor("emo"), contacts=[OnCall(name="李四", phone="13811112222")])
    assert not selectors.teams(county.actor("emo", "observer"), text="13811112222").exists()
