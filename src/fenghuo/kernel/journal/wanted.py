"""What somebody looks for in the journal, as one condition on entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record

from .models import EntryAbout


@dataclass(frozen=True, slots=True)
class Who:
    """Who acted: a person in these posts of theirs, a machine, or the system itself."""

    person: int | None = None
    posts: tuple[int, ...] = ()
    token: int | None = None
    system: bool = False

    def condition(self) -> Q:
        if self.person is not None:
            return Q(post=self.posts[0]) if len(self.posts) == 1 else Q(post__in=self.posts)
        if self.token is not None:
            return Q(token=self.token)
        return Q(post=None, token=None, actor_label=SYSTEM.label)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Nothing asked for means everything. `since` belongs to the time asked for, `until` no longer does.

    `by` says which time is meant: "recorded" or "happened". `records`: keys of records, one of which it is about.
    """

    verbs: tuple[str, ...] = ()
    who: Who | None = None
    unit: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    by: str = "recorded"
    records: tuple[int, ...] = ()
    exercise: bool | None = None

    @property
    def time(self) -> str:
        return "happened_at" if self.by == "happened" else "recorded_at"

    def condition(self, *, but_verbs: bool = False) -> Q:
        """On Entry. `but_verbs`: without the verbs, for who asks verb by verb."""
        found = Q()
        if self.verbs and not but_verbs:
            found &= Q(verb=self.verbs[0]) if len(self.verbs) == 1 else Q(verb__in=self.verbs)
        if self.who is not None:
            found &= self.who.condition()
        if self.unit is not None:
            found &= Q(unit=self.unit)
        if self.since is not None:
            found &= Q(**{f"{self.time}__gte": self.since})
        if self.until is not None:
            found &= Q(**{f"{self.time}__lt": self.until})
        if self.records:
            found &= Q(pk__in=EntryAbout.objects.filter(record__in=self.records).values("entry"))
        if self.exercise is not None:
            # What was exercised is little, and found through its records; all the rest is real.
            exercised = Record.objects.filter(exercise=True).values("pk")
            subject = Q(pk__in=EntryAbout.objects.filter(place=0, record__in=exercised).values("entry"))
            found &= subject if self.exercise else ~subject
        return found

    def document(self) -> Mapping[str, Any]:
        """As it stands in a manifest and in the journal: keys, never names."""
        who = self.who or Who()
        said = {
            "verbs": list(self.verbs),
            "person": who.person,
            "posts": list(who.posts),
            "token": who.token,
            "system": who.system or None,
            "unit": self.unit,
            "time": self.by if self.since or self.until else None,
            "since": self.since,
            "until": self.until,
            "records": list(self.records),
            "exercise": self.exercise,
        }
        return {name: value for name, value in said.items() if value not in (None, [])}
