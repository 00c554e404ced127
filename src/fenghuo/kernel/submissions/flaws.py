"""What is wrong with the kinds of papers as they are in force here: words that lead nowhere."""

from collections.abc import Iterator

from django.conf import settings

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.clocks.rulebook import rules as deadlines
from fenghuo.standards.deadlines.words import MARKS
from fenghuo.standards.subjects import SUBJECTS
from fenghuo.standards.submission_kinds import SubmissionRule, SubmissionRules, own_flaws

from .kinds import rules


def flaws() -> list[str]:
    """A sentence each, of the county's own file and of what its rows name."""
    return [*own_flaws(settings.OWN_SUBMISSION_KINDS), *(one for row in rules().rows for one in unknown(row, rules()))]


def unknown(row: SubmissionRule, book: SubmissionRules) -> Iterator[str]:
    """What this row names and nobody knows."""
    due = deadlines()
    asked = (
        ("from", row.senders, UnitKind.values),
        ("due", {row.due} - {""}, list(due)),
        ("silence", {row.silence} - {""}, [one for one in due if due[one].subject == "submission"]),
        ("marks", row.marks, list(MARKS)),
        ("steps", {role for step in row.steps for role in step}, Role.values),
        ("forward", {row.forward} - {""}, book.ids()),
        ("subject", {row.subject} - {""}, list(SUBJECTS)),
    )
    for column, named, known in asked:
        for word in sorted(set(named) - set(known)):
            yield f"submission kinds, {row.id}: {column} names {word!r}, which is not known here"
