"""The auditor's page: who finds what, what is refused, and what goes on record."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.models import Account, Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.sequencer import number_waiting
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(county: County, unit: str = "government", role: str = "auditor") -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=county.account(f"{unit}-{role}", unit, role).person), BACKEND)
    return client


@pytest.fixture
def auditor(county: County) -> Client:
    return signed_in(county)


def found(client: Client, **asked: str) -> list[int]:
    """Positions that the first page lists."""
    number_waiting()
    answer = client.get("/journal/", asked)
    assert answer.status_code == 200, answer.content.decode()
    return [int(position) for position in re.findall(r'href="/journal/(\d+)/"', answer.content.decode())]


def verbs(positions: list[int]) -> list[str]:
    by = dict(Entry.objects.filter(numbered__in=positions).values_list("numbered", "verb"))
    return [by[position] for position in positions]


@pytest.mark.parametrize("role", ["duty_officer", "duty_leader", "commander", "head", "clerk", "observer"])
def test_it_is_not_for_everybody(county: County, role: str) -> None:
    other = signed_in(county, "emo", role)
    for page in ("/journal/", "/journal/1/", "/journal/who/?who=zhang"):
        assert other.get(page).status_code == 403
    assert other.post("/journal/export/").status_code == 403
    assert other.post("/journal/1/private/", {"reason": "x"}).status_code == 403
    assert 'href="/journal/"' not in other.get("/units/").content.decode()


def test_a_stranger_is_led_to_sign_in(client: Client, county: County) -> None:
    assert client.get("/journal/").status_code == 302
    assert client.post("/journal/export/").status_code == 302


def test_verbs_and_their_groups(auditor: Client, county: County) -> None:
    county.report()
    assert set(verbs(found(auditor, verb="report.received"))) == {"report.received"}
    assert set(verbs(found(auditor, verb="region"))) == {"region.created"}
    body = auditor.get("/journal/").content.decode()
    assert '<optgroup label="接报记录">' in body or '<optgroup label="接报">' in body
    assert ">定级</option>" in body


def test_who_acted_by_person_post_machine_and_system(auditor: Client, county: County) -> None:
    from fenghuo.response.incidents.services import open_incident

    actor = county.actor("emo")
    open_incident([county.report()], by=actor)
    for who in (f"张三 #{actor.person_id}", f"#{actor.person_id}-{actor.post_id}"):
        assert "incident.opened" in verbs(found(auditor, who=who))
        assert "report.received" not in verbs(found(auditor, who=who))
    token = Entry.objects.filter(verb="report.received").values_list("token", flat=True)[0]
    assert verbs(found(auditor, who=f"x #T{token}")) == ["report.received"]
    assert "incident.opened" not in verbs(found(auditor, who="系统"))
    many = auditor.get("/journal/", {"who": "张三"})
    assert many.status_code == 422
    assert f"#{actor.person_id}" in many.content.decode()
    assert 'value="张三"' in many.content.decode()


def test_typeahead_offers_people_their_posts_and_machines(auditor: Client, county: County) -> None:
    post = county.post("emo")
    offered = auditor.get("/journal/who/?who=zhangsan").content.decode()
    assert f"#{post.person_id}-{post.pk}" in offered
    county.machine()
    assert "#T" in auditor.get("/journal/who/?who=key").content.decode()
    assert "<script" not in auditor.get("/journal/who/?who=<script>").content.decode()


def test_unit_record_number_and_time(auditor: Client, county: County) -> None:
    first, second = county.report(), county.report()
    assert len(found(auditor, unit="610118000000-110", verb="report")) == 2
    assert len(found(auditor, unit="110接警台", verb="report")) == 2
    assert verbs(found(auditor, about=first.record.number)) == ["report.received"]
    assert verbs(found(auditor, about=str(second.pk))) == ["report.received"]
    today = timezone.localdate().isoformat()
    assert len(found(auditor, verb="report", since=today, until=today)) == 2
    assert found(auditor, verb="report", until="2026-05-01", by="happened") == []
    assert len(found(auditor, verb="report", until="2026-05-12", by="happened")) == 2


def test_exercise_and_real(auditor: Client, county: County) -> None:
    exercise, real = county.report(), county.report()
    Record.objects.filter(pk=exercise.pk).update(exercise=True)
    listed = found(auditor, verb="report", exercise="yes")
    assert list(Entry.objects.filter(numbered__in=listed).values_list("about__record", flat=True)) == [exercise.pk]
    listed = found(auditor, verb="report", exercise="no")
    assert list(Entry.objects.filter(numbered__in=listed).values_list("about__record", flat=True)) == [real.pk]


def test_page_by_page_none_is_missed_and_none_comes_twice(auditor: Client, county: County) -> None:
    number_waiting()
    seen: list[int] = []
    asked: dict[str, str] = {}
    while True:
        body = auditor.get("/journal/", asked).content.decode()
        seen += [int(one) for one in re.findall(r'href="/journal/(\d+)/"', body)]
        following = re.search(r"before=(\d+)\"", body)
        if following is None:
            break
        asked = {"before": following[1]}
        county.report()  # what comes meanwhile is newer, and shifts nothing
        number_waiting()
    assert len(seen) == len(set(seen))
    assert set(range(1, seen[0] + 1)) == set(seen)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"verb": "nonsense"}, "nonsense"),
        ({"unit": "没有这个单位"}, "没有这个单位"),
        ({"who": "没有这个人"}, "没有这个人"),
        ({"who": "#999999"}, "#999999"),
        ({"who": "#T999999"}, "#T999999"),
        ({"who": "#1-999999"}, "#1-999999"),
        ({"about": "R19990101-0001"}, "R19990101-0001"),
        ({"about": "9" * 40}, "9" * 40),
        ({"since": "2026-02-30T08:00"}, "2026-02-30T08:00"),
        ({"since": "2026-05-12T25:00"}, "2026-05-12T25:00"),
        ({"since": "2026-05-12", "until": "2026-05-11"}, "2026-05-11"),
        ({"before": "x"}, "x"),
        ({"before": "9" * 30}, ""),
        ({"by": "moon"}, "moon"),
        ({"exercise": "maybe"}, "maybe"),
    ],
)
def test_bad_input_is_told_and_kept(auditor: Client, asked: dict[str, str], said: str) -> None:
    answer = auditor.get("/journal/", asked)
    body = answer.content.decode().partition('<main id="main"')[2]
    assert answer.status_code == 422
    assert said in body
    assert "/journal/1/" not in body


@pytest.mark.parametrize("since", ["1900-01-01", "2026-05-12T24:00", "２０２０年１月１日"])
def test_wide_spans_and_24_00_are_read(auditor: Client, since: str) -> None:
    assert auditor.get("/journal/", {"since": since, "until": "2200-12-31"}).status_code == 200


def test_an_entry_of_its_own(auditor: Client, county: County) -> None:
    report = county.report(caller={"name": "李四", "phone": "13900000000"})
    (position,) = found(auditor, verb="report.received")
    body = auditor.get(f"/journal/{position}/").content.decode()
    assert report.record.number in body
    assert "李四" not in body
    assert auditor.get("/journal/999999/").status_code == 404
    assert auditor.get(f"/journal/{'9' * 30}/").status_code == 404


def test_private_values_need_a_reason_and_that_is_on_record(auditor: Client, county: County) -> None:
    county.report(caller={"name": "李四", "phone": "13900000000"})
    (position,) = found(auditor, verb="report.received")
    empty = auditor.post(f"/journal/{position}/private/", {"reason": "  "})
    assert empty.status_code == 422
    assert "李四" not in empty.content.decode()
    assert not Entry.objects.filter(verb="journal.private_read").exists()
    read = auditor.post(f"/journal/{position}/private/", {"reason": "核查投诉"})
    assert "李四" in read.content.decode()
    entry = Entry.objects.get(verb="journal.private_read")
    assert json.loads(entry.text)["public"]["reason"] == "核查投诉"
    administrator = signed_in(county, "emo", "administrator")
    refused = administrator.post(f"/journal/{position}/private/", {"reason": "neugier"})
    assert refused.status_code == 403
    assert "李四" not in refused.content.decode()


def test_searching_is_not_on_record(auditor: Client, county: County) -> None:
    before = Entry.objects.count()
    found(auditor, verb="report")
    auditor.get("/journal/1/")
    assert Entry.objects.count() == before


def test_an_administrator_finds_what_the_unit_sees(county: County) -> None:
    county.report(location={"address": "余下街道"})
    town = signed_in(county, "a", "administrator")
    assert found(town, verb="report") == []
    assert found(signed_in(county, "emo", "administrator"), verb="report") != []
    position = Entry.objects.filter(verb="report.received").values_list("numbered", flat=True)[0]
    assert town.get(f"/journal/{position}/").status_code == 404


def test_what_was_found_is_exported_and_checked(
    auditor: Client, county: County, settings: object, tmp_path: Path
) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    county.report()
    number_waiting()
    answer = auditor.post("/journal/export/", {"verb": "report"})
    content = b"".join(answer)
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.read("journal.jsonl").splitlines()) == 1
        assert json.loads(archive.read("manifest.json"))["filter"]["verbs"][0].startswith("report.")
    assert Entry.objects.filter(verb="journal.exported").count() == 1
    assert auditor.get("/journal/export/").status_code == 405


def test_an_export_of_bad_input_is_a_page_that_says_so(auditor: Client) -> None:
    answer = auditor.post("/journal/export/", {"verb": "nonsense"})
    assert answer.status_code == 422
    assert "nonsense" in answer.content.decode()
    assert not Entry.objects.filter(verb="journal.exported").exists()


def test_an_export_too_large_keeps_the_filter_and_says_what_to_do(
    auditor: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fenghuo.kernel.journal import exporting

    number_waiting()
    monkeypatch.setattr(exporting, "MOST", 2)
    answer = auditor.post("/journal/export/", {"verb": "unit"})
    assert answer.status_code == 422
    assert '<option value="unit" selected>' in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_whole_in_both_languages(auditor: Client, language: str) -> None:
    number_waiting()
    body = auditor.get("/journal/", headers={"Accept-Language": language}).content.decode()
    assert ("日志审计" if language == "zh-hans" else "Journal audit") in body
    assert "style=" not in body


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"verb": "report"},
        {"unit": "610118000000-110"},
        {"since": "2020-01-01", "exercise": "no"},
        {"who": "系统", "verb": "region"},
    ],
)
@pytest.mark.parametrize("reader", [("government", "auditor"), ("emo", "administrator")])
def test_it_costs_at_most_ten_queries(
    county: County, reader: tuple[str, str], asked: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(county, *reader)
    county.post("emo", "duty_officer")  # as in every county, somebody is on duty
    for _ in range(60):
        county.report()
    number_waiting()
    client.get("/journal/", asked)
    with django_assert_max_num_queries(10):
        answer = client.get("/journal/", asked)
    assert answer.status_code == 200
