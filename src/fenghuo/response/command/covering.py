"""What the rest of the county keeps when teams leave: towns that some team at home reaches in time."""

from collections.abc import Container, Sequence

from django.db.models import Q, Sum

from fenghuo.decision.dispatch import Cover
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.maps.closures import closures_now
from fenghuo.kernel.maps.covering.times import times_between
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.readiness.teams.models import Team

COVERED_WITHIN = 15 * 60.0  # seconds to the middle of a town (本县设定)


def covered_towns(teams: Sequence[Team], here: Container[int], *, exercise: bool = False) -> list[Cover]:
    """Each town whose position is known, with the teams that would be there in time; any team counts that is in `here`.

    `teams`: all of the register, whatever they do: the times of the same teams are remembered from call to call.
    The people of a town are those of its villages as far as they are known. 2 queries.
    """
    based = [team for team in teams if team.latitude is not None and team.longitude is not None]
    home = home_region()
    if home is None or not based:
        return []
    found = Region.objects.filter(parent=home, level="town", valid_to=None, latitude__isnull=False)
    inside = Sum("children__people", filter=Q(children__valid_to=None))
    towns = list(found.exclude(longitude=None).annotate(inside=inside).order_by("code"))
    if not towns:
        return []
    bases = [(team.latitude or 0.0, team.longitude or 0.0) for team in based]
    middles = [(town.latitude or 0.0, town.longitude or 0.0) for town in towns]
    near = times_between(bases, middles, "truck", closures_now("truck", exercise=exercise)).seconds <= COVERED_WITHIN
    return [
        Cover(
            town.code,
            town.name,
            town.people or town.inside or 1,
            frozenset(key for row in rows.nonzero()[0].tolist() if (key := based[row].pk) in here),
        )
        for town, rows in zip(towns, near.T, strict=True)
    ]
