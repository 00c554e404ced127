"""Teams can be given orders; whom to call for them stands in their register."""

from collections.abc import Sequence

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.assignments.receivers import Addressee, Contact, add

from .selectors import contacts_of, teams


def _teams(actor: Actor, keys: Sequence[int]) -> list[Addressee]:
    found = list(teams(actor).filter(pk__in=list(keys)).prefetch_related(None))
    called = contacts_of(actor, found)
    return [
        Addressee(
            record_id=team.pk,
            name=team.name,
            unit_id=team.record.unit_id,
            person_id=None,
            contacts=tuple(Contact(one.name, one.person_id, one.phone) for one in called.get(team.pk, [])),
        )
        for team in found
    ]


add("team", _teams)
