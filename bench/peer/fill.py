"""Make the peer's table and put rows there: python -m bench.peer.fill COUNT"""

import os
import sys

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peer.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from bench.peer.models import Row  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
Row.objects.bulk_create(
    (
        Row(
            source="110",
            source_id=f"before-{number}",
            received_at=timezone.now(),
            text="草堂营村村口两车相撞,三人受伤",
            kind="road_traffic",
            address="草堂街道草堂营村",
            latitude=34.0439,
            longitude=108.7108,
            figures={"injured": 3},
        )
        for number in range(int(sys.argv[1]))
    ),
    batch_size=500,
)
