"""What every message of a machine is made of: strict parts, times with their offset, words that say something."""

from datetime import UTC, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

FARTHEST = timedelta(hours=15)
FIRST_YEAR, LAST_YEAR = 1900, 2200  # outside, a time cannot be meant; inside, it is kept and marked


def _readable_year(value: AwareDatetime) -> AwareDatetime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("year", "year must lie between 1900 and 2200")
    offset = value.utcoffset()
    # PostgreSQL reads offsets below 16 hours only; the moment is the same.
    return value if offset is None or abs(offset) < FARTHEST else value.astimezone(UTC)


def says_something(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "must not be blank")
    return value


type Moment = Annotated[AwareDatetime, AfterValidator(_readable_year)]
type Words = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(says_something)]


class Part(BaseModel):
    """Strict about types; what it does not know is kept as `extra`, not dropped."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)


def example(**said: Any) -> ConfigDict:
    """What the API description shows of a message."""
    return ConfigDict(json_schema_extra={"examples": [said]})


class Verb(Part):
    """`happened_at`: when it was done, for what is entered afterwards."""

    happened_at: Moment | None = None
