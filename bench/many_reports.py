"""Ranking of likely duplicates among open reports of one afternoon, as JSON: python -m bench.many_reports COUNT"""

import json
import os
import sys
import time
from datetime import timedelta
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from fenghuo.config.demo.loading import load  # noqa: E402
from fenghuo.config.demo.storm import SCENES  # noqa: E402
from fenghuo.config.management.commands.replay import places  # noqa: E402
from fenghuo.kernel.access.actor import SYSTEM, actor_for_token  # noqa: E402
from fenghuo.kernel.access.models import Token  # noqa: E402
from fenghuo.response.incidents.duplicates import likely_for  # noqa: E402
from fenghuo.response.incidents.models import Report  # noqa: E402
from fenghuo.response.incidents.services import receive_reports  # noqa: E402
from tests.county import incoming  # noqa: E402

ASKED = 200


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    load()
    random, now, known = Random(1), timezone.localtime(), places()
    actor = actor_for_token(Token.objects.select_related("unit__region", "unit__record").order_by("-pk")[0])
    for start in range(0, count, 200):
        batch = []
        for number in range(start, start + 200):
            place, (kind, words, _figures) = random.choice(known), random.choice(SCENES)
            location = {"address": place.name}
            if random.random() < 0.6:
                location |= {
                    "latitude": place.latitude + random.uniform(-0.01, 0.01),
                    "longitude": place.longitude + random.uniform(-0.01, 0.01),
                }
            at = (now - timedelta(minutes=random.uniform(0, 300))).isoformat()
            text = random.choice(words).format(place=place.name)
            said = {"source_id": f"many-{number}", "received_at": at, "text": text, "kind": kind, "location": location}
            batch.append(incoming(actor, **said))
        receive_reports(batch)
    spans = []
    for report in Report.objects.select_related("record").order_by("digest")[:ASKED]:
        began = time.perf_counter()
        likely_for(report, SYSTEM)
        spans.append((time.perf_counter() - began) * 1000)
    spans.sort()
    print(json.dumps({"median_ms": round(spans[ASKED // 2], 1), "worst_ms": round(spans[-1], 1)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
