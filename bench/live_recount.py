"""Who should have heard what: python -m bench.live_recount FIRST LAST, the posts as JSON on standard input.

In an installation's environment. Prints JSON: {"entries": {position: entry}, "heard": [[position, …] of each post]}.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from fenghuo.kernel.access.actor import actor_for_post  # noqa: E402
from fenghuo.kernel.access.models import Post, Record  # noqa: E402
from fenghuo.kernel.journal.models import EntryAbout, Position  # noqa: E402


def main() -> None:
    first, last = int(sys.argv[1]), int(sys.argv[2])
    entries = dict(Position.objects.filter(position__range=(first, last)).values_list("position", "entry_id"))
    position_of = {entry: position for position, entry in entries.items()}
    about: dict[int, set[int]] = {}  # record → positions
    for entry, record in EntryAbout.objects.filter(entry__numbered__position__range=(first, last)).values_list(
        "entry_id", "record_id"
    ):
        about.setdefault(record, set()).add(position_of[entry])
    heard = []
    for pk in json.load(sys.stdin):
        actor = actor_for_post(Post.objects.select_related("unit__region", "unit__record").get(pk=pk))
        of_window = EntryAbout.objects.filter(entry__numbered__position__range=(first, last)).values("record_id")
        seen = Record.objects.visible_to(actor).filter(pk__in=of_window).values_list("pk", flat=True)
        heard.append(sorted({position for record in seen for position in about[record]}))
    print(json.dumps({"entries": entries, "heard": heard}))


if __name__ == "__main__":
    main()
