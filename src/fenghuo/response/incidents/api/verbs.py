"""What a machine may say with each verb on an incident."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, create_model

from fenghuo.kernel.web.machine.messages import Moment, Verb
from fenghuo.standards.measures import MEASURES

from ..messages import Figures, Location, _known_kind

type Kind = Annotated[str, AfterValidator(_known_kind)]
type Amount = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e12)]


class OpenMessage(Verb):
    reports: Annotated[list[int], Field(min_length=1, max_length=200)]
    title: Annotated[str, Field(max_length=200)] = ""
    kind: Kind | None = None
    location: Location | None = None


class JoinReport(Verb):
    report: int


class SeparateReport(Verb):
    report: int
    reason: Annotated[str, Field(max_length=2000)]


class JoinIncident(Verb):
    incident: Annotated[str, Field(max_length=64)]


class SeparateIncident(Verb):
    incident: Annotated[str, Field(max_length=64)]
    reason: Annotated[str, Field(max_length=2000)]


class Grade(Verb):
    level: Annotated[int, Field(ge=1, le=4)] | None
    basis: Annotated[str, Field(max_length=500)] = ""


class ChangeKind(Verb):
    kind: Kind


class Correct(Verb):
    """Times of the incident itself, its title, or whether it is sensitive."""

    occurred_at: Moment | None = None
    learned_at: Moment | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    sensitive: bool | None = None
    reason: Annotated[str, Field(max_length=2000)]


# Figures of people, and every other measure that a threshold may ask for.
AllFigures: type[Figures] = create_model(
    "AllFigures",
    __base__=Figures,
    __config__=None,
    **dict.fromkeys(MEASURES, (Amount | None, None)),  # type: ignore[call-overload]
)


class SetFigures(Verb):
    source: Annotated[str, Field(max_length=40)]
    as_of: Moment
    figures: AllFigures  # type: ignore[valid-type]

    def given(self) -> dict[str, Any]:
        """Only what was named; null among it means unknown again."""
        said: Figures = self.figures
        return said.model_dump(include=said.model_fields_set)


class ChooseFigures(Verb):
    source: Annotated[str, Field(max_length=40)]


class DrawArea(Verb):
    name: Annotated[str, Field(max_length=60)]
    geometry: dict[str, Any]
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


class SetResponse(Verb):
    level: Annotated[int, Field(ge=1, le=4)] | None
    matters: Annotated[str, Field(max_length=2000)] = ""
    measures: Annotated[str, Field(max_length=5000)] = ""
    until: Moment | None = None


class NoteMessage(Verb):
    text: Annotated[str, Field(max_length=10_000)]


class Tell(Verb):
    """A superior was told: the clocks of these rules stop. `received_by`: who took it, needed for telephone calls."""

    rules: Annotated[list[str], Field(min_length=1, max_length=20)]
    to: Annotated[str, Field(max_length=120)]
    received_by: Annotated[str, Field(max_length=100)] = ""


class Control(Verb):
    pass


class Close(Verb):
    summary: Annotated[str, Field(max_length=10_000)]


class Reopen(Verb):
    reason: Annotated[str, Field(max_length=2000)]
