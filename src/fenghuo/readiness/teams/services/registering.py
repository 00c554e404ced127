"""create_team, change_team, confirm_team, archive_team, restore_team."""

from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.models import Name
from fenghuo.kernel.registry.numbers import take_register_number
from fenghuo.kernel.registry.selectors import position_of
from fenghuo.kernel.registry.services import keep_name, open_record, set_subjects
from fenghuo.kernel.registry.services.keeping import require_keeping
from fenghuo.standards.capabilities import CAPABILITIES

from ..models import Equipment, Team, TeamCapability
from .keeping import begin, touch
from .values import Piece, TeamValues, check

PLAIN = ("kind", "people", "note")


@transaction.atomic
def create_team(*, by: Actor, unit: Unit, demo: bool = False, **said: Unpack[TeamValues]) -> Team:
    """Enter a team of `unit` into the register; name and kind are needed, its place is the unit's unless given.

    Raises: NotAllowed, Invalid.
    """
    require_keeping(by, "teams.write", unit)
    region = said.setdefault("region", unit.region)
    lacking = [name for name in ("name", "kind") if name not in said]
    if lacking:
        raise Invalid(*(Fault(name, _("is required")) for name in lacking))
    check(said)
    now = timezone.now()
    opened = open_record(
        "team",
        said["name"].strip(),
        unit=unit,
        region=region,
        number=take_register_number("team", "T"),
        demo=demo or by.demo or unit.record.demo,
    )
    keep_name(opened, opened.title)
    team = Team(record=opened, kind=said["kind"], state_since=now)
    _put(team, said)
    team.save(force_insert=True)
    _put_rows(team, said)
    opened.checked_at, opened.checked_by = now, by.label[:200]
    opened.save(update_fields=["checked_at", "checked_by"])
    public = {"number": opened.number, "name": opened.title, "kind": team.kind}
    record("team.created", by, about=[team, unit], public=public)
    return team


@transaction.atomic
def change_team(team: Team, *, by: Actor, version: int | None = None, **said: Unpack[TeamValues]) -> Team:
    """Change what is given and leave the rest. `version`: refuse when the team is no longer at it.

    Raises: NotFound, NotAllowed, Conflict, WrongState (archived), Invalid.
    """
    team = begin(team, by=by, version=version)
    before = _values(team)
    if (said.get("latitude"), said.get("longitude")) == (before["latitude"], before["longitude"]):
        said.pop("latitude", None)  # what stood there was checked when it came
        said.pop("longitude", None)
    check(said)
    changed = sorted(name for name, value in _comparable(said).items() if before.get(name) != value)
    if not changed:
        return team
    if "name" in changed:
        team.record.title = said["name"].strip()
        Name.objects.filter(record_id=team.pk).delete()
        keep_name(team.record, team.record.title)
    if "region" in changed:
        team.record.region, team.record.block = said["region"], said["region"].path
    team.record.save(update_fields=["title", "region", "block"])
    _put(team, said)
    _put_rows(team, said)
    touch(team, by, *PLAIN, "latitude", "longitude", "position_estimated")
    public = {"fields": changed} | ({"from": before["name"], "to": team.record.title} if "name" in changed else {})
    record("team.changed", by, about=[team], public=public)
    return team


@transaction.atomic
def confirm_team(team: Team, *, by: Actor) -> Team:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    team = begin(team, by=by)
    touch(team, by)
    record("team.confirmed", by, about=[team])
    return team


@transaction.atomic
def archive_team(team: Team, *, by: Actor, reason: str) -> Team:
    """It exists no longer: out of lists and proposals; its history stays.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason).
    """
    team = begin(team, by=by)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why, for example: disbanded"), reason))
    team.record.archived_at = timezone.now()
    team.record.save(update_fields=["archived_at"])
    touch(team, by)
    record("team.archived", by, about=[team], private={"reason": reason.strip()[:2000]})
    return team


@transaction.atomic
def restore_team(team: Team, *, by: Actor) -> Team:
    """Back into the register. Raises: NotFound, NotAllowed, WrongState."""
    team = begin(team, by=by, archived=True)
    team.record.archived_at = None
    team.record.save(update_fields=["archived_at"])
    touch(team, by)
    record("team.restored", by, about=[team])
    return team


def _put(team: Team, said: TeamValues) -> None:
    """The team's own columns. Without a position of its own it lies where its region does, and is marked so."""
    values: dict[str, object] = {**said}
    for name in PLAIN:
        if name in values:
            setattr(team, name, values[name])
    if said.get("latitude") is not None:
        team.latitude, team.longitude, team.position_estimated = said["latitude"], said["longitude"], False
    elif "latitude" in said or team.latitude is None or (team.position_estimated and "region" in said):
        assert team.record.region is not None  # every team is opened with one
        seat = position_of(team.record.region)
        team.latitude, team.longitude = seat or (None, None)
        team.position_estimated = seat is not None


def _put_rows(team: Team, said: TeamValues) -> None:
    if "capabilities" in said:
        slugs = sorted(set(said["capabilities"]))
        team.capability_rows.exclude(slug__in=slugs).delete()
        rows = [TeamCapability(team=team, slug=slug) for slug in slugs]
        TeamCapability.objects.bulk_create(rows, ignore_conflicts=True)
        set_subjects(team.record, {subject for slug in slugs for subject in CAPABILITIES[slug].subjects})
    if "equipment" in said:
        team.equipment_rows.all().delete()
        Equipment.objects.bulk_create(
            Equipment(team=team, place=place, name=piece.name.strip(), count=piece.count, measure=piece.measure.strip())
            for place, piece in enumerate(said["equipment"])
        )


def _values(team: Team) -> dict[str, object]:
    """What the team is now, comparable with what is said."""
    own = not team.position_estimated
    return {
        "name": team.record.title,
        "kind": team.kind,
        "people": team.people,
        "note": team.note,
        "capabilities": sorted(row.slug for row in team.capability_rows.all()),
        "equipment": [Piece(row.name, row.count, row.measure) for row in team.equipment_rows.all()],
        "latitude": team.latitude if own else None,
        "longitude": team.longitude if own else None,
        "region": team.record.region_id,
    }


def _comparable(said: TeamValues) -> dict[str, object]:
    found: dict[str, object] = {name: value for name, value in said.items() if name != "outside"}
    if "name" in said:
        found["name"] = said["name"].strip()
    if "capabilities" in said:
        found["capabilities"] = sorted(set(said["capabilities"]))
    if "equipment" in said:
        found["equipment"] = [Piece(one.name.strip(), one.count, one.measure.strip()) for one in said["equipment"]]
    if "region" in said:
        found["region"] = said["region"].pk
    return found
