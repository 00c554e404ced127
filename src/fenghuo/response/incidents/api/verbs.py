"""What a machine may say with each verb on an incident."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, create_model

from fenghuo.kernel.web.machine.messages import Moment, Verb, example
from fenghuo.standards.measures import MEASURES

from ..messages import Figures, Location, _known_kind

type Kind = Annotated[str, AfterValidator(_known_kind)]
type Amount = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e12)]


class OpenMessage(Verb):
    model_config = example(reports=[101, 102], title="草堂营村道路交通事故", kind="road_traffic")

    reports: Annotated[list[int], Field(min_length=1, max_length=200)]
    title: Annotated[str, Field(max_length=200)] = ""
    kind: Kind | None = None
    location: Location | None = None


class JoinReport(Verb):
    model_config = example(report=103)

    report: int


class SeparateReport(Verb):
    model_config = example(report=103, reason="另一起事故,地点不同")

    report: int
    reason: Annotated[str, Field(max_length=2000)]


class JoinIncident(Verb):
    model_config = example(incident="20260512-0004")

    incident: Annotated[str, Field(max_length=64)]


class SeparateIncident(Verb):
    model_config = example(incident="20260512-0004", reason="核实为两起")

    incident: Annotated[str, Field(max_length=64)]
    reason: Annotated[str, Field(max_length=2000)]


class Grade(Verb):
    model_config = example(level=3, basis="重伤 11 人,达到较大")

    level: Annotated[int, Field(ge=1, le=4)] | None
    basis: Annotated[str, Field(max_length=500)] = ""


class ChangeKind(Verb):
    model_config = example(kind="hazardous_chemicals")

    kind: Kind


class Correct(Verb):
    """Times of the incident itself, its title, or whether it is sensitive."""

    model_config = example(occurred_at="2026-05-12T02:55:00+08:00", reason="核对通话录音")

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
    model_config = example(
        source="县医院",
        as_of="2026-05-12T04:00:00+08:00",
        figures={"dead": 0, "seriously_injured": 1, "injured": 3, "trapped": None},
    )

    source: Annotated[str, Field(max_length=40)]
    as_of: Moment
    figures: AllFigures  # type: ignore[valid-type]

    def given(self) -> dict[str, Any]:
        """Only what was named; null among it means unknown again."""
        said: Figures = self.figures
        return said.model_dump(include=said.model_fields_set)


class ChooseFigures(Verb):
    model_config = example(source="120")

    source: Annotated[str, Field(max_length=40)]


class DrawArea(Verb):
    model_config = example(
        name="警戒区",
        geometry={
            "type": "Polygon",
            "coordinates": [[[108.70, 34.04], [108.72, 34.04], [108.72, 34.05], [108.70, 34.05], [108.70, 34.04]]],
        },
    )

    name: Annotated[str, Field(max_length=60)]
    geometry: dict[str, Any]
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


class SetResponse(Verb):
    model_config = example(
        level=4,
        matters="道路交通事故应急处置",
        measures="抢救伤员、疏导交通、封闭路段",
        until="2026-05-12T12:00:00+08:00",
    )

    level: Annotated[int, Field(ge=1, le=4)] | None
    matters: Annotated[str, Field(max_length=2000)] = ""
    measures: Annotated[str, Field(max_length=5000)] = ""
    until: Moment | None = None


class NoteMessage(Verb):
    model_config = example(text="吊车已到场", happened_at="2026-05-12T03:40:00+08:00")

    text: Annotated[str, Field(max_length=10_000)]


class Tell(Verb):
    """A superior was told: the clocks of these rules stop. `received_by`: who took it, needed for telephone calls."""

    model_config = example(rules=["R8"], to="县总值班室", received_by="赵某", happened_at="2026-05-12T03:25:00+08:00")

    rules: Annotated[list[str], Field(min_length=1, max_length=20)]
    to: Annotated[str, Field(max_length=120)]
    received_by: Annotated[str, Field(max_length=100)] = ""


class Control(Verb):
    model_config = example(happened_at="2026-05-12T04:30:00+08:00")


class Close(Verb):
    model_config = example(summary="伤员均已送医,道路恢复通行")

    summary: Annotated[str, Field(max_length=10_000)]


class Reopen(Verb):
    model_config = example(reason="又有人员报告失联")

    reason: Annotated[str, Field(max_length=2000)]
