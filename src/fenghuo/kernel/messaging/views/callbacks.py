"""What the SMS gateway calls. The secret in the address is all that it shows of itself."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.web.machine.bodies import is_json, parse_json

from ..channels.sms.callbacks import Unreadable, gateway_called, items_in, meaning_of, moment
from ..channels.sms.gateway import Gateway
from ..channels.sms.paths import keepable, text_at
from ..services.incoming import keep_unreadable
from ..services.receipts import Receipt, take_receipts
from ..services.replies import Answer, take_replies

type Item = Mapping[str, Any]


@csrf_exempt
@require_POST
def receipts(request: HttpRequest, secret: str) -> HttpResponse:
    return _take(request, secret, _take_receipts)


@csrf_exempt
@require_POST
def replies(request: HttpRequest, secret: str) -> HttpResponse:
    return _take(request, secret, _take_replies)


def _take(request: HttpRequest, secret: str, take: Callable[[Gateway, Any], None]) -> HttpResponse:
    """Stored before it is answered; what cannot be read is kept for a person, and said to be so."""
    described = gateway_called(secret)
    if described is None or described.callbacks is None:
        raise Http404
    try:
        take(described, _content(request))
    except (Unreadable, Refused, MultiPartParserError):
        keep_unreadable(keepable(request.body.decode("utf-8", "backslashreplace")), by=SYSTEM)
        return HttpResponse("unreadable: kept for a person to look at", status=400, content_type="text/plain")
    return HttpResponse(described.callbacks.answer, content_type="text/plain; charset=utf-8")


def _content(request: HttpRequest) -> Any:
    """Raises: Refused, Unreadable."""
    body = request.body  # before the form is read, so that it can still be kept
    if is_json(request.headers.get("Content-Type", "")):
        return parse_json(body)
    if form := request.POST.dict():
        return form
    return parse_json(body)  # some send JSON and do not say so


def _take_receipts(described: Gateway, content: Any) -> None:
    names = described.receipts
    if names is None:
        raise Unreadable
    take_receipts(
        [
            Receipt(
                reference=text_at(item, names.reference),
                gateway_id=text_at(item, names.id)[:128],
                status=text_at(item, names.status)[:64],
                meaning=meaning_of(text_at(item, names.status)),
                said_at=moment(text_at(item, names.at)),
                body=_body(item),
            )
            for item in items_in(content, names.list)
        ],
        by=SYSTEM,
    )


def _take_replies(described: Gateway, content: Any) -> None:
    names = described.replies
    if names is None:
        raise Unreadable
    take_replies(
        [
            Answer(
                gateway_id=text_at(item, names.id)[:128],
                phone=text_at(item, names.phone)[:32],
                text=text_at(item, names.text),
                said_at=moment(text_at(item, names.at)),
                body=_body(item),
            )
            for item in items_in(content, names.list)
        ],
        by=SYSTEM,
    )


def _body(item: Item) -> str:
    return keepable(json.dumps(item, ensure_ascii=False))
