"""Put reports on record through the real service, in an installation's environment: python -m bench.fill COUNT"""

import os
import sys
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from fenghuo.kernel.access.actor import actor_for_token  # noqa: E402
from fenghuo.kernel.access.models import Token  # noqa: E402
from fenghuo.kernel.journal.sequencer import number_waiting  # noqa: E402
from fenghuo.response.incidents.services import receive_reports  # noqa: E402
from tests.county import incoming  # noqa: E402

token = Token.objects.select_related("unit__region", "unit__record").order_by("-pk").first()
assert token is not None
actor, now = actor_for_token(token), datetime.now(UTC).isoformat()
for start in range(0, int(sys.argv[1]), 200):
    numbers = range(start, start + 200)
    receive_reports([incoming(actor, source_id=f"before-{number}", received_at=now) for number in numbers])
while number_waiting():
    pass
