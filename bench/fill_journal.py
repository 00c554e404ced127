"""Put entries into the journal fast, numbered and sealed, in an installation's environment: … COUNT

Built by the journal's own functions, and inserted past `record`: what is measured is reading them.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from fenghuo.kernel.access.models import Unit  # noqa: E402
from fenghuo.kernel.access.rows import Rows, ask_keys, insert_rows  # noqa: E402
from fenghuo.kernel.journal.canonical import canonical, commitment, new_salt  # noqa: E402
from fenghuo.kernel.journal.models import Entry, EntryAbout, Position, Private  # noqa: E402
from fenghuo.kernel.journal.recording import COLUMNS, sealed_form  # noqa: E402
from fenghuo.kernel.journal.sealing import seal_waiting  # noqa: E402
from fenghuo.kernel.journal.sequencer import number_waiting  # noqa: E402
from fenghuo.kernel.journal.walking import last_position  # noqa: E402

AT_ONCE = 2000
PUBLIC = {"source": "110", "kind": "road_traffic", "place": "草堂街道草堂营村", "figures": {"injured": 3, "trapped": 1}}

while number_waiting():
    pass
unit = Unit.objects.order_by("pk").values_list("pk", flat=True)[0]
now = timezone.now()
for start in range(0, int(sys.argv[1]), AT_ONCE):
    entries, about, private = [], [], []
    keys = ask_keys(Entry, AT_ONCE)()
    for place, key in enumerate(keys):
        at = now + timedelta(milliseconds=start + place)
        kept = canonical(
            {"caller": {"name": "张某", "phone": "13800000000"}, "text": f"{start + place} 两车相撞,三人受伤"}
        )
        salt = new_salt()
        columns = ("report.received", None, unit, None, "鄠邑区公安局 · 110", "10.0.0.7", at, at)
        form = sealed_form(*columns, about=[unit], public=PUBLIC | {"n": start + place}, private=commitment(salt, kept))
        entries.append((key, *columns, canonical(form)))
        about.append((key, unit, 0))
        private.append((key, kept, salt))
    last = last_position()
    numbered = [(last + place, key, now) for place, key in enumerate(keys, 1)]
    with transaction.atomic():
        insert_rows(
            Rows(Entry, COLUMNS, entries),
            Rows(EntryAbout, ("entry", "record", "place"), about),
            Rows(Private, ("entry", "value", "salt"), private),
        )
        insert_rows(Rows(Position, ("position", "entry", "at"), numbered))
seal_waiting()
