"""The machine door for reports: what was asked goes in, what is answered comes out, a batch at a time.

One code path for the fast lane (batches) and for Django's own handler (a batch of one). Everything a
batch stores is in one transaction, and nobody is answered before it has been committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, Refused
from fenghuo.kernel.access.pipeline import pipelined
from fenghuo.kernel.access.rows import Rows, insert_rows
from fenghuo.kernel.web.machine.bearer import actors_of
from fenghuo.kernel.web.machine.bodies import BadRequest, is_json, parse_json
from fenghuo.kernel.web.machine.once import Answer, check_key, repeated
from fenghuo.kernel.web.machine.problems import CONTENT_TYPE, fault_document, problem, refusal, to_json
from fenghuo.kernel.web.models import Answered
from fenghuo.kernel.web.storage_faults import status_for
from fenghuo.response.incidents.documents import receipt
from fenghuo.response.incidents.messages import ReportMessage
from fenghuo.response.incidents.reading import content_digest, read_message
from fenghuo.response.incidents.services import (
    Incoming,
    OnRecord,
    Outcome,
    Received,
    quarantine,
    receive_new_reports,
    receive_reports,
)

MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """One POST as it came. `oversized`: the body was cut at MOST_BYTES while it was read."""

    authorization: str
    content_type: str
    key: str | None
    body: bytes
    address: str = ""
    oversized: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        return "application/json" if self.status < 400 else CONTENT_TYPE


@dataclass(frozen=True, slots=True)
class _Read:
    """A request that could be read."""

    by: Actor
    key: str
    incoming: Incoming


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """A known sender's message that could not be: it goes into quarantine."""

    by: Actor
    request: Request
    document: dict[str, Any]


type _Item = _Read | _Unreadable | Response


def answer(batch: Sequence[Request]) -> list[Response]:
    """Answer each request, in order; what cannot be read or stored is an answer too.

    Raises: DatabaseError only where it is neither the sender's fault nor the storage's.
    """
    try:
        actors = actors_of(request.authorization for request in batch)
        read = [_read(request, actors.get(request.authorization)) for request in batch]
        for carry_out in (_as_new, _with_known):
            try:
                with transaction.atomic():
                    return carry_out(read)
            except IntegrityError:
                continue
        # Another process stores the same at this moment: one by one, each sees what is there.
        return [_one(item) for item in read]
    except DatabaseError as error:
        return [storage_refusal(error)] * len(batch)


def storage_refusal(error: DatabaseError) -> Response:
    """Nothing could be stored: 507 or 503, never a receipt."""
    status = status_for(error)
    if status is None:
        raise error
    return _refused(problem(status, _("Nothing was stored. Send it again.")), {"Retry-After": "5"})


def _one(item: "_Item") -> Response:
    for last in (False, True):
        try:
            with transaction.atomic():
                return _with_known([item])[0]
        except IntegrityError:
            if last:
                raise
    raise AssertionError


def _read(request: Request, actor: Actor | None) -> "_Item":
    if actor is None:
        detail = _("Send “Authorization: Bearer <token>” with a token that is valid.")
        return _refused(problem(401, detail), {"WWW-Authenticate": "Bearer"})
    by = actor.at(request.address)
    if not by.may("reports.receive"):
        return _refused(problem(403, _("This token lacks the scope intake.write.")))
    if not is_json(request.content_type):
        return _Unreadable(by, request, problem(415, _("Send the report as application/json.")))
    if request.oversized:
        return _Unreadable(by, request, problem(413, _("A report may have at most 256 KiB.")))
    try:
        content = parse_json(request.body)
    except BadRequest as refused:
        return _Unreadable(by, request, refusal(refused))
    try:
        key = check_key(request.key)
        message = read_message(ReportMessage, request.body)
        if key is None:
            raise Invalid(Fault("Idempotency-Key", _("is required, so that a report sent again is not stored twice")))
    except Invalid as refused:
        return _Unreadable(by, request, refusal(refused))
    return _Read(by, key, Incoming(by, message, content_digest(content)))


def _as_new(read: "Sequence[_Item]") -> list[Response]:
    """As if nothing of it had come before, which is nearly always so: nothing is looked up. Raises: IntegrityError."""
    with pipelined():
        return _carry_out(read, {}, receive_new_reports)


def _with_known(read: "Sequence[_Item]") -> list[Response]:
    return _carry_out(read, _stored(read), receive_reports)


def _carry_out(
    read: "Sequence[_Item]",
    stored: dict[tuple[int, str], Answered],
    receive: Callable[[Sequence[Incoming]], list[Outcome]],
) -> list[Response]:
    """Inside the caller's transaction. `stored`: answers that were given before under these keys."""
    items = [item for item in read if isinstance(item, _Read)]
    fresh: dict[tuple[int, str], _Read] = {}
    for item in items:
        if (item.by.machine, item.key) not in stored:
            fresh.setdefault((item.by.machine, item.key), item)
    received = dict(zip(fresh, receive([item.incoming for item in fresh.values()]), strict=True))
    answers = _answers(fresh, received)
    return [_response(item, stored, answers, received) for item in read]


def _stored(read: "Sequence[_Item]") -> dict[tuple[int, str], Answered]:
    """Answers given before under these keys."""
    items = [item for item in read if isinstance(item, _Read)]
    tokens, keys = {item.by.machine for item in items}, {item.key for item in items}
    rows = Answered.objects.select_related("record").filter(token__in=tokens, key__in=keys)
    return {(row.token_id, row.key): row for row in rows}


def _answers(
    fresh: "dict[tuple[int, str], _Read]", received: "dict[tuple[int, str], Received | Refused]"
) -> dict[tuple[int, str], Answer]:
    """Write the answers down, in the same transaction as the reports."""
    told = [outcome.report for outcome in received.values() if isinstance(outcome, Received) and not outcome.first]
    first = _first_answers(told)
    answers: dict[tuple[int, str], Answer] = {}
    made: dict[int, str] = {}
    now = timezone.now()
    rows: list[tuple[int, str, str, int, int, str, datetime]] = []
    for key, outcome in received.items():
        if isinstance(outcome, Refused):
            continue
        report = outcome.report
        body = made.get(report.pk) or first.get(report.pk) or to_json(receipt(report))
        made[report.pk] = body
        answers[key] = Answer(201 if outcome.first else 200, body, report.pk)
        rows.append((*key, fresh[key].incoming.digest, report.pk, 201, body, now))
    insert_rows(Rows(Answered, ("token", "key", "digest", "record", "status", "body", "answered_at"), rows))
    return answers


def _first_answers(told: Sequence[OnRecord]) -> dict[int, str]:
    """What was answered the first time for these reports."""
    if not told:
        return {}
    digests = {report.digest for report in told}
    rows = Answered.objects.filter(record__in=[report.pk for report in told], digest__in=digests).order_by("-pk")
    return {row.record_id: row.body for row in rows if row.record_id is not None}


def _response(
    item: "_Item",
    stored: dict[tuple[int, str], Answered],
    answers: dict[tuple[int, str], Answer],
    received: "dict[tuple[int, str], Received | Refused]",
) -> Response:
    if isinstance(item, Response):
        return item
    if isinstance(item, _Unreadable):
        return _quarantined(item)
    key = (item.by.machine, item.key)
    try:
        if row := stored.get(key):
            given = repeated(row, item.incoming.digest)
            return Response(given.status, given.body)
        outcome = received[key]
        if isinstance(outcome, Refused):
            raise outcome
    except Refused as refused:
        return _refused(refusal(refused))
    given = answers[key]
    answers[key] = Answer(200, given.body, given.record_id)  # the same key again in this batch gets 200
    return Response(given.status, given.body)


def _quarantined(item: _Unreadable) -> Response:
    document = item.document
    try:
        kept = quarantine(
            by=item.by,
            body=item.request.body,
            digest=sha256(item.request.body).hexdigest(),
            content_type=item.request.content_type,
            status=document["status"],
            faults=document.get("errors", [fault_document(Fault("", document["detail"]))]),
        )
    except NotAllowed as refused:
        return _refused(refusal(refused))
    return _refused(document | {"quarantine": kept.record.number})


def _refused(document: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(document["status"], to_json(document), headers or {})
