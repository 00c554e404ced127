"""Who listens at the moment, grouped by sight: what a group is told is worked out once for all of it."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.sight import Scope, Sight

from .standing import Standing


class Group:
    """Listeners whose unit gives them the same sight. `idle`: those who were told everything up to the head."""

    def __init__(self, sight: Actor) -> None:
        self.sight = sight
        self.members: set[Listener] = set()
        self.idle: set[Listener] = set()
        self._head = -1
        self._texts: dict[int, bytes] = {}

    def text(self, after: int, head: int, write: Callable[[Actor, int], bytes]) -> bytes:
        """What `write` makes for this sight from `after` to the head, made once for each pair."""
        if head != self._head:
            self._head, self._texts = head, {}
        text = self._texts.get(after)
        if text is None:
            text = self._texts[after] = write(self.sight, after)
        return text


class Listener:
    """One open stream. It keeps a position and no queue, so one that does not read costs no memory."""

    def __init__(self, standing: Standing, position: int, reload: str = "") -> None:
        self.standing = standing
        self.position = position
        self.group: Group | None = None
        self.held = False  # what it may see is being looked up: told nothing until that is known
        self.reload = reload  # why everything is to be fetched anew, once
        self.beat = False
        self.left = False
        self.due = 0.0  # the next beat
        self.sending_since = 0.0  # 0: nothing on its way
        self.task: asyncio.Task[object] | None = None
        self._asleep: asyncio.Future[None] | None = None

    async def sleep(self) -> None:
        self._asleep = asyncio.get_running_loop().create_future()
        try:
            await self._asleep
        finally:
            self._asleep = None

    def wake(self) -> None:
        if self._asleep is not None and not self._asleep.done():
            self._asleep.set_result(None)


class Groups:
    """All listeners, found by what may concern them."""

    def __init__(self) -> None:
        self._of: dict[Actor, Group] = {}
        self._by_unit: dict[int | None, set[Group]] = {}
        self._by_block: dict[str, set[Group]] = {}

    def listeners(self) -> list[Listener]:
        return [listener for group in self._of.values() for listener in group.members]

    def near(self, scopes: Iterable[Scope]) -> set[Group]:
        """Those that may see one of these: some too many, whom `Actor.sees` then sorts out, and none too few."""
        found: set[Group] = set()
        lengths = {len(block) for block in self._by_block}
        for scope in set(scopes):
            for unit in (scope.unit_id, *scope.shared_units):
                found |= self._by_unit.get(unit, NOBODY)
            for length in lengths:
                found |= self._by_block.get(scope.block[:length], NOBODY)
        return found

    def enter(self, listener: Listener) -> None:
        sight = _sight(listener.standing.actor)
        group = self._of.get(sight)
        if group is None:
            group = self._of[sight] = Group(sight)
            self._by_unit.setdefault(sight.unit_id, set()).add(group)
            if sight.block and sight.sight is not Sight.OWN:
                self._by_block.setdefault(sight.block, set()).add(group)
        group.members.add(listener)
        listener.group = group

    def leave(self, listener: Listener) -> None:
        group, listener.group = listener.group, None
        assert group is not None
        group.members.discard(listener)
        if group.members:
            return
        del self._of[group.sight]
        _forget(self._by_unit, group.sight.unit_id, group)
        _forget(self._by_block, group.sight.block, group)


def _forget[K](known: dict[K, set[Group]], key: K, group: Group) -> None:
    of_key = known.get(key, set())
    of_key.discard(group)
    if not of_key:
        known.pop(key, None)


NOBODY: frozenset[Group] = frozenset()


def _sight(actor: Actor) -> Actor:
    """The actor without what tells apart people of one unit. What is shared with a person is asked of the person."""
    return replace(
        actor, label="", post_id=None, person_id=None, roles=frozenset(), scopes=frozenset(), address="", demo=False
    )
