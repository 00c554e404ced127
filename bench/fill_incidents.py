"""Incidents, a long journal, and a duty officer to look at them: python -m bench.fill_incidents N ENTRIES"""

import os
import sys
from datetime import date

import django
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post  # noqa: E402
from fenghuo.kernel.access.models import Unit  # noqa: E402
from fenghuo.kernel.journal.models import Entry  # noqa: E402
from fenghuo.kernel.journal.recording import Draft, record_many  # noqa: E402
from fenghuo.kernel.journal.sequencer import number_waiting  # noqa: E402
from fenghuo.kernel.registry.services import add_person, appoint, create_account  # noqa: E402
from fenghuo.response.incidents.models import Incident, Report  # noqa: E402
from fenghuo.response.incidents.services import open_incident  # noqa: E402
from tests.installation import PASSWORD, UNIT  # noqa: E402

BATCH = 500
LONGEST = 300  # entries of the newest incident, whose page is asked for

unit = Unit.objects.get(code=UNIT)
person = add_person(by=SYSTEM, name="王某", unit=unit)
post = appoint(person, by=SYSTEM, unit=unit, role="duty_officer", since=date(2020, 1, 1))
create_account(person, by=SYSTEM, username="duty", password=PASSWORD)
by = actor_for_post(post)
for report in Report.objects.order_by("pk")[: int(sys.argv[1])]:
    open_incident([report], by=by)
incidents = list(Incident.objects.order_by("-pk"))
count = Entry.objects.count()
longest = LONGEST
while count < int(sys.argv[2]):
    about = [incidents[0] if n < longest else incidents[(count + n) % len(incidents)] for n in range(BATCH)]
    with transaction.atomic():
        record_many([Draft("incident.noted", by, [one.pk]) for one in about])
    longest, count = 0, count + BATCH
while number_waiting():
    pass
