"""Fill a fresh database with teams around one incident and time its proposal: python -m bench.many_teams TEAMS TIMES"""

import json
import os
import sys
import time
from random import Random
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.db import transaction  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM  # noqa: E402
from fenghuo.readiness.teams.services import create_team  # noqa: E402
from fenghuo.response.command.presenting import present_teams  # noqa: E402
from fenghuo.response.command.proposing import propose_teams  # noqa: E402
from fenghuo.response.incidents.services import open_incident  # noqa: E402
from fenghuo.standards.capabilities import CAPABILITIES  # noqa: E402
from tests.county import make_county  # noqa: E402


def main(teams: int, times: int) -> None:
    random = Random(610118)
    slugs = sorted(CAPABILITIES)
    with transaction.atomic():
        county = make_county()
        desk = county.actor("emo")
        incident = open_incident([county.report(figures={"injured": 6, "trapped": 2})], by=desk)
        for number in range(teams):
            create_team(
                by=SYSTEM,
                unit=county.units["emo"],
                name=f"应急队{number}",
                kind="professional",
                capabilities=random.sample(slugs, 3),
                latitude=34.0 + random.uniform(-0.15, 0.15),
                longitude=108.6 + random.uniform(-0.2, 0.2),
            )
    spans = []
    for _time in range(times + 3):
        began = time.perf_counter()
        shown = present_teams(propose_teams(incident, desk))
        spans.append((time.perf_counter() - began) * 1000)
    spans = sorted(spans[3:])
    print(
        json.dumps(
            {
                "choices": len(shown.choices),
                "median_ms": round(median(spans), 1),
                "p95_ms": round(spans[int(len(spans) * 0.95)], 1),
            }
        )
    )


main(int(sys.argv[1]), int(sys.argv[2]))
