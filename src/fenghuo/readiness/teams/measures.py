"""What teams count towards a promise: those of a kind with so many people, and with so much equipment."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.past import archived, told_before
from fenghuo.kernel.measures.registering import Measure, Option, add

from .models import Team, TeamKind

REGISTERED, EQUIPPED = "teams.registered", "teams.equipped"


def count(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress] | None]:
    """Teams of the kind. 1 query, of the past 3; what equipment a team had earlier nobody has kept."""
    found: list[dict[int, Progress] | None] = [None if moment.past and ask.slug == EQUIPPED else {} for ask in asks]
    leasts = [Least.of(ask) for ask in asks]
    rows = _teams(moment).annotate(things=Count("equipment_rows"))
    then = _people_then(moment) if moment.past else None
    for team, unit, kind, people, things in rows.values_list("pk", "record__unit", "kind", "people", "things"):
        if then is not None:
            if team not in then:
                continue  # it was not there yet
            people = then[team] if then[team] is not None else people
        for least, counted in zip(leasts, found, strict=True):
            if counted is not None and least.holds(kind, people, things):
                counted[unit] = Progress(counted[unit].value + 1 if unit in counted else 1)
    return list(found)


def _teams(moment: Moment) -> QuerySet[Team]:
    found = Team.objects.filter(record__exercise=False).order_by("pk")
    if not moment.past:
        return found.filter(record__archived_at=None)
    return found.exclude(pk__in=archived(moment))


class Least(NamedTuple):
    """What a team must be for an ask to count it. No `kinds`: any."""

    kinds: frozenset[str]
    people: int
    things: int

    @classmethod
    def of(cls, ask: Ask) -> "Least":
        equipped = ask.slug == EQUIPPED
        people = 0 if equipped else ask.number("people", 0)
        return cls(frozenset(ask.words("kind")), people, ask.number("least", 1) if equipped else 0)

    def holds(self, kind: str, people: int | None, things: int) -> bool:
        fits = not self.kinds or kind in self.kinds
        return fits and (people or 0) >= self.people and things >= self.things


def _counts(ask: Ask, kind: str, people: int | None, things: int) -> bool:
    return Least.of(ask).holds(kind, people, things)


def _people_then(moment: Moment) -> dict[int, int | None]:
    """Of the teams that were in the register, how many people they had; None where the entries do not say. 1 query."""
    found: dict[int, int | None] = {}
    for team, text in told_before(("team.created", "team.changed"), moment, "text"):
        public = json.loads(text)["public"]
        found.setdefault(team, None)
        if "people" in public:
            found[team] = public["people"]
    return found


def pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    there = set(_teams(moment).filter(record__unit=unit).values_list("pk", flat=True))
    then = _people_then(moment) if moment.past else {}
    found = []
    for team in _of(unit):
        people = team.people
        if moment.past:
            if team.pk not in then or ask.slug == EQUIPPED:
                continue
            people = people if then[team.pk] is None else then[team.pk]
        if not _counts(ask, team.kind, people, team.things):
            continue
        gone = team.record.archived_at if team.pk not in there else None
        found.append(
            Piece(
                team.pk,
                f"{team.record.number} {team.name}",
                _said(ask, people, team.things),
                ended_on=timezone.localdate(gone) if gone else None,
                why="" if team.pk in there else _("put into the archive"),
            )
        )
    return found


def _of(unit: Unit) -> Any:
    """With `things`: how many rows of equipment."""
    found = Team.objects.filter(record__unit=unit, record__exercise=False).select_related("record")
    return found.annotate(things=Count("equipment_rows")).order_by("pk")


def lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    """Teams that have too little, else where one is entered."""
    if moment.past:
        return []
    kinds, least = ask.words("kind"), _least(ask)
    found = [
        Lack(
            f"{team.record.number} {team.name}",
            reverse("registers:change", args=["teams", team.pk]),
            f"{_said(ask, team.people, team.things)} · {least}",
            record=team.pk,
        )
        for team in _of(unit).filter(record__archived_at=None)
        if (not kinds or team.kind in kinds) and not _counts(ask, team.kind, team.people, team.things)
    ]
    if found:
        return found
    said = _("a %(kind)s team of this unit") % {"kind": _kinds(kinds)} if kinds else _("a team of this unit")
    return [Lack(said, reverse("registers:new", args=["teams"]), least)]


def _least(ask: Ask) -> str:
    if ask.slug == EQUIPPED:
        return _("at least %(n)s kinds of equipment are asked") % {"n": ask.number("least", 1)}
    people = ask.number("people", 0)
    return _("at least %(n)s people are asked") % {"n": people} if people else ""


def _said(ask: Ask, people: int | None, things: int) -> str:
    return _("%(n)s kinds of equipment") % {"n": things} if ask.slug == EQUIPPED else _people_said(people)


def _kinds(kinds: Sequence[str]) -> str:
    return "、".join(str(TeamKind(kind).label) for kind in kinds if kind in TeamKind.values)


def _people_said(people: int | None) -> str:
    if people is None:
        return _("number of people unknown")
    return _("%(n)s people") % {"n": people}


KIND = Option("kind", gettext_lazy("Kinds of team"), lambda: dict(TeamKind.choices), several=True)

add(
    Measure(
        REGISTERED,
        gettext_lazy("teams in the register, with at least so many people"),
        count,
        pieces,
        lacks,
        options=(KIND, Option("people", gettext_lazy("Least number of people"), default="0")),
    ),
    Measure(
        EQUIPPED,
        gettext_lazy("teams with at least so many kinds of equipment"),
        count,
        pieces,
        lacks,
        options=(KIND, Option("least", gettext_lazy("Least number of kinds of equipment"), default="1")),
    ),
)
