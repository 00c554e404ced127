"""Teams as what covers the villages: by what they can do, and whether they can go now."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.covering.kinds import Cover, Covering, add

from .models import TeamState
from .selectors import teams
from .words import capability_choices


def _sites(actor: Actor, capability: str) -> list[Covering]:
    now = timezone.now()
    found = teams(actor, capability=capability).prefetch_related(None)
    return [
        Covering(
            id=team.record.number,
            name=team.name,
            url=reverse("teams:team", args=[team.record.number]),
            latitude=team.latitude,
            longitude=team.longitude,
            estimated=team.position_estimated,
            ready=(state := team.state_at(now)) is TeamState.READY,
            word=str(state.label),
        )
        for team in found
    ]


add(
    Cover(
        name="teams",
        title=_("Teams"),
        action="teams.read",
        sites=_sites,
        choices=capability_choices,
        choice_label=_("Can do"),
    )
)
