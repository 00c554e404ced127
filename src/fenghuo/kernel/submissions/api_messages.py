"""What machines say about submissions, and what they are answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from fenghuo.kernel.web.machine.messages import Part, Verb, example

from .kinds import Enclosed
from .services import Said

type Text = Annotated[str, Field(max_length=2000)]


class UnitOut(Schema):
    code: str
    name: str


class PaperOut(Schema):
    """The record that is filed."""

    id: int
    kind: str
    number: str
    title: str


class EnclosedOut(Schema):
    """`file` null and not `on_paper`: destroyed by order."""

    item: str
    file: int | None
    on_paper: bool


class RemarkOut(Schema):
    id: int
    item: str
    text: str
    made_at: datetime
    answer: str
    answered_at: datetime | None


class RoundOut(Schema):
    number: int
    way: str
    sent_at: datetime
    recorded_at: datetime
    note: str
    verdict: str
    reason: str
    answered_at: datetime | None
    enclosed: list[EnclosedOut]
    remarks: list[RemarkOut]


class SubmissionOut(Schema):
    """`act` is the same for all courses sent together; `receiver` null while nobody is there to receive it."""

    id: int
    number: str
    kind: str
    act: str
    paper: PaperOut
    sender: UnitOut
    receiver: UnitOut | None
    subject: str
    state: str
    receipt: str
    sent_at: datetime
    settled_at: datetime | None
    forwarded_from: int | None
    exercise: bool
    demo: bool
    rounds: list[RoundOut]


class SubmissionsOut(Schema):
    items: list[SubmissionOut]
    next: str | None = None


class EnclosedIn(Part):
    """`file`: key of a file of the paper; without it the item lies there on paper."""

    item: Annotated[str, Field(max_length=48)] = ""
    file: int | None = None


class RemarkIn(Part):
    text: Text
    item: Annotated[str, Field(max_length=48)] = ""


class AnswerIn(Part):
    remark: int
    text: Text


class Submit(Verb):
    model_config = example(paper=17, kinds=["plan_village"], enclosed=[{"item": "issued_text", "file": 4}])

    paper: int
    kinds: Annotated[list[Annotated[str, Field(max_length=48)]], Field(min_length=1, max_length=10)]
    enclosed: Annotated[list[EnclosedIn], Field(max_length=100)] | None = None
    subject: Annotated[str, Field(max_length=32)] = ""
    partly: bool = False
    again: bool = False
    brought_by: Annotated[str, Field(max_length=120)] | None = None
    note: Text = ""


class TakeSubmission(Verb):
    model_config = example(happened_at="2026-05-12T09:00:00+08:00")


class PassSubmission(Verb):
    model_config = example(happened_at="2026-05-12T09:00:00+08:00")


class SendSubmission(Verb):
    model_config = example(happened_at="2026-05-12T09:00:00+08:00")


class RemarkSubmission(Verb):
    model_config = example(remarks=[{"item": "issued_text", "text": "缺第三页"}])

    remarks: Annotated[list[RemarkIn], Field(min_length=1, max_length=50)]


class ReturnSubmission(Verb):
    model_config = example(reason="材料不全", remarks=[{"item": "issued_text", "text": "缺第三页"}])

    reason: Text
    remarks: Annotated[list[RemarkIn], Field(max_length=50)] = Field(default_factory=list)


class AnswerRemark(Verb):
    model_config = example(remark=5, text="已补")

    remark: int
    text: Text


class ResubmitSubmission(Verb):
    """`answers`: to remarks that have none yet, in the same act."""

    model_config = example(note="已补第三页", answers=[{"remark": 5, "text": "已补"}])

    answers: Annotated[list[AnswerIn], Field(max_length=50)] = Field(default_factory=list)

    enclosed: Annotated[list[EnclosedIn], Field(max_length=100)] | None = None
    note: Text = ""


class AcceptSubmission(Verb):
    model_config = example(note="材料齐全")

    note: Text = ""
    receipt: Annotated[str, Field(max_length=64)] = ""


class ForwardSubmission(Verb):
    model_config = example(note="转报市应急管理局")

    note: Text = ""


class WithdrawSubmission(Verb):
    model_config = example(reason="预案已修订，另行报送")

    reason: Text


def enclosed_of(said: Sequence[EnclosedIn] | None) -> list[Enclosed] | None:
    return None if said is None else [Enclosed(one.item, one.file) for one in said]


def remarks_of(said: Sequence[RemarkIn]) -> list[Said]:
    return [Said(one.text, one.item) for one in said]
