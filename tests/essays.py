"""A made-up subject, so that the kernel's room for papers is tested by itself: essays, which units send up.

What stands in KINDS is all that a county writes, and `register` all that a room writes.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import WrongState
from fenghuo.kernel.access.models import Record, Unit
from fenghuo.kernel.registry.services import create_unit
from fenghuo.kernel.registry.services.units import set_supervision
from fenghuo.kernel.submissions import kinds
from fenghuo.kernel.submissions.kinds import Course, Enclosed, SubmissionKind
from fenghuo.kernel.submissions.models import Remark, Round, Submission
from fenghuo.kernel.submissions.services import submit
from fenghuo.response.incidents.models import Incident
from fenghuo.standards.submission_kinds import COLUMNS
from tests.county import County

KINDS = """
essay,文章备案,filing of an essay,committee enterprise,township,,,,,issued_text other?,,essay_up,,COUNTY,,?,,,
essay_up,文章上报,essay to the county,township,emergency_office,,,,,,,,,COUNTY,,?,,,
essay_line,文章备案(主管部门),essay to the department,enterprise committee,department,,,,,issued_text,,,,COUNTY,,?,,,
essay_steps,文章会审,essay with steps,committee,township,,,,,,clerk+duty_leader>head,,,COUNTY,,?,,,
essay_silent,文章(默认),essay where silence counts,committee,township,,P6-village,safety_filing,S9,,,,,COUNTY,,?,,,
essay_outside,文章报市,essay beyond the county,emergency_office,superior,,,,,,,,,COUNTY,,?,,,
"""
NAMES = tuple(line.partition(",")[0] for line in KINDS.split("\n") if line)
INSIDE = (Enclosed("issued_text"),)


class Essays:
    """What the room heard, and what it refuses."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.heard: list[Sequence[Course]] = []
        self.refuses = ""

    def check(self, _paper: Record, _by: Actor) -> None:
        if self.refuses:
            raise WrongState(self.refuses)

    def settle(self, paper: Record, courses: Sequence[Course], _by: Actor, _at: datetime) -> None:
        self.heard.append(courses)
        Record.objects.filter(pk=paper.pk).update(checked_by=" ".join(one.state for one in courses))

    def write(self, unit: str = "village", title: str = "论防火") -> Record:
        owner = self.county.units[unit]
        region = owner.region
        return Record.objects.create(kind="essay", title=title, unit=owner, region=region, block=region.path)

    def send(self, by: Actor | None = None, *names: str, unit: str = "village", **said: Any) -> Submission:
        return self.send_all(by, *names, unit=unit, **said)[0]

    def send_all(self, by: Actor | None = None, *names: str, unit: str = "village", **said: Any) -> list[Submission]:
        """By default a village's essay to its township."""
        said.setdefault("enclosed", INSIDE)
        paper = said.pop("paper", None) or self.write(unit)
        return submit(paper, names or ("essay",), by=by or self.county.actor(unit, "clerk"), **said)

    def enterprise(self, *, supervised: str = "", region: str = "village") -> Unit:
        """An enterprise in the village; `supervised`: its department, in education."""
        made = create_unit(
            by=SYSTEM, code="E1", name="草堂化工有限公司", kind="enterprise", region=self.county.regions[region]
        )
        self.county.units["enterprise"] = made
        if supervised:
            self.supervise(made, supervised)
        return made

    def supervise(self, unit: Unit, department: str) -> None:
        set_supervision(unit, by=SYSTEM, departments=[("education", self.county.units[department])], main="education")


@pytest.fixture
def essays(county: County, settings: Any, tmp_path: Path) -> Iterator[Essays]:
    settings.OWN_SUBMISSION_KINDS = tmp_path / "submission_kinds.csv"
    settings.OWN_SUBMISSION_KINDS.write_text(",".join(COLUMNS) + KINDS, encoding="utf-8")
    made = Essays(county)
    kinds.add(*(SubmissionKind(name, made.check, made.settle, paper="essay") for name in NAMES))
    yield made
    for name in NAMES:
        kinds.remove(name)


def sent_and_returned(county: County, subject: Incident) -> None:
    """Rows of a paper about this incident that was sent, remarked and withdrawn, without any room behind it."""
    at, unit, block = subject.opened_at, county.units["a"], subject.record.block
    record = Record.objects.create(kind="submission", number="S-1", title="x", unit=county.units["emo"], block=block)
    sent = Submission.objects.create(
        record=record, kind="essay", paper=subject.record, sender=unit, receiver=county.units["emo"], sent_at=at
    )
    Submission.objects.filter(pk=sent.pk).update(state="withdrawn")
    made = Round.objects.create(
        submission=sent,
        number=1,
        title="x",
        version=1,
        sent_at=at,
        recorded_at=at,
        note="x",
        reason="x",
        brought_by="x",
    )
    Remark.objects.create(round=made, text="x", answer="x", made_at=at)
