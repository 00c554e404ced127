"""The time to answer a supervision letter: it runs from its sending and is met when the unit says it has finished."""

from fenghuo.kernel.clocks.services import end, meet, start_turn
from fenghuo.kernel.journal.listeners import Noted, on
from fenghuo.standards.deadlines import Facts

from .models import Letter
from .services.letters import RULE

SUBJECT = "supervision_letter"
WITHDRAWN = "withdrawn"


@on("workplan.letter_sent")
def sent(notes: list[Noted]) -> None:
    for note in notes:
        start_turn(note.about[0], SUBJECT, Facts(), {"issued": note.happened_at}, note.entry, turn=0)


@on("assignment.finished")
def answered(notes: list[Noted]) -> None:
    letters = set(Letter.objects.filter(pk__in=[note.about[0] for note in notes]).values_list("pk", flat=True))
    for note in notes:
        if note.about[0] in letters:
            meet(note.about[0], [RULE], note.happened_at, note.entry)


@on("workplan.letter_withdrawn")
def withdrawn(notes: list[Noted]) -> None:
    for note in notes:
        end([note.about[0]], note.happened_at, WITHDRAWN)
