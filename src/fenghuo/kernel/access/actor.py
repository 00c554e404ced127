"""Actor: who acts. A person in a post, a machine with a token, or the system itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from . import rights
from .errors import NotAllowed
from .models import Line, Post, Token, Unit
from .pipeline import ask
from .sight import SIGHT, SIGHT_OF_ROLE, Scope, Sight


@dataclass(frozen=True, slots=True)
class Actor:
    """Frozen at the start of a request; services take it keyword-only as `by`.

    `label` is how the journal names the actor: unit and post, never a person's name.
    """

    label: str
    sight: Sight
    unit_id: int | None = None
    unit_kind: str = ""
    block: str = ""
    subjects: frozenset[str] = frozenset()
    post_id: int | None = None
    person_id: int | None = None
    token_id: int | None = None
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    address: str = ""
    demo: bool = False  # what a unit of the demo county makes is demo data too

    @property
    def is_system(self) -> bool:
        return self.sight is Sight.ALL

    @property
    def is_machine(self) -> bool:
        return self.token_id is not None

    @property
    def machine(self) -> int:
        """The token's key. Raises: NotAllowed for people, who have none."""
        if self.token_id is None:
            raise NotAllowed(_("Only a machine with a token may do this."))
        return self.token_id

    def may(self, action: str) -> bool:
        """Whether role or scope allows the action at all; sight of the record is a second question."""
        if self.is_system:
            return True
        if self.is_machine:
            return not self.scopes.isdisjoint(rights.scopes_for(action))
        return not self.roles.isdisjoint(rights.roles_for(action))

    def sees(self, scope: Scope) -> bool:
        """The same answer as `visible_to`, from memory."""
        if self.is_system:
            return True
        if scope.unit_id is not None and scope.unit_id == self.unit_id:
            return True
        if self.unit_id in scope.shared_units or (self.person_id in scope.shared_people):
            return True
        if not self.block or not scope.block.startswith(self.block):
            return False
        if self.sight is Sight.BLOCK:
            return True
        return self.sight is Sight.LINE and not self.subjects.isdisjoint(scope.subjects)

    def holds(self, path: str) -> bool:
        """Whether it is an authority whose block this region, by its path, lies in."""
        return self.sight is Sight.BLOCK and bool(self.block) and path.startswith(self.block)

    def at(self, address: str) -> "Actor":
        return replace(self, address=address)


SYSTEM = Actor(label="system", sight=Sight.ALL)


def actor_for_post(post: Post) -> Actor:
    """`post` with unit, unit.region and unit.record loaded, else three queries more."""
    of_unit = _of_unit(post.unit, str(post))
    return replace(
        of_unit,
        sight=SIGHT_OF_ROLE.get(post.role, of_unit.sight),
        roles=frozenset({post.role}),
        post_id=post.pk,
        person_id=post.person_id,
    )


def actor_for_token(token: Token) -> Actor:
    """`token` loaded like a post. Whether it is valid is the caller's question."""
    of_unit = _of_unit(token.unit, f"{token.unit} · {token.name}")
    return replace(of_unit, scopes=frozenset(token.scopes.split()), token_id=token.pk)


def actors_for_digests(digests: Sequence[str], now: datetime) -> dict[str, Actor]:
    """Actors of the valid tokens among these, by digest, in one query (one more for each department's).

    Written out: with three joins, making the statement costs intake ten times what running it does.
    """
    if not digests:
        return {}
    statement = TOKENS % ", ".join(["%s"] * len(digests))
    rows = ask(statement, [*digests, connection.ops.adapt_datetimefield_value(now)])()
    found = {}
    for digest, pk, name, scopes, unit_id, unit_name, kind, path, demo in rows:
        of_unit = _of(unit_id, kind, path, bool(demo), f"{unit_name} · {name}")
        found[digest] = replace(of_unit, scopes=frozenset(scopes.split()), token_id=pk)
    return found


TOKENS = """
SELECT t.digest, t.id, t.name, t.scopes, t.unit_id, u.name, u.kind, r.path, c.demo
FROM access_token t JOIN access_unit u ON u.record_id = t.unit_id JOIN access_record c ON c.id = t.unit_id
JOIN access_region r ON r.record_id = u.region_id
WHERE t.digest IN (%s) AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %%s)
"""


def post_is_held(post: Post, today: date) -> bool:
    return post.since <= today and (post.until is None or today <= post.until)


def _of_unit(unit: Unit, label: str) -> Actor:
    return _of(unit.pk, unit.kind, unit.region.path, unit.record.demo, label)


def _of(unit_id: int, kind: str, block: str, demo: bool, label: str) -> Actor:
    """What follows from the unit alone."""
    sight = SIGHT[kind]
    subjects = Line.objects.filter(unit=unit_id).values_list("subject", flat=True) if sight is Sight.LINE else ()
    return Actor(
        label=label,
        sight=sight,
        unit_id=unit_id,
        unit_kind=kind,
        block=block,
        subjects=frozenset(subjects),
        demo=demo,
    )
