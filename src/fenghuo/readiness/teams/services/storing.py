"""What create_teams and change_teams store, in as many statements for many as for one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Required

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record, Region, Unit
from fenghuo.kernel.access.rows import Rows, insert_made, update_rows
from fenghuo.kernel.journal.recording import Draft, record_many
from fenghuo.kernel.registry.models import Name
from fenghuo.kernel.registry.numbers import take_register_numbers
from fenghuo.kernel.registry.selectors import position_of
from fenghuo.kernel.registry.services import set_subjects
from fenghuo.kernel.registry.services.names import keep_names, new_name
from fenghuo.kernel.registry.services.records import NewRecord, open_records
from fenghuo.standards.capabilities import CAPABILITIES

from ..models import Equipment, Team, TeamCapability
from .keeping import touch_all
from .values import TeamValues

PLAIN = ("kind", "people", "note")
OWN = (*PLAIN, "latitude", "longitude", "position_estimated")


class NewTeam(TeamValues, total=False):
    """What create_team is told: name and kind are needed, its place is the unit's unless given."""

    unit: Required[Unit]
    demo: bool


def store_new(right: Sequence[NewTeam], by: Actor) -> list[Team]:
    numbers = take_register_numbers("team", "T", len(right))
    opened = open_records("team", [_record_of(*one, by) for one in zip(right, numbers, strict=True)], checked_by=by)
    keep_names([new_name(one, one.title) for one in opened])
    now, lying = timezone.now(), Lying()
    teams = []
    for one, said in zip(opened, right, strict=True):
        team = Team(record=one, kind=str(said["kind"]), state_since=now)
        _put(team, said, lying)
        teams.append(team)
    insert_made(teams)
    told = list(zip(teams, right, strict=True))
    _insert_rows(told)
    record_many(
        [
            Draft(
                "team.created",
                by,
                [team.pk, said["unit"].pk],
                public={
                    "number": team.record.number,
                    "name": team.record.title,
                    "kind": team.kind,
                    "people": team.people,  # how many there were is asked later (measures)
                },
            )
            for team, said in told
        ]
    )
    return teams


def _record_of(said: NewTeam, number: str, by: Actor) -> NewRecord:
    unit = said["unit"]
    subjects = _subjects(said.get("capabilities", ()))
    demo = said.get("demo", False) or by.demo or unit.record.demo
    return NewRecord(said["name"].strip(), unit, said["region"], number, subjects, demo=demo)


class Changed(NamedTuple):
    team: Team
    said: TeamValues
    fields: list[str]
    name_before: str


def store_changes(changes: Sequence[Changed], by: Actor) -> None:
    if not changes:
        return
    lying = Lying()
    for team, said, fields, _before in changes:
        if "name" in fields:
            team.record.title = said["name"].strip()
        if "region" in fields:
            team.record.region, team.record.block = said["region"], said["region"].path
        _put(team, said, lying)
    teams = [one.team for one in changes]
    if renamed := [one.team for one in changes if "name" in one.fields]:
        Name.objects.filter(record_id__in=[team.pk for team in renamed]).delete()
        keep_names([new_name(team.record, team.record.title) for team in renamed])
    placed = [(one.pk, one.title, one.region_id, one.block) for one in (team.record for team in teams)]
    update_rows(Rows(Record, ("id", "title", "region_id", "block"), placed))
    update_rows(Rows(Team, ("record_id", *OWN), [(team.pk, *(getattr(team, n) for n in OWN)) for team in teams]))
    for one in changes:
        if "capabilities" in one.fields:
            set_subjects(one.team.record, _subjects(one.said["capabilities"]))
    for name, model in (("capabilities", TeamCapability), ("equipment", Equipment)):
        if keys := [one.team.pk for one in changes if name in one.fields]:
            model._default_manager.filter(team__in=keys).delete()
    _insert_rows([(one.team, _only_changed(one)) for one in changes])
    touch_all(teams, by)
    record_many([_draft(one, by) for one in changes])


def _only_changed(one: Changed) -> TeamValues:
    found: TeamValues = {name: one.said[name] for name in one.fields if name in one.said}  # type: ignore[literal-required,assignment]
    return found


def _draft(one: Changed, by: Actor) -> Draft:
    names = {"from": one.name_before, "to": one.team.record.title} if "name" in one.fields else {}
    people = {"people": one.team.people} if "people" in one.fields else {}
    return Draft("team.changed", by, [one.team.pk], public={"fields": one.fields, **names, **people})


class Lying:
    """Where regions lie, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[float, float] | None] = {}

    def of(self, region: Region) -> tuple[float, float] | None:
        if region.pk not in self._known:
            self._known[region.pk] = position_of(region)
        return self._known[region.pk]


def _put(team: Team, said: TeamValues, lying: Lying) -> None:
    """The team's own columns. Without a position of its own it lies where its region does, and is marked so."""
    values: dict[str, object] = {**said}
    for name in PLAIN:
        if name in values:
            setattr(team, name, values[name])
    if said.get("latitude") is not None:
        team.latitude, team.longitude, team.position_estimated = said["latitude"], said["longitude"], False
    elif "latitude" in said or team.latitude is None or (team.position_estimated and "region" in said):
        assert team.record.region is not None  # every team is opened with one
        seat = lying.of(team.record.region)
        team.latitude, team.longitude = seat or (None, None)
        team.position_estimated = seat is not None


def _subjects(capabilities: Iterable[str]) -> set[str]:
    return {subject for slug in capabilities for subject in CAPABILITIES[slug].subjects}


def _insert_rows(told: Sequence[tuple[Team, TeamValues]]) -> None:
    """What it can do, and its equipment."""
    insert_made(
        [
            TeamCapability(team=team, slug=slug)
            for team, said in told
            for slug in sorted(set(said.get("capabilities", ())))
        ],
        [
            Equipment(team=team, place=place, name=piece.name.strip(), count=piece.count, measure=piece.measure.strip())
            for team, said in told
            for place, piece in enumerate(said.get("equipment", ()))
        ],
    )
