"""Which rows look like the same person or unit, among those that somebody may keep, and that nobody told apart."""

from django.db.models import Q, QuerySet

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Person, Region, Unit
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.access.sight import Sight

from ..likeness import Pair, PersonRow, UnitRow, likely_people, likely_units
from ..models import NotSame
from ..services.units import GRASSROOTS


def kept_people(actor: Actor) -> QuerySet[Person]:
    """Those in the register whom the actor may keep: a post or key without that right keeps nobody."""
    found = Person.objects.visible_to(actor).filter(record__archived_at=None)
    return found.filter(_kept(actor, "record__unit"))


def kept_units(actor: Actor) -> QuerySet[Unit]:
    """Those there are now that the actor may merge."""
    found = Unit.objects.visible_to(actor).filter(valid_to=None, record__archived_at=None)
    if not actor.may("registry.manage"):
        found = found.filter(kind__in=GRASSROOTS)
    return found.filter(_kept(actor, "record"))


def pairs_of_people(actor: Actor) -> list[Pair]:
    """2 queries, whatever the number of people."""
    wanted = ("pk", "name", "mobile", "record__unit_id", "record__unit__region__path")
    rows = kept_people(actor).order_by("pk").values_list(*wanted)
    return _not_told_apart(
        likely_people(PersonRow(key, name, mobile, unit, path or "") for key, name, mobile, unit, path in rows)
    )


def pairs_of_units(actor: Actor) -> list[Pair]:
    """3 queries, whatever the number of units."""
    names = dict(Region.objects.values_list("path", "name"))
    wanted = ("pk", "name", "kind", "code", "phone", "region__path")
    rows = kept_units(actor).order_by("pk").values_list(*wanted)
    return _not_told_apart(
        likely_units(
            UnitRow(key, name, kind, code, phone, path, _above(path, names))
            for key, name, kind, code, phone, path in rows
        )
    )


def _above(path: str, names: dict[str, str]) -> tuple[str, ...]:
    """The region and those above it."""
    return tuple(names[path[:end]] for end in range(PATH_STEP, len(path) + 1, PATH_STEP) if path[:end] in names)


def _not_told_apart(pairs: list[Pair]) -> list[Pair]:
    said = set(NotSame.objects.values_list("one", "other")) if pairs else set()
    return [pair for pair in pairs if (pair.one, pair.other) not in said]


def _kept(actor: Actor, at: str) -> Q:
    """The same as `keeps`, as a condition; `at` leads to the record's unit, or to the unit's record."""
    if actor.is_system or actor.may("registry.manage"):
        return Q()
    if not actor.may("registry.keep"):
        return Q(pk__in=[])
    own = Q(**{f"{at}__pk": actor.unit_id})
    if actor.sight is not Sight.BLOCK or not actor.block:
        return own
    path = "region__path" if at == "record" else f"{at}__region__path"
    return own | Q(**{f"{path}__gte": actor.block, f"{path}__lt": actor.block + ABOVE_DIGITS})
