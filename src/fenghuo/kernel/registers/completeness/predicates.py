"""What can be asked of the rows of a register: predicates under names, which the rules in standards combine.

A room registers its subject (what rows there are and to which unit each belongs) and its predicates, in
completeness.py. A predicate is a condition for the database, so that a whole county is asked in one query a subject.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

type Holds = Callable[[int | None], Q]


@dataclass(frozen=True, slots=True)
class Subject:
    """`rows`: those in the register now, whoever asks. `unit`: leads from a row to the key of its unit, `kind` to
    that unit's kind, `title` to what a row is called. `register`: where a row is put right."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    unit: str
    kind: str
    title: str
    register: str


_subjects: dict[str, Subject] = {}
_predicates: dict[str, Holds] = {}


def add_subject(subject: Subject) -> None:
    if subject.name in _subjects:
        raise ValueError(f"the subject {subject.name} is there twice")
    _subjects[subject.name] = subject


def predicate(name: str) -> Callable[[Holds], Holds]:
    """Register, as "subject.what", a function from the rule's amount to the condition that holds for a complete row.

    Only fields of the row, forward relations and Exists: what joins many rows would count a row many times.
    """

    def register(holds: Holds) -> Holds:
        if name in _predicates:
            raise ValueError(f"the predicate {name} is there twice")
        _predicates[name] = holds
        return holds

    return register


def subjects() -> list[Subject]:
    return list(_subjects.values())


def subject_of(name: str) -> Subject | None:
    """Of a predicate's name; None when nobody has registered such a predicate."""
    return _subjects.get(name.partition(".")[0]) if name in _predicates else None


def predicates() -> list[str]:
    return sorted(_predicates)


def condition(name: str, amount: int | None) -> Q:
    return _predicates[name](amount)
