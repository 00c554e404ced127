"""The register's pages."""

from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from fenghuo.readiness.teams import selectors
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import OnCall, archive_team, change_team, set_contacts, set_team_state
from tests.county import County

from .conftest import MakeTeam

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = {
    "name": "草堂应急队",
    "kind": "general",
    "unit": "610118007000",
    "region": "610118007000",
    "people": "112",
    "latitude": "34.05",
    "longitude": "108.6",
    "capabilities": ["evacuation", "medical"],
    "equipment": "水泵 2 台\n冲锋舟\t3\t艘\n\n铁锹:１００把",
    "note": "",
}


def sign_in(client: Client, county: County, unit: str = "emo", role: str = "duty_officer") -> Client:
    client.force_login(Account.objects.get(person=county.account(f"{unit}{role}", unit, role).person), BACKEND)
    return client


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    return sign_in(client, county)


@pytest.fixture
def observer(county: County) -> Client:
    return sign_in(Client(), county, "emo", "observer")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "page",
    [
        "/teams/",
        "/teams/?at=T-0001&q=草堂&kind=general&region=610118007000&capability=medical&state=ready",
        "/teams/?state=archive&page=zz&q=%00",
        "/teams/new/",
        "/teams/T-0001/",
        "/teams/T-0001/change/",
        "/teams/T-0001/contacts/",
        "/map/layers/teams.json",
    ],
)
def test_a_page_is_there(desk: Client, make_team: MakeTeam, page: str, language: str) -> None:
    make_team(name="草堂应急队", capabilities=["medical"], latitude=34.05, longitude=108.6)
    answer = desk.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()


def test_an_empty_register_offers_the_first_step(desk: Client) -> None:
    assert 'href="/teams/new/"' in desk.get("/teams/").content.decode()


def test_a_list_costs_the_same_for_many(desk: Client, make_team: MakeTeam, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        make_team(capabilities=["medical", "search"])
    desk.get("/teams/")
    for page in ("/teams/?at=T-0001", "/teams/?q=队&region=610118000000&capability=medical"):
        with django_assert_max_num_queries(12):
            assert desk.get(page).status_code == 200
    with django_assert_max_num_queries(12):
        assert desk.get("/teams/", headers={"HX-Request": "true"}).status_code == 200
    with django_assert_max_num_queries(12):
        assert desk.get("/teams/T-0001/").status_code == 200


def test_the_list_says_how_many_and_shows_the_one_chosen(desk: Client, county: County, make_team: MakeTeam) -> None:
    made = make_team(people=112)
    set_contacts(made, by=county.actor("emo"), contacts=[OnCall(name="李四", phone="13811112222")])
    make_team(people=None)
    answer = desk.get("/teams/?at=T-0001", headers={"Accept-Language": "en"})
    assert answer.context["sums"] == {"teams": 2, "people": 112, "ready": 2}
    assert 'href="tel:13811112222"' in answer.content.decode()
    assert answer.context["map_data"] == {"points": []}


def test_a_filter_by_capability_counts_each_team_once(desk: Client, make_team: MakeTeam) -> None:
    make_team(people=10, capabilities=["medical", "search"])
    assert desk.get("/teams/?capability=medical").context["sums"] == {"teams": 1, "people": 10, "ready": 1}


def test_a_team_is_entered_and_then_asks_whom_to_call(desk: Client) -> None:
    answer = desk.post("/teams/new/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/teams/T-0001/contacts/")
    team = Team.objects.get()
    assert [(row.name, row.count, row.measure) for row in team.equipment_rows.all()] == [
        ("水泵", 2, "台"),
        ("冲锋舟", 3, "艘"),
        ("铁锹", 100, "把"),
    ]
    assert (team.people, team.latitude, str(team.record.unit)) == (112, 34.05, "草堂街道办事处")


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"name": ""}, "name", ""),
        ({"name": "x" * 100_000}, "name", ""),
        ({"people": "-3"}, "people", ""),
        ({"people": "many"}, "people", ""),
        ({"latitude": "108.6", "longitude": "34.05"}, "latitude", "34.05000, 108.60000"),
        ({"latitude": "34.4"}, "latitude", "km"),
        ({"latitude": "nan"}, "latitude", ""),
        ({"longitude": ""}, "longitude", ""),
        ({"capabilities": ["magic"]}, "capabilities", "magic"),
        ({"equipment": "水泵 2 台\n冲锋舟 三艘"}, "equipment", "冲锋舟 三艘"),
        ({"equipment": "水泵 2 台\n冲锋舟 -3 艘"}, "equipment", "Line 2"),
        ({"unit": "没有这个单位"}, "unit", ""),
        ({"region": "610124000000"}, "region", ""),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    desk: Client, said: dict[str, Any], field: str, words: str
) -> None:
    answer = desk.post("/teams/new/", FORM | said, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in " ".join(answer.context["form"].errors[field])
    assert "草堂应急队" in answer.content.decode() or field == "name"
    assert "水泵 2 台" in answer.content.decode()
    assert not Team.objects.exists()


def test_what_lies_outside_is_taken_when_that_is_said(desk: Client) -> None:
    assert desk.post("/teams/new/", FORM | {"latitude": "34.4", "outside": "on"}).status_code == 302


def test_a_team_is_changed_and_who_is_slower_is_told(desk: Client, county: County) -> None:
    desk.post("/teams/new/", FORM)
    page = desk.get("/teams/T-0001/change/")
    version = page.context["team"].record.version
    assert page.context["form"]["equipment"].value() == "水泵 2 台\n冲锋舟 3 艘\n铁锹 100 把"
    change_team(Team.objects.get(), by=county.actor("emo"), people=5)
    late = desk.post("/teams/T-0001/change/", FORM | {"version": version, "people": "7"})
    assert late.status_code == 422
    assert 'value="7"' in late.content.decode()
    assert Team.objects.get().people == 5
    again = late.context["team"].record.version
    assert desk.post("/teams/T-0001/change/", FORM | {"version": again, "people": "7"}).status_code == 302
    assert Team.objects.get().people == 7


def test_the_list_of_whom_to_call_is_put_in_order(desk: Client, county: County, make_team: MakeTeam) -> None:
    make_team()
    person = county.post("a", "head").person
    second = {"name": "李四", "phone": "13811112222", "title": "副队长", "place": "2"}
    first = {"person": person.pk, "name": "", "phone": "", "title": "队长", "place": "1"}
    listed_rows = [second, first, {"name": "", "phone": "", "place": "3"}]
    rows = {f"row{place}-{name}": value for place, row in enumerate(listed_rows) for name, value in row.items()}
    assert desk.post("/teams/T-0001/contacts/", rows).status_code == 302
    listed = selectors.contacts(county.actor("emo"), Team.objects.get())
    assert [(one.name, one.title) for one in listed] == [("张三", "队长"), ("李四", "副队长")]
    assert "李四" in desk.get("/teams/T-0001/contacts/").content.decode()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"row0-name": "李四", "row0-phone": "abc"}, "phone"),
        ({"row0-name": "", "row0-phone": "13811112222"}, "name"),
        ({"row0-name": "", "row0-phone": "", "row0-title": "队长"}, "name"),
        ({"row0-name": "李四", "row0-phone": "110", "row0-place": "0"}, "place"),
        ({"row0-name": "李四", "row0-person": "999999"}, "person"),
    ],
)
def test_a_bad_row_is_marked(desk: Client, make_team: MakeTeam, row: dict[str, str], field: str) -> None:
    make_team()
    answer = desk.post("/teams/T-0001/contacts/", row)
    assert answer.status_code == 422
    assert field in answer.context["forms"][0].errors
    assert row["row0-name"] in answer.content.decode()


def test_who_is_slower_with_the_list_is_told_and_an_empty_post_clears_nothing(
    desk: Client, county: County, make_team: MakeTeam
) -> None:
    made = make_team()
    set_contacts(made, by=county.actor("emo"), contacts=[OnCall(name="甲", phone="110")])
    late = desk.post("/teams/T-0001/contacts/", {"version": "1", "row0-name": "乙", "row0-phone": "119"})
    assert late.status_code == 422
    assert "乙" in late.content.decode()
    assert desk.post("/teams/T-0001/contacts/", {}).status_code == 200
    assert [one.name for one in selectors.contacts(county.actor("emo"), made)] == ["甲"]


def test_what_lies_outside_is_not_asked_again(desk: Client) -> None:
    desk.post("/teams/new/", FORM | {"latitude": "34.4", "outside": "on"})
    assert (
        desk.post("/teams/T-0001/change/", FORM | {"latitude": "34.4", "people": "9", "version": "1"}).status_code
        == 302
    )
    assert Team.objects.get().people == 9


def test_a_line_reads_and_is_not_offered_the_forms(county: County, make_team: MakeTeam) -> None:
    made = make_team(capabilities=["traffic_control"])
    line = sign_in(Client(), county, "psb", "clerk")
    assert made.name in line.get("/teams/T-0001/").content.decode()
    for page in ("change", "contacts"):
        assert line.get(f"/teams/T-0001/{page}/").status_code == 403


def test_a_person_and_a_name_in_one_row_is_asked_back(desk: Client, county: County, make_team: MakeTeam) -> None:
    make_team()
    person = county.post("a", "head").person
    answer = desk.post("/teams/T-0001/contacts/", {"row0-person": person.pk, "row0-name": "李四"})
    assert list(answer.context["forms"][0].errors) == ["person"]


def test_a_state_is_stored_or_asked_back(desk: Client, make_team: MakeTeam) -> None:
    make_team()
    refused = desk.post("/teams/T-0001/state/", {"state": "unavailable", "reason": " "})
    assert refused.status_code == 422
    assert "reason" in refused.context["state_form"].errors
    assert desk.post("/teams/T-0001/state/", {"state": "unavailable", "reason": "检修"}).status_code == 302
    assert "检修" in desk.get("/teams/T-0001/").content.decode()
    assert desk.post("/teams/T-0001/state/", {"state": "ready"}).status_code == 302
    again = desk.post("/teams/T-0001/state/", {"state": "ready"})
    assert again.status_code == 422
    assert again.context["state_form"].non_field_errors()


def test_confirmed_archived_and_taken_back(desk: Client, make_team: MakeTeam) -> None:
    make_team()
    assert desk.post("/teams/T-0001/confirm/").status_code == 302
    assert desk.post("/teams/T-0001/archive/", {"reason": ""}).status_code == 422
    assert desk.post("/teams/T-0001/archive/", {"reason": "撤并"}).status_code == 302
    assert "T-0001" not in desk.get("/teams/").content.decode()
    assert "T-0001" in desk.get("/teams/?state=archive").content.decode()
    assert desk.post("/teams/T-0001/change/", FORM | {"version": ""}).status_code == 422
    assert desk.post("/teams/T-0001/restore/").status_code == 302
    assert "T-0001" in desk.get("/teams/").content.decode()


def test_an_observer_reads_without_telephones_and_changes_nothing(
    observer: Client, county: County, make_team: MakeTeam
) -> None:
    made = make_team()
    set_contacts(made, by=county.actor("emo"), contacts=[OnCall(name="李四", phone="13811112222")])
    set_team_state(made, by=county.actor("emo"), state="unavailable", reason="队长李四住院")
    for page in ("/teams/?at=T-0001", "/teams/T-0001/"):
        text = observer.get(page).content.decode()
        assert made.name in text
        assert "李四" not in text
        assert "13811112222" not in text
        assert "/teams/T-0001/change/" not in text
    assert observer.get("/teams/new/").status_code == 403
    assert observer.get("/teams/T-0001/change/").status_code == 403
    assert observer.get("/teams/T-0001/contacts/").status_code == 403
    assert observer.post("/teams/T-0001/archive/", {"reason": "x"}).status_code == 422
    assert Team.objects.get().record.archived_at is None


def test_a_stranger_finds_nothing(county: County, make_team: MakeTeam) -> None:
    make_team()
    stranger = sign_in(Client(), county, "b", "clerk")
    assert "应急队1" not in stranger.get("/teams/?at=T-0001").content.decode()
    for page in ("/teams/T-0001/", "/teams/T-0001/change/", "/teams/T-0001/contacts/", "/teams/T-9999/"):
        assert stranger.get(page).status_code == 404
    assert stranger.get("/map/layers/teams.json").json()["features"] == []
    assert Client().get("/teams/").status_code == 302


def test_the_map_layer_and_the_search(desk: Client, county: County, make_team: MakeTeam) -> None:
    made = make_team(name="草堂义务队", latitude=34.05, longitude=108.6)
    archive_team(make_team(latitude=34.06, longitude=108.6), by=county.actor("emo"), reason="撤并")
    (feature,) = desk.get("/map/layers/teams.json").json()["features"]
    assert feature["geometry"]["coordinates"] == [108.6, 34.05]
    assert feature["properties"].pop("word")
    assert feature["properties"] == {
        "title": "草堂义务队",
        "url": f"/teams/{made.record.number}/",
        "level": 4,
        "sign": "✓",
        "kind": "general",
        "state": "ready",
        "estimated": False,
    }
    assert "草堂义务队" in desk.get("/search/?q=ctywd").content.decode()
