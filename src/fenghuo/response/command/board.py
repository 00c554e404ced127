"""What the wall board shows, as far as one actor may see it. 8 queries, however many incidents, orders and teams."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.assignments.models import Assignment, State
from fenghuo.kernel.assignments.selectors import assignments
from fenghuo.kernel.assignments.states import OPEN
from fenghuo.kernel.clocks.selectors import duty_said, next_due
from fenghuo.kernel.web.strip import Scene
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.selectors import teams
from fenghuo.response.incidents.figures import SourceFigures, chosen_of
from fenghuo.response.incidents.models import Area, Incident, IncidentState
from fenghuo.response.incidents.presenting import source_name
from fenghuo.response.incidents.selectors import open_incidents
from fenghuo.response.incidents.words import figures_said

from .models import VideoLink
from .videos import Video, video

MATTER = ("dead", "missing", "seriously_injured", "injured", "trapped", "poisoned")
UNGRADED = 9  # after those with a level
MOST_AREAS = 500


@dataclass(frozen=True, slots=True)
class Forces:
    """Those ordered to one incident, without what was withdrawn, declined, or only for information.

    `next_at`: when the next one is expected. `silent`: not acknowledged; `called`: of these, nobody in their chain
    answered.
    """

    sent: int = 0
    there: int = 0
    silent: int = 0
    called: int = 0
    declined: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An open incident. `due_at` the duty that runs out first, `duty` what and to whom; no duty: none is running.

    `level` is the confirmed one, or with `proposed` what the figures suggest. `figures`: of the source that is shown.
    """

    it: Incident
    level: int | None
    level_word: str
    proposed: bool
    due_at: datetime | None
    duty: str
    figures: list[tuple[str, int]]
    unharmed: bool
    source: str
    forces: Forces
    late: bool
    videos: list[Video] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Picture:
    """`areas`: (name, GeoJSON text) of the incidents shown; `orders` by receiver, newest last."""

    rows: list[Row]
    areas: list[tuple[str, str]]
    teams: list[Team]
    orders: list[Assignment]

    @property
    def silent(self) -> int:
        return sum(row.forces.silent for row in self.rows)


def picture(scene: Scene) -> Picture:
    """6 queries: incidents with their next duty, figures, orders, teams, areas with videos."""
    found = list(open_incidents(scene.actor).annotate(**next_due()))
    keys = [incident.pk for incident in found]
    figures = chosen_of(found)
    orders = orders_of(scene)
    by_incident: dict[int, list[Assignment]] = {}
    for order in orders:
        by_incident.setdefault(order.led_by, []).append(order)  # type: ignore[attr-defined]
    areas, videos = _drawn_and_filmed(keys)
    rows = [
        _row(incident, figures.get(incident.pk), _forces(by_incident.get(incident.pk, [])), videos, scene.now)
        for incident in found
    ]
    return Picture(sorted(rows, key=_by_attention), areas, teams_of(scene), orders)


def orders_of(scene: Scene) -> list[Assignment]:
    """Orders that are open, or about incidents that are: `led_by` is the incident they now belong to. Shared."""
    return scene.once("orders", lambda: _orders(scene.actor))


def _orders(actor: Actor) -> list[Assignment]:
    if not actor.may("assignments.read"):
        return []
    about = "about__as_incident"
    leading = Q(**{f"{about}__merged_into__isnull": True}) & ~Q(**{f"{about}__state": IncidentState.CLOSED})
    joined = ~Q(**{f"{about}__merged_into__state": IncidentState.CLOSED}) & ~Q(**{f"{about}__merged_into": None})
    concerned = Q(state__in=OPEN) | (Q(about__kind="incident") & (leading | joined))
    rows = assignments(actor).exclude(state=State.WITHDRAWN).filter(concerned)
    return list(rows.annotate(led_by=Coalesce(f"{about}__merged_into", "about")).order_by("pk"))


def teams_of(scene: Scene) -> list[Team]:
    """The teams of the register. Shared with the strip."""
    if not scene.actor.may("teams.read"):
        return []
    return scene.once("teams", lambda: list(teams(scene.actor).prefetch_related(None)))


def _drawn_and_filmed(keys: Sequence[int]) -> tuple[list[tuple[str, str]], dict[int, list[Video]]]:
    """Areas, and videos by incident, also of incidents joined to these; both in one query."""
    of_them = Q(incident__in=keys) | Q(incident__merged_into__in=keys)
    led_by = Coalesce("incident__merged_into_id", "incident_id")
    drawn = Area.objects.filter(of_them, replaced_at__isnull=True).order_by()
    filmed = VideoLink.objects.filter(of_them, removed_at__isnull=True).order_by()
    both = (
        drawn.annotate(film=Value(0), led_by=led_by, what=Cast("geometry", TextField()))
        .values_list("film", "led_by", "pk", "name", "what")
        .union(
            filmed.annotate(film=Value(1), led_by=led_by, what=Cast("address", TextField())).values_list(
                "film", "led_by", "pk", "name", "what"
            ),
            all=True,
        )
        .order_by("film", "led_by", "pk")
    )
    areas: list[tuple[str, str]] = []
    videos: dict[int, list[Video]] = {}
    for film, incident, _pk, name, what in both:
        if film:
            videos.setdefault(incident, []).append(video(name, what))
        else:
            areas.append((name, what))
    return areas[:MOST_AREAS], videos


def _forces(orders: Iterable[Assignment]) -> Forces:
    sent = [one for one in orders if one.needs_ack or one.arrived_at]
    going = [one for one in sent if one.state != State.DECLINED]
    away = [one for one in going if one.arrived_at is None and one.state != State.FINISHED]
    silent = [one for one in sent if one.state == State.SENT]
    return Forces(
        sent=len(going),
        there=len(going) - len(away),
        silent=len(silent),
        called=sum(1 for one in silent if one.escalated_at),
        declined=len(sent) - len(going),
        next_at=min((one.expected_at for one in away if one.expected_at), default=None),
    )


def _row(
    incident: Incident,
    shown: SourceFigures | None,
    forces: Forces,
    videos: dict[int, list[Video]],
    now: datetime,
) -> Row:
    level = incident.level if incident.graded_at else incident.proposed_level
    said = {name: int(value) for name, value in shown.figures.items() if name in MATTER} if shown else {}
    rule, due_at = incident.next_rule, incident.next_due_at  # type: ignore[attr-defined]
    return Row(
        it=incident,
        level=level,
        level_word=_level_word(incident),
        proposed=incident.graded_at is None and level is not None,
        due_at=due_at,
        duty=" → ".join(part for part in duty_said(rule) if part) if rule else "",
        figures=[(word, number) for word, number in figures_said(said) if number],
        unharmed=bool(said) and not any(said.values()) and {"dead", "injured"} <= said.keys(),
        source=source_name(shown.source) if shown and said else "",
        forces=forces,
        late=due_at is not None and due_at <= now,
        videos=videos.get(incident.pk, []),
    )


def _level_word(incident: Incident) -> str:
    if incident.graded_at and incident.level:
        return str(incident.get_level_display())
    if not incident.graded_at and incident.proposed_level:
        return str(incident.get_proposed_level_display())
    return _("decided: no level") if incident.graded_at else _("not yet graded")


def _by_attention(row: Row) -> tuple[bool, bool, int, float, int]:
    """First where somebody must act: a duty is late, an order unanswered or declined. Then by level, then by clock."""
    pressing = row.late or bool(row.forces.silent or row.forces.declined)
    due = row.due_at.timestamp() if row.due_at else float("inf")
    controlled = row.it.state == IncidentState.CONTROLLED
    return (not pressing, controlled, row.level or UNGRADED, due, -row.it.pk)
