"""The register of teams: table, Excel and map; its list with map and its own page are those of this room."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.registers.declaring import Column, Filter, Register, add
from fenghuo.kernel.registers.kinds import (
    Choice,
    Degrees,
    Kind,
    Lines,
    Many,
    Place,
    Telephone,
    Text,
    UnitNamed,
    Unreadable,
    Whole,
)

from .models import Contact, Team, TeamKind, TeamState
from .pieces import read_pieces, written
from .presenting import STALE
from .selectors import worded
from .services import Piece, archive_team, confirm_team, may_change, restore_team
from .services.entering import change_team_and_leader, change_teams_and_leaders, enter_team, enter_teams, leader_of
from .services.values import NAME_MOST, NOTE_MOST, PEOPLE_MOST
from .words import capability_choices


@dataclass(frozen=True, slots=True)
class Pieces(Kind):
    """Equipment: name, number and measure of each piece."""

    def read(self, given: str) -> list[Piece]:
        try:
            return read_pieces(given)
        except ValueError as unreadable:
            raise Unreadable(str(unreadable)) from unreadable

    @property
    def blank(self) -> list[Piece]:
        return []

    def show(self, value: list[Piece]) -> str:
        return written(value)

    def typed(self, value: list[Piece]) -> str:
        return written(value)

    def machine(self, value: list[Piece]) -> list[dict[str, Any]]:
        return [{"name": piece.name, "count": piece.count, "measure": piece.measure} for piece in value]

    def field(self, **about: Any) -> Any:
        return Lines(5000).field(**about)


CALLED = Prefetch("contact_rows", Contact.objects.select_related("person"))


def _rows(actor: Actor) -> QuerySet[Team]:
    found = Team.objects.visible_to(actor).select_related("record__region", "record__unit__region")
    return found.order_by("record__number")


def _own(team: Team, degrees: float | None) -> float | None:
    return None if team.position_estimated else degrees


def _pieces(team: Team) -> list[Piece]:
    return [Piece(row.name, row.count, row.measure) for row in team.equipment_rows.all()]


add(
    Register(
        name="teams",
        title=_("Teams"),
        one=_("Team"),
        icon="helmet",
        order=50,
        read="teams.read",
        write="teams.write",
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Name of the team"),
                lambda team: team.name,
                Text(NAME_MOST),
                "record__title",
                ("队伍名称", "队伍", "名称"),
                needed=True,
            ),
            Column(
                "kind",
                _("Kind of team"),
                lambda team: team.kind,
                Choice(choices=lambda: TeamKind.choices),
                "kind",
                ("队伍类型", "类别", "类型"),
                needed=True,
            ),
            Column(
                "unit",
                _("Unit"),
                lambda team: team.record.unit,
                UnitNamed(),
                "record__unit__name",
                ("所属单位", "组建单位", "主管单位", "单位"),
                once=True,
                needed=True,
            ),
            Column(
                "region",
                _("Place"),
                lambda team: team.record.region,
                Place(),
                "record__block",
                ("驻地", "所在地", "所属街道"),
            ),
            Column(
                "people",
                _("Number of people"),
                lambda team: team.people,
                Whole(greatest=PEOPLE_MOST),
                "people",
                ("人数", "队员人数", "总人数"),
            ),
            Column(
                "leader",
                _("Leader"),
                lambda team: leader_of(team).name,
                Text(60),
                "",
                ("负责人", "队长", "联系人"),
                right="teams.call",
                fetch=(CALLED,),
            ),
            Column(
                "leader_phone",
                _("Leader's telephone"),
                lambda team: leader_of(team).phone,
                Telephone(),
                "",
                ("联系电话", "负责人电话", "手机", "电话"),
                right="teams.call",
                fetch=(CALLED,),
            ),
            Column(
                "capabilities",
                _("Can do"),
                lambda team: [row.slug for row in team.capability_rows.all()],
                Many(choices=capability_choices),
                "",
                ("专业能力", "救援类型", "能力"),
                fetch=("capability_rows",),
            ),
            Column(
                "equipment",
                _("Equipment"),
                _pieces,
                Pieces(),
                also=("装备", "主要装备", "装备情况"),
                shown=False,
                fetch=("equipment_rows",),
            ),
            Column(
                "longitude",
                _("Longitude"),
                lambda team: _own(team, team.longitude),
                Degrees(),
                "",
                ("经度",),
                shown=False,
            ),
            Column(
                "latitude",
                _("Latitude"),
                lambda team: _own(team, team.latitude),
                Degrees(greatest=90),
                "",
                ("纬度",),
                shown=False,
            ),
            Column("note", _("Note"), lambda team: team.note, Lines(NOTE_MOST), "", ("备注",), shown=False),
            Column(
                "state",
                _("State"),
                lambda team: team.state,
                Choice(choices=lambda: TeamState.choices),
                "state",
                kept=False,
            ),
        ),
        filters=(
            Filter("kind", _("Kind"), lambda _actor: TeamKind.choices, lambda found, value: found.filter(kind=value)),
            Filter(
                "capability",
                _("Can do"),
                lambda _actor: capability_choices(),
                lambda found, value: found.filter(capability_rows__slug=value),
            ),
        ),
        search=lambda actor, found, words: found.filter(worded(actor, words)),
        may_change=may_change,
        create=enter_team,
        create_many=enter_teams,
        change=change_team_and_leader,
        change_many=change_teams_and_leaders,
        confirm=confirm_team,
        archive=archive_team,
        restore=restore_team,
        position=lambda team: (team.latitude, team.longitude) if team.latitude is not None else None,
        page=lambda team: reverse("teams:team", args=[team.record.number]),
        home="teams:teams",
        stale=STALE,
        keys=(("name", "unit"),),
        empty=_("Rescue teams of the county, its departments, towns and volunteers stand here."),
    )
)
