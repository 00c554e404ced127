"""keep_answers, settle_answer, finish_item. Answers may come late, twice, and from two telephones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound, WrongState
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.journal.recording import record

from ...models import AnswerState, CheckAnswer, CheckItem, Finding, ItemState, RoundState, Value
from ..questions import asked_of
from ..states import ITEM_STATES, ROUND_STATES
from ..telling import tell_found
from .keeping import hold_item, unit_of

NOTE_MOST, KEY_MOST, AT_ONCE = 1000, 36, 200


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """As given: see CheckAnswer."""

    question: str
    value: str
    note: str = ""
    key: str = ""
    base: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`how`: kept, known (came before), same (another said the same), conflict, refused. `why`: of the last. `holds`:
    the key of the answer that stands in its place, when another said the same.
    """

    key: str
    how: str
    why: str = ""
    holds: str = ""


@transaction.atomic
def keep_answers(item: CheckItem, said: Sequence[AnswerSaid], *, by: Actor) -> list[Outcome]:
    """Keep answers in their order; each key counts once. An answer holds when it was given upon the one that holds now;
    else it is kept beside it, to be looked at. Also after the check was finished nothing is thrown away.

    Raises: NotFound, NotAllowed, WrongState (the round has not begun), Invalid (too many at once).
    """
    held = hold_item(item, "plan_checks.check", by=by)
    if held.round.state not in (RoundState.UNDER_WAY, RoundState.CLOSED):
        ROUND_STATES.check(held.round.state, "check")
    if len(said) > AT_ONCE:
        raise Invalid(Fault("answers", _("at most %(most)s at once") % {"most": AT_ONCE}, len(said)))
    came = CheckAnswer.objects.filter(key__in=[one.key[:KEY_MOST] for one in said])
    known = {key: (item, state) for key, item, state in came.values_list("key", "item_id", "state")}
    beside = (held.pk, AnswerState.CONFLICT)
    questions = {row.question for row in asked_of(held)}
    made, outcomes, instead = list[CheckAnswer](), list[Outcome](), dict[str, str]()
    for one in said:
        if one.key in known:
            # Said once more, since the first word of it may have been lost on the way.
            outcomes.append(Outcome(one.key, "conflict" if known[one.key] == beside else "known"))
        elif faults := list(_faults(one, questions)):
            outcomes.append(Outcome(one.key, "refused", "; ".join(f"{f.field}: {f.message}" for f in faults)))
        else:
            outcomes.append(_keep(held, replace(one, base=instead.get(one.base, one.base)), by, made))
            known[one.key] = (held.pk, "")
            if outcomes[-1].holds:
                instead[one.key] = outcomes[-1].holds
    if made:
        record(
            "plancheck.answered",
            by,
            about=[held, held.round, unit_of(held)],
            happened_at=made[-1].given_at,
            public={"n": len(made), "conflicts": sum(one.state == AnswerState.CONFLICT for one in made)},
            private={"answers": [[one.question, one.value, one.note] for one in made]},
        )
    return outcomes


def _keep(item: CheckItem, one: AnswerSaid, by: Actor, made: list[CheckAnswer]) -> Outcome:
    rows = CheckAnswer.objects.filter(item=item, question=one.question)
    holding = rows.filter(state=AnswerState.HOLDS).first()
    note, now = one.note.strip(), timezone.now()
    if holding is not None and (holding.value, holding.note) == (one.value, note):
        return Outcome(one.key, "same", holds=holding.key)
    fits = one.base == (holding.key if holding is not None else "")
    # What followed upon an answer that waits beside takes its place there.
    rows.filter(state=AnswerState.CONFLICT, key=one.base or None).update(state=AnswerState.REPLACED)
    state = AnswerState.HOLDS if fits and item.state == ItemState.ASSIGNED and _open(item) else AnswerState.CONFLICT
    if state == AnswerState.HOLDS:
        rows.filter(state=AnswerState.HOLDS).update(state=AnswerState.REPLACED)
    given = one.given_at or now
    drawn = item.round.drawn_at or now
    answer = CheckAnswer.objects.create(
        item=item,
        question=one.question,
        value=one.value,
        note=note,
        key=one.key,
        base=one.base,
        state=state,
        given_by_id=by.post_id,
        given_at=given if drawn <= given <= now else now,  # a clock that is plainly wrong tells nothing
        recorded_at=now,
    )
    made.append(answer)
    return Outcome(one.key, "kept" if state == AnswerState.HOLDS else "conflict")


def _open(item: CheckItem) -> bool:
    return item.round.state == RoundState.UNDER_WAY


def _faults(one: AnswerSaid, questions: Iterable[str]) -> Iterable[Fault]:
    if one.question not in questions:
        yield Fault("question", _("is not asked here"), one.question[:50])
    if one.value not in Value.values:
        yield Fault("value", _("must be one of: %(known)s") % {"known": " ".join(Value.values)}, one.value[:50])
    if not 8 <= len(one.key) <= KEY_MOST or len(one.base) > KEY_MOST or "\x00" in one.key + one.base:
        yield Fault("key", _("must have 8 to 36 characters"), one.key[:50])
    yield from text_faults("note", one.note, NOTE_MOST)


@transaction.atomic
def settle_answer(answer: CheckAnswer, *, by: Actor, take: bool) -> CheckAnswer:
    """Of two answers given apart, take this one, or put it aside. Both stay on record.

    Raises: NotFound, NotAllowed, WrongState (settled already; taken after the check was finished).
    """
    held = hold_item(answer.item, "plan_checks.check", by=by)
    answer = CheckAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.state != AnswerState.CONFLICT:
        raise WrongState(_("This answer has been settled already."))
    if take:
        ROUND_STATES.check(held.round.state, "check")
        ITEM_STATES.check(held.state, "answer")
        CheckAnswer.objects.filter(item=held, question=answer.question, state=AnswerState.HOLDS).update(
            state=AnswerState.REPLACED
        )
    answer.state = AnswerState.HOLDS if take else AnswerState.ASIDE
    answer.save(update_fields=["state"])
    public = {"question": answer.question, "taken": take}
    record("plancheck.settled", by, about=[held, held.round, unit_of(held)], public=public)
    return answer


@transaction.atomic
def finish_item(item: CheckItem, *, by: Actor) -> CheckItem:
    """The visit is over: each "no" is issued to the unit as a finding, and its holders are told.

    Raises: NotFound, NotAllowed, WrongState, Invalid (a question without an answer, or with two).
    """
    held = hold_item(item, "plan_checks.check", by=by)
    ROUND_STATES.check(held.round.state, "check")
    held.state = ITEM_STATES.check(held.state, "finish")
    answers = {row.question: row for row in held.answers.filter(state=AnswerState.HOLDS)}
    apart = set(held.answers.filter(state=AnswerState.CONFLICT).values_list("question", flat=True))
    faults = [
        Fault(row.question, _("has two answers: choose one") if row.question in apart else _("has no answer yet"))
        for row in asked_of(held)
        if row.question in apart or row.question not in answers
    ]
    if faults:
        raise Invalid(*faults)
    now = timezone.now()
    held.checked_at, held.checked_by_id = now, by.post_id
    held.save(update_fields=["state", "checked_at", "checked_by"])
    due = timezone.localdate(now) + timedelta(days=held.round.correct_days)
    wrong = [row for row in answers.values() if row.value == Value.NO]
    Finding.objects.bulk_create(
        Finding(item=held, question=row.question, note=row.note, issued_at=now, due_on=due) for row in wrong
    )
    public = {"findings": len(wrong), "due": due if wrong else None}
    record("plancheck.finished", by, about=[held, held.round, unit_of(held)], public=public)
    if wrong:
        tell_found(held, len(wrong), due, by=by)
    return held


def answer_of(item: CheckItem, pk: int) -> CheckAnswer:
    """One of this item's answers. Raises: NotFound."""
    found = CheckAnswer.objects.select_related("item__record__unit__region", "item__round__record").filter(item=item)
    answer = found.filter(pk=pk).first()
    if answer is None:
        raise NotFound(_("There is no such record, or you may not see it."))
    return answer
