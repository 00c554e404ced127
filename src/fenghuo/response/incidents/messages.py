"""What a message that comes in may say (interfaces.md, Intake). The form and the machine door read it alike."""

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fenghuo.kernel.web.machine.messages import Moment, Part, Words, example, says_something
from fenghuo.standards.kinds import KINDS

from .models import Source

MOST_PEOPLE = 10_000_000
SOURCES = frozenset(Source.values)


def _known_kind(value: str) -> str:
    if value not in KINDS:
        raise PydanticCustomError("kind", "is not a known kind of incident")
    return value


def _known_source(value: str) -> str:
    if value not in SOURCES:
        raise PydanticCustomError("source", "is not a known source")
    return value


type People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
type Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=180)]


class Caller(Part):
    name: Annotated[str, Field(max_length=100)] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None


class Location(Part):
    """`latitude` beyond ±90 is let through here: swapped axes are offered back, not refused."""

    address: Annotated[str, Field(max_length=500)] | None = None
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"

    @model_validator(mode="after")
    def both_or_none(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise PydanticCustomError("position", "latitude and longitude belong together: give both or neither")
        if self.latitude is not None and self.longitude is not None and abs(self.latitude) > 90 < abs(self.longitude):
            raise PydanticCustomError("position", "latitude must lie between -90 and 90")
        return self


class Figures(Part):
    """People; null is unknown, 0 is known to be none. A misspelt figure must be noticed, so nothing else is let in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    dead: People | None = None
    missing: People | None = None
    seriously_injured: People | None = None
    injured: People | None = None
    trapped: People | None = None
    poisoned: People | None = None
    moved: People | None = None

    def said(self) -> dict[str, int]:
        return self.model_dump(exclude_none=True)


class SupplementMessage(Part):
    """Later facts of the same call; says at least something."""

    model_config = example(
        text="又有一人受伤,已送县医院", happened_at="2026-05-12T03:20:00+08:00", figures={"injured": 4}
    )

    text: Words | None = None
    happened_at: Moment | None = None
    location: Location | None = None
    figures: Figures | None = None

    @model_validator(mode="after")
    def not_empty(self) -> Self:
        if self.text is None and self.location is None and not (self.figures and self.figures.said()):
            raise PydanticCustomError("empty", "give text, figures or a location")
        return self


class ReportMessage(Part):
    """One message that something happened. Times carry their offset; positions are degrees in `crs`.

    `exercise`: it is only practised; nothing of it leaves the house, and it is never taken for a real one.
    """

    model_config = example(
        source="110",
        source_id="610118-20260512-000123",
        received_at="2026-05-12T03:04:05+08:00",
        happened_at="2026-05-12T03:02:00+08:00",
        caller={"name": "张某", "phone": "13800000000"},
        text="草堂镇草堂营村村口两车相撞,三人受伤,一人被困",
        kind="road_traffic",
        location={"address": "草堂街道草堂营村", "latitude": 34.0439, "longitude": 108.7108},
        figures={"injured": 3, "trapped": 1},
    )

    source: Annotated[str, AfterValidator(_known_source), Field(json_schema_extra={"enum": list(Source.values)})]
    source_id: Annotated[str, Field(min_length=1, max_length=128), AfterValidator(says_something)]
    received_at: Moment
    text: Words
    happened_at: Moment | None = None
    caller: Caller | None = None
    kind: Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})] | None = None
    location: Location | None = None
    figures: Figures | None = None
    exercise: bool = False
