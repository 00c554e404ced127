"""What is read of an extract, as arrays and lists: not beside the reader, whose library only a build imports."""

from array import array
from dataclasses import dataclass, field

from .access import Speeds
from .restrictions import Restriction


class Unreadable(ValueError):
    """The file is no extract, is cut off, or holds no road."""


@dataclass(slots=True)
class Extract:
    """Ways one after the other: way k has the nodes `starts[k]` to `starts[k + 1]`; `ids` are OpenStreetMap's.

    `latitudes`, `longitudes`: whole 1e-7 degrees, of each node of each way. `forward`, `backward`: metres per second by
    mode. `faults`: what was left out, and how often. `date`: that of the data as the
    file says it, else of its newest road, else "".
    """

    ids: array[int] = field(default_factory=lambda: array("q"))
    latitudes: array[int] = field(default_factory=lambda: array("i"))
    longitudes: array[int] = field(default_factory=lambda: array("i"))
    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    ways: array[int] = field(default_factory=lambda: array("q"))
    names: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    forward: list[Speeds] = field(default_factory=list)
    backward: list[Speeds] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    faults: dict[str, int] = field(default_factory=dict)
    date: str = ""

    def miss(self, what: str) -> None:
        self.faults[what] = self.faults.get(what, 0) + 1
