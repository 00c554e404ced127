"""What covers: rooms say in covers.py how their teams, shelters, depots are found; nothing else is edited for it.

add(
    Cover(
        name="shelters",                    # in addresses: ?of=shelters
        title=_("Shelters"),
        action="shelters.read",             # without it the kind is not offered
        sites=_sites,                       # (actor, choice) → what this actor may see, through scoped selectors
        choices=_kinds,                     # of the filter beside it; left out: no filter
        choice_label=_("Kind of shelter"),
        mode="foot",                        # how one gets there
        comes=False,                        # people go to it; True: it comes to them, as a team does
    )
)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor

type Text = str | Promise
type Choices = Callable[[], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Covering:
    """One that covers. `id`: its record's number; WGS 84 degrees, None when nobody gave a position.

    `ready`: can be used now; `word`: its state in words; `estimated`: the position is that of its place, not its own.
    """

    id: str
    name: str
    url: str
    latitude: float | None
    longitude: float | None
    estimated: bool = False
    ready: bool = True
    word: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A kind of what covers, see above."""

    name: str
    title: Text
    action: str
    sites: Callable[[Actor, str], list[Covering]]
    choices: Choices = list
    choice_label: Text = ""
    mode: str = "truck"
    comes: bool = True


_covers: dict[str, Cover] = {}


def add(cover: Cover) -> None:
    if cover.name in _covers:
        raise ValueError(f"cover {cover.name} twice")
    _covers[cover.name] = cover


def covers(actor: Actor) -> list[Cover]:
    """Those that this actor may ask about."""
    return [cover for cover in _covers.values() if actor.may(cover.action)]
