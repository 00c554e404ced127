"""Kinds of submission: what the law and the county say of them (rules), and the rooms whose papers they carry.

A room registers in submission_kinds.py, which the kernel finds: `add(SubmissionKind("plan_village", ...))`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.standards.submission_kinds import SubmissionRules, papers, submission_rules


@dataclass(frozen=True, slots=True)
class Course:
    """How one submission of a paper stands. `to`: the receiver's name, "" for a gap. `under_way`: it may still be
    accepted or returned; `accepted`: by the receiver, or by its silence where the law says so.
    """

    key: int
    number: str
    kind: str
    receiver: int | None
    to: str
    state: str
    under_way: bool
    accepted: bool
    receipt: str
    sent_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """`item`: of the checklist, or "". `attachment`: key of a file of the paper's record; None: on paper only."""

    item: str = ""
    attachment: int | None = None


type Check = Callable[[Record, Actor], None]
type Settle = Callable[[Record, Sequence[Course], Actor, datetime], None]


def _nothing(_paper: Record, _by: Actor) -> None:
    return None


def _no_one(_paper: Record, _courses: Sequence[Course], _by: Actor, _at: datetime) -> None:
    return None


def _none(_paper: Record) -> Sequence[Enclosed]:
    return ()


def _nowhere(_kind: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class SubmissionKind:
    """`name`: an id of submission_kinds.csv.

    `check(paper, by)`: raises Refused when the paper may not be sent now (also before it is sent again).
    `settle(paper, courses, by, at)`: after every change of a course, in its transaction, with all courses of the
    paper, oldest first; the room moves its own state by them. It must bear being called twice with the same.
    `paper`: the kind of record that the paper is, so that one which came by hand is found.
    `enclosed(paper)`: which of its files stand for which item of the checklist, as a proposal.
    `begin(kind)`: the address of the page where such a paper is made.
    """

    name: str
    check: Check = _nothing
    settle: Settle = _no_one
    paper: str = ""
    enclosed: Callable[[Record], Sequence[Enclosed]] = field(default=_none)
    begin: Callable[[str], str] = field(default=_nowhere)


_kinds: dict[str, SubmissionKind] = {}


def add(*kinds: SubmissionKind) -> None:
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"the kind of submission {kind.name} is registered twice")
        _kinds[kind.name] = kind


def remove(name: str) -> None:
    """For tests that register kinds of their own."""
    _kinds.pop(name, None)


def registered() -> Mapping[str, SubmissionKind]:
    return _kinds


def rules() -> SubmissionRules:
    """The kinds as they are in force here, the county's own rows first."""
    return submission_rules(settings.OWN_SUBMISSION_KINDS)


def name_of(kind: str) -> str:
    """In the reader's language."""
    row = rules().get(kind)
    if row is None:
        return kind
    return row.zh if (get_language() or "").startswith("zh") else row.en


def item_name(item: str) -> str:
    """An item of a checklist in the reader's language."""
    row = papers().get(item)
    if row is None:
        return item
    return row.zh if (get_language() or "").startswith("zh") else row.en
