"""What a rule said before: its wordings, and who changed them when, from the journal."""

import json
from dataclasses import dataclass
from datetime import datetime

from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.telling import Told, tell

from .models import OwnRule

VERBS = ("clock.rule_set", "clock.rule_withdrawn")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal about a rule. `changed`: (column, before, after)."""

    at: datetime
    actor: str
    text: str
    changed: tuple[tuple[str, str, str], ...]


def history_of(rule: str) -> list[Change]:
    """Newest first, at most 200. 1 query: rules change a few times a year."""
    entries = Entry.objects.filter(verb__in=VERBS).order_by("-pk")
    found = []
    for entry in entries.iterator():
        public = json.loads(entry.text)["public"]
        if public.get("rule") == rule:
            text = tell(Told(entry.verb, entry.actor_label, public, ()))
            found.append(Change(entry.recorded_at, entry.actor_label, text, _differences(public)))
        if len(found) == 200:
            break
    return found


def _differences(public: dict[str, object]) -> tuple[tuple[str, str, str], ...]:
    before, after = (value if isinstance(value, dict) else {} for value in (public.get("before"), public.get("after")))
    if not after:
        return ()
    names = dict.fromkeys([*before, *after])
    return tuple(
        (name, str(before.get(name, "")), str(after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def own_rows(rule: str) -> list[OwnRule]:
    return list(OwnRule.objects.filter(rule=rule).order_by("withdrawn_at", "-in_force_from"))
