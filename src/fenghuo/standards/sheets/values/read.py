"""What reading one cell gives."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple


class Position(NamedTuple):
    """Degrees, as given: whether they are WGS 84 the list must say elsewhere."""

    latitude: Decimal
    longitude: Decimal


type Scalar = str | int | Decimal | date | bool | Position | tuple[str, ...] | None
type About = Literal["", "about", "at_least", "at_most", "more_than", "less_than"]
type Precision = Literal["", "day", "month", "year"]
type Words = tuple[str, dict[str, str]]  # a code of messages.csv with its parameters


class Read(NamedTuple):
    """`value`: None when the cell says nothing. `warnings`: what was taken how.

    `about`: 约200 is about, ≥100 at_least … `counted_in`: 顶, where the field leaves the word open.
    `precision`: how much of a date was said; `value` is then its first day (its last for 年底).
    """

    value: Scalar
    warnings: tuple[Words, ...] = ()
    about: About = ""
    counted_in: str = ""
    precision: Precision = ""


NOTHING = Read(None)


class Unreadable(Exception):
    """Why a cell cannot be taken: a code of messages.csv and its parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params
