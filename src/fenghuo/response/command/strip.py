"""The tiles that this room knows of: who is on duty, and how many teams can go."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.assignments.states import OPEN
from fenghuo.kernel.web.strip import Scene, Tile, Value, add
from fenghuo.readiness.teams.models import TeamState

from .board import orders_of, teams_of


def duty(scene: Scene) -> Value:
    """Who is on duty now. That nobody is must be seen too."""
    if not scene.on_duty:
        return Value(_("nobody"), note=_("nobody is entered as on duty"), look="late")
    names = "、".join(post.person.name for post in scene.on_duty[:2])
    phones = "、".join(dict.fromkeys(str(post.title or post.get_role_display()) for post in scene.on_duty[:2]))
    return Value(names, note=phones)


def forces(scene: Scene) -> Value | None:
    """Teams that can go and have nothing to do, of all that this actor sees."""
    known = teams_of(scene)
    if not known:
        return None
    busy = {order.to_id for order in orders_of(scene) if order.state in OPEN}
    ready = [team for team in known if team.state_at(scene.now) is TeamState.READY and team.pk not in busy]
    out = sum(1 for team in known if team.pk in busy)
    away = len(known) - len(ready) - out
    return Value(
        str(len(ready)),
        unit=_("free of %(n)s") % {"n": len(known)},
        note=_("%(out)s ordered out · %(away)s resting or away") % {"out": out, "away": away},
        look="" if ready else "late",
        url=reverse("teams:teams"),
    )


add(Tile("duty", gettext_lazy("On duty"), 10, "board.read", duty, ("person", "unit")))
add(Tile("forces", gettext_lazy("Teams ready"), 90, "teams.read", forces, ("team", "assignment")))
