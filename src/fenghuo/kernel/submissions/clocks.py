"""Which journal verbs start, meet and end the clocks of submissions, and of the duty to file.

The receiver's time to answer runs on the submission, whose unit is the receiver; each round has its own. The duty to
file runs on the paper, by the room that issued it, and is met when all courses that it asks for have gone.
"""

from fenghuo.kernel.clocks.rulebook import rules as deadlines
from fenghuo.kernel.clocks.services import end, meet, reopen, start_turn
from fenghuo.kernel.journal.listeners import Noted, on
from fenghuo.standards.deadlines import Facts

from . import silence  # noqa: F401 - hears of what is late
from .kinds import rules
from .models import State, Submission

SUBJECT = "submission"
WITHDRAWN = "withdrawn"


@on("submission.sent")
def sent(notes: list[Noted]) -> None:
    for note in notes:
        one = Submission.objects.get(pk=note.about[0])
        rule = rules().get(one.kind)
        marks = rule.marks if rule is not None else frozenset()
        facts = Facts(marks=frozenset(marks))
        start_turn(one.pk, SUBJECT, facts, {"received": note.happened_at}, note.entry, turn=one.round - 1)
        _duty_to_file(one, note)


@on("submission.accepted")
@on("submission.returned")
@on("submission.forwarded")
def answered(notes: list[Noted]) -> None:
    names = {row.id for row in deadlines().rows if row.subject == SUBJECT}
    for note in notes:
        meet(note.about[0], names, note.happened_at, note.entry)


@on("submission.withdrawn")
def withdrawn(notes: list[Noted]) -> None:
    for note in notes:
        end([note.about[0]], note.happened_at, WITHDRAWN)
        one = Submission.objects.get(pk=note.about[0])
        rule = rules().get(one.kind)
        if rule is not None and rule.due:
            reopen(one.paper_id, [rule.due])


def _duty_to_file(one: Submission, note: Noted) -> None:
    rule = rules().get(one.kind)
    if rule is None or not rule.due:
        return
    same = {row.id for row in rules().rows if row.due == rule.due}
    gaps = Submission.objects.filter(paper=one.paper_id, kind__in=same, state=State.GAP)
    if not gaps.exists():
        meet(one.paper_id, [rule.due], note.happened_at, note.entry)
