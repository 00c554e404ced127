"""What is only practised is marked from the call on, and never mixed with what is real."""

import json

import pytest
from django.test import Client

from fenghuo.kernel.access.errors import Conflict
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents.duplicates import likely_for
from fenghuo.response.incidents.models import Incident, Report
from fenghuo.response.incidents.services import join_incident, join_report, open_incident
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_report_of_an_exercise_is_marked_and_so_is_its_incident(county: County) -> None:
    report = county.report(exercise=True)
    assert report.record.exercise
    assert json.loads(Entry.objects.get(verb="report.received").text)["public"]["exercise"] is True
    assert open_incident([report], by=county.actor("emo")).record.exercise


def test_it_is_never_taken_for_a_real_one(county: County) -> None:
    desk = county.actor("emo")
    county.report()
    practised = county.report(exercise=True)
    again = county.report(exercise=True)
    assert {one.record for one in likely_for(practised, desk)} == {again.pk}


def test_the_two_are_not_joined(county: County) -> None:
    desk = county.actor("emo")
    real, practised = county.report(), county.report(exercise=True)
    it = open_incident([real], by=desk)
    with pytest.raises(Conflict):
        join_report(it, practised, by=desk)
    with pytest.raises(Conflict):
        open_incident([practised, county.report()], by=desk)
    other = open_incident([practised], by=desk)
    with pytest.raises(Conflict):
        join_incident(it, other, by=desk)
    assert not Incident.objects.filter(merged_into__isnull=False).exists()


def test_a_call_is_taken_as_an_exercise_by_a_tick(county: County, client: Client) -> None:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    said = {
        "source": "unit",
        "source_id": "form-1",
        "received_at": "2026-05-12T03:04:05",
        "text": "演练:草堂营村起火",
        "exercise": "on",
        "do": "open",
    }
    assert client.post("/reports/new/", said).status_code == 302
    assert Report.objects.get().record.exercise
    page = client.get(f"/incidents/{Incident.objects.get().record.number}/").content.decode()
    assert "exercise-band" in page
    assert "tag guess" in client.get("/").content.decode()
