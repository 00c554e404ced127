"""The replayed night: 200 messages, joined as the desk would, give as many incidents as there were events."""

import pytest
from django.utils import timezone

from fenghuo.config.demo.loading import load
from fenghuo.config.demo.storm import COUNT, EVENTS, NONSENSE, UPDATES, night
from fenghuo.config.management.commands.replay import places
from fenghuo.kernel.access.actor import SYSTEM, actor_for_post, actor_for_token
from fenghuo.kernel.access.models import Post, Unit
from fenghuo.kernel.registry.services import create_token
from fenghuo.response.incidents import services
from fenghuo.response.incidents.duplicates import likely_for
from fenghuo.response.incidents.messages import SupplementMessage
from fenghuo.response.incidents.models import Incident, Report, ReportState
from fenghuo.response.incidents.reading import read_message
from fenghuo.response.incidents.services import Received, receive_reports
from tests.county import incoming


@pytest.mark.django_db
def test_a_night_of_storms() -> None:
    load()
    desk = actor_for_post(Post.objects.get(unit__code="610118000000-EMO", role="duty_officer", person__name="马卫东"))
    token, _key = create_token(
        by=SYSTEM, name="storm", unit=Unit.objects.get(code="610118000000-EMO"), scopes=["intake.write"]
    )
    platform = actor_for_token(token)
    before = Incident.objects.count()
    incidents: dict[int, Incident] = {}
    reports: dict[int, Report] = {}
    asked = found = first = 0
    told = night(places(), timezone.localtime())
    assert len(told) == COUNT
    for one in told:
        if one.adds_to is not None:
            said = read_message(SupplementMessage, one.content)
            services.add_supplement(reports[one.adds_to], said, by=platform)
            continue
        usual = {"kind": None, "location": None}
        (outcome,) = receive_reports([incoming(platform, **(usual | one.content))])
        assert isinstance(outcome, Received)
        report = reports[one.number] = Report.objects.select_related("record").get(pk=outcome.report.pk)
        if one.event is None:
            services.dismiss_report(report, by=desk, reason="advice")
        elif incident := incidents.get(one.event):
            ranked = [likely.record for likely in likely_for(report, desk)]
            asked, found, first = asked + 1, found + (incident.pk in ranked), first + (ranked[:1] == [incident.pk])
            services.join_report(incident, report, by=desk)
        else:
            incidents[one.event] = services.open_incident([report], by=desk)
    assert Incident.objects.count() - before == EVENTS
    assert asked == COUNT - EVENTS - NONSENSE - UPDATES
    assert Report.objects.filter(source_id__startswith="STORM", state=ReportState.NEW).count() == 0
    # The right incident is among the five that are shown, and mostly the first.
    assert found / asked > 0.95, (found, asked)
    assert first / asked > 0.75, (first, asked)
