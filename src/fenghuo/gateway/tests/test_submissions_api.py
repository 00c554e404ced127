"""Submissions through the machine door."""

import pytest

from tests.county import County
from tests.essays import Essays

from .test_incidents_api import Machine

SCOPES = ("submissions.read", "submissions.write")


@pytest.fixture
def village(county: County) -> Machine:
    return Machine(county, "village", *SCOPES)


def test_the_whole_road(essays: Essays, county: County, village: Machine) -> None:
    town = Machine(county, "a", *SCOPES)
    paper = essays.write()
    body = {"paper": paper.pk, "kinds": ["essay"], "enclosed": [{"item": "issued_text"}]}
    made = village.post("submissions", body, key="k1")
    assert made.status_code == 201, made.content
    (one,) = made.json()["items"]
    assert (one["state"], one["receiver"]["name"], one["paper"]["id"]) == ("submitted", "草堂街道办事处", paper.pk)
    again = village.post("submissions", body, key="k1")
    assert (again.status_code, again.content) == (200, made.content)
    twice = village.post("submissions", body)
    assert twice.status_code == 409
    assert one["number"] in twice.json()["detail"]
    said = {"reason": "缺页", "remarks": [{"item": "issued_text", "text": "第三页"}]}
    returned = town.post(f"submissions/{one['number']}/return", said).json()
    (remark,) = returned["rounds"][0]["remarks"]
    assert village.post(f"submissions/{one['id']}/resubmit", {}).status_code == 422  # the remark has no answer
    village.post(f"submissions/{one['id']}/answer", {"remark": remark["id"], "text": "补上了"})
    assert village.post(f"submissions/{one['id']}/resubmit", {}).json()["state"] == "submitted"
    done = town.post(f"submissions/{one['id']}/accept", {}).json()
    assert (done["state"], len(done["rounds"])) == ("accepted", 2)
    assert done["receipt"]


def test_lists_by_box_state_and_paper(essays: Essays, county: County, village: Machine) -> None:
    sent = essays.send()
    town = Machine(county, "a", "submissions.read")
    assert [one["id"] for one in town.get("submissions", box="in").json()["items"]] == [sent.pk]
    assert town.get("submissions", box="out").json()["items"] == []
    assert [one["id"] for one in village.get("submissions", box="out", paper=sent.paper_id).json()["items"]] == [
        sent.pk
    ]
    assert village.get("submissions", state="accepted").json()["items"] == []
    assert village.get("submissions", state="nonsense").status_code == 422


def test_strangers_and_readers(essays: Essays, county: County) -> None:
    sent = essays.send()
    stranger, reader = Machine(county, "education", *SCOPES), Machine(county, "a", "submissions.read")
    assert stranger.get(f"submissions/{sent.pk}").status_code == 404
    assert stranger.post(f"submissions/{sent.pk}/accept", {}).status_code == 404
    assert reader.get(f"submissions/{sent.pk}").status_code == 200
    assert reader.post(f"submissions/{sent.pk}/accept", {}).status_code == 403
    assert Machine(county, "a", "incidents.read").get("submissions").status_code == 403
