"""What every verb on a submission begins and ends with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import not_ahead, text_within
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.recording import record

from .. import sides
from ..courses import courses_of
from ..kinds import registered
from ..models import Round, Submission
from ..states import SENDERS_VERBS, SUBMISSION_STATES


def hold(pk: int) -> Submission:
    """The submission as it is now, held. Its paper is held first, as every room does that moves with it."""
    paper = Submission.objects.values_list("paper_id", flat=True).get(pk=pk)
    Record.objects.select_for_update(of=("self",)).get(pk=paper)
    found = Submission.objects.select_related("record", "paper", "sender__region", "receiver__region")
    return found.select_for_update(of=("self",)).get(pk=pk)


def begin(
    submission: Submission, verb: str, *, by: Actor, happened_at: datetime | None = None, entering: bool = False
) -> tuple[Submission, str]:
    """Right, lock, side, state: the submission held, and the state that the verb leads to.

    `entering`: what the sender did on paper, the receiver enters.
    Raises: NotFound, NotAllowed (the other side's matter, one's own paper), WrongState, Invalid.
    """
    senders = verb in SENDERS_VERBS and not entering
    require(by, "submissions.file" if senders else "submissions.review", submission)
    not_ahead("happened_at", happened_at)
    held = hold(submission.pk)
    if senders:
        sides.require_sender(by, held)
    elif held.receiver is not None:
        sides.require_receiver(by, held, deciding=not entering and verb != "forward")
    return held, SUBMISSION_STATES.check(held.state, verb)


def current_round(held: Submission) -> Round:
    return Round.objects.get(submission=held, number=held.round)


def needed_text(field: str, text: str, ask: str) -> str:
    """Raises: Invalid when it is empty (`ask` says for what) or too long."""
    if not text.strip():
        raise Invalid(Fault(field, ask, text))
    return text_within(field, text)


def answered(held: Submission, verdict: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """The receiver's answer to the round that lies with it."""
    Round.objects.filter(submission=held, number=held.round).update(
        verdict=verdict, reason=reason, answered_by=by.post_id, answered_at=at
    )


def tell(
    verb: str,
    held: Submission,
    by: Actor,
    *,
    happened_at: datetime | None = None,
    public: dict[str, Any] | None = None,
    private: dict[str, Any] | None = None,
) -> int:
    """Put `submission.<verb>` into the journal of the submission and of its paper."""
    said = {
        "number": held.record.number,
        "kind": held.kind,
        "from": held.sender.name,
        "to": held.receiver.name if held.receiver is not None else "",
        **(public or {}),
    }
    kept = {name: value for name, value in (private or {}).items() if value}
    return record(
        f"submission.{verb}",
        by,
        about=[held, held.paper_id],
        happened_at=happened_at,
        public=said,
        private=kept or None,
    )


def settle(changed: Sequence[Submission], by: Actor, at: datetime) -> None:
    """Let the rooms whose papers these are move their own states, each paper once. In the caller's transaction."""
    papers: dict[int, Submission] = {one.paper_id: one for one in changed}
    courses = courses_of(papers)
    for pk, one in papers.items():
        kind = registered().get(one.kind)
        if kind is not None:
            kind.settle(one.paper, courses[pk], by, at)
