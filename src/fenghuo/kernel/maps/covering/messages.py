"""What a machine is answered about who is within reach."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict

EXAMPLE: dict[str, Any] = {
    "of": "teams",
    "choice": "firefighting",
    "measure": "seconds",
    "looked_at": 10,
    "villages": 282,
    "estimate": False,
    "within": [
        {
            "minutes": 10,
            "metres": None,
            "covered": 214,
            "uncovered": 61,
            "twice": 120,
            "share": 0.778,
            "people": {"known": 301200, "unknown": 9},
            "people_uncovered": {"known": 80100, "unknown": 2},
            "people_share": 0.79,
            "alone": [
                {
                    "site": "T-0001",
                    "name": "消防救援一中队",
                    "villages": ["610118007226"],
                    "people": {"known": 1830, "unknown": 0},
                }
            ],
        }
    ],
    "worst": [
        {
            "code": "610118014204",
            "name": "蔡家坡村",
            "people": 940,
            "nearest": {"site": "T-0001", "name": "消防救援一中队", "cost": 1410.5, "estimate": False},
            "next": None,
        }
    ],
    "positions_unknown": [{"code": "610118007201", "name": "李家岩村", "people": None}],
    "sites_positions_unknown": [],
    "reasons": [{"code": "not_within", "text": "10 分钟内到不了的有 61 处"}],
}


class ReachPeopleOut(Schema):
    """`known`: of those whose population is known; `unknown`: of so many places nobody knows it. Never added as 0."""

    known: int
    unknown: int


class ReachAloneOut(Schema):
    """`villages`: codes of those that lose all cover when this one falls out."""

    site: str
    name: str
    villages: list[str]
    people: ReachPeopleOut


class ReachWithinOut(Schema):
    """How many villages, of those whose position is known. `share`, `people_share`: 0 to 1, null when of nothing."""

    minutes: float | None
    metres: float | None
    covered: int
    uncovered: int
    twice: int
    share: float | None
    people: ReachPeopleOut
    people_uncovered: ReachPeopleOut
    people_share: float | None
    alone: list[ReachAloneOut]


class ReachNearOut(Schema):
    """`site`: its number; `cost`: seconds, or metres in a straight line, see `measure`."""

    site: str
    name: str
    cost: float
    estimate: bool


class ReachVillageOut(Schema):
    code: str
    name: str
    people: int | None


class ReachServedOut(ReachVillageOut):
    """`nearest` null: no road leads there from anywhere."""

    nearest: ReachNearOut | None
    next: ReachNearOut | None


class ReachSiteOut(Schema):
    site: str
    name: str


class ReachReasonOut(Schema):
    """`text` in the language asked for (Accept-Language)."""

    code: str
    text: str


class ReachOut(Schema):
    """`within`: the usual steps and the one looked at. `worst`: those that cannot be reached first, then the farthest.

    `estimate`: some or all times are reckoned along straight lines.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    of: str
    choice: str
    measure: str
    looked_at: int
    villages: int
    estimate: bool
    within: list[ReachWithinOut]
    worst: list[ReachServedOut]
    positions_unknown: list[ReachVillageOut]
    sites_positions_unknown: list[ReachSiteOut]
    reasons: list[ReachReasonOut]
